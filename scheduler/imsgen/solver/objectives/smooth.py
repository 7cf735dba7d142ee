"""Even use: the sum over resources of the square of the units in use, over time."""

from __future__ import annotations

from imsgen.model import Instant, Placement
from imsgen.solver.dates import begin_of, way_of
from imsgen.solver.objectives.demand import demand, units_of
from imsgen.solver.objectives.loads import Loads
from imsgen.solver.objectives.measure import Span, Values
from imsgen.solver.problem import Job, Problem


class Smooth:
    """Squared load; its unit is (1 % of a unit)² for one minute.

    The work is given, so the least squared load is the load that deviates least from its mean.
    """

    names: tuple[str, ...] = ("smooth use",)

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.loads = Loads(problem)
        self.total = 0

    def put(self, job: Job, place: Placement, sign: int = 1) -> None:
        """Count a job at a place."""
        way = way_of(job, place.mode)
        if job.fixed is not None or not way.needs:
            return
        begin = begin_of(job, way, place)
        for id_, units in way.needs:
            for first, last in self.loads.between(id_, way, begin, place.finish):
                self._add(id_, sign * units, first, last)

    def hold(self, resource: str, units: int, start: int, finish: int, sign: int = 1) -> None:
        """Count what a hammock holds."""
        self._add(resource, sign * units, start, finish)

    def _add(self, resource: str, units: int, first: int, last: int) -> None:
        profile = self.loads.lean[resource]
        for length, free in profile.pieces(first, last):
            self.total += length * units * (units - 2 * free)
        profile.take(first, last, units)

    def values(self) -> Values:
        """Return the squared load."""
        return (self.total,)

    def concerns(self, job: Job) -> bool:
        """Whether a job uses anything."""
        return any(way.needs for way in job.ways)

    def target(self, job: Job) -> Instant | None:
        """Return no start."""
        return None

    def bounds(self, span: Span) -> Values:
        """Return the squared load if no two jobs met, or if the work was spread evenly."""
        return (
            sum(
                max(self._alone(id_), demand(self.problem, id_, span).squares)
                for id_ in self.loads.lean
            ),
        )

    def _alone(self, resource: str) -> int:
        return sum(
            min(units_of(way, resource) ** 2 * way.duration for way in job.ways)
            for job in self.problem.jobs
            if job.fixed is None
        )

    def shown(self, levels: Values) -> Values:
        """Return the levels as they are."""
        return levels
