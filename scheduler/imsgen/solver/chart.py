"""What orders are made from and judged by, light enough to go to another process."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from imsgen.solver.arrays import Arrays

Choice = Sequence[int]
"""The row of every job of the kernel: which of its ways it goes, as orders list it."""
_WILD = 12
"""One in so many jobs leaves the rule by which its way is chosen."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The lists of the kernel without the plan they were written from.

    ``numbers`` are those of the kernel's jobs in the problem, ``options`` how many ways each has,
    ``choices`` the ways that schedules begin with: those that were asked for, then what each simple
    rule would take. ``origin`` is the instant that the kernel counts from.
    """

    arrays: Arrays
    numbers: Sequence[int]
    options: Sequence[int]
    choices: Sequence[Choice]
    origin: int

    def order(self, keys: Sequence[float], choice: Choice | None = None) -> list[int]:
        """Return an order by keys of all jobs, small ones first, in the first or given ways."""
        rows = self.choices[0] if choice is None else choice
        numbers = self.numbers
        jobs = sorted(range(len(numbers)), key=lambda one: (keys[numbers[one]], one))
        return [rows[one] for one in jobs]

    @property
    def quickest(self) -> Choice:
        """The choice in which every job goes the way that finishes first when its turn comes."""
        return self.choices[min(1, len(self.choices) - 1)]

    def drawn(self, dice: random.Random) -> Choice:
        """Return the ways of one of the rules, half the time the first, a few of them changed."""
        if len(self.choices) == 1:
            return self.choices[0]
        rule = max(0, dice.randrange(-len(self.choices), len(self.choices)))
        found = list(self.choices[rule])
        for i, count in enumerate(self.options):
            if count > 1 and dice.randrange(_WILD) == 0:
                found[i] = self.arrays.rows_of[i] + dice.randrange(count)
        return found
