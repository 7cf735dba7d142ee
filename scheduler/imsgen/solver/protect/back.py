"""Until when what has begun can be taken back before a window ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from imsgen.errors import Infeasible, Interrupted, NoSolution
from imsgen.model import Instant, Placement, Project
from imsgen.network import rollback_plan
from imsgen.network.rollback import RollbackPlan
from imsgen.solver.clock import Clock, Quiet
from imsgen.solver.problem import Problem, compiled
from imsgen.solver.protect.guards import Guard
from imsgen.solver.search import Search

_EACH = 1.0
"""Most units of effort for one way back; nearly all are proved with a fraction of it."""
_LEAST = 0.002
"""Units one counts for at least: writing it down takes time, too."""
_JUMPS = 4
"""How often the time to spare is believed; then the rest is halved."""
_OPEN = -1
"""Stands for a way back of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Latest:
    """``moment`` is safe, None: none is known to be; after ``bound`` none is, proved."""

    moment: Instant | None
    bound: Instant | None


class WaysBack:
    """The ways back of one problem, each solved once, on a clock of their own.

    ``spent`` is counted here and on the clock of the whole search.
    """

    def __init__(self, problem: Problem, clock: Clock) -> None:
        self.problem = problem
        self.clock = clock
        self._latest: dict[object, Latest] = {}
        self._plans: dict[object, RollbackPlan] = {}
        self._ends: dict[tuple[object, Instant], tuple[int | None, int]] = {}

    def latest(
        self,
        guard: Guard,
        begun: Iterable[str],
        places: Mapping[str, Placement],
        ends: Instant,
    ) -> Latest:
        """Return until when a gate may decide, if so much has begun as it has in a schedule."""
        key, decided = self._key(guard, begun, places), places[guard.gate].finish
        found = self._latest.get((key, ends))
        if found is None:
            found = self._latest[key, ends] = self._search(key, decided, ends)
        return found

    def late_at(
        self,
        guard: Guard,
        begun: Iterable[str],
        places: Mapping[str, Placement],
        moment: Instant,
        ends: Instant,
    ) -> bool:
        """Whether it is proved that a way back from a moment does not end in time."""
        _, bound = self._end(self._key(guard, begun, places), moment)
        return bound > ends

    def finish(
        self,
        guard: Guard,
        begun: Iterable[str],
        places: Mapping[str, Placement],
        moment: Instant,
    ) -> int | None:
        """Return when the shortest way back known from a moment ends; None: none is known."""
        return self._end(self._key(guard, begun, places), moment)[0]

    def schedule(
        self,
        guard: Guard,
        begun: Iterable[str],
        places: Mapping[str, Placement],
        moment: Instant,
    ) -> tuple[Project, dict[str, Placement]]:
        """Return the way back from a moment as a plan, with its dates as far as any are known."""
        plan = self._plans[self._key(guard, begun, places)].at(moment)
        problem = compiled(plan)
        if not problem.jobs:
            return plan, {}
        try:
            found = Search(problem, self._clock()).run().places
        except (Infeasible, NoSolution, Interrupted):
            return plan, {}
        return plan, {job.id: place for job, place in zip(problem.jobs, found, strict=True)}

    def _key(self, guard: Guard, begun: Iterable[str], places: Mapping[str, Placement]) -> object:
        problem, decided = self.problem, places[guard.gate].finish
        done = tuple(begun)
        otherwise = problem.project.gates[guard.gate].else_
        ways = tuple(
            (id_, places[id_].mode, left_of(problem, id_, places[id_], decided)) for id_ in done
        )
        key = (otherwise, ways)
        if key not in self._plans:
            self._plans[key] = rollback_plan(
                problem.graph,
                problem.book,
                places,
                decided,
                executed=done,
                contingency=otherwise,
            )
        return key

    def _search(self, key: object, near: Instant, ends: Instant) -> Latest:
        if not self._plans[key].steps:
            return Latest(ends, ends)
        # There is something to do, so what begins when the window ends is late.
        first, safe, late, proved = self.problem.project.horizon[0], None, ends, ends
        guess, step, tries = min(near, Instant(ends - 1)), 1, 0
        while (first if safe is None else safe + 1) < late:
            # Once the search has ended, a schedule is still judged, but no better time is sought.
            if tries and self.clock.stopped():
                break
            finish, bound = self._end(key, guess)
            tries += 1
            if finish is not None and finish <= ends:
                safe = guess
                spare = ends - finish
            else:
                late = guess
                proved = min(proved, guess) if bound > ends else proved
                spare = min(ends - max(bound, guess), -step)
                step *= 2
            if safe is None:
                guess = Instant(max(first, late + spare))
                if late == first:
                    break
            elif tries > _JUMPS and late - safe > 1:
                guess = Instant((safe + late) // 2)
            else:
                guess = Instant(min(max(safe + 1, guess + spare), late - 1))
        bound_at = Instant(proved - 1) if proved > first else None
        return Latest(safe, bound_at)

    def _end(self, key: object, moment: Instant) -> tuple[int | None, int]:
        """Return when the best way back known ends, and before when none does."""
        found = self._ends.get((key, moment))
        if found is None:
            found = self._ends[key, moment] = self._solved(self._plans[key].at(moment))
        return found

    def _solved(self, project: Project) -> tuple[int | None, int]:
        problem = compiled(project)
        if not problem.jobs:
            return project.start, project.start
        clock = self._clock()
        try:
            solution = Search(problem, clock).run()
        except Infeasible:
            return None, self.problem.project.horizon[1] + 1
        except (NoSolution, Interrupted):
            return None, _OPEN
        finally:
            self.clock.spent += max(clock.spent, _LEAST)
        return solution.score.finish, solution.bound

    def _clock(self) -> Clock:
        """Return the clock of one way back: a small plan that nobody watches."""
        outer = self.clock
        settings = replace(
            outer.settings,
            effort=min(_EACH, outer.effort_left),
            time_limit=outer.time_left,
            levels=2,
            gap=0.0,
            workers=1,
            explain=False,
        )
        return Clock(settings, Quiet(outer))


def left_of(problem: Problem, id_: str, place: Placement, decided: Instant) -> int:
    """Return the minutes of work that are finished even on No-Go."""
    activity = problem.project.activities[id_]
    if activity.on_abort != "finish" or place.finish <= decided:
        return 0
    return problem.book.effective(activity, place.mode).work_between(decided, place.finish)
