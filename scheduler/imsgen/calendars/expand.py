"""From local working hours to UTC intervals, right through nights when clocks change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from imsgen.calendars.work import WorkCalendar
from imsgen.calendars.zones import local_to_instant
from imsgen.model import DAY, ROUND_THE_CLOCK, Calendar, Hours, Instant, to_datetime

_NONE = timedelta()
_ONE_DAY = timedelta(days=1)
_EPOCH_DAY = date(1970, 1, 1).toordinal()


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
        offsets = _Offsets(zone)
        reached = first
        while day <= stop:
            hours = exceptional.get(day)
            if hours is None:
                hours = rules.week[day.weekday()]
            if hours:
                for begin, end in _instants(day, hours, zone, offsets):
                    begin, end = max(begin, reached), min(end, last)  # noqa: PLW2901
                    if begin < end:
                        yield begin, end
                        reached = end
            day += _ONE_DAY

    return WorkCalendar(source, origin, horizon, rules.id)


def _exceptional_days(rules: Calendar) -> dict[date, Hours]:
    days: dict[date, Hours] = {}
    for exception in rules.exceptions:
        day = exception.first
        while day <= exception.last:
            days[day] = exception.hours
            day += timedelta(days=1)
    return days


class _Offsets:
    """What UTC is behind local midnight, in minutes, each day looked up once."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._known: dict[int, float] = {}

    def of(self, ordinal: int) -> float:
        found = self._known.get(ordinal)
        if found is None:
            midnight = datetime.fromordinal(ordinal).replace(tzinfo=self._zone)
            found = self._known[ordinal] = (midnight.utcoffset() or _NONE).total_seconds() / 60
        return found

    def steady(self, ordinal: int) -> float | None:
        """Return the offset of a day and the two after; None where it changes in them."""
        offset = self.of(ordinal)
        same = offset == self.of(ordinal + 1) == self.of(ordinal + 2)
        return offset if same and offset.is_integer() else None


def _instants(
    day: date, hours: Hours, zone: ZoneInfo, offsets: _Offsets
) -> Iterator[tuple[int, int]]:
    """Yield the UTC intervals of one local day's hours.

    On a day with one UTC offset throughout, one conversion serves all; otherwise each boundary
    is converted, a time that does not exist moving to the next that does.
    """
    ordinal = day.toordinal()
    offset = offsets.steady(ordinal)
    if offset is not None:
        base = (ordinal - _EPOCH_DAY) * DAY - int(offset)
        for begin, end in hours:
            yield base + begin, base + end
        return
    for begin, end in hours:
        yield local_to_instant(day, begin, zone), local_to_instant(day, end, zone)
