"""Set algebra of calendars: what two of them share, either of them, one without some spans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from imsgen.calendars.work import WorkCalendar


def always(origin: int, horizon: int, name: str = "24x7") -> WorkCalendar:
    """Return the calendar that always works."""
    return WorkCalendar(lambda first, last: [(first, last)], origin, horizon, name)


def of_intervals(
    intervals: Sequence[tuple[int, int]], origin: int, horizon: int, name: str = ""
) -> WorkCalendar:
    """Return the calendar that works in the given sorted, disjoint intervals."""

    def source(first: int, last: int) -> Iterable[tuple[int, int]]:
        return [
            (max(begin, first), min(end, last))
            for begin, end in intervals
            if begin < last and end > first
        ]

    return WorkCalendar(source, origin, horizon, name)


def intersection(one: WorkCalendar, two: WorkCalendar) -> WorkCalendar:
    """Return the calendar that works when both do."""

    def source(first: int, last: int) -> Iterable[tuple[int, int]]:
        left, right = list(one.intervals(first, last)), list(two.intervals(first, last))
        i = j = 0
        while i < len(left) and j < len(right):
            begin = max(left[i][0], right[j][0])
            end = min(left[i][1], right[j][1])
            if begin < end:
                yield begin, end
            if left[i][1] <= right[j][1]:
                i += 1
            else:
                j += 1

    return WorkCalendar(
        source,
        max(one.origin, two.origin),
        min(one.horizon, two.horizon),
        f"{one.name} ∩ {two.name}",
    )


def union(calendars: Sequence[WorkCalendar], name: str = "") -> WorkCalendar:
    """Return the calendar that works when any of them does."""

    def source(first: int, last: int) -> Iterable[tuple[int, int]]:
        merged: list[list[int]] = []
        for begin, end in sorted(
            span for calendar in calendars for span in calendar.intervals(first, last)
        ):
            if merged and begin <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([begin, end])
        return [(begin, end) for begin, end in merged]

    return WorkCalendar(
        source,
        max(calendar.origin for calendar in calendars),
        min(calendar.horizon for calendar in calendars),
        name or " ∪ ".join(calendar.name for calendar in calendars),
    )


def without(base: WorkCalendar, spans: Sequence[tuple[int, int]]) -> WorkCalendar:
    """Return the calendar less the given ``[from, to)`` spans."""
    gaps = sorted(spans)

    def source(first: int, last: int) -> Iterable[tuple[int, int]]:
        passed = 0
        for begin, end in base.intervals(first, last):
            while passed < len(gaps) and gaps[passed][1] <= begin:
                passed += 1
            at: int = begin
            for gap_begin, gap_end in gaps[passed:]:
                if gap_begin >= end:
                    break
                if gap_begin > at:
                    yield at, gap_begin
                at = max(at, gap_end)
            if at < end:
                yield at, end

    return WorkCalendar(source, base.origin, base.horizon, base.name)
