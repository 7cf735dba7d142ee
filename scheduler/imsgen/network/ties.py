"""Everything that keeps one activity behind another: links and the resource order, both ways.

A tie speaks of two events. Forward it bounds the target's from below, backward the source's from
above; the two are a Galois pair, so backward passes are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from imsgen.calendars import WorkCalendar
from imsgen.model import Instant, Placement
from imsgen.network.bounds import latest_event, latest_same_work, shift
from imsgen.network.handover import Handover, Limit
from imsgen.network.joins import Join
from imsgen.network.place import Placer
from imsgen.network.standing import Stretch


@dataclass(frozen=True, slots=True)
class Tie:
    """``target`` comes after ``source``, by a link or because a resource is handed over."""

    source: str
    from_finish: bool
    target: str
    to_finish: bool
    join: Join | None = None
    lag: int = 0
    calendar: WorkCalendar | None = None
    """What the lag of a link runs on."""
    axis: WorkCalendar | None = None
    """The time in which a resource is handed over."""
    handover: Handover | None = None

    def bound(self, event: int) -> Instant:
        """Return the instant that the target's event is bound by when the source's is ``event``.

        A bound on the finish of work is met in working time.
        """
        if self.calendar is not None:
            return shift(self.calendar, event, self.lag)
        if self.axis is not None:
            return self.axis.last_finish(event)
        return Instant(event)

    def latest(self, target: Stretch, calendar: WorkCalendar, point: bool) -> Instant | None:
        """Return how late the source's event may be for a target on ``calendar`` to stay.

        None: as late as it likes.
        """
        bound: Instant | None = target.finish if self.to_finish else target.begin
        if bound is None:
            return None
        if self.axis is not None:
            return latest_same_work(self.axis, bound)
        if self.to_finish and not point:
            bound = latest_same_work(calendar, bound)
        if self.calendar is None or bound is None:
            return bound
        return latest_event(self.calendar, bound, self.lag)


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties of a schedule, by both ends; nothing is tied to what is settled."""

    outgoing: Mapping[str, list[Tie]]
    incoming: Mapping[str, list[Tie]]
    following: Mapping[str, list[Join]]
    """Links with ``max_lag``, by successor."""
    followers: Mapping[str, list[str]]
    """Successors of such links, by predecessor."""
    limits: Mapping[str, list[Limit]] = field(default_factory=dict)
    """Capacity that comes and goes, by the activity it binds."""


def ties_of(
    placer: Placer,
    placements: Mapping[str, Placement],
    handovers: Iterable[Handover] = (),
    limits: Iterable[Limit] = (),
) -> Ties:
    """Return what ties placed activities together.

    From the start of a group it is the activity that starts first that counts: the one that does
    in these placements.
    """
    order = placer.graph.order
    outgoing: dict[str, list[Tie]] = {id_: [] for id_ in order}
    incoming: dict[str, list[Tie]] = {id_: [] for id_ in order}
    following: dict[str, list[Join]] = {}
    followers: dict[str, list[str]] = {}
    bound_by: dict[str, list[Limit]] = {}

    def add(tie: Tie) -> None:
        outgoing[tie.source].append(tie)
        incoming[tie.target].append(tie)

    for id_ in order:
        for join in placer.joins(id_, placements[id_].mode):
            if join.max_lag is not None:
                following.setdefault(id_, []).append(join)
                for predecessor in join.predecessors:
                    followers.setdefault(predecessor, []).append(id_)
            if join.lag is not None:
                add(_tie(placer, placements, id_, join, join.lag))
    for handover in handovers:
        if placer.settled(handover.target[0]) is None:
            add(
                Tie(
                    *handover.source,
                    *handover.target,
                    axis=handover.axis,
                    handover=handover,
                )
            )
    for limit in limits:
        bound_by.setdefault(limit.carrier[0], []).append(limit)
    return Ties(outgoing, incoming, following, followers, bound_by)


def _tie(
    placer: Placer, placements: Mapping[str, Placement], id_: str, join: Join, lag: int
) -> Tie:
    source = carrier(placer, placements, join)
    calendar = join.calendar or placer.terms(source, placements[source].mode).calendar
    return Tie(source, join.from_finish, id_, join.to_finish, join, lag, calendar if lag else None)


def carrier(placer: Placer, placements: Mapping[str, Placement], join: Join) -> str:
    """Return the predecessor whose event is the link's."""
    if len(join.predecessors) == 1:
        return join.predecessors[0]

    def event(id_: str) -> int:
        place = placements[id_]
        return place.finish if join.from_finish else place.start

    return (min if join.earliest else max)(join.predecessors, key=event)
