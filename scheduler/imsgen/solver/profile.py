"""What is free of a resource along an axis: a step function, and the axes resources have."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

NEVER = 1 << 60
"""Later than every position."""


class Profile:
    """Free units as a step function; ``[positions[i], positions[i+1])`` has ``free[i]``."""

    __slots__ = ("free", "positions")

    def __init__(self, steps: Sequence[tuple[int, int]]) -> None:
        """Start from ``(position, units)`` steps, sorted; the first reaches back for ever."""
        self.positions = [position for position, _ in steps]
        self.free = [units for _, units in steps]
        self.positions[0] = -NEVER

    def conflict(self, first: int, last: int, units: int) -> int | None:
        """Return where the last stretch in ``[first, last)`` with too little free ends, or None.

        A later use cannot begin before that position: it would still cover the stretch.
        """
        positions, free = self.positions, self.free
        i = bisect_left(positions, last) - 1
        stop = bisect_right(positions, first) - 1
        while i >= stop:
            if free[i] < units:
                return positions[i + 1] if i + 1 < len(positions) else NEVER
            i -= 1
        return None

    def early_conflict(self, first: int, last: int, units: int) -> int | None:
        """Return where the first stretch in ``[first, last)`` with too little free begins."""
        positions, free = self.positions, self.free
        i = bisect_right(positions, first) - 1
        stop = bisect_left(positions, last)
        while i < stop:
            if free[i] < units:
                return positions[i]
            i += 1
        return None

    def take(self, first: int, last: int, units: int) -> None:
        """Use units in ``[first, last)``; negative units give them back."""
        if first >= last:
            return
        i = self._split(first)
        j = self._split(last)
        for k in range(i, j):
            self.free[k] -= units

    def _split(self, position: int) -> int:
        i = bisect_left(self.positions, position)
        if i == len(self.positions) or self.positions[i] != position:
            self.positions.insert(i, position)
            self.free.insert(i, self.free[i - 1])
        return i
