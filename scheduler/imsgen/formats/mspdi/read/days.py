"""Which hours a calendar of the file has on each day, its base's included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from imsgen.formats.mspdi.read.source import Calendar
from imsgen.model import CLOSED, DAY, Hours

USUAL: Hours = ((480, 720), (780, 1020))
"""What a working day without times has."""
OFFICE: tuple[Hours, ...] = (USUAL,) * 5 + (CLOSED, CLOSED)
_NEAR = 400
"""Days within which work is looked for."""
_MOST_DAYS = 20_000
"""Days that are written out one by one."""


@dataclass(frozen=True, slots=True)
class Days:
    """Hours of a week, Monday first, and of the dates that differ."""

    week: tuple[Hours, ...]
    dates: Mapping[date, Hours]

    def on(self, day: date) -> Hours:
        """Return the hours of a date."""
        return self.dates.get(day, self.week[day.weekday()])

    def next_start(self, at: datetime) -> datetime:
        """Return the first minute at or after ``at`` that is worked; ``at`` where none is near."""
        minute = at.hour * 60 + at.minute
        for n in range(_NEAR):
            for begin, end in self.on(at.date() + timedelta(days=n)):
                if n or end > minute:
                    return _at(at, n, begin if n else max(begin, minute))
        return at

    def last_finish(self, at: datetime) -> datetime:
        """Return the latest end of worked time at or before ``at``; ``at`` where none is near."""
        minute = at.hour * 60 + at.minute
        for n in range(_NEAR):
            for begin, end in reversed(self.on(at.date() - timedelta(days=n))):
                if n or begin < minute:
                    return _at(at, -n, end if n else min(end, minute))
        return at

    def work_between(self, begin: datetime, end: datetime) -> int:
        """Return the worked minutes between two instants, at most those of a few years."""
        first, last = begin.hour * 60 + begin.minute, end.hour * 60 + end.minute
        days = min((end.date() - begin.date()).days, _MOST_DAYS)
        total = 0
        for n in range(days + 1):
            low, high = first if n == 0 else 0, last if n == days else DAY
            for start, stop in self.on(begin.date() + timedelta(days=n)):
                total += max(0, min(stop, high) - max(start, low))
        return total


def lineage(calendar: Calendar, calendars: Mapping[int, Calendar]) -> Iterator[Calendar]:
    """Yield a calendar, its base, the base of that: each once."""
    seen = set[int]()
    while calendar.uid not in seen:
        yield calendar
        seen.add(calendar.uid)
        if calendar.base is None or calendar.base not in calendars:
            return
        calendar = calendars[calendar.base]


def week_of(calendar: Calendar, calendars: Mapping[int, Calendar]) -> tuple[Hours, ...]:
    """Return the hours of a week, the base's where the calendar says nothing."""
    days: list[Hours | None] = [None] * 7
    for one in lineage(calendar, calendars):
        days = [own if own is not None else its for own, its in zip(days, one.week, strict=True)]
    return tuple(
        own if own is not None else usual for own, usual in zip(days, OFFICE, strict=True)
    )


def days_of(calendar: Calendar, calendars: Mapping[int, Calendar]) -> Days | None:
    """Return the hours of every day; None where days repeat by rule or are too many."""
    dates: dict[date, Hours] = {}
    for one in reversed(list(lineage(calendar, calendars))):
        for other in one.exceptions:
            if other.rule or (other.last - other.first).days + len(dates) > _MOST_DAYS:
                return None
            for n in range((other.last - other.first).days + 1):
                dates[other.first + timedelta(days=n)] = other.hours
    return Days(week_of(calendar, calendars), dates)


def _at(near: datetime, days: int, minute: int) -> datetime:
    midnight = near.replace(hour=0, minute=0)
    return midnight + timedelta(days=days, minutes=minute)


def common(days: Iterable[Hours]) -> Hours:
    """Return the hours that all have."""
    found: Hours = ((0, DAY),)
    for day in days:
        found = tuple(
            (max(begin, start), min(end, stop))
            for begin, end in found
            for start, stop in day
            if max(begin, start) < min(end, stop)
        )
    return found


def alike(one: Days, others: Iterable[Days]) -> bool:
    """Whether a calendar works exactly when all the others do."""
    among = list(others)
    if any(one.week[day] != common(other.week[day] for other in among) for day in range(7)):
        return False
    named = dict.fromkeys([*one.dates, *(day for other in among for day in other.dates)])
    return all(one.on(day) == common(other.on(day) for other in among) for day in named)
