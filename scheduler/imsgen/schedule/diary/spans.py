"""Times as people read them: local wall clock with the zone, and UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from imsgen.model import Instant, to_datetime
from imsgen.schedule.views import day_text, local_time


def span_text(start: Instant, finish: Instant, timezone: str) -> str:
    """Return ``Sat 31 Oct 2026 10:00-10:30 EDT (America/New_York) = 14:00-14:30 UTC``."""
    here = _between(local_time(start, timezone), local_time(finish, timezone))
    if timezone == "UTC":
        return here
    first, last = to_datetime(start), to_datetime(finish)
    same_day = local_time(start, timezone).date() == first.date()
    there = _between(first, last, dated=not same_day)
    return f"{here} ({timezone}) = {there}"


def _between(first: datetime, last: datetime, dated: bool = True) -> str:
    zone = "UTC" if first.tzinfo is UTC else first.tzname()
    begin = f"{day_text(first)} {first:%H:%M}" if dated else f"{first:%H:%M}"
    if first.astimezone(UTC) == last.astimezone(UTC):  # in one zone, == forgets the offset
        return f"{begin} {zone}"
    if first.date() == last.date() and first.tzname() == last.tzname():
        return f"{begin}-{last:%H:%M} {zone}"
    end_zone = "UTC" if last.tzinfo is UTC else last.tzname()
    return f"{begin} {zone} - {day_text(last)} {last:%H:%M} {end_zone}"
