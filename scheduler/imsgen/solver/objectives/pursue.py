"""The objective of a plan, pursued once deadlines and finish are what they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from imsgen.model import Instant, ObjectiveLevel, Placement, Status
from imsgen.solver.alap import as_late_as_possible
from imsgen.solver.bounds import least_starts
from imsgen.solver.clock import PLACES_PER_UNIT, Clock
from imsgen.solver.objective import LEVELS, Score, measure
from imsgen.solver.objectives.change import Change
from imsgen.solver.objectives.cost import Cost
from imsgen.solver.objectives.layout import Layout
from imsgen.solver.objectives.measure import Given, Measure, Span, Values, count
from imsgen.solver.objectives.people import People
from imsgen.solver.objectives.published import near, restored
from imsgen.solver.objectives.shift import descend, shake
from imsgen.solver.objectives.smooth import Smooth
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem
from imsgen.solver.serial import Serial
from imsgen.solver.solution import Solution

SHARE = 0.3
"""Part of the seconds kept for the objective, and of the effort it gets on top at least."""
_EXACT_JOBS = 25
"""Activities to a unit of effort up to which the exact model is asked: with less it finds nothing."""
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
            self._near(given)
        left = self.clock.effort_left
        self._move(_FIRST_SHAKE * left)
        if not self._reached() and len(self.problem.jobs) <= _EXACT_JOBS * left:
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

    def _near(self, given: Given) -> None:
        """Try schedules near the published dates."""
        serial = Serial(self.problem)
        self._offer(restored(self.problem, serial, given, self.best))
        for places in near(self.problem, serial, given, self.best):
            self._offer(places)
            if self._reached():
                break
        self.clock.spent += serial.spent / PLACES_PER_UNIT

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
        levels = _before(self.solution, score)
        proved = proved_before = all(level.proved for level in levels)
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
            status=self._status(proved=proved_before),
            bound=Instant(min(self.solution.bound, score.finish)),
            levels=tuple(levels),
            reproducible=not (self.clock.cut or self.clock.hurried),
        )

    def _status(self, *, proved: bool) -> Status:
        if proved:
            return Status.OPTIMAL
        return Status.INTERRUPTED if self.clock.interrupted else self.solution.status

    def _show(self, phase: str) -> None:
        project = self.problem.project
        self.clock.show(phase, self.solution.score.finish, self.solution.bound, project.start)


def _before(solution: Solution, score: Score) -> list[ObjectiveLevel]:
    """Return deadlines and finish as they are now: moving jobs may have made them less."""
    late, finish = solution.levels[:2]
    in_time = late.proved or score.tardiness <= late.bound
    return [
        ObjectiveLevel(late.name, score.tardiness, late.bound, in_time),
        ObjectiveLevel(
            finish.name,
            score.finish,
            min(finish.bound, score.finish),
            finish.proved or score.finish <= finish.bound,
        ),
    ]
