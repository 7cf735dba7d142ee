"""Working time minute by minute, straight from local clock times: slow and plain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from imsgen.model import Calendar, Hours


def is_worked(rules: Calendar, instant: int) -> bool:
    """Whether the minute that starts at ``instant`` is worked, by what the clock shows then."""
    shown = datetime.fromtimestamp(instant * 60, UTC).astimezone(ZoneInfo(rules.timezone))
    minute = shown.hour * 60 + shown.minute
    return any(
        begin <= minute + 1440 * back < end
        for back in range(3)
        for begin, end in _hours(rules, shown.date() - timedelta(days=back))
    )


def worked(rules: Calendar, first: int, last: int) -> list[int]:
    """Return every worked minute that starts in ``[first, last)``, both on a quarter hour.

    Hours and clocks change on quarter hours only, so one look serves a quarter.
    """
    return [
        instant
        for quarter in range(first, last, 15)
        if is_worked(rules, quarter)
        for instant in range(quarter, quarter + 15)
    ]


def spans(minutes: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the unbroken stretches ``[first, last)`` of sorted minutes."""
    begin = before = None
    for minute in minutes:
        if begin is None or before is None:
            begin = minute
        elif minute != before + 1:
            yield begin, before + 1
            begin = minute
        before = minute
    if begin is not None and before is not None:
        yield begin, before + 1


def _hours(rules: Calendar, day: date) -> Hours:
    for exception in rules.exceptions:
        if exception.first <= day <= exception.last:
            return exception.hours
    return rules.week[day.weekday()]
