"""Whose calendars have an event: everybody's, a party's, a person's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from imsgen.model import Activity, Meeting, MeetingKind, Project, ScheduledActivity
from imsgen.schedule.diary.shifts import person_of

ALL = "*"
"""In every calendar."""
CRITICAL = "critical"
PARTY, OWNER = "party:", "owner:"


class Audience:
    """Answers whose calendars an event is in; tokens as :class:`~imsgen.model.Meeting` has them."""

    def __init__(self, project: Project, activities: Mapping[str, ScheduledActivity]) -> None:
        self._project = project
        self._activities = activities

    def of(self, meeting: Meeting) -> tuple[str, ...]:
        """Return the audience: :data:`ALL`, then parties, then people, each once.

        Gates, windows and last safe moments concern all. A milestone or task is in the calendars of its parties and
        its owner, a checkpoint in those of its people and their parties. What names no party is
        in every party's calendar, except a task or a shift.
        """
        project, id_ = self._project, meeting.series or meeting.id
        match meeting.kind:
            case MeetingKind.GATE:
                gate = project.gates[id_]
                people = (*gate.decides, *gate.who, project.activities[id_].owner)
                return (ALL, *self._people(people))
            case MeetingKind.WINDOW | MeetingKind.LAST_SAFE:
                return (ALL,)
            case MeetingKind.CHECKPOINT:
                one = project.checkpoints[id_]
                people = (*one.decides, *one.who, one.owner)
                return (*(self._parties(people) or self._every_party()), *self._people(people))
            case MeetingKind.COMMUNICATION | MeetingKind.SHIFT:
                return self._of_one(meeting, id_)
            case MeetingKind.MILESTONE:
                activity = project.activities[id_]
                parties = tuple(f"{PARTY}{one}" for one in activity.party)
                return (*(parties or self._every_party()), *self._people((activity.owner,)))
            case _:
                return self._of_task(project.activities[id_.removeprefix("task:")])

    def _of_one(self, meeting: Meeting, id_: str) -> tuple[str, ...]:
        """Return the audience of what one person does: sends a message, is on duty."""
        if meeting.kind is MeetingKind.SHIFT:
            person = (person_of(meeting),)
            return (*self._parties(person), *self._people(person))
        owner = (self._project.communications[id_.removeprefix("comms:")].owner,)
        return (*(self._parties(owner) or self._every_party()), *self._people(owner))

    def _of_task(self, activity: Activity) -> tuple[str, ...]:
        dates = self._activities.get(activity.id)
        critical = (CRITICAL,) if dates is not None and dates.critical else ()
        parties = (f"{PARTY}{one}" for one in activity.party)
        return (*critical, *parties, *self._people((activity.owner,)))

    def _people(self, people: Iterable[str | None]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f"{OWNER}{one}" for one in people if one))

    def _parties(self, people: Iterable[str | None]) -> tuple[str, ...]:
        """Return the parties of people; who decides may be a party itself."""
        found = []
        for one in people:
            known = self._project.people.get(one or "") or self._project.resources.get(one or "")
            party = known.party if known is not None else one
            if party in self._project.parties:
                found.append(f"{PARTY}{party}")
        return tuple(dict.fromkeys(found))

    def _every_party(self) -> tuple[str, ...]:
        return tuple(f"{PARTY}{one}" for one in self._project.parties)
