"""Calendar files as other programs' engines read them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.support.placed import placed_schedule
from tests.support.projects import HORIZON, make_project, task

from imsgen.formats.ical.calendar import calendar_bytes
from imsgen.formats.ical.events import meeting_finish
from imsgen.model import (
    Checkpoint,
    Gate,
    Instant,
    Kind,
    Meeting,
    MeetingKind,
    Schedule,
    Window,
    from_datetime,
    to_text,
)

CHECKER = Path(__file__).parents[3] / "shared" / "tools" / "check_ics.py"
ICAL_JS = "ical.js@2.2.1"
_READER = """
const fs = require("fs");
const ICAL = require("ical.js").default || require("ical.js");
const out = process.argv.slice(2).map((name) => {
  const root = new ICAL.Component(ICAL.parse(fs.readFileSync(name, "utf8")));
  for (const zone of root.getAllSubcomponents("vtimezone"))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const utc = (time) => time.isDate ? time.toString() : time.toJSDate().toISOString();
  return root.getAllSubcomponents("vevent").flatMap((one) => {
    const event = new ICAL.Event(one), length = event.duration, found = [];
    const step = event.iterator();
    for (let next; (next = step.next()) && found.length < 2000; ) {
      const end = next.clone();
      end.addDuration(length);
      found.push([event.uid, utc(next), utc(end), event.summary]);
    }
    return found;
  });
});
console.log(JSON.stringify(out));
"""
ZONES = (
    "UTC",
    "America/New_York",
    "Europe/London",
    "Australia/Sydney",
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Europe/Dublin",
    "Australia/Lord_Howe",
)
NASTY = st.one_of(
    st.text(st.characters(codec=None), max_size=80),
    st.sampled_from(
        [
            "x\r\nATTENDEE:mailto:a@b.example",
            "END:VEVENT\nEND:VCALENDAR",
            "a\\nb\\N;c,d\\",
            "😀" * 100,
            "\x00\x07\x0b\u2028",
            '"quoted": {a;b}',
            "é" * 400,
            " ",
            "",
            "word " * 500,
        ]
    ),
)


@st.composite
def meetings(draw: st.DrawFn) -> list[Meeting]:
    """Draw meetings of all kinds with hostile texts, at every minute of the year."""
    found = []
    for n in range(draw(st.integers(0, 5))):
        start = Instant(draw(st.integers(HORIZON[0] + 527_040, HORIZON[0] + 1_600_000)))
        length = draw(st.sampled_from([0, 15, 60, 1440, 2880]))
        found.append(
            Meeting(
                f"m{n}",
                draw(st.sampled_from(list(MeetingKind))),
                draw(NASTY),
                start,
                Instant(start + length),
                draw(st.sampled_from(ZONES)),
                uid=f"test.m{n}@imsgen.invalid",
                sequence=draw(st.integers(0, 3)),
                cancelled=draw(st.booleans()),
            )
        )
    return found + draw(series())


@st.composite
def series(draw: st.DrawFn) -> list[Meeting]:
    """Draw a repeating checkpoint: on weekdays, with holes, in any zone."""
    zone = draw(st.sampled_from(ZONES))
    weekdays = draw(st.sets(st.integers(0, 6), min_size=1))
    first = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 400)))
    hour, minute = draw(st.integers(0, 23)), draw(st.sampled_from([0, 30]))
    found = []
    for n in range(draw(st.integers(0, 120))):
        day = first + timedelta(days=n)
        if day.weekday() not in weekdays or draw(st.integers(0, 9)) == 0:
            continue
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
        start = from_datetime(moment)
        found.append(
            Meeting(
                f"standup.{day:%Y%m%d}",
                MeetingKind.CHECKPOINT,
                "Stand-up",
                start,
                Instant(start + 15),
                zone,
                series="standup",
                uid=f"test.standup.{day:%Y%m%d}@imsgen.invalid",
            )
        )
    return found


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Draw a schedule whose every text is hostile."""
    project = make_project(
        [task("m0", 60, kind=Kind.GATE, name=draw(NASTY), notes=draw(NASTY), owner=draw(NASTY))],
        gates={
            "m0": Gate("m0", decides=(draw(NASTY),), criteria=(draw(NASTY),), location=draw(NASTY))
        },
        checkpoints={
            "m1": Checkpoint("m1", "m1", notes=draw(NASTY), who=(draw(NASTY),)),
            "standup": Checkpoint("standup", "Stand-up", location=draw(NASTY)),
        },
        windows={"m2": Window("m2", "m2", (), notes=draw(NASTY))},
        name=draw(NASTY),
    )
    return placed_schedule(project, meetings=draw(meetings()))


_SETTINGS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def _sample(count: int) -> list[Schedule]:
    """Return the same ``count`` drawn schedules every time."""
    found: list[Schedule] = []

    @settings(_SETTINGS, max_examples=count)
    @given(schedules())
    def collect(schedule: Schedule) -> None:
        found.append(schedule)

    collect()
    return found


@pytest.mark.skipif(not CHECKER.exists(), reason="the independent checker is not beside us")
def test_an_independent_checker_finds_nothing(tmp_path: Path) -> None:
    """No error and no warning on drawn calendars, however hostile their texts."""
    sys.path.insert(0, str(CHECKER.parent))
    try:
        import check_ics  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    for schedule in _sample(300):
        report = check_ics.Rep()
        check_ics.check(calendar_bytes(schedule), report)
        assert report.items == []


@pytest.fixture(scope="session")
def ical_js(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the engine of Thunderbird and others in a folder of its own."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("Node.js and npm are not installed")
    folder = tmp_path_factory.mktemp("ical-js")
    (folder / "package.json").write_text("{}", encoding="utf-8")
    (folder / "read.js").write_text(_READER, encoding="utf-8")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", ICAL_JS]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)
    if done.returncode:
        pytest.skip("ical.js cannot be installed here")
    return folder


def _read(folder: Path, files: Sequence[Path]) -> list[list[list[str]]]:
    node = shutil.which("node")
    assert node is not None
    environment = {**os.environ, "TZ": "Pacific/Auckland"}
    command = [node, str(folder / "read.js"), *map(str, files)]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=True, text=True
    )
    read: list[list[list[str]]] = json.loads(done.stdout)
    return read


def test_ical_js_reads_the_same_instants(ical_js: Path, tmp_path: Path) -> None:
    """Every occurrence of every event starts and ends where the schedule says, whole days aside."""
    drawn = _sample(60)
    files = []
    for n, schedule in enumerate(drawn):
        files.append(tmp_path / f"{n}.ics")
        files[-1].write_bytes(calendar_bytes(schedule))
    for schedule, found in zip(drawn, _read(ical_js, files), strict=True):
        told = {(start, end) for _, start, end, _ in found}
        for meeting in schedule.meetings:
            if meeting.kind is MeetingKind.WINDOW:
                continue  # may be whole days, which have no instant
            span = (meeting.start, meeting_finish(meeting))
            assert tuple(to_text(at).replace("Z", ":00.000Z") for at in span) in told


def test_all_of_a_series_and_no_more(ical_js: Path, tmp_path: Path) -> None:
    """A stand-up over both clock changes of a year in every zone: exactly its occurrences."""
    for tzid in ZONES:
        zone = ZoneInfo(tzid)
        made = []
        for n in range(365):
            day = date(2026, 1, 1) + timedelta(days=n)
            if day.weekday() < 5 and n % 50:
                start = from_datetime(datetime(day.year, day.month, day.day, 9, tzinfo=zone))
                one = Meeting(f"s.{n}", MeetingKind.CHECKPOINT, "S", start, start, tzid, "s")
                made.append(replace(one, uid=f"test.s.{n}@imsgen.invalid"))
        file = tmp_path / "series.ics"
        file.write_bytes(
            calendar_bytes(placed_schedule(make_project([task("a", 1)]), meetings=made))
        )
        ((*found,),) = _read(ical_js, [file])
        told = sorted(start for _, start, _, _ in found)
        assert told == [to_text(one.start).replace("Z", ":00.000Z") for one in made]
