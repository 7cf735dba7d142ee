"""What happens to a schedule up to a moment: all as planned, or with some of it late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from imsgen.calendars import CalendarBook
from imsgen.model import Activity, Instant, Kind, Progress, Project, Schedule


def happened(
    schedule: Schedule, status: Instant, late: Mapping[str, int] | None = None
) -> Project:
    """Return the plan with progress up to a moment, all of it as the schedule says.

    Parameters
    ----------
    late
        Working minutes more that something under way needs, by activity.
    """
    project = schedule.project
    book = CalendarBook(project)
    activities = {
        id_: _after(activity, schedule, status, book, (late or {}).get(id_, 0))
        for id_, activity in project.activities.items()
    }
    return replace(project, activities=activities, status_date=status)


def _after(
    activity: Activity, schedule: Schedule, status: Instant, book: CalendarBook, late: int
) -> Activity:
    dates = schedule.activities.get(activity.id)
    if dates is None or activity.kind is Kind.HAMMOCK:
        return activity
    if dates.finish <= status and (dates.start < status or dates.start == dates.finish):
        return replace(activity, progress=Progress(dates.start, dates.finish, 100, 0))
    if dates.start >= status:
        return activity
    calendar = book.effective(activity, dates.mode)
    rest = calendar.work_between(status, dates.finish) + late
    return replace(activity, progress=Progress(dates.start, None, 50, rest))
