"""Hammocks that hold a resource: from one event of the schedule to another, known at its end.

A schedule is built without them first. Where they then hold more than there is, what they hold is
taken before the next one is built. One source, two builds, as :mod:`imsgen.solver._kernel`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imsgen.solver._board import ints
from imsgen.solver._ways import Ways

if TYPE_CHECKING:
    from imsgen.solver.arrays import Arrays


class Holds(Ways):
    """What hammocks hold, and what of it is taken before a schedule is built."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        self.holds = len(arrays.hold_resource)
        self.hr, self.hq = ints(arrays.hold_resource), ints(arrays.hold_units)
        self.hl, self.hb, self.he = (
            ints(arrays.hold_since),
            ints(arrays.hold_begin),
            ints(arrays.hold_end),
        )
        self.om, self.oj = ints(arrays.moments_of), ints(arrays.moment_job)
        self.ok, self.os = ints(arrays.moment_last), ints(arrays.moment_at)
        self.hs, self.hf = ints([0] * self.holds), ints([0] * self.holds)

    def _give_back(self) -> None:
        """Take nothing beforehand."""
        for h in range(self.holds):
            self.hs[h] = self.hf[h] = 0

    def _reserve(self) -> None:
        for h in range(self.holds):
            if self.hs[h] < self.hf[h]:
                self._take(self.hr[h], self.hs[h], self.hf[h], self.hq[h])

    def _overheld(self) -> int:
        """Whether hammocks hold more than there is: 2, then it is reserved; 1: it was already."""
        changed = 0
        for h in range(self.holds):
            if self.hs[h] < self.hf[h]:
                self._take(self.hr[h], self.hs[h], self.hf[h], -self.hq[h])
        for h in range(self.holds):
            begin = max(self._moment(self.hb[h]), self.hl[h])
            end = max(begin, self._moment(self.he[h]))
            if begin != self.hs[h] or end != self.hf[h]:
                changed = 1
            self.hs[h], self.hf[h] = begin, end
        self._reserve()
        for h in range(self.holds):
            r = self.hr[h]
            end = self.base[r] + self.ln[r]
            for i in range(self.base[r], end):
                meets = self.tt[i] < self.hf[h] and (i + 1 == end or self.tt[i + 1] > self.hs[h])
                if meets and self.ff[i] < 0:
                    return 1 + changed
        return 0

    def _moment(self, v: int) -> int:
        """Return when an event happens: the first start, or the last finish, of some jobs."""
        found = self.os[v]
        for i in range(self.om[v], self.om[v + 1]):
            j = self.oj[i]
            found = max(found, self.wf[j]) if self.ok[v] else min(found, self.ws[j])
        return found
