"""What the members of a search share: the best schedule, what is proved, and the clock."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.model import Instant, Placement
from imsgen.solver.clock import Clock
from imsgen.solver.improve import Incumbent, left_shifted
from imsgen.solver.objective import Score, measure
from imsgen.solver.problem import Problem
from imsgen.solver.profile import NEVER
from imsgen.solver.serial import Serial
from imsgen.solver.solution import Bounds

GIVEN = "given"
"""Who found a schedule that the search began from and found nothing better than."""


class State:
    """How a search of one problem stands; members read it and report to it.

    ``early`` are the dates of all jobs by links and calendars alone, resources apart. ``settled``
    is whether the exact model found no less tardiness as far as it looked.
    """

    def __init__(self, problem: Problem, clock: Clock) -> None:
        self.problem = problem
        self.clock = clock
        self.serial = Serial(problem)
        self.early: Sequence[Placement] = ()
        self.bounds = Bounds(0, problem.book.always.origin)
        self.best: Incumbent | None = None
        self.given: Sequence[float] | None = None
        """Keys of the schedule that the search began from."""
        self.method = ""
        """The name of the member that found the best."""
        self.searchers = 1
        """How many populations look for schedules side by side."""
        self.settled = False
        self.too_large = False
        """Whether the exact model turned out too large to write."""

    # -- schedules ---------------------------------------------------------------------------

    def found(self) -> Incumbent:
        """Return the best schedule; there must be one."""
        if self.best is None:
            raise AssertionError("no schedule yet")
        return self.best

    def take(self, other: Incumbent | None, member: str) -> None:
        """Keep a schedule of a member if it is better than the best so far."""
        if other is not None and (self.best is None or other.score < self.best.score):
            self.best = other
            self.method = member

    def take_places(self, places: list[Placement], member: str) -> None:
        """Keep placements in the order of the jobs, pushed to the left, if they are better."""
        self.take(left_shifted(self.problem, self.serial, self._incumbent(places)), member)

    def begin_from(self, places: list[Placement]) -> None:
        """Go on from a schedule: what comes out is never worse."""
        self.best, self.method = self._incumbent(places), GIVEN
        self.given = self.best.keys

    def _incumbent(self, places: list[Placement]) -> Incumbent:
        keys = [float(one.start) for one in places]
        return Incumbent(places, measure(self.problem, places), keys)

    # -- proofs ------------------------------------------------------------------------------

    def prove_finish(self, instant: int, name: str) -> None:
        """Note that no schedule, as little tardy as the best, finishes before an instant.

        The bound is shown by its name.
        """
        known = self.bounds.named.get(name)
        self.bounds.named[name] = Instant(instant if known is None else max(known, instant))
        self.bounds.finish = max(self.bounds.finish, instant)

    def prove_tardiness(self, least: int) -> None:
        """Note that no schedule is less tardy."""
        self.bounds.tardiness = max(self.bounds.tardiness, least)

    def prove_starts(self, least: int) -> None:
        """Note that no schedule as good in the levels above has a smaller sum of starts."""
        self.bounds.starts = max(self.bounds.starts, least)

    def tardiness_proved(self) -> bool:
        """Whether no schedule is less tardy than the best."""
        return self.found().score.tardiness <= self.bounds.tardiness

    def finish_proved(self) -> bool:
        """Whether no schedule finishes before the best."""
        return self.found().score.finish <= self.bounds.finish

    # -- what is left to look for ------------------------------------------------------------

    @property
    def gap(self) -> float:
        """What is not proved of the best schedule's length, as a part of that."""
        finish = self.found().score.finish
        return (finish - self.bounds.finish) / max(1, finish - self.problem.release)

    def goal(self) -> Score:
        """Return the score at which no level above early starts can be better."""
        return Score(self.bounds.tardiness, self.bounds.finish, 0)

    def aim(self) -> tuple[int, int]:
        """Return the tardiness and finish at which a search for better ones ends."""
        start, gap = self.problem.project.start, self.clock.settings.gap
        if gap >= 1 or self.clock.settings.levels < 2:
            return self.bounds.tardiness, NEVER
        return self.bounds.tardiness, int((self.bounds.finish - gap * start) / (1 - gap))

    def reached(self) -> bool:
        """Whether tardiness is proved and finish, too, or near enough."""
        score = self.found().score
        if not self.tardiness_proved():
            return False
        gap = self.clock.settings.gap * (score.finish - self.problem.project.start)
        return score.finish - self.bounds.finish <= gap

    def settled_enough(self) -> bool:
        """Whether no better schedule is left to look for: the tardiness will not get less."""
        return self.settled and self.found().score.finish <= self.aim()[1]

    # -- who watches -------------------------------------------------------------------------

    def show(self, phase: str) -> None:
        """Tell the observer where the search stands."""
        finish = None if self.best is None else self.best.score.finish
        self.clock.show(phase, finish, self.bounds.finish, self.problem.project.start)
