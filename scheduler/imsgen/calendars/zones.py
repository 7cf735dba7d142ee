"""Local times and the hours that occur twice or never."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from imsgen.model import DAY, Instant


def candidates(day: date, minute: int, zone: ZoneInfo) -> tuple[Instant, ...]:
    """Return the instants a local time stands for: one, two, or none.

    ``minute`` counts from midnight and may reach past it (1440 is 24:00, midnight of the next
    day). None: the clock jumps over it; two: the hour occurs twice, earlier instant first.
    """
    local = _local(day, minute, zone)
    found = []
    for fold in (0, 1):
        moment = local.replace(fold=fold)
        utc = moment.astimezone(UTC)
        if utc.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
            found.append(Instant(int(utc.timestamp()) // 60))
    return tuple(sorted(set(found)))


def local_to_instant(day: date, minute: int, zone: ZoneInfo) -> Instant:
    """Return the instant of a local time; the next existing one if it is skipped, first of two.

    This is the rule for repeating things; dates a person typed are refused instead.
    """
    found = candidates(day, minute, zone)
    if found:
        return found[0]
    return after_gap(day, minute, zone)


def after_gap(day: date, minute: int, zone: ZoneInfo) -> Instant:
    """Return the instant at which the clock jumps over the given, non-existing local time."""
    local = _local(day, minute, zone)
    low = int((local.replace(tzinfo=UTC) - timedelta(days=1)).timestamp()) // 60
    high = low + 2 * DAY
    target = local.replace(tzinfo=None)
    while low < high:  # the first instant whose local time is past the target
        middle = (low + high) // 2
        shown = datetime.fromtimestamp(middle * 60, UTC).astimezone(zone).replace(tzinfo=None)
        if shown >= target:
            high = middle
        else:
            low = middle + 1
    return Instant(low)


def _local(day: date, minute: int, zone: ZoneInfo) -> datetime:
    days, rest = divmod(minute, DAY)
    day += timedelta(days=days)
    return datetime(day.year, day.month, day.day, rest // 60, rest % 60, tzinfo=zone)
