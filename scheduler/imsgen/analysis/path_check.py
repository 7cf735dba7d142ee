"""The critical path test: whether the finish follows a critical task held up for long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from imsgen.analysis.forecast import Finding, Measure, is_task
from imsgen.calendars import CalendarBook, CalendarExhaustedError
from imsgen.model import DAY, Instant, Placement, Project, Schedule, ScheduledActivity
from imsgen.network import UnplaceableError, build_graph, early_dates

HELD_UP = 100
"""Working days."""
_ROOM = 3 * 366 * DAY
"""Minutes that calendars reach further than the plan asks for."""
_ALL_BUT = Fraction(9, 10)
"""How much of the delay must reach the finish: the rest may go into weekends and nights."""
_NAME = "critical path test"


def path_test(schedule: Schedule, days: int = HELD_UP) -> Measure:
    """Return what of the delay of a critical task reaches the finish, in elapsed minutes.

    The first task that has not begun and has no float by links alone lasts longer by ``days``
    working days; links, dates and windows then give the early finish anew. A plan in which the
    delay meets a date that must be kept, or finds no window, reacts as well: such a plan passes.
    """
    critical = _first_critical(schedule)
    if critical is None:
        return _unknown("no task without float is still to begin")
    modes = {one.id: one.mode for one in schedule.activities.values()}
    project = schedule.project
    first, last = project.horizon
    wide = replace(project, horizon=(first, Instant(last + _ROOM)))
    try:
        before = _dates(wide, modes)
        after = _dates(_held_up(wide, critical, days), modes)
    except UnplaceableError:
        return Measure(
            _NAME,
            Finding.PASSED,
            _ALL_BUT,
            1,
            1,
            reason="held up so long, it meets a date that must be kept, or finds no window",
        )
    except CalendarExhaustedError:
        return _unknown("calendars do not reach far enough")
    delay = after[critical.id].finish - before[critical.id].finish
    if delay <= 0:
        return _unknown("the task cannot be held up")
    slip = max(one.finish for one in after.values()) - max(one.finish for one in before.values())
    good = Fraction(slip, delay) >= _ALL_BUT
    ids = () if good else (critical.id,)
    return Measure(
        _NAME, Finding.PASSED if good else Finding.FLAG, _ALL_BUT, slip, delay, offenders=ids
    )


def _first_critical(schedule: Schedule) -> ScheduledActivity | None:
    """Return the open task without float by links that begins first."""
    project = schedule.project
    found = [
        one
        for one in schedule.activities.values()
        if is_task(project, one)
        and project.activities[one.id].progress is None
        and one.logic_float is not None
        and one.logic_float <= 0
    ]
    return min(found, key=lambda one: one.start, default=None)


def _held_up(project: Project, critical: ScheduledActivity, days: int) -> Project:
    activity = project.activities[critical.id]
    longer = tuple(
        replace(mode, duration=mode.duration + days * (DAY if mode.elapsed else project.day))
        for mode in activity.modes
    )
    activities = dict(project.activities)
    activities[critical.id] = replace(activity, modes=longer)
    return replace(project, activities=activities)


def _dates(project: Project, modes: Mapping[str, int]) -> dict[str, Placement]:
    return early_dates(build_graph(project), CalendarBook(project), modes)


def _unknown(reason: str) -> Measure:
    return Measure(_NAME, Finding.NOT_ASSESSABLE, _ALL_BUT, reason=reason)
