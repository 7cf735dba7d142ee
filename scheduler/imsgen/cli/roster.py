"""A roster for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imsgen.cli.layout import filled
from imsgen.cli.tables import table
from imsgen.model import Roster, RosterStatus, Schedule, Shift
from imsgen.schedule import encode
from imsgen.schedule.roster import headline, hours_text, why_not
from imsgen.schedule.views import moment_text


def roster_lines(schedule: Schedule, width: int) -> Iterator[str]:
    """Yield the part of the summary about who is on duty."""
    roster = schedule.roster
    if roster is None:
        return
    yield "Roster"
    name = schedule.project.windows[roster.window].name
    yield from filled([f"  {name}:", *headline(roster).split(" ")], width, 4)
    if roster.status is RosterStatus.INFEASIBLE:
        yield "  `imsgen roster` says who is missing when, and what would mend it"


def listing(schedule: Schedule, roster: Roster) -> str:
    """Return a row for each shift by start, with who stands by."""
    project = schedule.project
    zone = project.timezone
    rows = [
        (
            moment_text(one.start, zone, aligned=True),
            moment_text(one.finish, zone, aligned=True, year=False),
            hours_text(one.finish - one.start),
            project.resources[one.role].name,
            project.people[one.person].name,
            ", ".join(
                dict.fromkeys(project.people[other.person].name for other in backups(roster, one))
            ),
        )
        for one in roster.shifts
    ]
    return table(("from", "to", ">length", "role", "on duty", "backup"), rows)


def backups(roster: Roster, shift: Shift) -> list[Shift]:
    """Return who stands by for the role of a shift while it lasts, by start."""
    return [
        one
        for one in roster.standbys
        if one.role == shift.role and one.start < shift.finish and shift.start < one.finish
    ]


def people(schedule: Schedule, roster: Roster) -> str:
    """Return a row for each person who is on duty: shifts, hours, hours as backup."""
    rows = []
    for person in schedule.project.people.values():
        mine = [one for one in roster.shifts if one.person == person.id]
        stands = [one for one in roster.standbys if one.person == person.id]
        if mine or stands:
            rows.append(
                (
                    person.id,
                    person.name,
                    ", ".join(dict.fromkeys(one.role for one in mine)),
                    str(len(mine)),
                    hours_text(sum(one.finish - one.start for one in mine)),
                    hours_text(sum(one.finish - one.start for one in stands)),
                )
            )
    return table(("id", "name", "on duty as", ">shifts", ">on duty", ">backup"), rows)


def text(schedule: Schedule, roster: Roster) -> str:
    """Return all that there is to say about a roster."""
    name = schedule.project.windows[roster.window].name
    parts = [f"{name}: {headline(roster)}"]
    if roster.shifts:
        parts += [listing(schedule, roster), people(schedule, roster)]
    parts += ["\n".join(why_not(schedule.project, roster))]
    return "\n\n".join(part for part in parts if part)


def record(schedule: Schedule, roster: Roster) -> dict[str, Any]:
    """Return the roster as JSON, with the rules it keeps."""
    rules = schedule.project.roster
    return {**encode(roster), "rules": None if rules is None else encode(rules)}
