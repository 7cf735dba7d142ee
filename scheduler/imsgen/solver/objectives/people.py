"""Few people: the sum over people and teams of the most of them in use at once."""

from __future__ import annotations

from imsgen.model import Instant, Placement
from imsgen.solver.objectives.demand import demand, units_of
from imsgen.solver.objectives.loads import Loads
from imsgen.solver.objectives.measure import Span, Values
from imsgen.solver.objectives.smooth import Smooth
from imsgen.solver.problem import Job, Problem
from imsgen.solver.profile import NEVER


class People:
    """Peaks in percent of one unit, of every resource that is no equipment.

    The squared load guides the search: a peak is gone when all that makes it has moved.
    """

    names: tuple[str, ...] = ("people",)

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.even = Smooth(problem)
        resources = problem.project.resources
        self._people = [id_ for id_ in self.even.loads.lean if not resources[id_].holds]
        self._counts = frozenset(self._people)

    def put(self, job: Job, place: Placement, sign: int = 1) -> None:
        """Count a job at a place."""
        self.even.put(job, place, sign)

    def hold(self, resource: str, units: int, start: int, finish: int, sign: int = 1) -> None:
        """Count nothing: a hammock holds equipment."""

    def values(self) -> Values:
        """Return the sum of the peaks, and the squared load."""
        lean = self.even.loads.lean
        return (sum(-min(lean[id_].free) for id_ in self._people), self.even.total)

    def concerns(self, job: Job) -> bool:
        """Whether a job uses people."""
        return any(id_ in self._counts for way in job.ways for id_, _ in way.needs)

    def target(self, job: Job) -> Instant | None:
        """Return no start."""
        return None

    def bounds(self, span: Span) -> Values:
        """Return the sum of what each team needs at least.

        That is its largest need, the units under which its work fits into the time, and what is
        needed at once wherever early and late places overlap.
        """
        loads = Loads(self.problem)
        return (sum(self._least(id_, span, loads) for id_ in self._people),)

    def _least(self, resource: str, span: Span, loads: Loads) -> int:
        profile = loads.lean[resource]
        most = 0
        for job in self.problem.jobs:
            if job.fixed is not None:
                continue
            least = min(units_of(way, resource) for way in job.ways)
            most = max(most, least)
            start, finish = span.late.starts[job.number], span.early[job.number].finish
            if least and len(job.ways) == 1 and -NEVER < start < finish:
                for first, last in loads.between(resource, job.ways[0], start, finish):
                    profile.take(first, last, least)
        return max(most, -min(profile.free), demand(self.problem, resource, span).peak)

    def shown(self, levels: Values) -> Values:
        """Return the levels as they are."""
        return levels
