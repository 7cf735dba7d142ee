"""How far one end of a link binds the other, in wall-clock instants.

These are the forms of docs/concepts/rules.md, and their inverses: every bound is monotone, so
"the bound is at least ``t``" has an earliest event and "at most ``t``" a latest one. The solver's
encodings are their images on the working axes.
"""

from __future__ import annotations

from imsgen.calendars import CalendarExhaustedError, WorkCalendar
from imsgen.model import Instant, LinkType

FROM_FINISH = frozenset({LinkType.FS, LinkType.FF})
"""Types whose event is the predecessor's finish."""
TO_FINISH = frozenset({LinkType.FF, LinkType.SF})
"""Types that bound the successor's finish."""


def shift(calendar: WorkCalendar, instant: int, lag: int) -> Instant:
    """Return the instant ``lag`` working minutes after ``instant`` (before it, if negative).

    What runs past what is known of the calendar stops at its horizon, or at its origin.
    """
    try:
        return calendar.add(instant, lag)
    except CalendarExhaustedError:
        return calendar.horizon if lag > 0 else calendar.origin


def latest_event(calendar: WorkCalendar, bound: int, lag: int) -> Instant | None:
    """Return the last instant whose :func:`shift` by ``lag`` is at or before ``bound``.

    None: there is no last one before the horizon. Nothing at all is so early: the origin.
    """
    if lag == 0:
        return Instant(bound)
    work = calendar.work_at(bound)
    # phi(C(t) + lag) <= b  <=>  C(t) <= C(b) - lag;  sigma(C(t) + lag) <= b  <=>  sigma(C(t) +
    # lag) < b + 1  <=>  C(t) + lag < C(b + 1).
    most = work - lag if lag > 0 else calendar.work_at(bound + 1) - 1 - lag
    return _last_with(calendar, most)


def earliest_event(calendar: WorkCalendar, bound: int, lag: int) -> Instant:
    """Return the first instant whose :func:`shift` by ``lag`` is at or after ``bound``.

    Raises
    ------
    CalendarExhaustedError
        If there is none before the horizon.
    """
    if lag == 0:
        return Instant(bound)
    work = calendar.work_at(bound - 1) + 1 if lag > 0 else calendar.work_at(bound)
    return calendar.finish_of(max(work - lag, 0))


def latest_same_work(calendar: WorkCalendar, instant: int) -> Instant | None:
    """Return the last instant with no working time since ``instant``; None: there is no end.

    That is ``sigma(C(t))``: ``C(x) <= C(t)`` says ``x <= latest_same_work(t)``.
    """
    return _last_with(calendar, calendar.work_at(instant))


def _last_with(calendar: WorkCalendar, work: int) -> Instant | None:
    """Return the last instant before which at most ``work`` minutes are worked."""
    if work < 0:
        return calendar.origin
    try:
        return calendar.start_of(work)
    except CalendarExhaustedError:
        return None


def start_for_finish(calendar: WorkCalendar, bound: int, duration: int) -> Instant:
    """Return the first start whose finish leaves no working time before ``bound``.

    That is ``sigma(max(C(bound) - duration, 0))``: a finish on Friday 17:00 satisfies a bound
    of Monday 08:00.
    """
    return calendar.start_of(max(calendar.work_at(bound) - duration, 0))


def latest_start(calendar: WorkCalendar, finish_by: int, duration: int) -> Instant:
    """Return the last start whose finish is at or before ``finish_by``.

    Raises
    ------
    CalendarExhaustedError
        If the work does not fit between the origin and ``finish_by``.
    """
    return calendar.start_of(calendar.work_at(finish_by) - duration)
