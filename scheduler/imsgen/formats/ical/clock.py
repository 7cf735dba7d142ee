"""Times as people read them: local wall clock with the zone, UTC, and T-minus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from imsgen.formats.clock import MONTHS, WEEKDAYS
from imsgen.model import DAY, End, Instant, Schedule, to_datetime


@dataclass(frozen=True, slots=True)
class Zero:
    """What T-minus labels count to."""

    instant: Instant
    name: str


def local(instant: Instant, timezone: str) -> datetime:
    """Return the aware local time of an instant."""
    return to_datetime(instant).astimezone(ZoneInfo(timezone))


def span_text(start: Instant, finish: Instant, timezone: str) -> str:
    """Return ``Sat 31 Oct 2026 10:00-10:30 EDT (America/New_York) = 14:00-14:30 UTC``."""
    here = _between(local(start, timezone), local(finish, timezone))
    if timezone == "UTC":
        return here
    first, last = to_datetime(start), to_datetime(finish)
    same_day = local(start, timezone).date() == first.date()
    there = _between(first, last, dated=not same_day)
    return f"{here} ({timezone}) = {there}"


def _between(first: datetime, last: datetime, dated: bool = True) -> str:
    zone = "UTC" if first.tzinfo is UTC else first.tzname()
    begin = f"{_day(first)} {first:%H:%M}" if dated else f"{first:%H:%M}"
    if first.astimezone(UTC) == last.astimezone(UTC):  # in one zone, == forgets the offset
        return f"{begin} {zone}"
    if first.date() == last.date() and first.tzname() == last.tzname():
        return f"{begin}-{last:%H:%M} {zone}"
    end_zone = "UTC" if last.tzinfo is UTC else last.tzname()
    return f"{begin} {zone} - {_day(last)} {last:%H:%M} {end_zone}"


def _day(moment: datetime) -> str:
    month = MONTHS[moment.month - 1]
    return f"{WEEKDAYS[moment.weekday()]} {moment.day} {month} {moment.year}"


def t_minus(instant: Instant, zero: Instant) -> str:
    """Return ``T-1d 2h 30m``, ``T+45m`` or ``T-0``, in elapsed days of 24 hours."""
    distance = instant - zero
    if distance == 0:
        return "T-0"
    days, rest = divmod(abs(distance), DAY)
    hours, minutes = divmod(rest, 60)
    parts = [f"{n}{unit}" for n, unit in ((days, "d"), (hours, "h"), (minutes, "m")) if n]
    return f"T{'-' if distance < 0 else '+'}{' '.join(parts)}"


def zero_of(schedule: Schedule) -> Zero | None:
    """Return what T-minus counts to: ``options.t_zero``, else the last gate's decision."""
    project = schedule.project
    if project.options.t_zero:
        id_, _, end = project.options.t_zero.rpartition(".")
        return _event(schedule, id_, end)
    decided = [
        (placed.finish, id_)
        for id_ in project.gates
        if (placed := schedule.activities.get(id_)) is not None
    ]
    if not decided:
        return None
    return _event(schedule, max(decided)[1], End.GO)


def _event(schedule: Schedule, id_: str, end: str) -> Zero | None:
    project = schedule.project
    at_start = end == End.START
    if id_ == "project":
        return Zero(project.start if at_start else schedule.finish, project.name)
    placed = schedule.activities.get(id_)
    if placed is not None:
        return Zero(placed.start if at_start else placed.finish, project.activities[id_].name)
    span = schedule.groups.get(id_)
    if span is not None:
        return Zero(span[0] if at_start else span[1], project.groups[id_].name)
    return None
