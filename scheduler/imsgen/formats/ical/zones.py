"""Time zones as yearly rules: the only form of them that every calendar program reads right.

A zone is written as one standard and one daylight rule, each ``FREQ=YEARLY`` with a month and
the nth weekday. Outlook reads nothing else: it takes no lists of dates (``RDATE``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard, vText

_FORESIGHT = 7
"""Years looked ahead to tell the fourth Sunday from the last; two years make a rule at least."""
_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of the clock: the local time it strikes by the old offset, and both offsets."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str


def vtimezone(tzid: str, first_year: int, last_year: int) -> Timezone | None:
    """Return the zone with yearly rules that hold from ``first_year`` to ``last_year``.

    Both years are included. None when the zone's changes follow no yearly rule in these years,
    or it changes other than twice a year: then times are best written in UTC.
    """
    zone = ZoneInfo(tzid)
    for foresight in (_FORESIGHT, 1):
        last = max(last_year, first_year + foresight)
        changes = {year: _changes(zone, year) for year in range(first_year, last + 1)}
        if not any(changes.values()):
            return _fixed(tzid, zone, first_year)
        found = _yearly(tzid, first_year, changes)
        if found is not None:
            return found
    return None


def _changes(zone: ZoneInfo, year: int) -> list[_Change]:
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
            found.append(_Change(local, before, after, moment.astimezone(zone).tzname() or ""))
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


def _yearly(tzid: str, first_year: int, changes: dict[int, list[_Change]]) -> Timezone | None:
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
        rules.append((one, nth))
    (back, _), (ahead, _) = rules
    if (back.before, back.after) != (ahead.after, ahead.before):
        return None
    component = _component(tzid)
    for (change, nth), kind in zip(rules, (TimezoneStandard, TimezoneDaylight), strict=True):
        side_of = kind()
        day = _nth_weekday(first_year - 1, change.local.month, nth, change.local.weekday())
        start = datetime.combine(day, change.local.time())
        side_of.add("dtstart", start)
        weekday = _DAY_NAMES[change.local.weekday()]
        rule = {"freq": "yearly", "bymonth": change.local.month, "byday": f"{nth}{weekday}"}
        side_of.add("rrule", rule)
        _offsets(side_of, change.before, change.after, change.name)
        component.add_component(side_of)
    return component


def _fixed(tzid: str, zone: ZoneInfo, year: int) -> Timezone:
    component = _component(tzid)
    standard = TimezoneStandard()
    moment = datetime(year - 1, 1, 1, tzinfo=zone)
    standard.add("dtstart", moment.replace(tzinfo=None))
    offset = moment.utcoffset() or timedelta(0)
    _offsets(standard, offset, offset, moment.tzname() or "")
    component.add_component(standard)
    return component


def _component(tzid: str) -> Timezone:
    component = Timezone()
    component.add("tzid", tzid)
    component.add("x-lic-location", vText(tzid))
    return component


def _offsets(side: Component, before: timedelta, after: timedelta, name: str) -> None:
    side.add("tzoffsetfrom", before)
    side.add("tzoffsetto", after)
    side.add("tzname", name)


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
