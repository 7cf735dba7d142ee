"""How dates and spans of a schedule read for people, the same in every output."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from imsgen.model import DAY, Instant, to_datetime

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Names that no locale changes: the same schedule gives the same bytes everywhere."""


def local_time(instant: Instant, timezone: str) -> datetime:
    """Return the aware local datetime of an instant."""
    return to_datetime(instant).astimezone(ZoneInfo(timezone))


def moment_text(
    instant: Instant, timezone: str, *, year: bool = True, aligned: bool = False
) -> str:
    """Return ``Fri 12 Mar 2027 19:00 EST``, in English whatever the machine's language.

    ``aligned`` pads the day, for columns.
    """
    text = _text(local_time(instant, timezone), year=year)
    return f"{text[:4]} {text[4:]}" if aligned and text[5] == " " else text


def end_text(instant: Instant, timezone: str, *, year: bool = True) -> str:
    """Return the text of an end: midnight is 24:00 of the day before.

    A deadline of a whole day reads as that day, not as the next one.
    """
    moment = local_time(instant, timezone)
    if moment.hour or moment.minute:
        return _text(moment, year=year)
    before = (moment - timedelta(days=1)).replace(hour=0, minute=0)
    return _text(before, year=year, clock="24:00", zone=moment.tzname())


def day_text(moment: datetime) -> str:
    """Return ``Fri 4 Dec 2026``."""
    return f"{WEEKDAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def _text(
    moment: datetime, *, year: bool, clock: str | None = None, zone: str | None = None
) -> str:
    day = f"{WEEKDAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]}"
    shown = f"{day} {moment.year}" if year else day
    return f"{shown} {clock or moment.strftime('%H:%M')} {zone or moment.tzname()}"


def elapsed_text(minutes: int) -> str:
    """Return an elapsed span in its two largest units: ``45 min``, ``3 h 30 min``, ``2 days 4 h``.

    A day here has 24 hours, so it is spelled out, unlike the plan's ``d``.
    """
    days, rest = divmod(abs(minutes), DAY)
    hours, left = divmod(rest, 60)
    parts = []
    if days:
        parts.append(f"{days} day" if days == 1 else f"{days} days")
    if hours:
        parts.append(f"{hours} h")
    if (left and not days) or not (days or hours):
        parts.append(f"{left} min")
    return ("-" if minutes < 0 else "") + " ".join(parts)


def work_text(minutes: int, day: int) -> str:
    """Return working time in the plan's days: ``3d 4h``, ``45m``, ``0``.

    Parameters
    ----------
    day
        Working minutes of the plan's ``d``.
    """
    days, rest = divmod(abs(minutes), day)
    hours, left = divmod(rest, 60)
    parts = [
        f"{amount}{unit}" for amount, unit in ((days, "d"), (hours, "h"), (left, "m")) if amount
    ]
    return ("-" if minutes < 0 else "") + (" ".join(parts) or "0")


def counted(amount: int, noun: str) -> str:
    """Return ``1 error``, ``2 errors``, ``3 activities``."""
    if amount != 1:
        noun = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{amount} {noun}"


def fitted(text: str, width: int) -> str:
    """Return one line of at most ``width`` characters, cut with an ellipsis."""
    line = " ".join(text.splitlines())
    return line if len(line) <= width else f"{line[: width - 1].rstrip()}…"
