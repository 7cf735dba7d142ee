"""The search by windows: as a member of the portfolio, from the best schedule to a better one.

Every cut through a schedule is a chance of its own to shorten it. Left of the cut a window of
jobs is free; what starts before the window stands, what starts after the cut stands where it
would in a schedule that is better by a step. If the window fits between, the whole is better.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from imsgen.model import Placement
from imsgen.solver.clock import PLACES_PER_UNIT, Clock
from imsgen.solver.improve import Incumbent
from imsgen.solver.problem import Problem
from imsgen.solver.windows.aims import Aim, finish_by, missed, sooner
from imsgen.solver.windows.compact import Compactor
from imsgen.solver.windows.neighbours import neighbours_of
from imsgen.solver.windows.sides import Sides

_QUESTION = 0.03
"""Most units of the solver for one window."""
_LEAST, _MOST = 60, 900
"""Jobs in a window to begin with, and at most."""
_FIRST_STEP = 400
"""The part of the plan's length that a schedule is to be better by at first, one in so many."""
_FINER = 8
"""How much smaller the step gets when no window fits."""
_LARGEST = 10_000
"""Activities of a plan whose late side is placed, in Python, within about a second."""


def obstacle(problem: Problem) -> str | None:
    """Return what windows cannot express, in a few words; None: everything."""
    return "more than 10,000 activities" if len(problem.jobs) > _LARGEST else None


def windowed(
    problem: Problem,
    early: Sequence[Placement],
    best: Incumbent,
    clock: Clock,
    *,
    effort: float,
    goal: tuple[int, int],
) -> Incumbent | None:
    """Return the best schedule found window by window; None: no better.

    It ends at a ``goal``, tardiness and finish, or where no window can be wider.
    """
    search = Windows(problem, best, clock, clock.spent + effort, goal)
    found = search.run()
    return found if found.score < best.score else None


class Windows:
    """Goes from schedule to better schedule."""

    def __init__(
        self, problem: Problem, best: Incumbent, clock: Clock, limit: float, goal: tuple[int, int]
    ) -> None:
        self.problem = problem
        self.best = best
        self.clock = clock
        self.limit = limit
        self.goal = goal
        self.neighbours = neighbours_of(problem)
        self.compactor = Compactor(problem, clock, best.score.finish)
        self.dice = random.Random(clock.settings.seed)  # noqa: S311 - a search, not a secret
        self.width = _LEAST
        self.step = max(1, self._length() // _FIRST_STEP)

    def run(self) -> Incumbent:
        """Return the best schedule found."""
        while not self._over():
            if self._sweep(self._aim()):
                continue
            if self.step > 1:
                self.step = self.step // _FINER
            elif self.width < min(_MOST, len(self.problem.jobs)):
                self.width = min(_MOST, self.width * 3 // 2)
                self.step = self._length() // _FIRST_STEP
            else:
                break
            self.step = max(1, self.step)
        return self.best

    def _over(self) -> bool:
        score = self.best.score
        return (
            self.clock.stopped()
            or self.clock.spent >= self.limit
            or (score.tardiness, score.finish) <= self.goal
        )

    def _length(self) -> int:
        return max(1, self.best.score.finish - self.problem.release)

    def _aim(self) -> Aim:
        late = missed(self.problem, self.best.places)
        if late and self.best.score.tardiness > self.goal[0]:
            return late[self.dice.randrange(len(late))]
        return sooner(self.problem, self.best.places, self.goal[1])

    def _sweep(self, aim: Aim) -> bool:
        """Try windows all over the schedule until one fits; False: none does."""
        places = self.best.places
        sides = Sides(self.problem, places, finish_by(self.problem, places, aim, self.step))
        self.clock.spent += len(places) / PLACES_PER_UNIT
        cuts = sides.cuts(self.width)
        self.dice.shuffle(cuts)
        for cut in cuts:
            if self._over():
                return True
            if self._fits(sides, cut):
                self.step *= 2
                return True
        return False

    def _fits(self, sides: Sides, cut: int) -> bool:
        """Whether the window left of a cut makes a better schedule."""
        from imsgen.solver.windows.question import ask

        window = sides.window(cut, self.width)
        answer = ask(self.problem, self.neighbours, window, self.clock, _QUESTION)
        return answer.places is not None and self._keep(answer.places)

    def _keep(self, places: list[Placement]) -> bool:
        """Keep what a schedule becomes without gaps, if it is better."""
        found = self.compactor.better(places, self.best)
        if found is None:
            return False
        self.best = found
        return True
