"""Windows as activities meet them: lie within one occurrence, keep out of all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from imsgen.model import Instant, Window


class Occurrences:
    """The occurrences of one window, sorted for look-up."""

    __slots__ = ("_by_end", "_first", "_reach", "_spans")

    def __init__(self, window: Window) -> None:
        self._spans = sorted(window.occurrences)
        # Occurrences may overlap, so their ends need not be sorted; the furthest end so far is.
        self._reach = list(accumulate((end for _, end in self._spans), max))
        self._by_end = sorted(self._spans, key=lambda span: span[1])
        first = list(accumulate((begin for begin, _ in reversed(self._by_end)), min))
        self._first = first[::-1]
        """Beginning of the first of those that end here or later."""

    def __len__(self) -> int:
        return len(self._spans)

    def __getitem__(self, index: int) -> tuple[Instant, Instant]:
        return self._spans[index]

    def holding(self, start: int, finish: int) -> int | None:
        """Return the first occurrence that ``[start, finish]`` lies in."""
        for i in range(bisect_left(self._reach, finish), len(self._spans)):
            begin, end = self._spans[i]
            if begin > start:
                break
            if finish <= end:
                return i
        return None

    def not_before(self, start: int, finish: int) -> Instant | None:
        """Return from when something standing at ``[start, finish]`` may lie in an occurrence.

        That is ``start`` where it lies in one, else the beginning of the next that ends late
        enough, to be tried again since finishes move with starts. None: there is no such.
        """
        for i in range(bisect_left(self._reach, finish), len(self._spans)):
            begin, end = self._spans[i]
            if finish <= end:
                return Instant(max(begin, start))
        return None

    def not_after(self, start: int, finish: int) -> Instant | None:
        """Return until when something standing at ``[start, finish]`` must finish to lie in one.

        The mirror of :meth:`not_before`: ``finish``, where it lies in an occurrence, else the end
        of the one before. None: there is none.
        """
        i = bisect_right(self._first, start) - 1
        return None if i < 0 else Instant(min(self._by_end[i][1], finish))

    def in_the_way(self, start: int, finish: int) -> tuple[Instant, Instant] | None:
        """Return an occurrence that neither begins after ``finish`` nor ends before ``start``.

        Touching is allowed: a finish at its beginning, a start at its end.
        """
        for i in range(bisect_right(self._reach, start), len(self._spans)):
            begin, end = self._spans[i]
            if begin >= finish:
                break
            if end > start:
                return self._spans[i]
        return None

    def last_reach(self) -> Instant | None:
        """Return the latest end of all."""
        return Instant(self._reach[-1]) if self._reach else None
