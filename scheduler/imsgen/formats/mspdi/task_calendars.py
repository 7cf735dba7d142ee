"""Which calendar a task works by."""

from __future__ import annotations

from imsgen.calendars import WorkCalendar
from imsgen.formats.mspdi.calendars import CalendarRow, Calendars
from imsgen.formats.mspdi.rows import Row
from imsgen.model import ALWAYS, Activity, Kind, Mode, Project


def choose_calendar(
    row: Row, activity: Activity, mode: Mode, effective: WorkCalendar, calendars: Calendars
) -> None:
    """Give the row its effective calendar, which alone decides where resources have calendars."""
    project = calendars.project
    row.calendar = calendars.of(effective, _name(project, mode))
    if activity.kind is Kind.HAMMOCK:
        row.calendar = _spanning_calendar(row, row.calendar, calendars)
    plain = all(
        project.resources[need.resource].calendar in (None, project.calendar)
        and not project.resources[need.resource].leave
        for need in mode.needs
    )
    if row.calendar is calendars.default and plain:
        row.calendar = None
    else:
        row.ignore_resources = bool(mode.needs) or mode.elapsed


def _spanning_calendar(row: Row, calendar: CalendarRow, calendars: Calendars) -> CalendarRow:
    """Return the hammock's calendar, or 24x7 where its dates lie outside of that."""
    work = calendar.work
    if work.next_start(row.start) == row.start and work.last_finish(row.finish) == row.finish:
        return calendar
    return calendars.named(ALWAYS)


def _name(project: Project, mode: Mode) -> str:
    """Return what a new calendar is called: the activity's and the resources that narrow it."""
    id_ = ALWAYS if mode.elapsed else mode.calendar
    rules = project.calendars.get(id_)
    names = [id_ if rules is None else rules.name]
    for need in mode.needs if not mode.elapsed else ():
        resource = project.resources[need.resource]
        if resource.calendar is not None or resource.leave:
            names.append(resource.id)
    return " + ".join(names)
