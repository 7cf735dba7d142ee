"""Hours of a calendar in a few words, for messages."""

from __future__ import annotations

from collections.abc import Mapping

from imsgen.model import ALWAYS, ROUND_THE_CLOCK, Calendar, Hours

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def week_text(calendars: Mapping[str, Calendar], id_: str) -> str:
    """Return the week of a calendar, ``Mon-Fri 08:00-12:00 13:00-17:00``."""
    if id_ == ALWAYS or calendars[id_].week == (ROUND_THE_CLOCK,) * 7:
        return "24x7"
    week = calendars[id_].week
    pieces = []
    first = 0
    for day in range(1, 8):
        if day < 7 and week[day] == week[first]:
            continue
        if week[first]:
            days = _DAYS[first] if day == first + 1 else f"{_DAYS[first]}-{_DAYS[day - 1]}"
            pieces.append(f"{days} {_hours(week[first])}")
        first = day
    return ", ".join(pieces) or "closed"


def _hours(hours: Hours) -> str:
    return " ".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in hours)


def _clock(minute: int) -> str:
    minute = minute if minute <= 1440 else minute - 1440
    return f"{minute // 60:02}:{minute % 60:02}"
