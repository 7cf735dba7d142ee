"""Calendars that never work, and days that are not as long as a ``d``."""

from __future__ import annotations

from collections import Counter

from imsgen.calendars import CalendarExhaustedError
from imsgen.diagnostics import Severity
from imsgen.model import ALWAYS, Calendar, Kind
from imsgen.plan.resolve.durations import hours_text
from imsgen.plan.resolve.project import Built


def calendars_that_never_work(built: Built) -> None:
    """Report calendars without any working time from the plan's start on."""
    project = built.project
    context = built.context
    raws = [raw for raw, _ in context.pool.calendars.values()]
    if any(raw.span is not None and context.misread(raw.span) for raw in raws):
        return  # what could not be read may be the hours
    for id_ in project.calendars:
        if not works(built, id_):
            built.context.report.add(
                "IMS311",
                f"calendar `{id_}` never works",
                project.sources.get(f"calendar:{id_}"),
                help="give it hours, `work: {mon-fri: [08:00-12:00, 13:00-17:00]}`",
            )


def works(built: Built, calendar: str) -> bool:
    """Whether a calendar has working time from the plan's start on."""
    try:
        built.book.calendar(calendar).next_start(built.project.start)
    except CalendarExhaustedError:
        return False
    return True


def usual_day(calendar: Calendar) -> int:
    """Return the working minutes that most working days of the week have; 0 if none works."""
    lengths = Counter(sum(end - begin for begin, end in hours) for hours in calendar.week if hours)
    return max(lengths, key=lambda length: (lengths[length], length), default=0)


def day_lengths(built: Built) -> None:
    """Warn once a calendar whose usual day is not the plan's ``day:`` when ``d`` is used on it."""
    project = built.project
    warned: set[str] = set()
    for id_, work in built.works.items():
        activity = project.activities[id_]
        if not work.long_units or work.elapsed or activity.kind is not Kind.TASK:
            continue
        node = built.context.nodes[id_]
        day = node.part.setting.day
        for mode in activity.modes:
            if mode.calendar in warned or not activity.scheduled:
                continue
            length = usual_day(project.calendars[mode.calendar])
            if not length or length == day:
                continue
            warned.add(mode.calendar)
            text = "`ed` for 24 hours" if mode.calendar == ALWAYS or length == 1440 else "hours"
            built.context.report.add(
                "IMS317",
                f"`d` is {hours_text(day)}, a usual day of calendar `{mode.calendar}` has"
                f" {hours_text(length)}",
                node.span("effort" if work.effort is not None else "duration"),
                severity=Severity.WARNING,
                help=f"write {text}, or `day:` at the top",
            )
