"""Working axes for the kernel: calendars on wall-clock time, and calendars on what they share.

A resource that only one calendar uses runs on that calendar's minutes. Where several use it, its
axis is the time any of them works: an office and a second one with other holidays differ there in
a few days a year, so a job is one stretch nearly always.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from imsgen.calendars import WorkCalendar, union
from imsgen.model import Instant
from imsgen.solver._board import HELD, OWN
from imsgen.solver.arrays import LIMIT, Arrays

_BACK = -(LIMIT - 1)
"""Before every position."""


class Axes:
    """Writes views into the arrays, each once; instants count from the origin of ``always``."""

    def __init__(self, always: WorkCalendar, horizon: int, arrays: Arrays) -> None:
        self.always = always
        self.origin = int(always.origin)
        self.horizon = min(horizon, int(always.horizon))
        self.arrays = arrays
        self._calendars: dict[int, int] = {}
        self._seen: dict[tuple[int, int], int] = {}
        self._unions: dict[tuple[int, ...], WorkCalendar] = {}
        self._most: dict[tuple[int, int], int] = {}
        self._kept: list[WorkCalendar] = []
        self.spans: dict[tuple[object, ...], list[tuple[int, int]] | None] = {}
        """Where jobs may be on these axes, worked out once for all that are alike."""
        self.calendar(always)

    def reaches(self, calendars: Iterable[WorkCalendar]) -> bool:
        """Whether every calendar works at all before the horizon."""
        return all(one.work_at(self.horizon) > 0 for one in calendars)

    def calendar(self, calendar: WorkCalendar) -> int:
        """Return the view of a calendar on wall-clock time."""
        known = self._calendars.get(id(calendar))
        if known is None:
            begins, ends, before = calendar.arrays(self.origin, self.horizon)
            if not begins:
                begins, ends = [Instant(self.horizon)], [Instant(self.horizon)]
                before = [calendar.work_at(self.horizon)]
            known = self._calendars[id(calendar)] = self._view(
                [begin - self.origin for begin in begins],
                [end - self.origin for end in ends],
                [int(count) for count in before],
            )
            self._kept.append(calendar)
        return known

    def position(self, calendar: WorkCalendar, instant: int) -> int:
        """Return the working minutes of a calendar before an instant, up to the horizon."""
        return int(calendar.work_at(min(max(instant, self.origin), self.horizon)))

    def shared(self, calendars: Sequence[WorkCalendar], *, held: bool) -> WorkCalendar:
        """Return the axis of a resource with these users."""
        if held:
            return self.always
        if len(calendars) == 1:
            return calendars[0]
        if any(one is self.always for one in calendars):
            return self.always
        key = tuple(sorted(id(one) for one in calendars))
        found = self._unions.get(key)
        if found is None:
            found = self._unions[key] = union(list(calendars))
            self._kept.extend(calendars)
        return found

    def seen(self, calendar: WorkCalendar, axis: WorkCalendar, *, held: bool) -> int:
        """Return the view of a calendar on an axis, as a need names it."""
        if held:
            return HELD
        if calendar is axis:
            return OWN
        if axis is self.always:
            return self.calendar(calendar)
        key = (id(calendar), id(axis))
        known = self._seen.get(key)
        if known is None:
            known = self._seen[key] = self._on(calendar, axis)
        return known

    def _on(self, calendar: WorkCalendar, axis: WorkCalendar) -> int:
        begins: list[int] = []
        ends: list[int] = []
        counts: list[int] = []
        for begin, end, count in zip(*calendar.arrays(self.origin, self.horizon), strict=True):
            at = int(axis.work_at(begin))
            if ends and ends[-1] == at:
                ends[-1] = at + end - begin
            else:
                begins.append(at)
                ends.append(at + end - begin)
                counts.append(int(count))
        return self._view(begins, ends, counts)

    def _view(self, begins: list[int], ends: list[int], counts: list[int]) -> int:
        arrays = self.arrays
        arrays.view_begin += begins
        arrays.view_end += ends
        arrays.view_count += counts
        arrays.view_of.append(len(arrays.view_begin))
        return len(arrays.view_of) - 2

    def pieces(self, view: int, duration: int) -> int:
        """Return into how many pieces a view may cut a duration at most."""
        if view < 0:
            return 1
        size = 1 << duration.bit_length()
        found = self._most.get((view, size))
        if found is None:
            first, last = self.arrays.view_of[view], self.arrays.view_of[view + 1]
            counts = self.arrays.view_count[first:last]
            found = self._most[view, size] = max(
                bisect_right(counts, count + size) - i + 1 for i, count in enumerate(counts)
            )
        return found

    def steps(
        self, capacity: Sequence[tuple[int | None, int]], axis: WorkCalendar
    ) -> list[tuple[int, int]]:
        """Return a capacity as steps on an axis; before the first dated step there is none."""
        found: list[tuple[int, int]] = []
        if not capacity or capacity[0][0] is not None:
            found.append((_BACK, 0))
        for since, units in capacity:
            at = _BACK
            if since is not None:
                if since >= self.horizon:
                    break
                at = self.position(axis, since)
            if found and found[-1][0] == at:
                found[-1] = (at, units)
            else:
                found.append((at, units))
        return found
