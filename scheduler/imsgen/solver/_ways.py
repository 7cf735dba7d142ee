"""Jobs that can be done in several ways: the way each goes is chosen before a schedule is built.

One source, two builds, as :mod:`imsgen.solver._kernel`. What a job is in its present way stands
where the builder looks for it, so that a plan without choices pays nothing for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imsgen.solver._board import ints, longs
from imsgen.solver._builder import Builder

if TYPE_CHECKING:
    from imsgen.solver.arrays import Arrays

_NEVER = 1 << 30


class Ways(Builder):
    """The rows of all jobs; an order lists rows, each job once in one of its ways.

    ``rows + j`` in an order lists job ``j`` in whichever way finishes first when its turn comes.
    """

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        self.rows = len(arrays.duration)
        self.wo = ints(arrays.rows_of)
        self.wj = ints([0] * (self.rows + self.n))
        for j in range(self.n):
            for r in range(self.wo[j], self.wo[j + 1]):
                self.wj[r] = j
            self.wj[self.rows + j] = j
        self.wcal, self.wdur = ints(arrays.calendar), ints(arrays.duration)
        self.wl, self.wh, self.wd = ints(arrays.low), ints(arrays.high), ints(arrays.due)
        self.wa, self.wb = ints(arrays.room_first), ints(arrays.room_last)
        self.wn, self.wq = ints(arrays.needs_of), longs(arrays.words)
        self.po, self.pk = ints(arrays.pairs_of), ints(arrays.pair_kind)
        self.pl, self.pv = ints(arrays.pair_lag), ints(arrays.pair_view)
        self.several, self.loose = int(self.rows > self.n), 0
        self.free = ints([0] * self.n)
        self.tried = 0

    def _go(self, rows: list[int]) -> None:
        """Let every job go the way an order lists, and make the order one of jobs."""
        self.loose = 0
        for i in range(self.n):
            r = rows[i]
            j = rows[i] = self.wj[r]
            if r >= self.rows:
                self.free[j] = 1
                self.loose += 1
            elif self.row[j] != r:
                self._choose(j, r)

    def _settle(self) -> int:
        """Build as ``_forward``, with every free job in the way that finishes first."""
        self._empty()
        for i in range(self.n):
            j = self.work[i]
            at = self._first(j) if self.free[j] else self._place(j, self._low(j))
            if at < 0:
                self._bind()
                return 0
            self._put(j, at)
        self._bind()
        return 1

    def _bind(self) -> None:
        """Let every job keep the way it has."""
        for j in range(self.n):
            self.free[j] = 0
        self.loose = 0

    def _first(self, j: int) -> int:
        """Let a job go the way that finishes first; return its position, -1: there is none."""
        best, where, soonest = -1, -1, _NEVER
        for r in range(self.wo[j], self.wo[j + 1]):
            self._choose(j, r)
            at = self._place(j, self._low(j))
            self.tried += 1
            if at < 0:
                continue
            end = self._sigma(self.cal[j], at + self.dur[j] - 1)
            if end < soonest:
                best, where, soonest = r, at, end
        if best >= 0 and self.row[j] != best:
            self._choose(j, best)
        return where

    def _choose(self, j: int, r: int) -> None:
        """Let a job go one of its ways."""
        self.row[j] = r
        self.cal[j], self.dur[j] = self.wcal[r], self.wdur[r]
        self.jl[j], self.jh[j], self.jd[j] = self.wl[r], self.wh[r], self.wd[r]
        self.la[j], self.lb[j] = self.wa[r], self.wb[r]
        self.no[j], self.ne[j] = self.wn[r], self.wn[r + 1]
        if self.joint:
            self.jq[j] = self.wq[r]
        for e in range(self.io[j], self.io[j + 1]):
            self._pair(e)
        for i in range(self.oo[j], self.oo[j + 1]):
            self._pair(self.oe[i])

    def _pair(self, e: int) -> None:
        """Put what an arc is between the present ways of its jobs where the builder looks."""
        p, s = self.ap[e], self.asu[e]
        k = self.po[e] + (self.row[p] - self.wo[p]) * (self.wo[s + 1] - self.wo[s])
        k += self.row[s] - self.wo[s]
        self.ak[e], self.aa[e], self.av[e] = self.pk[k], self.pl[k], self.pv[k]
