"""Values of a plan in words, in its own notation where it has one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from imsgen.model import (
    Calendar,
    CalendarException,
    Constraint,
    Estimate,
    Event,
    Every,
    Instant,
    Mode,
    Need,
    Progress,
    Project,
    Undo,
    When,
    Within,
)
from imsgen.schedule.notation import duration_text, units_text
from imsgen.schedule.views import WEEKDAYS, end_text, moment_text

_MOMENTS = frozenset({"start", "status_date", "expected", "at", "resume", "actual_start"})
_ENDS = frozenset({"deadline", "actual_finish"})
_LENGTHS = frozenset({"duration", "freeze", "effort", "remaining", "interval"})
_DAY_LENGTHS = frozenset({"day", "week", "month"})
_MOST = 4
"""So many spans or exceptions are spelled out."""


class Words:
    """Says values for people; times in the zone of one plan."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._by_type: Mapping[type, Callable[[Any], str]] = {
            bool: lambda one: "true" if one else "false",
            Mode: self.mode,
            Need: lambda one: f"{one.resource} {units_text(one.units)}",
            Constraint: self._constraint,
            Within: lambda one: one.window + (" together" if one.together else ""),
            Undo: self._undo,
            Progress: self.progress,
            When: self._when,
            Event: lambda one: f"{one.id}.{one.end}",
            Every: self._every,
            Estimate: lambda one: ", ".join(
                self.length(amount) for amount in (one.least, one.likely, one.most)
            ),
            CalendarException: self._exception,
        }

    def value(self, field: str, value: Any) -> str:
        """Return the value of a field, empty where it says nothing."""
        special = self._by_type.get(type(value))
        if special is not None:
            return special(value)
        if value is None or value in ((), {}):
            return ""
        if isinstance(value, Mapping):
            return ", ".join(f"{key}: {one}" for key, one in value.items())
        if isinstance(value, tuple):
            return self._several(field, value)
        return self._number(field, value) if isinstance(value, int) else str(value)

    def moment(self, instant: Instant) -> str:
        """Return an instant in the plan's zone."""
        return moment_text(instant, self._project.timezone)

    def length(self, minutes: int) -> str:
        """Return minutes as the plan writes a duration."""
        return duration_text(minutes, self._project.day)

    def mode(self, mode: Mode) -> str:
        """Return a way of doing an activity: how long, with whom, on which calendar."""
        text = duration_text(mode.duration, self._project.day, mode.elapsed)
        needs = ", ".join(f"{one.resource} {units_text(one.units)}" for one in mode.needs)
        return f"{text} with {needs}" if needs else text

    def progress(self, progress: Progress) -> str:
        """Return what has happened, ``begun Sat 13 Mar 02:00 EST, 60%, 2h left``."""
        parts = []
        if progress.actual_start is not None and progress.actual_finish is None:
            parts.append(f"begun {self.moment(progress.actual_start)}")
        if progress.actual_finish is not None:
            parts.append(f"done {end_text(progress.actual_finish, self._project.timezone)}")
        elif progress.actual_start is not None:
            if progress.percent_complete is not None:
                parts.append(f"{progress.percent_complete}%")
            if progress.remaining is not None:
                parts.append(f"{self.length(progress.remaining)} left")
        if progress.resume is not None:
            parts.append(f"goes on {self.moment(progress.resume)}")
        return ", ".join(parts)

    def hours(self, calendar: Calendar) -> str:
        """Return the weekly hours, days with the same hours together."""
        found: dict[str, list[str]] = {}
        for name, hours in zip(WEEKDAYS, calendar.week, strict=True):
            found.setdefault(_hours(hours), []).append(name)
        return "; ".join(f"{'+'.join(days)} {hours}" for hours, days in found.items())

    def _number(self, field: str, value: int) -> str:
        if field in _MOMENTS:
            return self.moment(Instant(value))
        if field in _ENDS:
            return end_text(Instant(value), self._project.timezone)
        if field in _LENGTHS:
            return self.length(value)
        return f"{value} minutes" if field in _DAY_LENGTHS else str(value)

    def _several(self, field: str, values: tuple[Any, ...]) -> str:
        texts = [self._one(field, one) for one in values]
        if field in {"leave", "occurrences", "exceptions", "capacity"} and len(texts) > _MOST:
            texts = [*texts[:_MOST], f"{len(texts) - _MOST} more"]
        return (" | " if field == "modes" else ", ").join(texts)

    def _one(self, field: str, one: Any) -> str:
        if field == "capacity":
            since, units = one
            return units_text(units) + ("" if since is None else f" from {self.moment(since)}")
        if field in {"leave", "occurrences"}:
            zone = self._project.timezone
            return f"{moment_text(one[0], zone)} - {end_text(one[1], zone)}"
        return self.value(field, one)

    def _constraint(self, one: Constraint) -> str:
        if one.earliest is None and one.latest is None:
            return one.type.value
        if one.earliest is not None:
            return f"{one.type.value} {self.moment(one.earliest)}"
        return f"{one.type.value} {end_text(one.latest or Instant(0), self._project.timezone)}"

    def _undo(self, one: Undo) -> str:
        text = self.length(one.duration)
        return f"{text} and {self.length(one.verify)} to verify" if one.verify else text

    def _when(self, one: When) -> str:
        if one.event is None:
            return "" if one.instant is None else self.moment(one.instant)
        text = f"{one.event.id}.{one.event.end}"
        if not one.offset:
            return text
        far = duration_text(abs(one.offset), self._project.day, one.calendar == "24x7")
        return f"{text} {'-' if one.offset < 0 else '+'} {far}"

    def _every(self, one: Every) -> str:
        if one.interval is not None:
            return duration_text(one.interval, self._project.day, elapsed=True)
        days = "+".join(WEEKDAYS[day] for day in one.weekdays)
        return f"{days} {_clock(one.minute)}"

    def _exception(self, one: CalendarException) -> str:
        return f"{_days(one.first, one.last)} {_hours(one.hours)}"


def _hours(hours: tuple[tuple[int, int], ...]) -> str:
    return ", ".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in hours) or "none"


def _clock(minute: int) -> str:
    """Return a local minute as ``22:00``; past midnight as on the next day."""
    hours, minutes = divmod(minute, 60)
    return f"{hours if hours <= 24 else hours - 24:02d}:{minutes:02d}"


def _days(first: date, last: date) -> str:
    return str(first) if first == last else f"{first}..{last}"
