"""What went as planned: reports that nobody has to write one by one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from imsgen.calendars import CalendarBook
from imsgen.model import Activity, Instant, Kind, Placement, Project
from imsgen.plan.reports.report import Reported


def as_planned(
    project: Project, dates: Mapping[str, Placement], until: Instant, told: Collection[str]
) -> list[Reported]:
    """Return what should have begun or ended by a moment, as if it had, in the plan's order.

    What something is known or ``told`` of is left out. Gates, too: somebody decided.

    Parameters
    ----------
    dates
        Where activities stand in the schedule; those without are left out.
    until
        What ends just then has ended, what starts just then has not begun.
    """
    book = CalendarBook(project)
    return [
        _report(book, one, dates[one.id], until)
        for one in project.activities.values()
        if one.id in dates
        and one.id not in told
        and one.progress is None
        and one.kind in (Kind.TASK, Kind.MILESTONE)
        and (dates[one.id].finish <= until or dates[one.id].start < until)
    ]


def _report(book: CalendarBook, activity: Activity, place: Placement, until: Instant) -> Reported:
    started = None if activity.kind is Kind.MILESTONE else place.start
    if place.finish <= until:
        return Reported(activity.id, started=started, finished=place.finish)
    left = book.effective(activity, place.mode).work_between(until, place.finish)
    unit = "em" if activity.modes[place.mode].elapsed else "m"
    return Reported(activity.id, started=started, remaining=f"{left}{unit}" if left else "")
