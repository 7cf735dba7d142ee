"""Plans in the language of TaskJuggler 3, and the dates it finds.

Only what TaskJuggler says exactly as we do is translated; all else is refused:

* Work is ``effort`` of one resource that works the activity's calendar: the task then starts in
  the first slot worked and ends with the last. (``length`` would let it start at night.)
* A link is ``depends``. An elapsed lag is ``gapduration``, a working one ``gaplength``, which
  counts the hours of the project and of no other calendar.
* The start of a task is a milestone that depends on it ``onstart`` and on nothing else: it has
  no date before the first slot worked is known. What depends on starts and on ends directly may
  be placed by the date at which the task was ready, at night, and TaskJuggler gives up.
* A milestone stands where the latest of its links leaves it, in working time or not. So it must
  have links that lead to working time of its calendar.
* Only the milestone that begins the plan has a ``start``: a task with one passes it on to what
  follows its start at once, before it is known that work begins in the morning.
* All calendars are in one time zone: version 3.7 reads the zone of a shift and goes by the
  project's.
* There is no FF, no SF, no lead and no calendar with exceptions.
"""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from imsgen.calendars import CalendarBook
from imsgen.model import (
    ALWAYS,
    DAY,
    FULL,
    ROUND_THE_CLOCK,
    Activity,
    Calendar,
    Dependency,
    Instant,
    LinkType,
    Project,
    from_datetime,
    to_datetime,
)

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FOREVER = "24x7"
Dates = dict[str, tuple[Instant, Instant]]


class InexpressibleError(ValueError):
    """The plan asks for what TaskJuggler does otherwise than we do."""


def tj3_dates(project: Project, days: int, tj3: str, folder: Path) -> Dates:
    """Return start and finish of each activity as the program ``tj3`` schedules the plan.

    Its time grows with ``days``, the length of the project it is told; it fails if they are few.

    Raises
    ------
    InexpressibleError
        If TaskJuggler cannot say the same.
    AssertionError
        If it fails or has anything to complain about.
    """
    file = folder / "plan.tjp"
    file.write_text(tjp(project, days), encoding="utf-8")
    command = [tj3, "--silent", "--no-color", "-o", str(folder), str(file)]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=600)
    said = (done.stdout + done.stderr).strip()
    assert not said, said
    assert done.returncode == 0
    names = dict(zip(_names(project).values(), project.activities, strict=True))
    with (folder / "dates.csv").open(encoding="utf-8", newline="") as lines:
        return {
            names[row["Id"]]: (_instant(row["Start"]), _instant(row["End"]))
            for row in csv.DictReader(lines, delimiter=";")
            if row["Id"] in names
        }


def tjp(project: Project, days: int) -> str:
    """Return the plan in TaskJuggler's language, for a project of so many days."""
    return "\n".join(_Translation(project).lines(days)) + "\n"


class _Translation:
    """One plan on its way."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.book = CalendarBook(project)
        self.names = _names(project)
        self.hours = project.calendars[project.calendar]
        """The hours that ``gaplength`` counts."""

    def lines(self, days: int) -> Iterator[str]:
        project = self.project
        amounts: list[int] = [project.start]
        amounts += [mode.duration for one in project.activities.values() for mode in one.modes]
        amounts += [link.lag for link in project.dependencies]
        if any(amount % 5 for amount in amounts):
            raise InexpressibleError("a slot is five minutes at least")
        slot = 5 if any(amount % 15 for amount in amounts) else 15
        hour = Instant(project.start - project.start % 60)  # the length of a slot by default
        yield f'project plan "Plan" {_date(hour)} +{days}d {{'
        yield f'  timezone "{self.hours.timezone}"'
        yield f"  timingresolution {slot}min"
        yield from _working_hours(self.hours)
        yield "}"
        shifts = {id_: f"shift{n}" for n, id_ in enumerate(project.calendars)}
        shifts.setdefault(ALWAYS, _FOREVER)
        for id_, calendar in project.calendars.items():
            yield f'shift {shifts[id_]} "{shifts[id_]}" {{'
            zones = {calendar.timezone, self.hours.timezone}
            if len(zones) > 1 and _unless_always(project, id_) is not None:
                raise InexpressibleError(f"another time zone: calendar `{id_}`")
            yield from _working_hours(calendar)
            yield "}"
        for n, one in enumerate(project.resources.values()):
            if one.capacity != ((None, FULL),) or one.calendar is None or one.leave:
                raise InexpressibleError(f"resource `{one.id}`")
            yield f'resource shared{n} "shared{n}" {{ shifts {shifts[one.calendar]} }}'
        shared = {id_: f"shared{n}" for n, id_ in enumerate(project.resources)}
        yield f'task begin "begin" {{ start {_date(project.start)} milestone }}'
        for activity in project.activities.values():
            yield from self._task(activity, shifts, shared)
        yield 'taskreport "dates" {'
        yield '  formats csv columns id, start, end timezone "UTC" timeformat "%Y-%m-%d %H:%M"'
        yield "}"

    def _task(
        self, activity: Activity, shifts: dict[str, str], shared: dict[str, str]
    ) -> Iterator[str]:
        name = self.names[activity.id]
        _check_plain(activity)
        (mode,) = activity.modes
        links = [link for link in self.project.dependencies if link.successor == activity.id]
        if mode.needs:
            (need,) = mode.needs
            if (
                need.units != FULL
                or self.project.resources[need.resource].calendar != mode.calendar
            ):
                raise InexpressibleError(f"the need of `{activity.id}`")
            worker = shared[need.resource]
        elif mode.duration:
            worker = f"only_{name}"
            yield f'resource {worker} "{worker}" {{'
            if mode.elapsed:
                yield "  workinghours mon - sun 0:00 - 24:00"
            else:
                yield f"  shifts {shifts[mode.calendar]}"
            yield "}"
        yield f'task {name} "{name}" {{'
        if not links:
            yield "  depends begin"
        for link in links:
            yield f"  depends {self._event(link)}{self._gap(link)}"
        if mode.duration:
            yield f"  effort {mode.duration}min"
            yield f"  allocate {worker}"
        else:
            self._check_milestone(activity, links)
            yield "  milestone"
        yield "}"
        if any(one.predecessor == activity.id for one in self.project.dependencies):
            yield f'task {name}_start "" {{ depends {name} {{ onstart }} milestone }}'

    def _event(self, link: Dependency) -> str:
        """Return the task that ends with the event of a link."""
        if link.type not in {LinkType.FS, LinkType.SS} or link.max_lag is not None:
            raise InexpressibleError(f"the link from `{link.predecessor}` to `{link.successor}`")
        name = self.names[link.predecessor]
        return f"{name}_start" if link.type is LinkType.SS else name

    def _gap(self, link: Dependency) -> str:
        if link.lag < 0:
            raise InexpressibleError(f"a lead from `{link.predecessor}` to `{link.successor}`")
        if not link.lag:
            return ""
        calendar = self._lag_calendar(link)
        if calendar is None:
            return f" {{ gapduration {link.lag}min }}"
        if calendar == self.hours:
            return f" {{ gaplength {link.lag}min }}"
        raise InexpressibleError(f"a lag on `{calendar.id}`")

    def _lag_calendar(self, link: Dependency) -> Calendar | None:
        """Return the calendar a lag is counted on; None: all time counts."""
        id_ = link.lag_calendar
        if id_ in {"successor", "predecessor"}:
            end = link.successor if id_ == "successor" else link.predecessor
            return self._calendar(self.project.activities[end])
        return _unless_always(self.project, id_)

    def _calendar(self, activity: Activity) -> Calendar | None:
        (mode,) = activity.modes
        return None if mode.elapsed else _unless_always(self.project, mode.calendar)

    def _check_milestone(self, activity: Activity, links: list[Dependency]) -> None:
        own = self._calendar(activity)
        if own is None:
            return
        if not links and not self.book.effective(activity, 0).touches(self.project.start):
            raise InexpressibleError(f"`{activity.id}` does not start in working time")
        for link in links:
            predecessor = self._calendar(self.project.activities[link.predecessor])
            if (self._lag_calendar(link) if link.lag else predecessor) != own:
                raise InexpressibleError(f"`{activity.id}` may come to stand outside working time")


def _names(project: Project) -> dict[str, str]:
    return {id_: f"t{n}" for n, id_ in enumerate(project.activities)}


def _check_plain(one: Activity) -> None:
    dates = one.constraints or one.within or one.forbidden or one.unbroken or one.progress
    if dates or one.spans or len(one.modes) != 1 or not one.scheduled:
        raise InexpressibleError(f"`{one.id}` asks for more than work")
    if len(one.modes[0].needs) > 1 or one.ignore_resource_calendars:
        raise InexpressibleError(f"the needs of `{one.id}`")


def _unless_always(project: Project, id_: str) -> Calendar | None:
    if id_ == ALWAYS or set(project.calendars[id_].week) == {ROUND_THE_CLOCK}:
        return None
    return project.calendars[id_]


def _working_hours(calendar: Calendar) -> Iterator[str]:
    if calendar.exceptions or any(end > DAY for hours in calendar.week for _, end in hours):
        raise InexpressibleError(f"calendar `{calendar.id}`")
    for weekday, hours in zip(_WEEKDAYS, calendar.week, strict=True):
        spans = [f"{_clock(begin)} - {_clock(end)}" for begin, end in hours]
        yield f"  workinghours {weekday} {', '.join(spans) or 'off'}"


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _date(instant: Instant) -> str:
    return f"{to_datetime(instant):%Y-%m-%d-%H:%M}-+0000"


def _instant(text: str) -> Instant:
    return from_datetime(datetime.fromisoformat(f"{text}+00:00"))
