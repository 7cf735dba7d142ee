"""The course of a replan: repairs at once, then fewer promises broken, then what is proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Instant, ObjectiveLevel, Placement, Status
from imsgen.solver.alap import as_late_as_possible
from imsgen.solver.clock import PLACES_PER_UNIT, Quiet
from imsgen.solver.clock import Clock as Inner
from imsgen.solver.objective import LEVELS, Score, measure
from imsgen.solver.objectives.change import changed
from imsgen.solver.objectives.layout import Layout
from imsgen.solver.objectives.measure import Given, Span, Values, count
from imsgen.solver.objectives.published import near
from imsgen.solver.objectives.shift import descend, shake
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Job
from imsgen.solver.replanning.promises import Promises
from imsgen.solver.replanning.repair import (
    closed_up,
    earliest_beside,
    inserted,
    put_off,
    under_way,
)
from imsgen.solver.replanning.room import narrowed
from imsgen.solver.replay import replayed
from imsgen.solver.search import Search, first
from imsgen.solver.solution import Solution
from imsgen.solver.state import State

NAME = "replan"
"""Who found the schedule of a replan."""
_TARDY_SHARE, _MOVE_SHARE, _NARROW_SHARE = 0.3, 0.2, 0.4
"""Parts of the effort left for missing less, for moving groups, for a window of the exact model."""
_EXACT_SHARE = 0.85
"""Part of it for the exact model of the whole plan; then dates are moved closer to the old ones."""
_NARROW = 150
"""Activities a window of the exact model frees at most."""
_EXACT_JOBS = 2500
"""Activities to a unit of effort left up to which the exact model has the whole plan: it soon knows
who must be told. Beyond that it takes longer to write than it searches."""


class Replanning:
    """Looks for the dates that keep the most of what was promised, within the clock.

    When everything is put off in the old order, the plan has some finish, and something is put
    off the most: nothing ends later than that finish, or than the published one and that much.
    """

    def __init__(self, state: State, given: Given, published_finish: int) -> None:
        self.state, self.given = state, given
        self.problem, self.clock = state.problem, state.clock
        self.pins = under_way(self.problem, given)
        self.best: list[Placement] = []
        self.levels: Values = ()
        self.score = Score(0, 0, 0)
        self.low: Values = ()
        self.early = state.early
        self.finish = published_finish

    def run(self) -> Solution:
        """Return the best replan found, with what is proved of it.

        Raises
        ------
        Infeasible
            If it is proved that there is no schedule any more.
        NoSolution, Interrupted
            If none was found.
        """
        self._repair()
        late = late_places(self.problem, self.finish)
        self.early = earliest_beside(self.problem, self.state.early, self.pins)
        self.span = Span(self.early, late, self.finish)
        self.low = tuple(
            min(low, value)
            for low, value in zip(self._measure().bounds(self.span), self.levels, strict=True)
        )
        self.state.show("replan")
        if not self._reached():
            self._near()
        if not self._reached() and self._misses():
            self._less_tardy()
        with self.clock.within_memory():
            if not self._reached() and self._affordable():
                self._ask(None, _EXACT_SHARE * self.clock.effort_left)
            elif not self._reached():
                self._move(_MOVE_SHARE * self.clock.effort_left)
                self._exact()
        self._move(self.clock.effort_left, only_early=self._reached())
        return self._solution()

    # -- first answers -------------------------------------------------------------------------

    def _repair(self) -> None:
        """Find a first answer; without one, ask the ordinary search."""
        problem, serial = self.problem, self.state.serial
        for pins in (self.pins, {}) if self.pins else (self.pins,):
            self.pins = pins
            later = put_off(problem, serial, self.given, self.state.early, pins)
            if later is not None and self._stands(later):
                self.finish = self._limit(later)
                self._offer(later)
            stays = inserted(problem, self.given, self.state.early, pins)
            if stays is not None and self._stands(stays):
                if later is None:
                    self.finish = self._limit(stays)
                self._offer(stays)
            if self.best:
                break
        self.clock.spent += serial.spent / PLACES_PER_UNIT
        if not self.best:
            first(self.state)
            found = self.state.found().places
            self.finish = self._limit(found)
            self._offer(found)

    def _limit(self, later: Sequence[Placement]) -> int:
        """Return until when a replan may last, given one in which everything is put off."""
        moves = [
            later[job.number].finish - old.finish
            for job in self.problem.jobs
            if (old := self.given.get(job.id)) is not None
        ]
        most = max([0, *moves])
        return max([self.finish + most, *(place.finish for place in later)])

    def _stands(self, places: Sequence[Placement]) -> bool:
        """Whether places keep every rule and leave what is under way alone."""
        by_id = {job.id: place for job, place in zip(self.problem.jobs, places, strict=True)}
        return not isinstance(replayed(self.problem, by_id), str)

    # -- better ones ---------------------------------------------------------------------------

    def _measure(self) -> Promises:
        return Promises(self.problem, self.given)

    def _offer(self, places: Sequence[Placement] | None) -> None:
        """Keep places if they are better, inside the limit and leave what is under way alone."""
        if places is None or any(places[one] != place for one, place in self.pins.items()):
            return
        score = measure(self.problem, places)
        if score.finish > self.finish:
            return
        levels = count(self._measure(), self.problem, places)
        if not self.best or (levels, score) < (self.levels, self.score):
            self.best, self.levels, self.score = list(places), levels, score

    def _reached(self) -> bool:
        return self.levels <= self.low or self.clock.stopped()

    def _misses(self) -> bool:
        """Whether more is missed than must be."""
        at = len(self.levels) - 3
        return self.levels[at] > self.low[at]

    def _near(self) -> None:
        """Try orders between the published one and that of the best, pushed right."""
        serial = self.state.serial
        before = serial.spent
        for places in near(self.problem, serial, self.given, self.best):
            self._offer(places)
            if self._reached():
                break
        self.clock.spent += (serial.spent - before) / PLACES_PER_UNIT

    def _less_tardy(self) -> None:
        """Let the ordinary search look for fewer minutes late, and come back from there."""
        effort = _TARDY_SHARE * self.clock.effort_left
        settings = replace(self.clock.settings, effort=effort, levels=1, workers=1, explain=False)
        limited = replace(settings, time_limit=self.clock.time_left)
        inner = Inner(limited, Quiet(self.clock))
        try:
            found = Search(self.problem, inner, self.best).run()
        except (Infeasible, NoSolution):
            return
        finally:
            self.clock.spent += inner.spent
            self.clock.hurried |= inner.hurried or inner.cut
        self._offer(found.places)
        serial = self.state.serial
        for places in near(self.problem, serial, self.given, found.places):
            self._offer(places)

    def _move(self, effort: float, *, only_early: bool = False) -> None:
        """Move jobs within the limit, one by one and in groups; then what costs nothing, early."""
        if self.clock.stopped() or effort <= 0:
            return
        layout = Layout(self.problem, self.best, self._measure(), self.span)
        limit = int(effort * PLACES_PER_UNIT)
        movable = [
            job for job in self.problem.jobs if job.fixed is None and job.number not in self.pins
        ]

        def over() -> bool:
            return layout.spent >= limit or self.clock.stopped()

        if not only_early:
            moved = [job for job in movable if self._moved(job)]
            descend(layout, moved, over)
            shake(layout, moved, self.clock.settings.seed, over, self.low)
        layout.guided = False
        new = [job for job in movable if job.id not in self.given or self._moved(job)]
        descend(layout, new, over)
        self.clock.spent += layout.spent / PLACES_PER_UNIT
        self._offer(layout.complete())

    def _moved(self, job: Job) -> bool:
        old = self.given.get(job.id)
        return old is not None and changed(job, old, self.best[job.number])

    def _affordable(self) -> bool:
        """Whether the effort left is enough for the exact model of the whole plan.

        Where calendars meet, writing it takes longer.
        """
        jobs = self.problem.jobs
        calendars = {id(way.calendar) for job in jobs for way in job.ways}
        weight = 1 if len(calendars) == 1 else 2
        return weight * len(jobs) <= _EXACT_JOBS * self.clock.effort_left

    def _exact(self) -> None:
        """Ask the exact model for the disturbed part alone, and if it can be had for everything."""
        free = narrowed(self.problem, self.best, self.given, self.pins, _NARROW)
        if not self._reached() and len(free) < len(self.problem.jobs) - len(self.pins):
            self._ask(free, _NARROW_SHARE * self.clock.effort_left)
        if not self._reached() and self._affordable():
            self._ask(None, _EXACT_SHARE * self.clock.effort_left)

    def _ask(self, free: frozenset[int] | None, effort: float) -> None:
        from imsgen.solver.cpsat.moments import TooLargeError
        from imsgen.solver.cpsat.wished import solve_wishes
        from imsgen.solver.replanning.room import confined

        self.state.show("exact: replan")
        stay = {
            job.number: self.best[job.number]
            for job in self.problem.jobs
            if free is not None and job.number not in free
        }
        try:
            found = solve_wishes(
                self.problem,
                self.best,
                self._measure(),
                self.levels,
                span=confined(self.problem, self.span, {**stay, **self.pins}),
                tardiness=None,
                low=self.low,
                clock=self.clock,
                effort=effort,
            )
        except TooLargeError:
            return
        self._offer(found.places)
        self._offer(closed_up(self.problem, self.state.serial, self.given, self.best))
        if free is None:
            self.low = tuple(
                low if bound is None else max(low, bound)
                for low, bound in zip(self.low, found.bounds, strict=True)
            )

    # -- what comes out ------------------------------------------------------------------------

    def _solution(self) -> Solution:
        problem, state = self.problem, self.state
        places = as_late_as_possible(
            problem, self.best, lambda found: self._count(found) <= self.levels
        )
        score, values = measure(problem, places), self._count(places)
        levels, proved = [], True
        for name, value, low in zip(self._measure().names, values, self.low, strict=True):
            bound = min(low, value)
            proved = proved and bound == value
            levels.append(ObjectiveLevel(name, value, bound, proved))
        optimal = proved
        bounds = (state.bounds.tardiness, state.bounds.finish, state.bounds.starts)
        for name, value, low in zip(LEVELS, score, bounds, strict=True):
            bound = min(low, value)
            proved = proved and bound == value
            levels.append(ObjectiveLevel(name, value, bound, proved))
        status = Status.INTERRUPTED if self.clock.interrupted else Status.FEASIBLE
        return Solution(
            places=places,
            score=score,
            status=Status.OPTIMAL if optimal else status,
            bound=Instant(min(state.bounds.finish, score.finish)),
            levels=tuple(levels),
            bounds=state.bounds.named,
            method=NAME,
            searchers=1,
            reproducible=not (self.clock.cut or self.clock.hurried),
        )

    def _count(self, places: Sequence[Placement]) -> Values:
        return count(self._measure(), self.problem, places)
