"""What is booked while a schedule is built: resources along their axes, jobs where they stand.

One source, two builds, as :mod:`imsgen.solver._kernel`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from imsgen.solver.arrays import Arrays

_C = not __file__.endswith(".py")
_NEVER = 1 << 30
OWN, HELD = -1, -2
"""Views of a need: the resource runs on the job's own axis; it is held in wall-clock time."""


def compiled() -> bool:
    """Return whether this is the compiled build."""
    return bool(_C)


def ints(values: list[int]) -> list[int]:
    """Return a copy: a C array compiled, a list (faster there) in Python."""
    return cast("list[int]", array("i", values)) if _C else list(values)


def longs(values: list[int]) -> list[int]:
    """Return a copy of 64 bits each."""
    return cast("list[int]", array("q", values)) if _C else list(values)


def _insert(values: list[int], at: int, end: int, value: int) -> None:
    """Put a value into a list whose entries in use end at ``end``."""
    values[at : end + 1] = [value, *values[at:end]]


class Board:
    """The bookings of one schedule: free units as a step function along each resource's axis."""

    def __init__(self, arrays: Arrays) -> None:
        arrays.check()
        n = self.n = arrays.jobs
        self.resources = len(arrays.cells)
        first = arrays.rows_of[: arrays.jobs]
        self.row = ints(first)
        self.vo, self.vb = ints(arrays.view_of), ints(arrays.view_begin)
        self.ve, self.vc = ints(arrays.view_end), ints(arrays.view_count)
        self.cal = ints([arrays.calendar[row] for row in first])
        self.dur = ints([arrays.duration[row] for row in first])
        self.jl = ints([arrays.low[row] for row in first])
        self.jh = ints([arrays.high[row] for row in first])
        self.no = ints([arrays.needs_of[row] for row in first])
        self.ne = ints([arrays.needs_of[row + 1] for row in first])
        self.nr = ints(arrays.need_resource)
        self.nq, self.nv = ints(arrays.need_units), ints(arrays.need_view)
        self.ro, self.rt = ints(arrays.steps_of), ints(arrays.step_at)
        self.rf = ints(arrays.step_free)
        self.base, self.ln = ints([0] * (self.resources + 1)), ints([0] * self.resources)
        for r in range(self.resources):
            self.base[r + 1] = self.base[r] + arrays.cells[r]
        size = self.base[self.resources]
        self.tt, self.ff = ints([0] * size), ints([0] * size)
        self.x, self.ws, self.wf = ints([0] * n), ints([0] * n), ints([0] * n)

    def _clear(self) -> None:
        for r in range(self.resources):
            first = self.ro[r]
            self.ln[r] = self.ro[r + 1] - first
            for i in range(self.ln[r]):
                self.tt[self.base[r] + i] = self.rt[first + i]
                self.ff[self.base[r] + i] = self.rf[first + i]

    def _find(self, r: int, t: int) -> int:
        """Return the step of a resource that holds a position."""
        low = self.base[r]
        high = low + self.ln[r]
        if not _C:
            return bisect_right(self.tt, t, low, high) - 1
        while low < high:
            mid = (low + high) >> 1
            if self.tt[mid] <= t:
                low = mid + 1
            else:
                high = mid
        return low - 1

    def _fit(self, r: int, at: int, d: int, q: int) -> int:
        end = self.base[r] + self.ln[r]
        i = self._find(r, at)
        while True:
            if self.ff[i] < q:
                i += 1
                if i == end:
                    return _NEVER
                at = max(at, self.tt[i])
            elif i + 1 == end or self.tt[i + 1] >= at + d:
                return at
            else:
                i += 1

    def _fit_back(self, r: int, at: int, d: int, q: int) -> int:
        first, stop = self.base[r], at + d
        i = self._find(r, stop - 1)
        while True:
            if self.ff[i] < q:
                stop = self.tt[i]
                if i == first:
                    return -1
            elif i == first or self.tt[i] <= stop - d:
                return stop - d
            i -= 1

    def _fit_view(self, k: int, j: int, at: int) -> int:
        """As ``_fit``, in pieces or in wall-clock time."""
        r, q, v = self.nr[k], self.nq[k], self.nv[k]
        end = self.base[r] + self.ln[r]
        view = self.cal[j] if v == HELD else v
        while at <= self.jh[j]:
            i = self._short(k, j, at)
            if i < 0:
                return at
            while self.ff[i] < q:
                i += 1
                if i == end:
                    return _NEVER
            at = self._rank(view, self.tt[i])
        return at

    def _fit_view_back(self, k: int, j: int, at: int) -> int:
        r, q, d, v = self.nr[k], self.nq[k], self.dur[j], self.nv[k]
        view = self.cal[j] if v == HELD else v
        while at >= self.jl[j]:
            i = self._short(k, j, at)
            if i < 0:
                return at
            while self.ff[i] < q:
                if i == self.base[r]:
                    return -1
                i -= 1
            at = self._rank(view, self.tt[i + 1]) - d
        return at

    def _short(self, k: int, j: int, at: int) -> int:
        """Return the first step in which a need of a job finds too little; -1: none."""
        r, q, d, held = self.nr[k], self.nq[k], self.dur[j], self.nv[k] == HELD
        v = self.cal[j] if held else self.nv[k]
        end = self.base[r] + self.ln[r]
        p = self._piece(v, at)
        first = self.vb[p] + at - self.vc[p]
        i = self._find(r, first)
        while True:
            last = self._sigma(v, at + d - 1) + 1 if held else min(self.ve[p], first + d)
            while i + 1 < end and self.tt[i + 1] <= first:
                i += 1
            while True:
                if self.ff[i] < q:
                    return i
                if i + 1 == end or self.tt[i + 1] >= last:
                    break
                i += 1
            d -= last - first
            if held or d <= 0:
                return -1
            p += 1
            first = self.vb[p]

    def _stand(self, j: int, at: int) -> None:
        """Put a job at a position."""
        c, d = self.cal[j], self.dur[j]
        self.x[j] = at
        self.ws[j] = self.wf[j] = self._sigma(c, at)
        if d:
            self.wf[j] = self._sigma(c, at + d - 1) + 1

    def _book(self, j: int, at: int) -> None:
        """Take what a job needs at a position."""
        d = self.dur[j]
        for k in range(self.no[j], self.ne[j]):
            r, q, v = self.nr[k], self.nq[k], self.nv[k]
            if v == OWN:
                self._take(r, at, at + d, q)
            elif v == HELD:
                self._take(r, self.ws[j], self.wf[j], q)
            else:
                p, left = self._piece(v, at), d
                first = self.vb[p] + at - self.vc[p]
                while True:
                    last = min(self.ve[p], first + left)
                    self._take(r, first, last, q)
                    left -= last - first
                    if left <= 0:
                        break
                    p += 1
                    first = self.vb[p]

    def _take(self, r: int, first: int, last: int, q: int) -> None:
        i, j = self._split(r, first), self._split(r, last)
        for k in range(i, j):
            self.ff[k] -= q

    def _split(self, r: int, t: int) -> int:
        i = self._find(r, t)
        if self.tt[i] == t:
            return i
        i += 1
        end = self.base[r] + self.ln[r]
        self.ln[r] += 1
        if not _C:
            _insert(self.tt, i, end, t)
            _insert(self.ff, i, end, self.ff[i - 1])
            return i
        k = end
        while k > i:
            self.tt[k] = self.tt[k - 1]
            self.ff[k] = self.ff[k - 1]
            k -= 1
        self.tt[i] = t
        self.ff[i] = self.ff[i - 1]
        return i

    # -- axes --------------------------------------------------------------------------------

    def _piece(self, v: int, at: int) -> int:
        """Return the interval of a view that holds a position."""
        low, high = self.vo[v], self.vo[v + 1]
        if not _C:
            return max(low, bisect_right(self.vc, at, low, high) - 1)
        low += 1
        while low < high:
            mid = (low + high) >> 1
            if self.vc[mid] <= at:
                low = mid + 1
            else:
                high = mid
        return low - 1

    def _sigma(self, v: int, at: int) -> int:
        """Return where on the wider axis the working minute ``at`` starts."""
        p = self._piece(v, at)
        return self.vb[p] + at - self.vc[p]

    def _rank(self, v: int, t: int) -> int:
        """Return how many working minutes lie before a point of the wider axis."""
        first, high = self.vo[v], self.vo[v + 1]
        if not _C:
            low = bisect_right(self.vb, t, first, high)
        else:
            low = first
            while low < high:
                mid = (low + high) >> 1
                if self.vb[mid] <= t:
                    low = mid + 1
                else:
                    high = mid
        if low == first:
            return 0
        p = low - 1
        return self.vc[p] + min(t, self.ve[p]) - self.vb[p]

    def _shift(self, v: int, t: int, lag: int) -> int:
        """Return the instant ``lag`` working minutes after another."""
        if lag == 0:
            return t
        w = self._rank(v, t) + lag
        if lag > 0:
            return self._sigma(v, w - 1) + 1
        return self._sigma(v, max(w, 0))
