"""Building a schedule anew in the order of its starts, then pushing it right and left."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.model import DAY, Placement
from imsgen.solver._kernel import Kernel
from imsgen.solver.clock import PLACES_PER_UNIT, Clock
from imsgen.solver.improve import Incumbent, justified, left_shifted
from imsgen.solver.objective import measure
from imsgen.solver.population import places_per_unit
from imsgen.solver.problem import Problem
from imsgen.solver.replay import replayed
from imsgen.solver.serial import Serial
from imsgen.solver.tables import Tables, tables_of

_ROUNDS = 3
"""How often a schedule is pushed right and left at most."""


class Compactor:
    """Closes the gaps of schedules: with the kernel, or where it cannot express the plan without."""

    def __init__(self, problem: Problem, clock: Clock, finish: int) -> None:
        self.problem = problem
        self.clock = clock
        self._horizon = finish + (finish - problem.release) + 14 * DAY
        self._serial: Serial | None = None
        self._modes: list[int] = []
        self._tables: Tables | None = None
        self._kernel: Kernel | None = None

    def closed(self, places: list[Placement]) -> Incumbent | None:
        """Return the schedule an order of starts makes; None: it makes none.

        Without the kernel that is no worse than the places, if they keep every rule.
        """
        found = Incumbent(places, measure(self.problem, places), _starts(places))
        return self._by_kernel(found) if self._expressed(places) else self._by_serial(found)

    def _expressed(self, places: Sequence[Placement]) -> bool:
        modes = [place.mode for place in places]
        if modes != self._modes:
            self._modes = modes
            self._tables = tables_of(self.problem, self._horizon, modes)
            self._kernel = None if self._tables is None else Kernel(self._tables.arrays)
        return self._kernel is not None

    def _by_kernel(self, found: Incumbent) -> Incumbent | None:
        kernel, tables = self._kernel, self._tables
        if kernel is None or tables is None:
            raise AssertionError(self._modes)
        before = kernel.spent
        worth = kernel.improve(tables.order(found.keys), _ROUNDS)
        self.clock.spent += (kernel.spent - before) / places_per_unit(tables.arrays)
        if worth is None:
            return None
        placed = tables.placements(kernel.places())
        return Incumbent(placed, measure(self.problem, placed), _starts(placed))

    def _by_serial(self, found: Incumbent) -> Incumbent | None:
        if self._serial is None:
            self._serial = Serial(self.problem)
        given = {job.id: place for job, place in zip(self.problem.jobs, found.places, strict=True)}
        before = self._serial.spent
        self._serial.spent += len(given)
        if isinstance(replayed(self.problem, given), str):
            return None
        closed = left_shifted(self.problem, self._serial, found)
        closed = justified(self.problem, self._serial, closed)
        self.clock.spent += (self._serial.spent - before) / PLACES_PER_UNIT
        return Incumbent(closed.places, closed.score, _starts(closed.places))


def _starts(places: Sequence[Placement]) -> list[float]:
    return [float(place.start) for place in places]
