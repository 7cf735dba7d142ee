"""Use of every resource along its axis, as step functions that stay as short as they can be."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from imsgen.solver.pool import Pool
from imsgen.solver.problem import Problem, Way
from imsgen.solver.profile import NEVER, Profile

Stretch = tuple[int, int]
"""``[first, last)`` on the axis of a resource."""


class Lean(Profile):
    """A profile that joins neighbours with the same value: moving jobs about leaves no traces."""

    __slots__ = ()

    def take(self, first: int, last: int, units: int) -> None:
        """Use units in ``[first, last)``; negative units give them back."""
        if first >= last:
            return
        super().take(first, last, units)
        self._join(last)
        self._join(first)

    def _join(self, position: int) -> None:
        i = self._split(position)
        if i > 0 and self.free[i] == self.free[i - 1]:
            del self.positions[i], self.free[i]

    def pieces(self, first: int, last: int) -> Iterable[tuple[int, int]]:
        """Yield length and value of each piece in ``[first, last)``."""
        positions, free = self.positions, self.free
        i = self.at(first)
        while first < last:
            end = positions[i + 1] if i + 1 < len(positions) else NEVER
            end = min(end, last)
            yield end - first, free[i]
            first, i = end, i + 1

    def at(self, position: int) -> int:
        """Return the index of the piece a position lies in."""
        return bisect_right(self.positions, position) - 1


class LeanPool(Pool):
    """Resources with their bookings, for jobs that are moved again and again."""

    def clear(self) -> None:
        """Forget every booking."""
        self.lean = {id_: Lean(steps) for id_, steps in self._steps.items()}
        self.profiles = dict(self.lean)


class Loads(Pool):
    """What is in use of each resource: its profile holds the use with a minus sign.

    One minute of an axis is one minute on the clock: the axis of a resource is the working time
    of its only calendar, or the clock.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.lean = {id_: Lean([(-NEVER, 0)]) for id_ in self._steps}

    def between(self, id_: str, way: Way, start: int, finish: int) -> Iterable[Stretch]:
        """Return where a way uses a resource while it works from start to finish."""
        own = self._axis[id_]
        if own is not None:
            return ((own.work_at(start), own.work_at(finish)),)
        return self._stretches(id_, way, start, finish)
