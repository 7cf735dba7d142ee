"""Random calendars and resources: every shape of working time the solver must handle."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from tests.support.projects import OFFICE_WEEK

from imsgen.model import (
    CLOSED,
    DAY,
    ROUND_THE_CLOCK,
    Calendar,
    CalendarException,
    Instant,
    Resource,
    to_datetime,
)

NIGHT_SHIFT = (((1320, 1800),),) * 4 + (CLOSED, CLOSED, ((1320, 1800),))
"""Sunday to Thursday 22:00 to 06:00 the next day."""
WEEKEND = (
    ((0, 240),),
    CLOSED,
    CLOSED,
    CLOSED,
    ((1200, 1440),),
    ROUND_THE_CLOCK,
    ROUND_THE_CLOCK,
)
"""Friday 20:00 to Monday 04:00."""
MORNINGS = (((360, 600),),) * 7
ALL_DAY = (ROUND_THE_CLOCK,) * 7

WEEKS = (OFFICE_WEEK, ALL_DAY, NIGHT_SHIFT, WEEKEND, MORNINGS)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
"""Hours ahead and behind, a half-hour clock change, a half-hour offset."""


@st.composite
def calendars(
    draw: st.DrawFn, id_: str, start: Instant, *, zones: bool, exceptions: bool
) -> Calendar:
    """Return a calendar, with exceptions in the fortnight after ``start``."""
    week = draw(st.sampled_from(WEEKS))
    zone = draw(st.sampled_from(ZONES)) if zones else "UTC"
    days: list[CalendarException] = []
    if exceptions:
        first = to_datetime(start).date()
        offsets = draw(st.lists(st.integers(0, 14), max_size=2, unique=True))
        for offset in sorted(offsets):
            day = first + timedelta(days=offset)
            hours = draw(st.sampled_from([CLOSED, ((480, 720),), ((1200, 1560),)]))
            days.append(CalendarException(day, day, hours))
    return Calendar(id_, id_, zone, week, tuple(days))


@st.composite
def resources(
    draw: st.DrawFn,
    id_: str,
    start: Instant,
    known: list[str],
    *,
    steps: bool,
    leave: bool,
    holds: bool,
) -> Resource:
    """Return a resource; its capacity never falls for good below what it was at first."""
    units = draw(st.sampled_from([100, 50, 150, 200]))
    capacity: list[tuple[Instant | None, int]] = [(None, units)]
    if steps and draw(st.booleans()):
        if draw(st.booleans()):
            capacity = [(Instant(start + draw(st.integers(0, 3)) * DAY + 540), units)]
        else:
            dip = start + draw(st.integers(0, 72)) * 60
            capacity.append((Instant(dip), draw(st.sampled_from([0, 50, 200]))))
            capacity.append((Instant(dip + draw(st.integers(1, 48)) * 60), units))
    absences: list[tuple[Instant, Instant]] = []
    if leave and max(step for _, step in capacity) <= 100 and draw(st.booleans()):
        away = start + draw(st.integers(-8, 72)) * 60
        absences.append((Instant(away), Instant(away + draw(st.integers(1, 40)) * 60)))
    calendar = draw(st.sampled_from([None, *known]))
    return Resource(
        id_,
        id_,
        tuple(capacity),
        calendar=calendar,
        leave=tuple(absences),
        holds=holds and draw(st.booleans()),
    )
