"""Working time as MS Project says it: hours of each weekday, and days that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from imsgen.calendars import WorkCalendar
from imsgen.model import CLOSED, DAY, Hours

MOST_SHIFTS = 5
"""Working intervals Project holds in a day."""
_MONDAY = 4
"""Wall day 4, 1970-01-05, is a Monday."""


@dataclass(frozen=True, slots=True)
class OtherDays:
    """Hours on the wall days ``first`` to ``last``, both included, instead of the week's."""

    first: int
    last: int
    hours: Hours
    name: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A calendar as Project keeps it, in wall minutes of the plan's zone."""

    week: tuple[Hours, ...]
    """Hours of Monday to Sunday, each within its day."""
    exceptions: tuple[OtherDays, ...]

    @property
    def always(self) -> bool:
        """Whether it never rests."""
        return not self.exceptions and self.week == (((0, DAY),),) * 7


def weekday(day: int) -> int:
    """Return the weekday of a wall day, Monday being 0."""
    return (day - _MONDAY) % 7


def pattern_of(
    intervals: Iterable[tuple[int, int]],
    first: int,
    last: int,
    names: Mapping[int, str],
    base: Pattern | None = None,
) -> tuple[Pattern, tuple[int, ...]]:
    """Return the pattern with exactly these intervals on the wall days ``[first, last)``.

    Parameters
    ----------
    intervals
        Working intervals in wall minutes, sorted and disjoint.
    names
        What days are called that differ from the week.
    base
        The pattern it derives from, when only what differs from that is wanted; its week is
        kept. Else a weekday gets the hours it has most often.

    Returns
    -------
    The pattern, and the days that have more shifts than Project holds: the shortest breaks on
    them are worked through.
    """
    days = _days(intervals, first, last)
    crowded = []
    for day, hours in days.items():
        if len(hours) > MOST_SHIFTS:
            days[day] = _fewer_shifts(hours)
            crowded.append(day)
    week = base.week if base is not None else _usual_week(days, first, last)
    usual = _hours_by_day(base) if base is not None else {}
    exceptions: list[OtherDays] = []
    for day in range(first, last):
        hours = days.get(day, CLOSED)
        if hours == usual.get(day, week[weekday(day)]):
            continue
        name = names.get(day) or ("Other hours" if hours else "Non-working")
        before = exceptions[-1] if exceptions else None
        if before and before.last == day - 1 and (before.hours, before.name) == (hours, name):
            exceptions[-1] = OtherDays(before.first, day, hours, name)
        else:
            exceptions.append(OtherDays(day, day, hours, name))
    return Pattern(week, tuple(exceptions)), tuple(crowded)


def work_calendar(
    pattern: Pattern, first: int, last: int, base: Pattern | None = None
) -> WorkCalendar:
    """Return the working time of a pattern in wall minutes on the wall days ``[first, last)``."""
    special = {**(_hours_by_day(base) if base is not None else {}), **_hours_by_day(pattern)}

    def source(begin: int, end: int) -> Iterator[tuple[int, int]]:
        for day in range(begin // DAY, -(-end // DAY)):
            for start, finish in special.get(day, pattern.week[weekday(day)]):
                one, two = max(day * DAY + start, begin), min(day * DAY + finish, end)
                if one < two:
                    yield one, two

    return WorkCalendar(source, first * DAY, last * DAY)


def _days(intervals: Iterable[tuple[int, int]], first: int, last: int) -> dict[int, Hours]:
    days: dict[int, list[tuple[int, int]]] = {}
    for begin, end in intervals:
        for day in range(max(begin // DAY, first), min(-(-end // DAY), last)):
            start, finish = max(begin - day * DAY, 0), min(end - day * DAY, DAY)
            days.setdefault(day, []).append((start, finish))
    return {day: tuple(hours) for day, hours in days.items()}


def _usual_week(days: Mapping[int, Hours], first: int, last: int) -> tuple[Hours, ...]:
    counts: list[Counter[Hours]] = [Counter() for _ in range(7)]
    for day in range(first, last):
        counts[weekday(day)][days.get(day, CLOSED)] += 1
    return tuple(
        max(count, key=lambda hours: (count[hours], hours)) if count else CLOSED
        for count in counts
    )


def _hours_by_day(pattern: Pattern) -> dict[int, Hours]:
    return {
        day: other.hours
        for other in pattern.exceptions
        for day in range(other.first, other.last + 1)
    }


def _fewer_shifts(hours: Hours) -> Hours:
    kept = list(hours)
    while len(kept) > MOST_SHIFTS:
        i = min(range(len(kept) - 1), key=lambda n: kept[n + 1][0] - kept[n][1])
        kept[i : i + 2] = [(kept[i][0], kept[i + 1][1])]
    return tuple(kept)
