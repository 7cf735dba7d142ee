"""Windows of whole local days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from imsgen.model import Instant, Meeting, MeetingKind
from imsgen.schedule.views import local_time


def whole_days(meeting: Meeting, finish: Instant) -> tuple[date, date] | None:
    """Return first day and day after the last when a window covers whole local days."""
    if meeting.kind is not MeetingKind.WINDOW:
        return None
    first, last = local_time(meeting.start, meeting.timezone), local_time(finish, meeting.timezone)
    if _is_midnight(first) and _is_midnight(last):
        return first.date(), last.date()
    return None


def days_text(first: date, after: date) -> str:
    """Return ``2026-12-01 to 2026-12-07`` for days from ``first`` up to the day before ``after``."""
    last = after - timedelta(days=1)
    return (
        f"{first.isoformat()}" if first == last else f"{first.isoformat()} to {last.isoformat()}"
    )


def _is_midnight(moment: datetime) -> bool:
    return moment.hour == 0 and moment.minute == 0
