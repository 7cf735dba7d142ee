"""From local working hours to UTC intervals, right through nights when clocks change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from imsgen.calendars.work import WorkCalendar
from imsgen.calendars.zones import local_to_instant
from imsgen.model import ROUND_THE_CLOCK, Calendar, Hours, Instant, to_datetime


def is_always(rules: Calendar) -> bool:
    """Whether the rules never rest."""
    return not rules.exceptions and rules.week == (ROUND_THE_CLOCK,) * 7


def work_calendar(rules: Calendar, origin: int, horizon: int) -> WorkCalendar:
    """Return the working time of a calendar's rules in ``[origin, horizon)``."""
    if is_always(rules):
        return WorkCalendar(lambda first, last: [(first, last)], origin, horizon, rules.id)
    zone = ZoneInfo(rules.timezone)
    exceptional = _exceptional_days(rules)

    def source(first: int, last: int) -> Iterator[tuple[int, int]]:
        # A day before the range may work past midnight, so start two days early.
        day = to_datetime(Instant(first)).astimezone(zone).date() - timedelta(days=2)
        stop = to_datetime(Instant(last)).astimezone(zone).date() + timedelta(days=1)
        reached = first
        while day <= stop:
            hours = exceptional.get(day)
            if hours is None:
                hours = rules.week[day.weekday()]
            for begin, end in _instants(day, hours, zone):
                begin, end = max(begin, reached), min(end, last)  # noqa: PLW2901
                if begin < end:
                    yield begin, end
                    reached = end
            day += timedelta(days=1)

    return WorkCalendar(source, origin, horizon, rules.id)


def _exceptional_days(rules: Calendar) -> dict[date, Hours]:
    days: dict[date, Hours] = {}
    for exception in rules.exceptions:
        day = exception.first
        while day <= exception.last:
            days[day] = exception.hours
            day += timedelta(days=1)
    return days


def _instants(day: date, hours: Hours, zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """Yield the UTC intervals of one local day's hours.

    On a day with one UTC offset throughout, one conversion serves all; otherwise each boundary
    is converted, a time that does not exist moving to the next that does.
    """
    if not hours:
        return
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    later = midnight + timedelta(days=2)
    if midnight.utcoffset() == later.utcoffset():
        base = int(midnight.astimezone(UTC).timestamp()) // 60
        for begin, end in hours:
            yield base + begin, base + end
        return
    for begin, end in hours:
        yield local_to_instant(day, begin, zone), local_to_instant(day, end, zone)
