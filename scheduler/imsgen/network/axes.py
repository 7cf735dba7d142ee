"""The time in which users of one resource meet, cut by who works then.

Two activities that share a resource need not follow each other: a night shift and a day shift
take turns on it. They follow each other only on the time that both work. So the time is cut into
*axes*: all the minutes in which exactly the same of the calendars work. On an axis every activity
takes one piece, however often it pauses, and pieces of one axis follow each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.calendars import WorkCalendar, of_intervals


class Axes:
    """Cuts ``[first, last)`` into axes, remembering what has been cut already."""

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last
        self._known: dict[tuple[int, ...], list[tuple[tuple[int, ...], WorkCalendar]]] = {}
        self._kept: list[WorkCalendar] = []

    def cut(self, calendars: Sequence[WorkCalendar]) -> list[tuple[tuple[int, ...], WorkCalendar]]:
        """Return each axis of distinct calendars: which of them work then, and its minutes."""
        if len(calendars) == 1:
            return [((0,), calendars[0])]
        key = tuple(id(calendar) for calendar in calendars)
        found = self._known.get(key)
        if found is None:
            self._kept.extend(calendars)  # so that no other calendar gets its id
            found = self._known[key] = self._cut(calendars)
        return found

    def _cut(
        self, calendars: Sequence[WorkCalendar]
    ) -> list[tuple[tuple[int, ...], WorkCalendar]]:
        changes: dict[int, int] = {}
        for i, calendar in enumerate(calendars):
            for begin, end in calendar.intervals(self.first, self.last):
                changes[begin] = changes.get(begin, 0) ^ (1 << i)
                changes[end] = changes.get(end, 0) ^ (1 << i)
        spans: dict[int, list[tuple[int, int]]] = {}
        working = before = 0
        for instant in sorted(changes):
            if working:
                spans.setdefault(working, []).append((before, instant))
            working ^= changes[instant]
            before = instant
        return [
            (
                tuple(i for i in range(len(calendars)) if mask >> i & 1),
                of_intervals(spans[mask], self.first, self.last),
            )
            for mask in sorted(spans)
        ]
