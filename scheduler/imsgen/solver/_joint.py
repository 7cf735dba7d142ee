"""Bookings of all resources on one chain of steps, for plans whose resources share one axis.

What is free of every resource is packed into one number, so one subtraction tells whether a job
fits; and a step, once there, stays, so a job is looked for from where its neighbour ended instead
of by bisection. One source, two builds, as :mod:`imsgen.solver._kernel`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imsgen.solver._board import Board, ints, longs

if TYPE_CHECKING:
    from imsgen.solver.arrays import Arrays

_NEVER = 1 << 30


class Joint(Board):
    """A board that keeps one chain of steps where :mod:`imsgen.solver.packing` wrote one."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        n = self.n
        self.joint, self.guard = int(bool(arrays.chain_at)), arrays.guard
        self.hint, self.last, self.nodes = 0, 0, 0
        rows = arrays.rows_of[: n if self.joint else 0]
        self.jq = longs([arrays.words[row] for row in rows])
        self.sn, self.fn = ints([0] * n), ints([0] * n)
        self.first_steps = len(arrays.chain_at)
        self.bt, self.bw = ints(arrays.chain_at), longs(arrays.chain_word)
        size = self.first_steps + 2 * n + 2
        self.nt, self.nf = ints([0] * size), longs([0] * size)
        self.nn, self.np = ints([0] * size), ints([0] * size)

    def _clear_joint(self) -> None:
        count = self.first_steps
        for i in range(count):
            self.nt[i], self.nf[i] = self.bt[i], self.bw[i]
            self.nn[i], self.np[i] = i + 1, i - 1
        self.nn[count - 1] = -1
        self.nodes, self.hint, self.last = count, 0, count - 1

    def _seek(self, i: int, t: int) -> int:
        """Return the step that holds a position, on foot from another."""
        while self.nt[i] > t and self.np[i] >= 0:
            i = self.np[i]
        while True:
            k = self.nn[i]
            if k < 0 or self.nt[k] > t:
                return i
            i = k

    def _fit_joint(self, at: int, d: int, q: int) -> int:
        """As ``_fit``, for all needs of a job; its step stays in ``hint``."""
        first = i = self._seek(self.hint, at)
        while True:
            if (self.nf[i] - q) & self.guard != self.guard:
                first = i = self.nn[i]
                if i < 0:
                    return _NEVER
                at = self.nt[i]
                continue
            k = self.nn[i]
            if k < 0 or self.nt[k] >= at + d:
                self.hint = first
                return at
            i = k

    def _fit_joint_back(self, at: int, d: int, q: int) -> int:
        stop = at + d
        i = self._seek(self.hint, stop - 1)
        while True:
            if (self.nf[i] - q) & self.guard != self.guard:
                stop = self.nt[i]
                i = self.np[i]
                if i < 0:
                    return -1
                continue
            k = self.np[i]
            if k < 0 or self.nt[i] <= stop - d:
                self.hint = i
                return stop - d
            i = k

    def _book_joint(self, j: int, at: int) -> None:
        """Take what a job needs from the step in ``hint`` on."""
        q, d = self.jq[j], self.dur[j]
        if not q:
            self.sn[j] = self.fn[j] = self.hint
            return
        i = self._cut(self._seek(self.hint, at), at)
        self.sn[j] = i
        while True:
            k = self.nn[i]
            if k < 0 or self.nt[k] > at + d:
                k = self._cut(i, at + d)
            self.nf[i] -= q
            if self.nt[k] == at + d:
                break
            i = k
        self.fn[j] = k

    def _cut(self, i: int, t: int) -> int:
        """Return the step that begins at a position inside a step, or at its begin."""
        if self.nt[i] == t:
            return i
        k, after = self.nodes, self.nn[i]
        self.nodes = k + 1
        self.nt[k], self.nf[k] = t, self.nf[i]
        self.nn[k], self.np[k] = after, i
        self.nn[i] = k
        if after >= 0:
            self.np[after] = k
        else:
            self.last = k
        return k
