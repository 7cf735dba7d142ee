"""Calendar files as libical reads them: the engine of Evolution, KOrganizer and Cyrus IMAP."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.support.meetings import ZONES, drawn_schedules, workdays_of_a_year
from tests.support.placed import placed_schedule
from tests.support.projects import make_project, task

from imsgen.formats.ical.calendar import calendar_bytes
from imsgen.formats.ical.files import contents
from imsgen.model import Instant, Meeting, MeetingKind, Schedule, to_datetime
from imsgen.plan import load
from imsgen.schedule.diary.series import meeting_finish
from imsgen.solver import Settings, solve

SAMPLES = Path(__file__).parents[2] / "samples"
_READER = r"""
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tell(icalcomponent *event, struct icaltime_span *span, void *data) {
  (void)event; (void)data;
  printf("instants %lld %lld\n", (long long)span->start, (long long)span->end);
}

static void errors(icalcomponent *within) {
  for (icalproperty *p = icalcomponent_get_first_property(within, ICAL_XLICERROR_PROPERTY); p;
       p = icalcomponent_get_next_property(within, ICAL_XLICERROR_PROPERTY))
    printf("error %s\n", icalproperty_get_xlicerror(p));
  for (icalcomponent *c = icalcomponent_get_first_component(within, ICAL_ANY_COMPONENT); c;
       c = icalcomponent_get_next_component(within, ICAL_ANY_COMPONENT))
    errors(c);
}

int main(int count, char **names) {
  icalerror_set_errors_are_fatal(0);
  for (int i = 1; i < count; i++) {
    FILE *file = fopen(names[i], "rb");
    static char text[1 << 22];
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    icalcomponent *calendar = icalparser_parse_string(text);
    printf("file %d\n", icalcomponent_count_errors(calendar));
    if (!icalrestriction_check(calendar)) printf("error the restrictions are broken\n");
    errors(calendar);
    for (icalcomponent *e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); e;
         e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
      struct icaltimetype start = icalcomponent_get_dtstart(e), end = icalcomponent_get_dtend(e);
      if (start.is_date)
        printf("days %s %s\n", icaltime_as_ical_string(start), icaltime_as_ical_string(end));
      else
        icalcomponent_foreach_recurrence(e, icaltime_from_string("20200101T000000Z"),
                                         icaltime_from_string("20400101T000000Z"), tell, NULL);
    }
    icalcomponent_free(calendar);
  }
  return 0;
}
"""
"""Prints a line ``file ERRORS`` for each file, then its errors and what its events last."""

Span = tuple[str, str]
"""Begin and end of an event: seconds since 1970 in UTC, or dates such as ``20270213``."""


@dataclass
class Read:
    """What libical found in a file."""

    errors: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


Reader = Callable[[Sequence[Path]], list[Read]]


@pytest.fixture(scope="session")
def libical(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Return a reader of calendar files, compiled here."""
    gcc = shutil.which("gcc")
    if gcc is None:
        pytest.skip("gcc is not installed")
    folder = tmp_path_factory.mktemp("libical")
    source, program = folder / "reader.c", folder / "reader"
    source.write_text("#include <libical/ical.h>\n", encoding="utf-8")
    if _run(gcc, "-E", str(source)).returncode:
        pytest.skip("libical-dev is not installed")
    source.write_text(_READER, encoding="utf-8")
    flags = ("-O1", "-Wall", "-Wextra", "-Werror")
    compiled = _run(gcc, *flags, str(source), "-o", str(program), "-lical")
    assert compiled.returncode == 0, compiled.stderr

    def read(files: Sequence[Path]) -> list[Read]:
        done = _run(str(program), *map(str, files))
        assert done.returncode == 0, done.stderr
        found: list[Read] = []
        for line in done.stdout.splitlines():
            what, _, rest = line.partition(" ")
            if what == "file":
                found.append(Read([] if rest == "0" else [f"{rest} errors"]))
            elif what == "error":
                found[-1].errors.append(rest)
            else:
                begin, end = rest.split()
                found[-1].spans.append((begin, end))
        assert len(found) == len(files)
        return found

    return read


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TZ": "Pacific/Auckland"}
    return subprocess.run(
        command, env=environment, capture_output=True, check=False, text=True, timeout=600
    )


def _told(schedule: Schedule) -> list[Span]:
    """Return the spans that the schedule's meetings have, sorted."""
    return sorted(
        _days(meeting) or _seconds(meeting.start, meeting_finish(meeting))
        for meeting in schedule.meetings
    )


def _seconds(begin: Instant, end: Instant) -> Span:
    return str(begin * 60), str(end * 60)


def _days(meeting: Meeting) -> Span | None:
    """Return the dates of a window of whole local days."""
    zone = ZoneInfo(meeting.timezone)
    ends = [to_datetime(at).astimezone(zone) for at in (meeting.start, meeting_finish(meeting))]
    if meeting.kind is not MeetingKind.WINDOW or any(end.hour or end.minute for end in ends):
        return None
    return f"{ends[0]:%Y%m%d}", f"{ends[1]:%Y%m%d}"


def _written(schedules: Sequence[Schedule], folder: Path) -> Iterator[Path]:
    for n, schedule in enumerate(schedules):
        file = folder / f"{n}.ics"
        file.write_bytes(calendar_bytes(schedule))
        yield file


@pytest.mark.parametrize("name", ["minimal.yaml", "programme.yaml", "cutover.yaml"])
def test_every_event_of_a_sample(name: str, libical: Reader, tmp_path: Path) -> None:
    """A solved sample is read without error and has each meeting once, at its instants.

    The cutover has meetings on both sides of the change of the clock in New York.
    """
    schedule = solve(load(SAMPLES / name).project, Settings(effort=1, time_limit=600))
    file = tmp_path / "all.ics"
    file.write_bytes(dict(contents(schedule, "all.ics", "all"))[""])  # type: ignore[arg-type]
    read, all_ = libical([*_written([schedule], tmp_path), file])
    assert read.errors == all_.errors == []
    assert read.spans
    assert sorted(read.spans) == _told(schedule)
    work = replace(schedule, meetings=(*schedule.meetings, *schedule.tasks))
    assert sorted(all_.spans) == _told(work)


def test_every_event_of_drawn_calendars(libical: Reader, tmp_path: Path) -> None:
    """Calendars of all kinds of meetings, hostile texts and nine zones: nothing lost or moved."""
    drawn = drawn_schedules(200)
    read = libical(list(_written(drawn, tmp_path)))
    for schedule, found in zip(drawn, read, strict=True):
        assert found.errors == []
        assert sorted(found.spans) == _told(schedule)
    assert sum(len(found.spans) for found in read) > 1000


def test_all_of_a_series_and_no_more(libical: Reader, tmp_path: Path) -> None:
    """A stand-up over both clock changes of a year in every zone: exactly its occurrences."""
    project = make_project([task("a", 1)])
    made = [placed_schedule(project, meetings=workdays_of_a_year(tzid)) for tzid in ZONES]
    for schedule, found in zip(made, libical(list(_written(made, tmp_path))), strict=True):
        assert found.errors == []
        assert sorted(found.spans) == _told(schedule)


def test_libical_goes_by_our_zone_and_says_no(libical: Reader, tmp_path: Path) -> None:
    """Another offset in VTIMEZONE moves what it reads; an event without UID is an error."""
    project = make_project([task("a", 1)])
    made = placed_schedule(project, meetings=workdays_of_a_year("America/New_York"))
    text = calendar_bytes(made)
    moved, broken = tmp_path / "moved.ics", tmp_path / "broken.ics"
    moved.write_bytes(
        text.replace(b"TZOFFSETTO:-0500", b"TZOFFSETTO:-0800").replace(
            b"TZOFFSETFROM:-0500", b"TZOFFSETFROM:-0800"
        )
    )
    broken.write_bytes(text.replace(b"UID:", b"X-UID:").replace(b"DTSTAMP:2", b"DTSTAMP:x"))
    far, wrong = libical([moved, broken])
    assert far.errors == []
    late = [
        _seconds(Instant(one.start + 180), Instant(meeting_finish(one) + 180))
        for one in made.meetings
    ]
    winter = [span for span in sorted(far.spans) if span in late]
    assert 0 < len(winter) < len(late)
    assert wrong.errors
