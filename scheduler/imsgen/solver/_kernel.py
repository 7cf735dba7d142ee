"""The hot loop: schedules on calendars from an order of jobs, pushed right and built again.

One source, two builds: ``_kernel.pxd`` gives the names below C types where a compiler was at hand;
everywhere else this file runs as it stands, with the same results. It imports nothing but its
twin and the standard library. What a job, a view or an arc is, says :mod:`imsgen.solver.arrays`.

A position is a count of working minutes on a job's calendar, as ``C(t)`` in the rules. So a
job occupies ``[x, x + duration)`` whatever pauses lie between, windows are ranges of ``x``, and a
link between jobs of one calendar is a constant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imsgen.solver._board import ints
from imsgen.solver._ties import Ties

if TYPE_CHECKING:
    from imsgen.solver.arrays import Arrays

_C = not __file__.endswith(".py")
_DIGITS = 256
_GRAFTS = 4
"""One child in so many has its middle in the father's order, the others a block of the father's."""
_FAITHFUL = 40
"""One in so many jobs of a child goes any of its ways."""


class Kernel(Ties):
    """Builds schedules of one problem; ``spent`` counts the jobs it placed.

    An order lists one row of every job: when its turn comes, and which way it goes.
    """

    def __init__(self, arrays: Arrays, seed: int = 1) -> None:
        super().__init__(arrays)
        n = self.n
        self.spent = 0
        self.state = seed % 2147483646 + 1
        self.dr, self.dv = ints(arrays.due_row), ints(arrays.due_view)
        self.dd, self.dw = ints(arrays.due_count), ints(arrays.due_weight)
        self.go, self.gm = ints(arrays.group_of), ints(arrays.group_member)
        self.gd, self.gw = ints(arrays.group_due), ints(arrays.group_weight)
        self.gf = ints(arrays.group_floor)
        self.counts, self.overdue = ints(arrays.counts), arrays.overdue
        self.bx, self.bs, self.bf = ints([0] * n), ints([0] * n), ints([0] * n)
        self.order = ints([0] * n)
        self.stack, self.cursor, self.done = ints([0] * n), ints([0] * n), ints([0] * n)
        self.key, self.digits = ints([0] * n), ints([0] * _DIGITS)
        self.late, self.finish, self.early = 0, 0, 0

    # -- the public face ---------------------------------------------------------------------

    def improve(self, order: list[int], rounds: int) -> tuple[int, int, int] | None:
        """Build a schedule in an order and push it right and left while that helps.

        Returns its tardiness, finish and sum of starts; None: some job found no place.
        """
        self._load(order, self.order)
        if not self._improve(rounds):
            return None
        return self.late, self.finish, self.early

    def justified(self, order: list[int]) -> bool:
        """Build a schedule in an order and push it right; False: some job found no place."""
        self._load(order, self.order)
        self._go(self.order)
        self._bind()
        self._arrange(self.order, 1)
        if not self._onward():
            return False
        self._sort(1)
        self._arrange(self.order, 0)
        return bool(self._onback(self._finish()))

    def sequence(self) -> list[int]:
        """Return the rows of the schedule just improved by start."""
        return [self.row[self.order[i]] for i in range(self.n)]

    def places(self) -> list[tuple[int, int, int]]:
        """Return start and finish of every job, in instants, and which of its ways it goes."""
        return [(self.ws[j], self.wf[j], self.row[j] - self.wo[j]) for j in range(self.n)]

    def child(self, mother: list[int], father: list[int]) -> list[int]:
        """Return an order from two: the mother's, with a block of the father's in its place.

        Or with both ends of the mother's and the middle, a quarter to three quarters, in the
        father's order. Now and then two neighbours are swapped, and a job goes another way.
        """
        self._load(mother, self.order)
        self._load(father, self.work)
        self._mix()
        if self.several:
            self._stray(self.stack)
        return [self.stack[i] for i in range(self.n)]

    def _load(self, values: list[int], target: list[int]) -> None:
        """Copy an order; what is no permutation would write outside the arrays."""
        n = self.n
        if len(values) != n:
            raise ValueError(f"an order of {len(values)} jobs, expected {n}")
        for i in range(n):
            self.done[i] = 0
        for i in range(n):
            r = values[i]
            if r < 0 or r >= self.rows + n or self.done[self.wj[r]]:
                raise ValueError(f"the job of row {r} is unknown or there twice")
            self.done[self.wj[r]] = 1
            target[i] = r

    def _improve(self, rounds: int) -> int:
        """Improve the order in ``order``; leave the schedule, its worth and its jobs by start."""
        if not self._begin():
            return 0
        self._push(rounds)
        return 1

    def _begin(self) -> int:
        """Build a schedule in the order in ``order`` and measure it; 0: there is none."""
        self._go(self.order)
        self._arrange(self.order, 1)
        self.spent += self.n
        built = self._onward()
        self.spent += self.tried
        if built:
            self._measure()
            self._keep()
        return built

    def _push(self, rounds: int) -> None:
        """Push the schedule right and left while that makes it shorter, at most so often."""
        for _ in range(rounds):
            late, finish, early = self.late, self.finish, self.early
            better = 0
            if self._again(finish):
                self._measure()
                better = self._compare(late, finish, early)
            if better == 0:
                self.late, self.finish, self.early = late, finish, early
                break
            self._keep()
            if better == 1:
                break
        self._restore()
        self._sort(0)

    def _again(self, finish: int) -> int:
        """Push all jobs right, then build anew in the order they stand in."""
        self._sort(1)
        self._arrange(self.order, 0)
        self.spent += 2 * self.n
        built = self._onback(finish)
        self.spent += self.tried
        if not built:
            return 0
        self._sort(0)
        self._arrange(self.order, 1)
        built = self._onward()
        self.spent += self.tried
        return built

    def _compare(self, late: int, finish: int, early: int) -> int:
        """Return 2 for a schedule less late or shorter than another, 1: earlier, 0: no better."""
        if self.late != late:
            return 2 if self.late < late else 0
        if self.finish != finish:
            return 2 if self.finish < finish else 0
        return 1 if self.early < early else 0

    # -- orders ------------------------------------------------------------------------------

    def _random(self, below: int) -> int:
        self.state = self.state * 48271 % 2147483647
        return self.state % below

    def _mix(self) -> None:
        """Write a child of ``order`` and ``work`` to ``stack``."""
        n, child, done = self.n, self.stack, self.done
        for i in range(n):
            done[i] = 0
        if self._random(_GRAFTS) == 0:
            self._reorder()
        else:
            self._graft()
        for i in range(n - 1):
            if self._random(20) == 0:
                child[i], child[i + 1] = child[i + 1], child[i]

    def _reorder(self) -> None:
        """Take both ends as the mother has them, the middle in the father's order."""
        n, mother, father, child, done = self.n, self.order, self.work, self.stack, self.done
        job = self.wj
        length = n // 4 + self._random(n // 2 + 1)
        first = self._random(n - length + 1)
        for i in range(first):
            child[i] = mother[i]
            done[job[mother[i]]] = 1
        k, i = first, 0
        while k < first + length:
            if not done[job[father[i]]]:
                child[k] = father[i]
                done[job[father[i]]] = 1
                k += 1
            i += 1
        for i in range(n):
            if not done[job[mother[i]]]:
                child[k] = mother[i]
                k += 1

    def _graft(self) -> None:
        """Take a block of the father's, jobs that go together well, the rest as the mother."""
        n, mother, father, child, done = self.n, self.order, self.work, self.stack, self.done
        job = self.wj
        length = 1 + self._random(n // 3 + 1)
        first = self._random(n - length + 1)
        for i in range(first, first + length):
            child[i] = father[i]
            done[job[father[i]]] = 1
        k = 0 if first else length
        for i in range(n):
            if not done[job[mother[i]]]:
                child[k] = mother[i]
                k += 1
                if k == first:
                    k += length

    def _stray(self, child: list[int]) -> None:
        """Let one in some jobs with several ways go any of them, or what finishes first."""
        for i in range(self.n):
            j = self.wj[child[i]]
            first = self.wo[j]
            if self.wo[j + 1] - first > 1 and self._random(_FAITHFUL) == 0:
                k = self._random(2 * (self.wo[j + 1] - first))
                child[i] = first + k if first + k < self.wo[j + 1] else self.rows + j

    def _sort(self, by_finish: int) -> None:
        """Put the jobs in the order of their starts, or from the last finish to the first."""
        n, key, order = self.n, self.key, self.order
        times = self.wf if by_finish else self.ws
        least = most = times[0]
        for j in range(n):
            least, most = min(least, times[j]), max(most, times[j])
        for j in range(n):
            key[j] = times[j] - least
        if not _C:
            order[:] = sorted(range(n), key=key.__getitem__)
        else:
            self._radix(most - least)
        if by_finish:
            i, k = 0, n - 1
            while i < k:
                order[i], order[k] = order[k], order[i]
                i += 1
                k -= 1

    def _radix(self, most: int) -> None:
        """Sort by keys digit by digit: no comparison that might go either way."""
        n, key, order, digits, tmp = self.n, self.key, self.order, self.digits, self.stack
        for j in range(n):
            order[j] = j
        shift = 0
        while most >> shift:
            for i in range(_DIGITS):
                digits[i] = 0
            for j in range(n):
                digits[(key[j] >> shift) & (_DIGITS - 1)] += 1
            at = 0
            for i in range(_DIGITS):
                count = digits[i]
                digits[i] = at
                at += count
            for i in range(n):
                tmp[i] = order[i]
            for i in range(n):
                j = tmp[i]
                k = (key[j] >> shift) & (_DIGITS - 1)
                order[digits[k]] = j
                digits[k] += 1
            shift += 8

    def _arrange(self, order: list[int], forward: int) -> None:
        """Write the order to ``work`` so that what a job waits for comes first."""
        if self._arranged(order, forward):
            return
        n, done, stack, cursor = self.n, self.done, self.stack, self.cursor
        offsets = self.io if forward else self.oo
        filled = 0
        for j in range(n):
            done[j] = 0
            cursor[j] = offsets[j]
        for i in range(n):
            if done[order[i]]:
                continue
            top = 0
            stack[0] = order[i]
            while top >= 0:
                j = stack[top]
                k = cursor[j]
                if k == offsets[j + 1]:
                    top -= 1
                    if not done[j]:
                        done[j] = 1
                        self.work[filled] = j
                        filled += 1
                    continue
                cursor[j] = k + 1
                p = self.ap[k] if forward else self.asu[self.oe[k]]
                if not done[p]:
                    top += 1
                    stack[top] = p

    def _arranged(self, order: list[int], forward: int) -> int:
        """Copy an order to ``work`` while nothing in it comes before what it waits for."""
        n, done, work = self.n, self.done, self.work
        for j in range(n):
            done[j] = 0
        for i in range(n):
            j = order[i]
            if forward:
                for k in range(self.io[j], self.io[j + 1]):
                    if not done[self.ap[k]]:
                        return 0
            else:
                for k in range(self.oo[j], self.oo[j + 1]):
                    if not done[self.asu[self.oe[k]]]:
                        return 0
            done[j] = 1
            work[i] = j
        return 1

    # -- what it is worth --------------------------------------------------------------------

    def _measure(self) -> None:
        late, early = self.overdue, 0
        self.finish = self._finish()
        for i in range(len(self.dr)):
            r = self.dr[i]
            j = self.wj[r]
            if self.row[j] != r:
                continue
            over = self._rank(self.dv[i], self.wf[j]) - self.dd[i]
            if over > 0:
                late += over * self.dw[i]
        for g in range(len(self.gd)):
            last = self.gf[g]
            for i in range(self.go[g], self.go[g + 1]):
                last = max(last, self.wf[self.gm[i]])
            over = last - self.gd[g]
            if over > 0:
                late += over * self.gw[g]
        for j in range(self.n):
            if self.counts[j]:
                early += self.x[j]
        self.late, self.early = late, early

    def _keep(self) -> None:
        for j in range(self.n):
            self.bx[j], self.bs[j], self.bf[j] = self.x[j], self.ws[j], self.wf[j]

    def _restore(self) -> None:
        for j in range(self.n):
            self.x[j], self.ws[j], self.wf[j] = self.bx[j], self.bs[j], self.bf[j]
