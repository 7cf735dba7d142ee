"""The objective of a plan, pursued once deadlines and finish are what they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from imsgen.model import ObjectiveLevel, Placement
from imsgen.solver.alap import as_late_as_possible
from imsgen.solver.clock import PLACES_PER_UNIT, Clock
from imsgen.solver.objective import LEVELS, counts_start, measure
from imsgen.solver.objectives.change import Change
from imsgen.solver.objectives.cost import Cost
from imsgen.solver.objectives.layout import Layout
from imsgen.solver.objectives.measure import Given, Measure, Span, Values, count
from imsgen.solver.objectives.people import People
from imsgen.solver.objectives.shift import descend, shake
from imsgen.solver.objectives.smooth import Smooth
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem
from imsgen.solver.serial import Failure, Guidance, Serial
from imsgen.solver.solution import Solution

SHARE = 0.3
"""Part of effort and seconds kept for the objective; deadlines and finish come first."""
_EXACT_JOBS = 80
"""Activities up to which the exact model is asked: beyond, nothing is proved."""
_FIRST_SHAKE = 0.2
"""Part of the effort for moving groups before the exact model is asked."""
_EXACT_SHARE = 0.7
"""Part of the rest for the exact model."""

Maker = Callable[[], Measure]


def maker(problem: Problem, given: Given) -> Maker | None:
    """Return what makes the measure of the plan's objective; None: early starts are all."""
    match problem.project.options.objective:
        case "smooth":
            return lambda: Smooth(problem)
        case "fewest_people":
            return lambda: People(problem)
        case "least_cost":
            return lambda: Cost(problem)
        case "least_change" if given:
            return lambda: Change(problem, given)
        case _:
            return None


def told_dates(problem: Problem, published: Given) -> dict[str, Placement]:
    """Return the published dates that change is counted from, if the objective asks for them.

    They are those of what is still to be done, inside the time the plan's calendars know.
    """
    if problem.project.options.objective != "least_change":
        return {}
    first, last = problem.project.horizon
    return {
        job.id: place
        for job in problem.jobs
        if job.fixed is None
        and (place := published.get(job.id)) is not None
        and first <= place.start <= place.finish <= last
    }


class Pursuit:
    """Improves one objective of a solution, and bounds it, within the clock."""

    def __init__(
        self,
        problem: Problem,
        solution: Solution,
        early: Sequence[Placement],
        clock: Clock,
        make: Maker,
    ) -> None:
        self.problem = problem
        self.solution = solution
        self.clock = clock
        self.make = make
        finish = solution.score.finish
        self.span = Span(early, late_places(problem, finish), finish)
        self.low: Values = make().bounds(self.span)
        self.best = solution.places
        self.levels = self._levels(solution.places)
        self._starts = solution.score.starts

    def run(self, start: Sequence[Placement] | None, given: Given) -> Solution:
        """Return the solution with its objective pursued."""
        if start is not None:
            self._offer(list(start))
        if given:
            self._offer(repaired(self.problem, given, self.best))
        left = self.clock.effort_left
        self._move(_FIRST_SHAKE * left)
        if not self._reached() and len(self.problem.jobs) <= _EXACT_JOBS:
            with self.clock.within_memory():
                self._exact(_EXACT_SHARE * self.clock.effort_left)
        if not self._reached():
            self._move(self.clock.effort_left)
        return self._solution()

    # -- search ------------------------------------------------------------------------------

    def _levels(self, places: Sequence[Placement]) -> Values:
        return count(self.make(), self.problem, places)

    def _reached(self) -> bool:
        return self.levels <= self.low or self.clock.stopped()

    def _offer(self, places: list[Placement] | None) -> None:
        """Keep places if they are better, and no worse in what comes before."""
        if places is None:
            return
        score, levels = measure(self.problem, places), self._levels(places)
        better = (levels, score.starts) < (self.levels, self._starts)
        if better and score[:2] <= self.solution.score[:2]:
            self.best, self.levels, self._starts = places, levels, score.starts

    def _move(self, effort: float) -> None:
        """Move jobs within their float, one by one and in groups."""
        if self.clock.stopped() or effort <= 0:
            return
        self._show("objective")
        layout = Layout(self.problem, self.best, self.make(), self.span)
        limit = int(effort * PLACES_PER_UNIT)
        counted = self.make()
        movable = [job for job in self.problem.jobs if job.fixed is None]
        concerned = [job for job in movable if counted.concerns(job)]

        def over() -> bool:
            return layout.spent >= limit or self.clock.stopped()

        descend(layout, concerned, over)
        shake(layout, concerned, self.clock.settings.seed, over, self.low)
        layout.guided = False
        descend(layout, movable, over)
        self.clock.spent += layout.spent / PLACES_PER_UNIT
        self._offer(layout.complete())
        self._show("objective")

    def _exact(self, effort: float) -> None:
        """Ask the exact model for better places and bounds."""
        from imsgen.solver.cpsat.moments import TooLargeError
        from imsgen.solver.cpsat.wished import solve_wishes

        self._show("exact: objective")
        try:
            found = solve_wishes(
                self.problem,
                self.best,
                self.make(),
                self.levels,
                span=self.span,
                tardiness=self.solution.score.tardiness,
                low=self.low,
                clock=self.clock,
                effort=effort,
            )
        except TooLargeError:
            return
        self._offer(found.places)
        self.low = tuple(
            low if bound is None else max(low, bound)
            for low, bound in zip(self.low, found.bounds, strict=True)
        )

    # -- what comes out ----------------------------------------------------------------------

    def _solution(self) -> Solution:
        places = as_late_as_possible(
            self.problem, self.best, lambda found: self._levels(found) <= self.levels
        )
        score = measure(self.problem, places)
        values = self._levels(places)
        counted = self.make()
        levels = list(self.solution.levels[:2])
        proved = all(level.proved for level in levels)
        bounds = [min(low, value) for low, value in zip(self.low, values, strict=True)]
        shown = zip(
            counted.names,
            counted.shown(values),
            counted.shown(tuple(bounds)),
            (low == value for low, value in zip(bounds, values, strict=True)),
            strict=True,
        )
        for name, value, bound, equal in shown:
            proved = proved and equal
            levels.append(ObjectiveLevel(name, value, bound, proved))
        least = min(least_starts(self.problem, self.span.early), score.starts)
        levels.append(
            ObjectiveLevel(LEVELS[2], score.starts, least, proved and least == score.starts)
        )
        return replace(
            self.solution,
            places=places,
            score=score,
            levels=tuple(levels),
            reproducible=not (self.clock.cut or self.clock.hurried),
        )

    def _show(self, phase: str) -> None:
        project = self.problem.project
        self.clock.show(phase, self.solution.score.finish, self.solution.bound, project.start)


def repaired(
    problem: Problem, given: Given, places: Sequence[Placement]
) -> list[Placement] | None:
    """Return published dates made possible: everything as it was or later, in the same order."""
    keys: list[float] = []
    modes: list[int] = []
    raised: dict[int, int] = {}
    for job, place in zip(problem.jobs, places, strict=True):
        old = given.get(job.id)
        known = old is not None and any(way.mode == old.mode for way in job.ways)
        stands = old if old is not None and known else place
        keys.append(float(stands.start))
        modes.append(stands.mode)
        if known and job.began is None:
            raised[job.number] = int(stands.start)
    outcome = Serial(problem).build(keys, Guidance(raised=raised, modes=modes))
    return None if isinstance(outcome, Failure) else outcome


def least_starts(problem: Problem, early: Sequence[Placement]) -> int:
    """Return a sum of starts that no schedule beats: every job at its early date."""
    return sum(
        min(int(way.calendar.work_at(place.start)) for way in job.ways)
        for job, place in zip(problem.jobs, early, strict=True)
        if counts_start(job)
    )
