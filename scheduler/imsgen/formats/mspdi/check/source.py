"""What a file says, in minutes since 1970-01-01 00:00 on its own clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from xml.etree.ElementTree import Element, iterparse

from imsgen.formats.mspdi.check.working import Week

_DAY = 1440
_EPOCH = date(1970, 1, 1).toordinal()
_SPACE = "{http://schemas.microsoft.com/project}"
_ELAPSED = frozenset({4, 6, 8, 10, 12})
_ESTIMATED = 32
_READ = frozenset(_SPACE + tag for tag in ("Calendar", "Task", "Resource", "Assignment"))
"""What is read whole and then let go: a large file has a million elements."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link from task ``predecessor``; ``lag`` in minutes, or percent of its duration."""

    predecessor: int
    type: int
    lag: float
    elapsed: bool
    percent: bool


@dataclass(slots=True)
class Task:
    """A task as its elements have it; durations and the delay in minutes."""

    uid: int
    name: str
    level: int
    summary: bool
    active: bool
    manual: bool
    start: int
    finish: int
    duration: int
    elapsed: bool
    calendar: int
    constraint: int
    constraint_date: int | None
    delay: int
    ignores_resources: bool
    actual_start: int | None
    actual_finish: int | None
    remaining: int
    resume: int | None
    links: list[Link]
    resources: list[int] = field(default_factory=list)
    """UIDs of the calendars of the resources assigned."""
    parent: Task | None = None


@dataclass(slots=True)
class File:
    """A file: its tasks in order, task 0 left out, and calendars by UID."""

    start: int = 0
    calendar: int = 0
    honors_constraints: bool = True
    tasks: list[Task] = field(default_factory=list)
    weeks: dict[int, Week] = field(default_factory=dict)


def read_file(content: bytes) -> File:
    """Return what the file says of dates; everything else is passed by."""
    found = File()
    calendars: dict[int, int] = {}
    assigned: list[tuple[int, int]] = []
    root = Element("Project")
    for _, one in iterparse(BytesIO(content), ("end",)):  # noqa: S314 - our own file
        root = one
        if one.tag not in _READ:
            continue
        tag = one.tag.removeprefix(_SPACE)
        if tag == "Calendar":
            found.weeks[_whole(one, "UID")] = _week(one)
        elif tag == "Resource":
            calendars[_whole(one, "UID")] = _whole(one, "CalendarUID", -1)
        elif tag == "Assignment":
            assigned.append((_whole(one, "TaskUID"), _whole(one, "ResourceUID")))
        elif _text(one, "UID") != "0":
            found.tasks.append(_task(one))
        one.clear()
    found.start = _minute(_text(root, "StartDate"))
    found.calendar = _whole(root, "CalendarUID")
    found.honors_constraints = _text(root, "HonorConstraints") == "1"
    _nest(found.tasks)
    by_uid = {task.uid: task for task in found.tasks}
    for task, resource in assigned:
        if calendars.get(resource, -1) >= 0:
            by_uid[task].resources.append(calendars[resource])
    return found


def _task(one: Element) -> Task:
    form = _whole(one, "DurationFormat", 7)
    return Task(
        uid=_whole(one, "UID"),
        name=_text(one, "Name"),
        level=_whole(one, "OutlineLevel", 1),
        summary=_text(one, "Summary") == "1",
        active=_text(one, "Active") != "0",
        manual=_text(one, "Manual") == "1",
        start=_minute(_text(one, "Start")),
        finish=_minute(_text(one, "Finish")),
        duration=_minutes(_text(one, "Duration")),
        elapsed=(form - _ESTIMATED if form > _ESTIMATED else form) in _ELAPSED,
        calendar=_whole(one, "CalendarUID", -1),
        constraint=_whole(one, "ConstraintType"),
        constraint_date=_moment(one, "ConstraintDate"),
        delay=_whole(one, "LevelingDelay") // 10,
        ignores_resources=_text(one, "IgnoreResourceCalendar") == "1",
        actual_start=_moment(one, "ActualStart"),
        actual_finish=_moment(one, "ActualFinish"),
        remaining=_minutes(_text(one, "RemainingDuration")),
        resume=_moment(one, "Resume"),
        links=[_link(link) for link in one.iterfind(f"{_SPACE}PredecessorLink")],
    )


def _link(one: Element) -> Link:
    form = _whole(one, "LagFormat", 7)
    percent = form in (19, 20)
    lag = _whole(one, "LinkLag")
    return Link(
        predecessor=_whole(one, "PredecessorUID"),
        type=_whole(one, "Type", 1),
        lag=lag if percent else lag / 10,
        elapsed=form in _ELAPSED or form == 20,
        percent=percent,
    )


def _nest(tasks: list[Task]) -> None:
    """Give each task the summary it is outlined under: the last one a level up before it."""
    around: list[Task] = []
    for task in tasks:
        del around[task.level - 1 :]
        task.parent = around[-1] if around else None
        around.append(task)


# -- calendars -------------------------------------------------------------------------------


def _week(one: Element) -> Week:
    base = _whole(one, "BaseCalendarUID", -1)
    week = Week(base=base if base >= 0 else None)
    for day in one.iterfind(f"{_SPACE}WeekDays/{_SPACE}WeekDay"):
        week.days[_whole(day, "DayType")] = tuple(sorted(_shifts(day)))
    for other in one.iterfind(f"{_SPACE}Exceptions/{_SPACE}Exception"):
        period = other.find(f"{_SPACE}TimePeriod")
        if period is None:
            continue
        first = _minute(_text(period, "FromDate")) // _DAY
        last = _minute(_text(period, "ToDate")) // _DAY
        shifts = tuple(sorted(_shifts(other)))
        for number in range(first, last + 1):
            week.exceptions[number] = shifts
    return week


def _shifts(day: Element) -> Iterator[tuple[int, int]]:
    """Yield the shifts of a day in minutes after midnight; one that ends at 00:00 ends it."""
    if _text(day, "DayWorking") != "1":
        return
    for shift in day.iterfind(f"{_SPACE}WorkingTimes/{_SPACE}WorkingTime"):
        begin, end = _clock(_text(shift, "FromTime")), _clock(_text(shift, "ToTime"))
        yield begin, end or _DAY


# -- values ----------------------------------------------------------------------------------


def _text(one: Element, name: str) -> str:
    return one.findtext(_SPACE + name) or ""


def _whole(one: Element, name: str, missing: int = 0) -> int:
    text = one.findtext(_SPACE + name)
    return int(text) if text else missing


def _moment(one: Element, name: str) -> int | None:
    text = one.findtext(_SPACE + name)
    return _minute(text) if text else None


def _minute(text: str) -> int:
    """Return ``2026-11-02T08:00:00`` in minutes since 1970."""
    day = date(int(text[:4]), int(text[5:7]), int(text[8:10])).toordinal() - _EPOCH
    return day * _DAY + _clock(text[11:])


def _clock(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:5])


def _minutes(text: str) -> int:
    """Return ``PT16H30M0S`` in minutes."""
    if not text:
        return 0
    hours, _, rest = text.removeprefix("PT").partition("H")
    return int(hours) * 60 + int(rest.partition("M")[0])
