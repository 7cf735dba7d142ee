"""What an event says of a shift: whom somebody takes over from, works with, hands over to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imsgen.model import Meeting, Project, Roster, Shift
from imsgen.schedule.diary.text import one_line
from imsgen.schedule.views import moment_text

STANDBY = "standby:"
"""How the ids of events begin that are for backups."""


def standing_by(meeting: Meeting) -> bool:
    """Whether an event is the time of a backup rather than a shift."""
    return meeting.id.startswith(STANDBY)


def person_of(meeting: Meeting) -> str:
    """Return whose shift an event is."""
    return meeting.id.partition(":")[2].rpartition(".")[0]


def shift_lines(project: Project, roster: Roster | None, meeting: Meeting) -> Iterator[str]:
    """Yield who else is on duty in the role at the time, and who stands by."""
    if roster is None:
        return
    person = person_of(meeting)
    known = roster.standbys if standing_by(meeting) else roster.shifts
    mine = next((one for one in known if (one.person, one.start) == (person, meeting.start)), None)
    if mine is None:
        return
    others = [one for one in roster.shifts if one.role == mine.role and one.person != person]
    together = [one for one in others if one.start < mine.finish and mine.start < one.finish]
    if standing_by(meeting):
        yield from _listed("For", together, project)
        return
    yield from _listed("On duty too", together, project)
    backups = [
        one
        for one in roster.standbys
        if one.role == mine.role and one.start < mine.finish and mine.start < one.finish
    ]
    yield from _listed("Backup", backups, project)


def _listed(label: str, shifts: Iterable[Shift], project: Project) -> Iterator[str]:
    for one in shifts:
        zone = project.timezone
        name = one_line(project.people[one.person].name) if one.person in project.people else ""
        first = moment_text(one.start, zone, year=False)
        last = moment_text(one.finish, zone, year=False)
        yield f"{label}: {name or one.person}, {first} - {last}"
