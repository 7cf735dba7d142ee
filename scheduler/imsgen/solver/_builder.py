"""Where a job may stand after or before what stands already, and schedules in a given order.

One source, two builds, as :mod:`imsgen.solver._kernel`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imsgen.solver._board import OWN, ints
from imsgen.solver._joint import Joint

if TYPE_CHECKING:
    from imsgen.solver.arrays import Arrays

_ORDER = 16


class Builder(Joint):
    """The links and rooms of all jobs; builds schedules in the order in ``work``."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        first = arrays.rows_of[: arrays.jobs]
        self.jd = ints([arrays.due[row] for row in first])
        self.la = ints([arrays.room_first[row] for row in first])
        self.lb = ints([arrays.room_last[row] for row in first])
        self.al, self.ah = ints(arrays.room_low), ints(arrays.room_high)
        self.io, self.ap, self.asu = (
            ints(arrays.arcs_of),
            ints(arrays.arc_from),
            ints(arrays.arc_to),
        )
        pairs = arrays.pairs_of[: len(arrays.arc_to)]
        self.ak = ints([arrays.pair_kind[pair] for pair in pairs])
        self.aa = ints([arrays.pair_lag[pair] for pair in pairs])
        self.av = ints([arrays.pair_view[pair] for pair in pairs])
        self.oo, self.oe = ints(arrays.out_of), ints(arrays.out_arc)
        self.work = ints([0] * self.n)
        self.floor = arrays.floor

    # -- schedules ---------------------------------------------------------------------------

    def _empty(self) -> None:
        if self.joint:
            self._clear_joint()
        else:
            self._clear()

    def _put(self, j: int, at: int) -> None:
        self._stand(j, at)
        if self.joint:
            self._book_joint(j, at)
        else:
            self._book(j, at)

    def _forward(self) -> int:
        self._empty()
        for i in range(self.n):
            j = self.work[i]
            at = self._place(j, self._low(j))
            if at < 0:
                return 0
            self._put(j, at)
        return 1

    def _backward(self, finish: int) -> int:
        self._empty()
        for i in range(self.n):
            j = self.work[i]
            d = self.dur[j]
            at = self._rank(self.cal[j], finish) - d
            if self.jd[j] >= 0:
                at = min(at, max(self.x[j], self.jd[j] - d))
            at = self._place_back(j, min(at, self._high(j)))
            if at < 0:
                return 0
            self._put(j, at)
        return 1

    def _low(self, j: int) -> int:
        """Return the first position after what the job waits for."""
        low = self.jl[j]
        self.hint = 0
        for e in range(self.io[j], self.io[j + 1]):
            p, k = self.ap[e], self.ak[e]
            if k == 0:
                bound = self.x[p] + self.aa[e]
            elif k == _ORDER:
                continue
            else:
                t = self._shift(self.av[e], self.wf[p] if k & 1 else self.ws[p], self.aa[e])
                bound = self._rank(self.cal[j], t)
                if k & 2:
                    bound -= self.dur[j]
            if bound >= low:
                low = bound
                self.hint = self.fn[p]
        return low

    def _high(self, j: int) -> int:
        """Return the last position before what waits for the job."""
        high = self.jh[j]
        self.hint = self.last
        for i in range(self.oo[j], self.oo[j + 1]):
            e = self.oe[i]
            s, k, lag, v = self.asu[e], self.ak[e], self.aa[e], self.av[e]
            if k == 0:
                bound = self.x[s] - lag
            elif k == _ORDER:
                continue
            else:
                bound = self._latest(j, s, k, lag, v)
            if bound <= high:
                high = bound
                self.hint = self.sn[s]
        return high

    def _latest(self, j: int, s: int, k: int, lag: int, v: int) -> int:
        """Return the last position before a job that stands, by a link from one calendar on."""
        t = self._sigma(self.cal[s], self.x[s] + (self.dur[s] if k & 2 else 0))
        if lag > 0:
            w = self._rank(v, t) - lag
            if w < 0:
                return -1
            t = self._sigma(v, w)
        elif lag < 0:
            t = self._sigma(v, self._rank(v, t + 1) - 1 - lag)
        if k & 1:
            return self._rank(self.cal[j], t) - self.dur[j]
        return self._rank(self.cal[j], t + 1) - 1

    def _place(self, j: int, at: int) -> int:
        """Return the first position from ``at`` on that rooms and resources allow; -1: none."""
        if self.joint:
            return self._place_joint(j, at)
        d = self.dur[j]
        while True:
            if self.la[j] < self.lb[j]:
                i = self._room(j, at)
                if i == self.lb[j]:
                    return -1
                at = max(at, self.al[i])
            before = at
            for k in range(self.no[j], self.ne[j]):
                if self.nv[k] == OWN:
                    at = self._fit(self.nr[k], at, d, self.nq[k])
                else:
                    at = self._fit_view(k, j, at)
                if at > self.jh[j]:
                    return -1
            if at > self.jh[j]:
                return -1
            if at == before:
                return at

    def _place_back(self, j: int, at: int) -> int:
        """Return the last position up to ``at`` that rooms and resources allow; -1: none."""
        if self.joint:
            return self._place_joint_back(j, at)
        d = self.dur[j]
        while True:
            if self.la[j] < self.lb[j]:
                i = self._room(j, at)
                if i == self.lb[j] or self.al[i] > at:
                    if i == self.la[j]:
                        return -1
                    at = self.ah[i - 1]
            before = at
            for k in range(self.no[j], self.ne[j]):
                if at < self.jl[j]:
                    return -1
                if self.nv[k] == OWN:
                    at = self._fit_back(self.nr[k], at, d, self.nq[k])
                else:
                    at = self._fit_view_back(k, j, at)
            if at < self.jl[j]:
                return -1
            if at == before:
                return at

    def _place_joint(self, j: int, at: int) -> int:
        """As ``_place``, where all resources share a chain of steps."""
        d, q = self.dur[j], self.jq[j]
        while True:
            if self.la[j] < self.lb[j]:
                i = self._room(j, at)
                if i == self.lb[j]:
                    return -1
                at = max(at, self.al[i])
            before = at
            if q:
                at = self._fit_joint(at, d, q)
            if at > self.jh[j]:
                return -1
            if at == before or self.la[j] >= self.lb[j]:
                return at

    def _place_joint_back(self, j: int, at: int) -> int:
        d, q = self.dur[j], self.jq[j]
        while True:
            if self.la[j] < self.lb[j]:
                i = self._room(j, at)
                if i == self.lb[j] or self.al[i] > at:
                    if i == self.la[j]:
                        return -1
                    at = self.ah[i - 1]
            if at < self.jl[j]:
                return -1
            before = at
            if q:
                at = self._fit_joint_back(at, d, q)
            if at < self.jl[j]:
                return -1
            if at == before or self.la[j] >= self.lb[j]:
                return at

    def _room(self, j: int, at: int) -> int:
        """Return the first room of a job that ends at or after a position."""
        low, high = self.la[j], self.lb[j]
        while low < high:
            mid = (low + high) >> 1
            if self.ah[mid] < at:
                low = mid + 1
            else:
                high = mid
        return low

    def _finish(self) -> int:
        finish = self.floor
        for j in range(self.n):
            finish = max(finish, self.wf[j])
        return finish
