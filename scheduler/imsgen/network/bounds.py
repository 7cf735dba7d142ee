"""How far one end of a link binds the other, in wall-clock instants.

These are the forward forms of docs/concepts/rules.md; the solver's encodings are their images on
the working axes.
"""

from __future__ import annotations

from imsgen.calendars import WorkCalendar
from imsgen.model import Instant, LinkType

FROM_FINISH = frozenset({LinkType.FS, LinkType.FF})
"""Types whose event is the predecessor's finish."""
TO_FINISH = frozenset({LinkType.FF, LinkType.SF})
"""Types that bound the successor's finish."""


def shift(calendar: WorkCalendar, instant: int, lag: int) -> Instant:
    """Return the instant ``lag`` working minutes after ``instant`` (before it, if negative)."""
    return calendar.add(instant, lag)


def earliest_start(calendar: WorkCalendar, bound: int) -> Instant:
    """Return the first start at or after ``bound`` on an activity's effective calendar."""
    return calendar.next_start(bound)


def start_for_finish(calendar: WorkCalendar, bound: int, duration: int) -> Instant:
    """Return the first start whose finish leaves no working time before ``bound``.

    That is ``sigma(max(C(bound) - duration, 0))``: a finish on Friday 17:00 satisfies a bound
    of Monday 08:00.
    """
    return calendar.start_of(max(calendar.work_at(bound) - duration, 0))


def finish_from(calendar: WorkCalendar, start: int, duration: int) -> Instant:
    """Return the finish of ``duration > 0`` working minutes begun at working instant ``start``."""
    return calendar.finish_of(calendar.work_at(start) + duration)


def latest_start(calendar: WorkCalendar, finish_by: int, duration: int) -> Instant:
    """Return the last start whose finish is at or before ``finish_by``.

    Raises
    ------
    CalendarExhaustedError
        If the work does not fit between the origin and ``finish_by``.
    """
    return calendar.start_of(calendar.work_at(finish_by) - duration)
