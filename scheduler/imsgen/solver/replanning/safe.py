"""A replan of a plan whose gates must be safe: another one where the first lets a gate be late.

What was published kept the gates safe for the work that was to have begun by then. So first
nothing more may begin before a gate than was published, then nothing more than must; at last what
an ordinary search for safe gates finds says what may. Whatever keeps one of these is judged again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from imsgen.errors import Infeasible, Interrupted, NoSolution
from imsgen.model import ObjectiveLevel, Placement, Status
from imsgen.solver.clock import Clock
from imsgen.solver.objectives.measure import Given
from imsgen.solver.problem import Problem
from imsgen.solver.protect.back import WaysBack
from imsgen.solver.protect.course import Protected
from imsgen.solver.protect.edits import at_worst, pinned
from imsgen.solver.protect.guards import Guard
from imsgen.solver.protect.judge import Judge
from imsgen.solver.protect.values import by_id, in_order
from imsgen.solver.replanning.pursue import Replanning
from imsgen.solver.search import bound
from imsgen.solver.settings import Observer, Settings
from imsgen.solver.solution import Solution
from imsgen.solver.state import State

FIRST = 0.4
"""Part of the effort for the replan that need not be safe; most often it is."""
_EACH = 0.4
"""Part of what is left for each plan in which gates are safe."""


class SafeReplan:
    """Looks for a replan whose gates are all safe, where the one at hand is not.

    Parameters
    ----------
    given
        The published dates that still bind.
    finish
        The published finish.
    clock
        Everything is counted on it.
    """

    def __init__(
        self,
        problem: Problem,
        guards: Sequence[Guard],
        given: Given,
        finish: int,
        *,
        clock: Clock,
        observer: Observer | None,
    ) -> None:
        self.problem, self.guards, self.given, self.finish = problem, guards, given, finish
        self.clock, self.observer = clock, observer
        self.judge = Judge(WaysBack(problem, clock), guards)

    def run(self, free: Solution) -> Solution:
        """Return the replan at hand if its gates are safe or no other is known to be, else one."""
        if self._safe(free.places):
            return free
        for pin in self._pins(free.places):
            found = self._replanned(pin)
            if found is not None:
                return _bounded(found, free)
        return free

    def _safe(self, places: Sequence[Placement]) -> bool:
        return self.judge.margin(places) is not None

    def _pins(self, places: Sequence[Placement]) -> Iterator[Problem]:
        """Yield plans of which schedules are safe as far as can be told, the least changed first."""
        modes = {id_: place.mode for id_, place in by_id(self.problem, places).items()}
        for with_published in (True, False):
            judged = tuple(
                self.judge.one(guard, self._worst(guard, modes, with_published=with_published))
                for guard in self.guards
            )
            pin = pinned(self.problem, judged, places, 0)
            if pin is not None:
                yield pin
        anew = self._anew()
        pin = None if anew is None else pinned(self.problem, self.judge.judged(anew), anew, 0)
        if pin is not None:
            yield pin

    def _worst(
        self, guard: Guard, modes: Mapping[str, int], *, with_published: bool
    ) -> dict[str, Placement]:
        """Return places by which what must has begun by a gate, and what was published to have."""
        found = at_worst(self.problem, guard, modes)
        gate = self.given.get(guard.gate)
        if not with_published or gate is None:
            return found
        done = replace(found[guard.gate], start=self.problem.project.horizon[0])
        for id_ in guard.open:
            old = self.given.get(id_)
            if old is not None and old.start < gate.finish:
                found[id_] = replace(done, mode=modes.get(id_, 0))
        return found

    def _anew(self) -> list[Placement] | None:
        """Return a safe schedule that nobody was promised; None: none was found."""
        if self.clock.stopped():
            return None
        inner = Clock(self._settings(), self.observer)
        try:
            return Protected(self.problem, self.guards, inner, self.observer).run(None).places
        except (Infeasible, NoSolution, Interrupted):
            return None
        finally:
            self._count(self.clock, inner)

    def _replanned(self, pin: Problem) -> Solution | None:
        """Return a safe replan of an edited plan, in the order of this one; None: none is known."""
        if self.clock.stopped():
            return None
        inner = Clock(self._settings(), self.observer)
        state = State(pin, inner)
        try:
            bound(state)
            found = Replanning(state, self.given, self.finish).run()
        except (Infeasible, NoSolution, Interrupted):
            return None
        finally:
            self._count(self.clock, inner)
        places = in_order(self.problem, by_id(pin, found.places))
        return replace(found, places=places) if self._safe(places) else None

    def _settings(self) -> Settings:
        outer = self.clock
        return replace(
            outer.settings,
            effort=_EACH * outer.effort_left,
            time_limit=outer.time_left,
            levels=2,
            explain=False,
        )

    @staticmethod
    def _count(outer: Clock, inner: Clock) -> None:
        outer.spent += inner.spent
        outer.hurried |= inner.hurried
        if inner.interrupted:
            outer.interrupt()


def _bounded(found: Solution, free: Solution) -> Solution:
    """Return a safe replan with the bounds of the one that need not be safe: they hold for both."""
    levels, proved = [], True
    for one, low in zip(found.levels, free.levels, strict=True):
        least = min(low.bound, one.value)
        proved = proved and least == one.value
        levels.append(ObjectiveLevel(one.name, one.value, least, proved))
    promises = levels[: len(levels) - 3]
    status = Status.OPTIMAL if all(one.proved for one in promises) else Status.FEASIBLE
    if free.status is Status.INTERRUPTED or found.status is Status.INTERRUPTED:
        status = Status.OPTIMAL if status is Status.OPTIMAL else Status.INTERRUPTED
    return replace(
        found,
        status=status,
        bound=min(free.bound, found.bound),
        bounds=free.bounds,
        levels=tuple(levels),
        reproducible=free.reproducible and found.reproducible,
    )
