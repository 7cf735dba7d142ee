"""Working-time arithmetic: one calendar as a compressed axis of working minutes.

Notation of the design: ``C(t)`` counts working minutes before instant ``t`` (:meth:`work_at`),
``sigma(w)`` is the instant at which working minute ``w`` starts (:meth:`start_of`) and
``phi(w) = sigma(w - 1) + 1`` the instant at which ``w`` minutes have been done
(:meth:`finish_of`). They are a Galois pair: ``C(t) <= w  <=>  t <= sigma(w)`` and
``C(t) >= w  <=>  t >= phi(w)``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

from imsgen.model.units import DAY, Instant, WorkMinutes

Source = Callable[[int, int], Iterable[tuple[int, int]]]
"""Yields the sorted, disjoint working intervals that start in ``[first, last)``."""

_CHUNK = 366 * DAY


class CalendarExhaustedError(ArithmeticError):
    """The arithmetic ran past the horizon: no working time is left there."""


class WorkCalendar:
    """Working time in ``[origin, horizon)``, expanded as far as it is asked for.

    Parameters
    ----------
    source
        Yields working intervals in minutes UTC, sorted and disjoint, for a range of starts.
    origin, horizon
        Instants between which the calendar is known. The working axis counts from ``origin``.
    """

    __slots__ = (
        "_before",
        "_begins",
        "_ends",
        "_known",
        "_source",
        "_total",
        "horizon",
        "name",
        "origin",
    )

    def __init__(self, source: Source, origin: int, horizon: int, name: str = "") -> None:
        self._source = source
        self.origin = Instant(origin)
        self.horizon = Instant(horizon)
        self.name = name
        self._begins: list[Instant] = []
        self._ends: list[Instant] = []
        self._before: list[WorkMinutes] = []
        self._total = 0
        self._known = origin

    # -- expansion ---------------------------------------------------------------------------

    def _grow(self, until: int) -> None:
        """Expand so that every interval starting before ``until`` is known."""
        while self._known < until and self._known < self.horizon:
            step = max(_CHUNK, self._known - self.origin)
            last = min(self.horizon, max(until, self._known + step))
            for begin, end in self._source(self._known, last):
                self._append(max(begin, self.origin), min(end, self.horizon))
            self._known = last

    def _append(self, begin: int, end: int) -> None:
        if begin >= end:
            return
        if self._ends and begin <= self._ends[-1]:
            if end > self._ends[-1]:
                self._total += end - self._ends[-1]
                self._ends[-1] = Instant(end)
            return
        self._begins.append(Instant(begin))
        self._ends.append(Instant(end))
        self._before.append(WorkMinutes(self._total))
        self._total += end - begin

    def _grow_to_work(self, work: int) -> None:
        """Expand until ``work`` minutes are known, or the horizon."""
        while self._known < self.horizon and self._total < work:
            self._grow(self._known + 1)

    # -- the two axes ------------------------------------------------------------------------

    def work_at(self, instant: int) -> WorkMinutes:
        """Return ``C(t)``: working minutes in ``[origin, instant)``."""
        if instant > self._known:
            self._grow(instant)
        i = bisect_right(self._begins, instant) - 1
        if i < 0:
            return WorkMinutes(0)
        end = self._ends[i]
        until = instant if instant < end else end  # noqa: FURB136 - called by the million
        return WorkMinutes(self._before[i] + until - self._begins[i])

    def start_of(self, work: int) -> Instant:
        """Return ``sigma(w)``: the instant at which working minute ``work`` starts.

        Raises
        ------
        CalendarExhaustedError
            If fewer than ``work + 1`` minutes lie before the horizon.
        """
        if work >= self._total:
            self._grow_to_work(work + 1)
        if work < 0 or work >= self._total:
            raise CalendarExhaustedError(self.name)
        i = bisect_right(self._before, work) - 1
        return Instant(self._begins[i] + work - self._before[i])

    def finish_of(self, work: int) -> Instant:
        """Return ``phi(w)``: the instant at which ``work`` minutes have been done.

        ``phi(0)`` is the origin. Raises as :meth:`start_of`.
        """
        if work == 0:
            return self.origin
        return Instant(self.start_of(work - 1) + 1)

    # -- arithmetic --------------------------------------------------------------------------

    def add(self, instant: int, work: int) -> Instant:
        """Return when ``work`` minutes begun at ``instant`` are done; negative work goes back.

        ``add(t, 0)`` is ``t``; a positive amount ends in working time (17:00, not next 08:00),
        a negative one starts in it (08:00, not 17:00 the day before).
        """
        if work == 0:
            return Instant(instant)
        done = self.work_at(instant) + work
        if work > 0:
            return self.finish_of(done)
        if done < 0:
            raise CalendarExhaustedError(self.name)
        return self.start_of(done)

    def next_start(self, instant: int) -> Instant:
        """Return the first working instant at or after ``instant``."""
        return self.start_of(self.work_at(instant))

    def last_finish(self, instant: int) -> Instant:
        """Return the latest end of working time at or before ``instant``; at least the origin."""
        return self.finish_of(self.work_at(instant))

    def touches(self, instant: int) -> bool:
        """Whether ``instant`` is in working time or at the very end of it."""
        self._grow(instant + 1)
        i = bisect_right(self._begins, instant) - 1
        return i >= 0 and instant <= self._ends[i]

    def next_touch(self, instant: int) -> Instant:
        """Return the first instant at or after ``instant`` that touches working time."""
        return Instant(instant) if self.touches(instant) else self.next_start(instant)

    def is_working(self, instant: int) -> bool:
        """Whether the minute that starts at ``instant`` is worked."""
        self._grow(instant + 1)
        i = bisect_right(self._begins, instant) - 1
        return i >= 0 and instant < self._ends[i]

    def work_between(self, first: int, last: int) -> WorkMinutes:
        """Return the working minutes in ``[first, last)``; negative when reversed."""
        return WorkMinutes(self.work_at(last) - self.work_at(first))

    def intervals(self, first: int, last: int) -> Iterator[tuple[Instant, Instant]]:
        """Return the working intervals cut to ``[first, last)``, sorted and disjoint."""
        begins, ends, _ = self.arrays(first, last)
        return zip(begins, ends, strict=True)

    def arrays(
        self, first: int, last: int
    ) -> tuple[list[Instant], list[Instant], list[WorkMinutes]]:
        """Return the working intervals cut to ``[first, last)`` as parallel lists.

        Returns
        -------
        begins, ends
            Of each interval, half-open, sorted; the next begins after one ends.
        before
            ``C(begin)`` of each.
        """
        self._grow(last)
        i = bisect_right(self._ends, first)
        j = bisect_left(self._begins, last, i) if last > first else i
        begins, ends, before = self._begins[i:j], self._ends[i:j], self._before[i:j]
        if begins and begins[0] < first:
            before[0] = WorkMinutes(before[0] + first - begins[0])
            begins[0] = Instant(first)
        if ends and ends[-1] > last:
            ends[-1] = Instant(last)
        return begins, ends, before

    def longest_interval(self, first: int, last: int) -> int:
        """Return the length in minutes of the longest unbroken working time in the range."""
        return max((end - begin for begin, end in self.intervals(first, last)), default=0)
