"""The schedule under examination: every activity where it stands, with its working time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from imsgen.calendars import CalendarExhaustedError, WorkCalendar
from imsgen.model import (
    Activity,
    End,
    Event,
    Instant,
    Kind,
    Mode,
    Placement,
    Project,
    ScheduledActivity,
)
from imsgen.verifier.violation import Rule, Violation, local
from imsgen.verifier.working_time import WorkingTime

Placed = Placement | ScheduledActivity


class State(Enum):
    """How far an activity has come by the status date."""

    WAITING = auto()
    STARTED = auto()
    FINISHED = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """An activity where the schedule puts it."""

    activity: Activity
    mode: Mode
    calendar: WorkCalendar
    state: State
    start: Instant
    finish: Instant
    begin: Instant
    """Where what is still to be done begins: the start, or that of the remaining work."""
    work: int
    """Minutes still to be done, on ``calendar``."""

    @property
    def id(self) -> str:
        """Return the activity's id."""
        return self.activity.id

    @property
    def settled(self) -> bool:
        """Whether it stands for good: finished, or begun with nothing left to do."""
        return self.state is State.FINISHED or (self.state is State.STARTED and self.work == 0)

    @property
    def point(self) -> bool:
        """Whether it is a milestone: no duration at all."""
        return self.mode.duration == 0


class Scene:
    """Everything the rules look at.

    ``standings`` holds what can be judged: scheduled activities that are placed in an existing
    mode, hammocks left out. ``inside`` answers who is in a group; an activity is in itself.
    """

    def __init__(self, project: Project, placed: Mapping[str, Placed]) -> None:
        self.project = project
        self.placed = placed
        self.times = WorkingTime(project)
        self.standings: dict[str, Standing] = {}
        self._inside: dict[str, list[Standing]] = {}
        for id_, activity in project.activities.items():
            place = placed.get(id_)
            if place is None or not activity.scheduled or activity.kind is Kind.HAMMOCK:
                continue
            if not 0 <= place.mode < len(activity.modes):
                continue
            standing = self._stand(activity, place)
            self.standings[id_] = standing
            self._inside[id_] = [standing]
            for group in project.ancestors(id_):
                self._inside.setdefault(group.id, []).append(standing)

    def _stand(self, activity: Activity, place: Placed) -> Standing:
        mode = activity.modes[place.mode]
        calendar = self.times.of(activity, place.mode)
        state, begin, work = State.WAITING, place.start, mode.duration
        progress = activity.progress
        if progress is not None and progress.actual_finish is not None:
            state, begin, work = State.FINISHED, place.finish, 0
        elif progress is not None and progress.actual_start is not None:
            state, work = State.STARTED, progress.remaining or 0
            begin = _begin_of_rest(calendar, place.finish, work)
        return Standing(activity, mode, calendar, state, place.start, place.finish, begin, work)

    def inside(self, id_: str) -> Sequence[Standing]:
        """Return the activities of a group that are on the plan of record, or the activity."""
        return self._inside.get(id_, ())

    @cached_property
    def predecessors(self) -> Mapping[str, tuple[str, ...]]:
        """What each activity depends on directly, groups taken apart."""
        found: dict[str, dict[str, None]] = {id_: {} for id_ in self.standings}
        for link in self.project.dependencies:
            sources = [one.id for one in self.inside(link.predecessor)]
            for one in self.inside(link.successor):
                found[one.id].update(dict.fromkeys(sources))
        return {id_: tuple(sources) for id_, sources in found.items()}

    @property
    def finish(self) -> Instant:
        """Return the latest finish of everything scheduled; the plan's start when nothing is."""
        return max((one.finish for one in self.standings.values()), default=self.project.start)

    def event(self, event: Event) -> Instant | None:
        """Return when an event happens; None when what it belongs to is not scheduled.

        The plan is the group of all there is. Hammocks make no events: they have their dates
        from those of others.
        """
        concerned: Sequence[Standing] = self.inside(event.id)
        if event.id == "project":
            concerned = tuple(self.standings.values())
        if not concerned or event.end is End.NO_GO:
            return None
        if event.end is End.START:
            return min(one.start for one in concerned)
        return max(one.finish for one in concerned)

    def violation(self, rule: Rule, ids: Sequence[str], text: str, *instants: int) -> Violation:
        """Return a violation; ``{0}``, ``{1}`` in the text become the instants, in local time."""
        shown = (local(instant, self.project.timezone) for instant in instants)
        return Violation(
            rule, tuple(ids), text.format(*shown), tuple(Instant(one) for one in instants)
        )


def _begin_of_rest(calendar: WorkCalendar, finish: Instant, work: int) -> Instant:
    """Return the working minute in which ``work`` minutes that end at ``finish`` begin."""
    if work == 0:
        return finish
    try:
        return calendar.add(finish, -work)
    except CalendarExhaustedError:
        return calendar.origin
