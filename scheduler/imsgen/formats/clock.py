"""Instants as people in a time zone read them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from imsgen.model import Instant, to_datetime


def local(instant: Instant, zone: ZoneInfo) -> datetime:
    """Return the aware local datetime of an instant."""
    return to_datetime(instant).astimezone(zone)


def offset(instant: Instant, zone: ZoneInfo) -> int:
    """Return how many minutes local time is ahead of UTC at an instant."""
    ahead = local(instant, zone).utcoffset()
    return int(ahead.total_seconds()) // 60 if ahead is not None else 0


def occurs_twice(instant: Instant, zone: ZoneInfo) -> bool:
    """Whether the local time of the instant is shown twice that night by every clock."""
    moment = local(instant, zone)
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def utc_iso(instant: Instant) -> str:
    """Return ``2026-11-02T13:00:00Z``."""
    return to_datetime(instant).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_iso(instant: Instant, zone: ZoneInfo) -> str:
    """Return the local time with its offset, ``2026-11-02T08:00:00-05:00``."""
    return local(instant, zone).isoformat(timespec="seconds")


def local_text(instant: Instant, zone: ZoneInfo) -> str:
    """Return ``2026-11-02 08:00``, followed by the zone's name where the hour occurs twice."""
    moment = local(instant, zone)
    text = moment.strftime("%Y-%m-%d %H:%M")
    return f"{text} {moment.tzname()}" if occurs_twice(instant, zone) else text
