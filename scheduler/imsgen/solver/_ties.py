"""Schedules of plans with bounds that look back: maximal lags, the earliest of several, meetings.

A *tie* bounds a job by the latest or the earliest of several events: ``max_lag`` says how long
after the latest it may be, a link from the start of a group how long after the earliest it must
be. A *meeting* is a window whose occurrence several jobs share. When a job finds no place for
them, those it depends on are moved towards it and the schedule is built again, a few times; so it
is when hammocks hold too much.

One source, two builds, as :mod:`imsgen.solver._kernel`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imsgen.solver._board import ints
from imsgen.solver._holds import Holds

if TYPE_CHECKING:
    from imsgen.solver.arrays import Arrays

_NEVER = 1 << 30
_FROM_FINISH, _TO_FINISH, _UPPER = 1, 2, 4
"""Bits of a tie: its events are finishes; it bounds the finish; it does so from above."""
_OF_SUCCESSOR, _OF_PREDECESSOR = -1, -2
"""Whose calendar a lag runs on."""
_REPAIRS = 20
"""How often a schedule is begun anew."""


class Ties(Holds):
    """Builds as the plan needs it; ``tried`` counts the jobs placed beyond one schedule."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        n, entries = self.n, len(arrays.entry_job)
        self.eff = ints(arrays.effective)
        self.to, self.tk, self.tl = (
            ints(arrays.ties_of),
            ints(arrays.tie_kind),
            ints(arrays.tie_lag),
        )
        self.eo, self.ej = ints(arrays.entries_of), ints(arrays.entry_job)
        self.ei, self.ev = ints(arrays.entry_at), ints(arrays.entry_view)
        self.ts, self.et = ints([0] * len(arrays.tie_kind)), ints([0] * entries)
        leaving: list[list[int]] = [[] for _ in range(n)]
        for j in range(n):
            for t in range(self.to[j], self.to[j + 1]):
                self.ts[t] = j
                for e in range(self.eo[t], self.eo[t + 1]):
                    self.et[e] = t
                    if self.ej[e] >= 0:
                        leaving[self.ej[e]].append(e)
        self.lo = ints([0] * (n + 1))
        for j in range(n):
            self.lo[j + 1] = self.lo[j] + len(leaving[j])
        self.le = ints([e for found in leaving for e in found])
        self.holder = ints([0] * len(arrays.tie_kind))
        self.mo, self.mk = ints(arrays.meets_of), ints(arrays.meet_key)
        self.mf, self.mc = ints(arrays.meet_first), ints(arrays.meet_count)
        self.ml, self.mh = ints(arrays.meet_low), ints(arrays.meet_high)
        keys = len(arrays.meet_count)
        self.chosen, self.preset = ints([0] * keys), ints([0] * keys)
        self.moved, self.before = ints([0] * n), ints([0] * n)
        self.tied, self.again = int(bool(arrays.tie_kind or keys or self.holds)), 0

    def _onward(self) -> int:
        """Build a schedule in the order in ``work``; 0: some job found no place."""
        self.tried = 0
        if self.tied:
            return self._forward_tied()
        if self.loose:
            return self._settle()
        return self._forward()

    def _onback(self, finish: int) -> int:
        """Build the schedule from the end in the order in ``work``."""
        self.tried = 0
        if self.tied:
            return self._backward_tied(finish)
        return self._backward(finish)

    # -- forward -----------------------------------------------------------------------------

    def _forward_tied(self) -> int:
        for j in range(self.n):
            self.moved[j] = 0
        self._give_back()
        for key in range(len(self.mc)):
            self.preset[key] = -1
        self.again, repairs, done = 1, 0, 0
        while self.again and not done and repairs <= _REPAIRS:
            repairs += 1
            done = self._attempt()
        self._bind()
        return done

    def _attempt(self) -> int:
        """Build once, and note what to move when a job finds no place."""
        self._empty()
        self._reserve()
        self.again = 0
        for key in range(len(self.mc)):
            self.chosen[key] = self.preset[key]
        for i in range(self.n):
            j = self.work[i]
            self.tried += 1
            if self.free[j]:
                self._first(j)
            at = self._ahead(j)
            if at < 0:
                return 0
            self._put(j, at)
        return self._counted()

    def _counted(self) -> int:
        """Whether hammocks hold no more than there is; a schedule that stands is no attempt."""
        over = self._overheld()
        if over:
            self.again = over - 1
            return 0
        self.tried -= self.n
        return 1

    def _ahead(self, j: int) -> int:
        """Return the first position of a job after what stands; -1: none."""
        low = max(self._low(j), self.moved[j])
        for t in range(self.to[j], self.to[j + 1]):
            if not self.tk[t] & _UPPER:
                low = max(low, self._bounded(t, self._event(t)))
        for m in range(self.mo[self.row[j]], self.mo[self.row[j] + 1]):
            if self.chosen[self.mk[m]] >= 0:
                low = max(low, self.ml[self.mf[m] + self.chosen[self.mk[m]]])
        at = self._place(j, low)
        if not self._meets(j, at, 1) or at < 0:
            return -1
        fits = 1
        for t in range(self.to[j], self.to[j + 1]):
            if self.tk[t] & _UPPER and at > self._bounded(t, self._event(t)):
                fits = 0
                self._delay(t, at)
        if not fits:
            return -1
        self._join(j, at, 1)
        return at

    def _delay(self, t: int, at: int) -> None:
        """Have what a job follows too late begin later, so that it follows in time."""
        s, e, k = self.ts[t], self.holder[t], self.tk[t]
        p = self.ej[e]
        if p < 0:
            return
        if k & _TO_FINISH:
            event = self._sigma(self.cal[s], at + self.dur[s] - 1) + 1 if self.dur[s] else at
        else:
            event = self._sigma(self.cal[s], at)
        if self.tl[t]:
            v = self._lag_view(t, e)
            event = self._sigma(v, max(0, self._rank(v, event) - self.tl[t]))
        bound = self._rank(self.cal[p], event) - (self.dur[p] if k & _FROM_FINISH else 0)
        self.moved[p] = max(self.moved[p], bound, self.x[p] + 1)
        self.again = 1

    # -- backward ----------------------------------------------------------------------------

    def _backward_tied(self, finish: int) -> int:
        for j in range(self.n):
            self.moved[j], self.before[j] = _NEVER, self.x[j]
        self._give_back()
        for t in range(len(self.tk)):
            self._event(t)
        for key in range(len(self.mc)):
            self.preset[key] = -1
        self.again, repairs, done = 1, 0, 0
        while self.again and not done and repairs <= _REPAIRS:
            repairs += 1
            done = self._attempt_back(finish)
        return done

    def _attempt_back(self, finish: int) -> int:
        self._empty()
        self._reserve()
        self.again = 0
        for key in range(len(self.mc)):
            self.chosen[key] = self.preset[key]
        for i in range(self.n):
            j = self.work[i]
            self.tried += 1
            at = self._behind(j, finish)
            if at < 0:
                return 0
            self._put(j, at)
        return self._counted()

    def _behind(self, j: int, finish: int) -> int:
        """Return the last position of a job before what stands; -1: none.

        Of the events of a tie the one that counted in the schedule before goes on to count.
        """
        d, low = self.dur[j], 0
        at = min(self._rank(self.cal[j], finish) - d, self._high(j), self.moved[j])
        if self.jd[j] >= 0:
            at = min(at, max(self.before[j], self.jd[j] - d))
        for t in range(self.to[j], self.to[j + 1]):
            e = self.holder[t]
            if self.ej[e] < 0:
                bound = self._bounded(t, self._shifted(t, e))
                if self.tk[t] & _UPPER:
                    at = min(at, bound)
                else:
                    low = max(low, bound)
        for i in range(self.lo[j], self.lo[j + 1]):
            e = self.le[i]
            t = self.et[e]
            if self.holder[t] == e and not self.tk[t] & _UPPER:
                view = self._lag_view(t, e)
                at = min(at, self._latest(j, self.ts[t], self.tk[t], self.tl[t], view))
        for m in range(self.mo[self.row[j]], self.mo[self.row[j] + 1]):
            if self.chosen[self.mk[m]] >= 0:
                at = min(at, self.mh[self.mf[m] + self.chosen[self.mk[m]]])
        at = self._place_back(j, at)
        if not self._meets(j, at, -1) or at < low:
            return -1
        self._stand(j, at)
        return at if self._in_time(j) and self._join(j, at, -1) else -1

    def _in_time(self, j: int) -> int:
        """Whether what follows a job where it stands now does so in time; else hurry that."""
        fits = 1
        for i in range(self.lo[j], self.lo[j + 1]):
            e = self.le[i]
            t = self.et[e]
            if self.holder[t] == e and self.tk[t] & _UPPER:
                s, bound = self.ts[t], self._bounded(t, self._shifted(t, e))
                if self.x[s] > bound:
                    self.moved[s] = min(self.moved[s], bound)
                    self.again, fits = 1, 0
        return fits

    # -- ties --------------------------------------------------------------------------------

    def _lag_view(self, t: int, e: int) -> int:
        v = self.ev[e]
        if v == _OF_SUCCESSOR:
            v = self.eff[self.row[self.ts[t]]]
        elif v == _OF_PREDECESSOR:
            v = self.eff[self.row[self.ej[e]]]
        return v

    def _shifted(self, t: int, e: int) -> int:
        """Return the instant the lag of a tie leads to from one of its events."""
        p = self.ej[e]
        if p < 0:
            event = self.ei[e]
        elif self.tk[t] & _FROM_FINISH:
            event = self.wf[p]
        else:
            event = self.ws[p]
        return self._shift(self._lag_view(t, e), event, self.tl[t])

    def _event(self, t: int) -> int:
        """Return the instant a tie bounds its job by; the event that counts is its holder."""
        first = self.eo[t]
        found, self.holder[t] = self._shifted(t, first), first
        for e in range(first + 1, self.eo[t + 1]):
            other = self._shifted(t, e)
            if other > found if self.tk[t] & _UPPER else other < found:
                found, self.holder[t] = other, e
        return found

    def _bounded(self, t: int, instant: int) -> int:
        """Return the position an instant bounds the job of a tie to."""
        j, k = self.ts[t], self.tk[t]
        v, c = self.eff[self.row[j]], self.cal[j]
        if v != c and k & _UPPER:
            return self._sigma(v, self._rank(v, instant))
        return self._rank(c, instant) - (self.dur[j] if k & _TO_FINISH else 0)

    # -- meetings ----------------------------------------------------------------------------

    def _meets(self, j: int, at: int, step: int) -> int:
        """Whether a place lies in the occurrences chosen already; else choose the next ones."""
        for m in range(self.mo[self.row[j]], self.mo[self.row[j] + 1]):
            key = self.mk[m]
            i = self.chosen[key]
            if i < 0:
                continue
            if at < self.ml[self.mf[m] + i] or at > self.mh[self.mf[m] + i]:
                if 0 <= i + step < self.mc[key]:
                    self.preset[key] = i + step
                    self.again = 1
                return 0
        return 1

    def _join(self, j: int, at: int, step: int) -> int:
        """Choose the occurrences a place lies in for all that share them; 0: in none."""
        for m in range(self.mo[self.row[j]], self.mo[self.row[j] + 1]):
            key = self.mk[m]
            if self.chosen[key] >= 0:
                continue
            i = 0 if step > 0 else self.mc[key] - 1
            while 0 <= i < self.mc[key] and not (
                self.ml[self.mf[m] + i] <= at <= self.mh[self.mf[m] + i]
            ):
                i += step
            if i < 0 or i == self.mc[key]:
                return 0
            self.chosen[key] = i
        return 1
