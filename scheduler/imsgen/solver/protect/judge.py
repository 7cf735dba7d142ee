"""How safe the gates of a schedule are, and what follows for all schedules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from imsgen.model import Instant, Placement
from imsgen.network.undoing import reached_by
from imsgen.solver.protect.back import Latest, WaysBack, left_of
from imsgen.solver.protect.guards import Guard, tangled

_REDUCED = 24
"""Of how many activities it is asked whether a cut holds without them."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is proved: if all of this holds, a gate is safe until ``latest`` and no longer.

    ``latest`` of None: it is not safe at all.
    """

    gate: str
    latest: Instant | None
    occurrence: int
    begun: tuple[str, ...] = ()
    """What of the guard's ``open`` has begun when the gate decides."""
    idle: tuple[str, ...] = ()
    """What of it has not."""
    modes: tuple[tuple[str, int], ...] = ()
    """How activities with alternatives are done."""
    left: tuple[tuple[str, int], ...] = ()
    """Minutes of work at least that are still finished on No-Go."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One gate of a schedule; ``begun`` is all that matters and has begun by ``decided``."""

    guard: Guard
    decided: Instant
    ends: Instant
    begun: tuple[str, ...]
    irreversible: tuple[str, ...]
    latest: Latest
    cut: Cut

    @property
    def margin(self) -> int | None:
        """Return the minutes the gate may slip; None: it is not known to be safe."""
        if self.latest.moment is None or self.latest.moment < self.decided:
            return None
        return self.latest.moment - self.decided


class Judge:
    """Judges schedules of one problem, given as places in the order of its jobs."""

    def __init__(self, ways: WaysBack, guards: Sequence[Guard]) -> None:
        self.ways = ways
        self.problem = ways.problem
        self.guards = tuple(guards)
        self.tangled = tangled(ways.problem)

    def judged(self, places: Sequence[Placement]) -> tuple[Judged, ...]:
        """Return how each gate stands."""
        named = {job.id: place for job, place in zip(self.problem.jobs, places, strict=True)}
        return tuple(self.one(guard, named) for guard in self.guards)

    def margin(self, places: Sequence[Placement]) -> int | None:
        """Return the least margin of a schedule; None: not all gates are safe."""
        found = [one.margin for one in self.judged(places)]
        known = [margin for margin in found if margin is not None]
        return min(known) if len(known) == len(found) else None

    def begun(self, guard: Guard, named: Mapping[str, Placement]) -> tuple[str, ...]:
        """Return what matters and has begun when a gate decides, in topological order."""
        moment = named[guard.gate].finish
        reached = set(reached_by(self.problem.graph, named, guard.gate))
        either = {*guard.sure, *guard.open}
        return tuple(
            id_
            for id_ in self.problem.graph.order
            if id_ in either and (named[id_].start < moment or id_ in reached)
        )

    def one(self, guard: Guard, named: Mapping[str, Placement]) -> Judged:
        """Return how one gate stands, from places by activity."""
        activities = self.problem.project.activities
        decided, occurrence = named[guard.gate].finish, guard.occurrence(named)
        ends = guard.spans[occurrence][1]
        begun = self.begun(guard, named)
        lost = tuple(id_ for id_ in begun if activities[id_].irreversible)
        latest = Latest(None, None)
        if lost:
            open_ = tuple(id_ for id_ in lost if id_ in guard.open)
            needed = () if len(open_) < len(lost) else open_[:1]
            cut = Cut(guard.gate, None, occurrence, needed)
        else:
            latest = self.ways.latest(guard, begun, named, ends)
            cut = self._cut(guard, begun, named, latest.bound, occurrence)
        return Judged(guard, decided, ends, begun, lost, latest, cut)

    def _cut(
        self,
        guard: Guard,
        begun: Sequence[str],
        named: Mapping[str, Placement],
        bound: Instant | None,
        occurrence: int,
    ) -> Cut:
        problem, decided = self.problem, named[guard.gate].finish
        left = ((id_, left_of(problem, id_, named[id_], decided)) for id_ in begun)
        return Cut(
            gate=guard.gate,
            latest=bound,
            occurrence=occurrence,
            begun=tuple(id_ for id_ in begun if id_ in guard.open),
            idle=tuple(id_ for id_ in guard.open if id_ not in begun) if self.tangled else (),
            modes=tuple(
                (id_, named[id_].mode)
                for id_ in begun
                if len(problem.jobs[problem.number[id_]].ways) > 1
            ),
            left=tuple((id_, minutes) for id_, minutes in left if minutes),
        )

    def reduced(self, one: Judged, places: Sequence[Placement]) -> Cut:
        """Return a cut that says as much and needs fewer to have begun."""
        cut = one.cut
        if one.irreversible or self.tangled or cut.latest is None:
            return cut
        named = {job.id: place for job, place in zip(self.problem.jobs, places, strict=True)}
        kept = list(one.begun)
        after = Instant(cut.latest + 1)
        for id_ in cut.begun[:_REDUCED]:
            fewer = [other for other in kept if other != id_]
            if self.ways.late_at(one.guard, fewer, named, after, one.ends):
                kept = fewer
        return replace(self._cut(one.guard, kept, named, cut.latest, cut.occurrence))
