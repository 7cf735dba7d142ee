"""Calendars and windows, as they stand after loading: no rule left to look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imsgen.model.units import Instant

Hours = tuple[tuple[int, int], ...]
"""Working intervals of one local day in minutes after its midnight, sorted, disjoint.

An interval that runs past midnight belongs to the day it starts on and ends above 1440.
"""

CLOSED: Hours = ()
ROUND_THE_CLOCK: Hours = ((0, 1440),)
ALWAYS = "24x7"
"""Id of the built-in calendar that always works."""
STANDARD = "standard"
"""Id of the built-in calendar Mon-Fri 08:00-12:00 and 13:00-17:00."""


@dataclass(frozen=True, slots=True)
class CalendarException:
    """Other hours on the local dates ``first`` to ``last``, both included."""

    first: date
    last: date
    hours: Hours
    name: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working hours by weekday in a time zone, with every exception as concrete dates.

    Holidays, recurring exceptions and bases are resolved when loading: ``exceptions`` do not
    overlap and are sorted by date. ``holidays`` only tells where they came from.
    """

    id: str
    name: str
    timezone: str
    week: tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
    """Hours of Monday to Sunday."""
    exceptions: tuple[CalendarException, ...] = ()
    holidays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Spans of time that activities must lie in (``within``) or keep out of (``forbids``)."""

    id: str
    name: str
    occurrences: tuple[tuple[Instant, Instant], ...]
    """``[from, to)`` of each occurrence, sorted; one unless the window repeats."""
    repeating: bool = False
    forbids: tuple[str, ...] = ()
    """What the plan names: tags, ids or ``all``; the activities carry the resolved fact."""
    excepted: tuple[str, ...] = ()
    notes: str = ""
