"""What an answer is worth: the schedule built anew in the order of its starts, without gaps."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.model import DAY, Placement
from imsgen.solver._kernel import Kernel
from imsgen.solver.clock import PLACES_PER_UNIT, Clock
from imsgen.solver.improve import Incumbent
from imsgen.solver.objective import measure
from imsgen.solver.population import places_per_unit
from imsgen.solver.problem import Problem
from imsgen.solver.replay import replayed
from imsgen.solver.tables import tables_of

_ROUNDS = 3
"""How often a schedule is pushed right and left at most."""


class Compactor:
    """Makes schedules of answers, with the kernel; the rules are checked where it does not help."""

    def __init__(self, problem: Problem, clock: Clock, finish: int) -> None:
        self.problem = problem
        self.clock = clock
        horizon = finish + (finish - problem.release) + 14 * DAY
        self._tables = tables_of(problem, horizon, [0] * len(problem.jobs))
        self._kernel = None if self._tables is None else Kernel(self._tables.arrays)

    def better(self, places: list[Placement], best: Incumbent) -> Incumbent | None:
        """Return a schedule better than the best from places for all jobs; None: there is none.

        Built anew in the order of their starts they are usually better still. With maximal lags,
        holds or calendars that order may lead elsewhere: then they stand as they are, if they do.
        """
        found = self._built(places)
        if found is not None and found.score < best.score:
            return found
        score = measure(self.problem, places)
        if score >= best.score:
            return None
        self.clock.spent += len(places) / PLACES_PER_UNIT
        given = {job.id: place for job, place in zip(self.problem.jobs, places, strict=True)}
        if isinstance(replayed(self.problem, given), str):
            return None
        return Incumbent(places, score, _starts(places))

    def _built(self, places: Sequence[Placement]) -> Incumbent | None:
        if self._tables is None or self._kernel is None:
            return None
        tables, kernel = self._tables.in_modes([place.mode for place in places]), self._kernel
        before = kernel.spent
        worth = kernel.improve(tables.order(_starts(places)), _ROUNDS)
        self.clock.spent += (kernel.spent - before) / places_per_unit(tables.arrays)
        if worth is None:
            return None
        placed = tables.placements(kernel.places())
        return Incumbent(placed, measure(self.problem, placed), _starts(placed))


def _starts(places: Sequence[Placement]) -> list[float]:
    return [float(place.start) for place in places]
