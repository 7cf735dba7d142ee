"""How long calendars must be known: every date of the plan, and room for all of its work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from imsgen.calendars import CalendarBook, CalendarExhaustedError, WorkCalendar
from imsgen.model import (
    DAY,
    Activity,
    Instant,
    Project,
    from_datetime,
    to_datetime,
)
from imsgen.plan.resolve.calendars import Rules

YEAR = 366 * DAY
LONGEST = 30 * YEAR
"""Minutes after the plan's start at which every horizon ends."""
_MARGIN = 60 * DAY
_WEEK = 7 * DAY


def year_start(instant: int, years: int = 0) -> Instant:
    """Return the start of the UTC year of an instant, or of one some years later."""
    year = min(max(to_datetime(Instant(instant)).year + years, 1), 9998)
    return from_datetime(datetime(year, 1, 1, tzinfo=UTC))


def mentioned_span(start: Instant, mentioned: Sequence[int]) -> tuple[Instant, Instant]:
    """Return ``[first, last)`` in whole years around the start and every date mentioned."""
    earliest = min([start, *mentioned])
    latest = max([start, *(one for one in mentioned if one <= start + LONGEST)])
    return year_start(earliest - _MARGIN), year_start(latest + YEAR, 1)


def rough_finish(project: Project, rules: Mapping[str, Rules]) -> Instant:
    """Return when all work would be done one piece after the other in ordinary weeks.

    The first guess of the horizon: holidays, resources and windows are left out.
    """
    total = 0
    weekly = {id_: one.weekly_minutes() for id_, one in rules.items()}
    for activity in project.activities.values():
        if activity.scheduled:
            mode = max(activity.modes, key=lambda one: one.duration)
            work = 0 if mode.elapsed else weekly.get(mode.calendar, 0)
            total += mode.duration * _WEEK // work if work else mode.duration
    return year_start(project.start + total, 1)


def serial_finish(project: Project, book: CalendarBook) -> Instant | None:
    """Return when all work would be done one piece after the other, or None past the horizon.

    Pieces on the same calendar are added up, so this costs one step a calendar.
    """
    at: int = project.start if project.status_date is None else project.status_date
    work: dict[int, tuple[WorkCalendar, int]] = {}
    occurrences: dict[str, int] = {}
    elapsed = 0
    for activity in project.activities.values():
        if not activity.scheduled:
            continue
        calendar, duration = _longest(activity, book)
        _, before = work.get(id(calendar), (calendar, 0))
        work[id(calendar)] = (calendar, before + duration)
        for within in activity.within:
            occurrences[within.window] = occurrences.get(within.window, 0) + 1
    for link in project.dependencies:
        elapsed += 4 * max(link.lag, 0)
    try:
        for calendar, duration in work.values():
            at = calendar.add(at, duration)
    except CalendarExhaustedError:
        return None
    for window, count in occurrences.items():
        after = [one for one in project.windows[window].occurrences if one[0] >= at][:count]
        if not project.windows[window].repeating:
            continue
        if len(after) < count:
            return None
        at = after[-1][1]
    return Instant(at + elapsed)


def _longest(activity: Activity, book: CalendarBook) -> tuple[WorkCalendar, int]:
    best = max(range(len(activity.modes)), key=lambda i: activity.modes[i].duration)
    return book.effective(activity, best), activity.modes[best].duration


def next_last(last: Instant, start: Instant) -> Instant:
    """Return a later end of the horizon, twice as far from the start, in whole years."""
    return min(year_start(2 * last - start, 1), cap(start))


def cap(start: Instant) -> Instant:
    """Return the latest end a horizon may have."""
    limit = to_datetime(start) + timedelta(minutes=LONGEST)
    return from_datetime(datetime(limit.year + 1, 1, 1, tzinfo=UTC))
