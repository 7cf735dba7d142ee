"""Plain text tables of a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from imsgen.model import Kind, Schedule
from imsgen.schedule.lateness import deadlines
from imsgen.schedule.load import resource_use
from imsgen.schedule.views import elapsed_text, end_text, fitted, moment_text, work_text

_WIDEST: Final = 44
"""Columns of one cell; longer text is cut with an ellipsis."""


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return aligned columns under their headings; a heading that begins with `>` goes right."""
    names = [one.removeprefix(">") for one in headings]
    cells = [[fitted(cell, _WIDEST) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    lines = []
    for row in [names, ["-" * width for width in widths], *cells]:
        parts = [
            cell.rjust(width) if heading.startswith(">") else cell.ljust(width)
            for heading, cell, width in zip(headings, row, widths, strict=True)
        ]
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)


def activities(schedule: Schedule, *, critical: bool = False) -> str:
    """Return the activities in outline order with dates and float."""
    project = schedule.project
    rows = []
    for id_, dates in schedule.activities.items():
        if critical and not dates.critical:
            continue
        activity = project.activities[id_]
        point = activity.kind is Kind.MILESTONE
        rows.append(
            (
                id_,
                activity.name,
                moment_text(dates.start, project.timezone, aligned=True),
                "" if point else moment_text(dates.finish, project.timezone, aligned=True),
                "" if dates.total_float is None else work_text(dates.total_float, project.day),
                "critical" if dates.critical else "",
            )
        )
    return table(("id", "name", "start", "finish", ">total float", ""), rows)


def resources(schedule: Schedule) -> str:
    """Return the resources in use, busiest first."""
    zone = schedule.project.timezone
    rows = [
        (
            one.resource,
            schedule.project.resources[one.resource].name,
            f"{one.share:.0%}",
            str(one.activities),
            moment_text(one.first, zone, aligned=True),
            moment_text(one.last, zone, aligned=True),
        )
        for one in resource_use(schedule)
    ]
    return table(("id", "name", ">taken", ">activities", "from", "to"), rows)


def meetings(schedule: Schedule) -> str:
    """Return the calendar events, each occurrence of a series too."""
    rows = [
        (
            moment_text(one.start, one.timezone, aligned=True),
            f"{one.kind}{' (cancelled)' if one.cancelled else ''}",
            one.name,
            one.id,
        )
        for one in schedule.meetings
    ]
    return table(("start", "kind", "name", "id"), rows)


def late(schedule: Schedule) -> str:
    """Return every deadline with how it stands."""
    zone = schedule.project.timezone
    rows = [
        (
            one.id,
            one.name,
            end_text(one.deadline, zone),
            moment_text(one.finish, zone, aligned=True),
            f"{elapsed_text(one.late)} late"
            if one.late
            else f"{elapsed_text(one.deadline - one.finish)} to spare",
        )
        for one in deadlines(schedule)
    ]
    return table(("id", "name", "deadline", "finish", "verdict"), rows)


TABLES: Final = {
    "activities": activities,
    "critical": lambda schedule: activities(schedule, critical=True),
    "resources": resources,
    "meetings": meetings,
    "deadlines": late,
}
"""Tables by the name `imsgen show --table` knows them by."""
