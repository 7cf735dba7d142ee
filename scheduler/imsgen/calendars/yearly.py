"""Time zones as yearly rules: the only form of them that every calendar program reads right.

A zone has one standard and one daylight rule, each a month and the nth weekday of it. Outlook
reads nothing else: it takes no lists of dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_FORESIGHT = 7
"""Years looked ahead to tell the fourth Sunday from the last; two years make a rule at least."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the clock: the local time it strikes by the old offset, and both offsets."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str


@dataclass(frozen=True, slots=True)
class YearlyRule:
    """A change that comes back each year, on the nth weekday of its month.

    ``change`` is one before the years asked for, so that all of them follow it.
    """

    change: Change
    nth: int
    """Counted from the month's end when negative."""


@dataclass(frozen=True, slots=True)
class YearlyZone:
    """A zone whose clocks change twice a year by rule, or never (then ``rules`` is empty)."""

    rules: tuple[YearlyRule, ...]
    """Back to standard time, then ahead to daylight time."""
    offset: timedelta
    """Ahead of UTC on the first day of the year before; all there is without rules."""
    name: str


@lru_cache(maxsize=256)
def yearly_zone(tzid: str, first_year: int, last_year: int) -> YearlyZone | None:
    """Return the zone with yearly rules that hold from ``first_year`` to ``last_year``.

    Both years are included. None when the zone's changes follow no yearly rule in these years,
    or it changes other than twice a year: then times are best written in UTC.
    """
    zone = ZoneInfo(tzid)
    for foresight in (_FORESIGHT, 1):
        last = max(last_year, first_year + foresight)
        changes = {year: _changes(zone, year) for year in range(first_year, last + 1)}
        rules = _rules(first_year, changes) if any(changes.values()) else ()
        if rules is not None:
            moment = datetime(first_year - 1, 1, 1, tzinfo=zone)
            return YearlyZone(rules, moment.utcoffset() or timedelta(0), moment.tzname() or "")
    return None


def _changes(zone: ZoneInfo, year: int) -> list[Change]:
    """Return the changes of the clock of one year, sorted."""
    low = datetime(year, 1, 1, tzinfo=UTC)
    end = datetime(year + 1, 1, 1, tzinfo=UTC)
    found = []
    while low < end:
        high = low + timedelta(days=1)
        before, after = _offset(zone, low), _offset(zone, high)
        if before != after:
            moment = _strike(zone, low, high)
            local = (moment + before).replace(tzinfo=None)
            found.append(Change(local, before, after, moment.astimezone(zone).tzname() or ""))
        low = high
    return found


def _strike(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the first minute in ``(low, high]`` with the new offset."""
    old = _offset(zone, low)
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
        if _offset(zone, middle) == old:
            low = middle
        else:
            high = middle
    return high


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def _rules(first_year: int, changes: dict[int, list[Change]]) -> tuple[YearlyRule, ...] | None:
    if any(len(found) != 2 for found in changes.values()):
        return None
    years = [sorted(found, key=lambda change: change.after) for found in changes.values()]
    rules = []
    for side in zip(*years, strict=True):
        one = side[0]
        same = {
            (c.local.month, c.local.weekday(), c.local.time(), c.before, c.after) for c in side
        }
        nth = _common_nth(change.local.date() for change in side)
        if len(same) != 1 or nth is None:
            return None
        day = _nth_weekday(first_year - 1, one.local.month, nth, one.local.weekday())
        local = datetime.combine(day, one.local.time())
        rules.append(YearlyRule(Change(local, one.before, one.after, one.name), nth))
    back, ahead = (rule.change for rule in rules)
    if (back.before, back.after) != (ahead.after, ahead.before):
        return None
    return tuple(rules)


def _common_nth(days: Iterable[date]) -> int | None:
    """Return the n that makes all days the nth (last: -1) weekday of their month."""
    common: set[int] | None = None
    for day in days:
        possible = {(day.day - 1) // 7 + 1}
        if (day + timedelta(days=7)).month != day.month:
            possible.add(-1)
        common = possible if common is None else common & possible
    chosen = sorted((common or set()) - {5})
    return chosen[0] if chosen else None


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    if nth < 0:
        day = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return day - timedelta(days=(day.weekday() - weekday) % 7)
    day = date(year, month, 1)
    return day + timedelta(days=(weekday - day.weekday()) % 7 + 7 * (nth - 1))
