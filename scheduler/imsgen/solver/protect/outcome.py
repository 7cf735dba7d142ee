"""What a search for safe gates ends with: early starts and the plan's objective, gates kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from imsgen.model import Instant, ObjectiveLevel, Placement, Status
from imsgen.network import early_dates
from imsgen.solver.alap import as_late_as_possible
from imsgen.solver.bounds import least_starts
from imsgen.solver.clock import Clock
from imsgen.solver.improve import Incumbent, left_shifted
from imsgen.solver.objective import LEVELS, measure
from imsgen.solver.objectives.measure import Given
from imsgen.solver.objectives.pursue import SHARE, Pursuit, maker
from imsgen.solver.problem import Problem
from imsgen.solver.protect.course import Protected
from imsgen.solver.protect.edits import kept
from imsgen.solver.protect.guards import Guard
from imsgen.solver.protect.values import (
    MARGIN,
    POINT,
    Worth,
    by_id,
    in_order,
    irreversible,
    worth_of,
)
from imsgen.solver.replay import replayed
from imsgen.solver.serial import Serial
from imsgen.solver.settings import Observer
from imsgen.solver.solution import Solution


def protected(
    problem: Problem,
    guards: Sequence[Guard],
    clock: Clock,
    observer: Observer | None,
    *,
    given: Sequence[Placement] | None,
    told: Given,
) -> Solution:
    """Return the best schedule found whose gates are all safe.

    Parameters
    ----------
    given
        A schedule to go on from.
    told
        Dates that people were told, for `objective: least_change`.
    """
    wished = maker(problem, told) is not None and clock.settings.levels > 2
    search = Protected(problem, guards, clock, observer)
    with clock.keeping(SHARE if wished else 0.0):
        search.run(given)
    return Outcome(search).solution(told, given)


class Outcome:
    """The best safe schedule as a solution of its plan.

    What is left to wish is looked for in a plan of which every schedule is safe and as good.
    """

    def __init__(self, search: Protected) -> None:
        self.search = search
        self.problem = search.problem
        self.found = search.found()
        self.pin = self._pinned()

    def solution(self, given: Given, start: Sequence[Placement] | None) -> Solution:
        """Return the solution in the order of the problem's jobs.

        Parameters
        ----------
        given
            Dates that people were told, for `objective: least_change`.
        start
            A schedule that keeps all rules, to try.
        """
        solution = self._plain(self._early(self.found.places))
        make = None if self.pin is None else maker(self.pin, given)
        if make is None or self.pin is None or self.search.clock.settings.levels < 3:
            return self._with_levels(solution, solution.levels[2:])
        clock = self.search.clock
        early = early_dates(self.pin.graph, self.pin.book)
        inner = replace(solution, places=self._to_pin(solution.places))
        pursuit = Pursuit(self.pin, inner, [early[job.id] for job in self.pin.jobs], clock, make)
        again = None if start is None else replayed(self.pin, by_id(self.problem, list(start)))
        pursued = pursuit.run(None if isinstance(again, str) else again, given)
        places = in_order(self.problem, by_id(self.pin, pursued.places))
        if not self._as_good(places):
            return self._with_levels(solution, solution.levels[2:])
        return self._with_levels(replace(pursued, places=places), pursued.levels[2:])

    # -- the plan whose schedules are all as good --------------------------------------------

    def _pinned(self) -> Problem | None:
        worth, places = self.found.worth, self.found.places
        judged = self.search.judge.judged(places)
        point = Instant(-worth.point) if irreversible(self.problem) else None
        return kept(self.problem, judged, places, margin=-worth.margin, point=point)

    def _to_pin(self, places: Sequence[Placement]) -> list[Placement]:
        if self.pin is None:
            return list(places)
        return in_order(self.pin, by_id(self.problem, list(places)))

    def _as_good(self, places: Sequence[Placement]) -> bool:
        worth = worth_of(self.problem, self.search.judge, places)
        return worth is not None and worth <= self.found.worth

    def _early(self, places: list[Placement]) -> list[Placement]:
        """Return the schedule with what has room begun earlier, and ALAP activities late."""
        if self.pin is None:
            return places
        inner = self._to_pin(places)
        if isinstance(replayed(self.pin, by_id(self.pin, inner)), str):
            return places
        score = measure(self.pin, inner)
        best = Incumbent(inner, score, [float(one.start) for one in inner])
        shifted = left_shifted(self.pin, Serial(self.pin), best).places
        late = as_late_as_possible(self.pin, shifted)
        for one in (late, shifted):
            own = in_order(self.problem, by_id(self.pin, one))
            if self._as_good(own):
                return own
        return places

    # -- what is proved ----------------------------------------------------------------------

    def _plain(self, places: list[Placement]) -> Solution:
        search, score = self.search, measure(self.problem, places)
        proved, clock = search.proved, search.clock
        finish = min(proved.finish, score.finish)
        late = score.tardiness <= proved.tardiness
        done = late and score.finish <= finish
        status = Status.OPTIMAL if done else Status.FEASIBLE
        if clock.interrupted and not done:
            status = Status.INTERRUPTED
        dates = early_dates(self.problem.graph, self.problem.book)
        starts = least_starts(self.problem, [dates[job.id] for job in self.problem.jobs])
        least = min(starts, score.starts)
        return Solution(
            places=places,
            score=score,
            status=status,
            bound=Instant(finish),
            levels=(
                ObjectiveLevel(
                    LEVELS[0], score.tardiness, min(proved.tardiness, score.tardiness), late
                ),
                ObjectiveLevel(LEVELS[1], score.finish, finish, score.finish <= finish),
                ObjectiveLevel(LEVELS[2], score.starts, least, done and least == score.starts),
            ),
            bounds=proved.named,
            method=self.found.method,
            searchers=self.found.searchers,
            reproducible=not (clock.cut or clock.hurried),
        )

    def _with_levels(self, solution: Solution, rest: Sequence[ObjectiveLevel]) -> Solution:
        """Return the solution with the levels of safe gates after the finish."""
        worth = worth_of(self.problem, self.search.judge, solution.places) or self.found.worth
        levels = list(solution.levels[:2])
        proved = all(one.proved for one in levels)
        for name, value, bound in self._safe(worth):
            proved = proved and bound == value
            levels.append(ObjectiveLevel(name, value, bound, proved))
        levels += [replace(one, proved=one.proved and proved) for one in rest]
        return replace(
            solution,
            levels=tuple(levels),
            reproducible=not (self.search.clock.cut or self.search.clock.hurried),
        )

    def _safe(self, worth: Worth) -> list[tuple[str, int, int]]:
        """Return name, value and bound of the levels of safe gates; more is better."""
        proved, found = self.search.proved, []
        steps = irreversible(self.problem)
        for name, value, bound in (
            (POINT, -worth.point if steps else None, proved.point),
            (MARGIN, -worth.margin, proved.margin),
        ):
            if value is not None:
                most = value if bound is None else max(bound, value)
                found.append((name, value, self._most(name) if bound is None else most))
        return found

    def _most(self, name: str) -> int:
        """Return what no schedule can have more of, where nothing better is known."""
        last = max(last for one in self.search.judge.guards for _, last in one.spans)
        return last if name == POINT else last - self.problem.release
