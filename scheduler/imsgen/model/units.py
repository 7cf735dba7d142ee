"""Units of time and how instants meet wall-clock dates.

An :data:`Instant` is a whole number of minutes since 1970-01-01T00:00 UTC, for every plan, so
that two schedules compare without conversion. Intervals are half-open, ``[start, finish)``,
everywhere inside; only formats say "17:00 that day".
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NewType

Instant = NewType("Instant", int)
"""Minutes since 1970-01-01T00:00 UTC."""

Minutes = NewType("Minutes", int)
"""Elapsed minutes."""

WorkMinutes = NewType("WorkMinutes", int)
"""Minutes counted through a calendar."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 1440
"""Minutes of a day of 24 hours."""
FULL = 100
"""One whole unit of a resource, in the solver's unit of one percent."""


def to_datetime(instant: Instant) -> datetime:
    """Return the aware UTC datetime of an instant."""
    return EPOCH + timedelta(minutes=instant)


def from_datetime(moment: datetime) -> Instant:
    """Return the instant of an aware datetime in whole minutes.

    Raises
    ------
    ValueError
        If the datetime is naive or not on a whole minute.
    """
    if moment.tzinfo is None:
        message = "naive datetimes do not exist inside imsgen"
        raise ValueError(message)
    seconds = (moment - EPOCH).total_seconds()
    minutes, rest = divmod(seconds, 60)
    if rest:
        message = f"{moment.isoformat()} is not on a whole minute"
        raise ValueError(message)
    return Instant(int(minutes))


def to_text(instant: Instant) -> str:
    """Return the instant as ISO 8601 in UTC, ``2026-11-02T13:00Z``."""
    return to_datetime(instant).strftime("%Y-%m-%dT%H:%MZ")


def from_text(text: str) -> Instant:
    """Return the instant of ISO 8601 text with an offset or ``Z``."""
    return from_datetime(datetime.fromisoformat(text))
