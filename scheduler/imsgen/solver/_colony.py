"""Orders that improve each other, generation after generation, without leaving compiled code.

One source, two builds, as :mod:`imsgen.solver._kernel`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imsgen.solver._board import ints, longs
from imsgen.solver._kernel import Kernel

if TYPE_CHECKING:
    from imsgen.solver.arrays import Arrays

_ROUNDS = 2
"""How often a child is pushed right and left."""
_RIVALS = 3
"""Of so many members drawn the worst makes room for a child."""
_PATIENCE = 10
"""So many children for each member of which none took part: the colony has settled."""


class Colony(Kernel):
    """At most ``size`` orders with what their schedules are worth.

    ``found`` tells whether there is any schedule, ``idle`` how many children in a row did not
    take part.
    """

    def __init__(self, arrays: Arrays, seed: int, size: int) -> None:
        super().__init__(arrays, seed)
        n = self.n
        self.size, self.members, self.idle, self.found = size, 0, 0, 0
        self.pool = ints([0] * (size * n))
        self.lates, self.finishes, self.earlies = (
            longs([0] * size),
            ints([0] * size),
            longs([0] * size),
        )
        self.top_late, self.top_finish, self.top_early = 0, 0, 0
        self.top_rows, self.top_starts, self.top_ends = ints([0] * n), ints([0] * n), ints([0] * n)

    # -- the public face ---------------------------------------------------------------------

    @property
    def settled(self) -> bool:
        """Whether nothing new is to be expected."""
        return bool(self.idle >= _PATIENCE * self.size)

    def best(self) -> tuple[int, int, int]:
        """Return the worth of the best schedule: its tardiness, finish and sum of starts."""
        return self.top_late, self.top_finish, self.top_early

    def best_order(self) -> list[int]:
        """Return the rows of the best schedule by start."""
        return [self.top_rows[i] for i in range(self.n)]

    def best_places(self) -> list[tuple[int, int, int]]:
        """Return start, finish and way of every job in the best schedule."""
        row = [0] * self.n
        for r in self.best_order():
            row[self.wj[r]] = r
        return [(self.top_starts[j], self.top_ends[j], row[j] - self.wo[j]) for j in range(self.n)]

    def offer(self, order: list[int]) -> bool:
        """Let an order take part; False: it gives no schedule, one that is known, or a worse."""
        self._load(order, self.order)
        return bool(self._begin() and self._admit())

    def forget(self) -> None:
        """Keep the best order only."""
        self.members, self.idle = 0, 0
        if self.found:
            self.members = 1
            for i in range(self.n):
                self.pool[i] = self.top_rows[i]
            self.lates[0], self.finishes[0], self.earlies[0] = (
                self.top_late,
                self.top_finish,
                self.top_early,
            )

    def breed(self, until: int, late: int, finish: int) -> None:
        """Let members have children; there must be some.

        It ends when so many jobs are placed, at a goal of tardiness and finish, or when the
        colony has settled.
        """
        while self.spent < until and self.idle < _PATIENCE * self.size:
            if self.top_late < late or (self.top_late == late and self.top_finish <= finish):
                return
            self._child()
            if self._begin() and not self._known() and self._admit():
                self.idle = 0
            else:
                self.idle += 1

    # -- members -----------------------------------------------------------------------------

    def _admit(self) -> int:
        """Push the schedule just begun right and left and let it take part; 0: it does not."""
        self._push(_ROUNDS)
        if not self.found or self._compare(self.top_late, self.top_finish, self.top_early):
            self._praise()
        if self._known():
            return 0
        at = self.members
        if at < self.size:
            self.members = at + 1
        else:
            at = self._worst()
            if self._compare(self.lates[at], self.finishes[at], self.earlies[at]) == 0:
                return 0
        for i in range(self.n):
            self.pool[at * self.n + i] = self.row[self.order[i]]
        self.lates[at], self.finishes[at], self.earlies[at] = self.late, self.finish, self.early
        return 1

    def _known(self) -> int:
        """Whether some member is worth the same: hardly ever another schedule."""
        for i in range(self.members):
            if (
                self.earlies[i] == self.early
                and self.finishes[i] == self.finish
                and self.lates[i] == self.late
            ):
                return 1
        return 0

    def _praise(self) -> None:
        """Keep the schedule as the best."""
        self.found = 1
        self.top_late, self.top_finish, self.top_early = self.late, self.finish, self.early
        for j in range(self.n):
            self.top_rows[j] = self.row[self.order[j]]
            self.top_starts[j], self.top_ends[j] = self.ws[j], self.wf[j]

    def _worst(self) -> int:
        worst = self._random(self.members)
        for _ in range(_RIVALS - 1):
            k = self._random(self.members)
            if self._beats(worst, k):
                worst = k
        return worst

    def _beats(self, i: int, k: int) -> int:
        if self.lates[i] != self.lates[k]:
            return 1 if self.lates[i] < self.lates[k] else 0
        if self.finishes[i] != self.finishes[k]:
            return 1 if self.finishes[i] < self.finishes[k] else 0
        return 1 if self.earlies[i] < self.earlies[k] else 0

    def _parent(self) -> int:
        one, two = self._random(self.members), self._random(self.members)
        return two if self._beats(two, one) else one

    # -- children ----------------------------------------------------------------------------

    def _child(self) -> None:
        """Write a child of two members to ``order``."""
        n, child = self.n, self.stack
        mother, father = self._parent(), self._parent()
        if mother == father:
            father = self._random(self.members)
        for i in range(n):
            self.order[i] = self.pool[mother * n + i]
            self.work[i] = self.pool[father * n + i]
        self._mix()
        if self.several:
            self._stray(child)
        for i in range(n):
            self.order[i] = child[i]
