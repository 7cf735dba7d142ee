"""Where a job may be at all, as ranges of its position: dates, windows, stretches without pause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from imsgen.solver.problem import Job, Way
from imsgen.solver.views import Axes

Span = tuple[int, int]
"""First and last position, both included."""


@dataclass(frozen=True, slots=True)
class Room:
    """First and last position of a job; where there are spans it lies in one of them.

    Jobs with equal keys have equal spans.
    """

    low: int
    high: int
    spans: Sequence[Span]
    key: tuple[object, ...]


def rooms(job: Job, way: Way, axes: Axes, start_low: int, finish_low: int) -> Room:
    """Return where a job may be that starts and finishes not before two instants."""
    calendar = axes.always if job.milestone else way.calendar
    total = axes.position(calendar, axes.horizon)
    duration = way.duration

    def at(instant: int) -> int:
        return axes.position(calendar, instant)

    low, high = at(start_low), total - duration
    finish_low = max(finish_low, -1 if job.finish_min is None else int(job.finish_min))
    if finish_low > axes.origin:
        low = max(low, at(finish_low) - duration)
    if job.start_max is not None and job.start_max < axes.horizon:
        high = min(high, at(job.start_max + 1) - 1)
    if job.finish_max is not None:
        high = min(high, at(job.finish_max) - duration)
    key = (
        id(way.calendar),
        duration,
        tuple(stay.occurrences for stay in job.stays),
        job.forbidden,
        job.unbroken,
    )
    if key not in axes.spans:
        axes.spans[key] = _spans(job, way, axes)
    spans = axes.spans[key]
    if spans is None:
        return Room(low, high, (), key)
    if not spans:
        return Room(0, -1, (), key)
    return Room(max(low, spans[0][0]), min(high, spans[-1][1]), spans, key)


def _spans(job: Job, way: Way, axes: Axes) -> list[Span] | None:
    """Return where a job may be for windows and pauses; None: anywhere."""
    calendar = axes.always if job.milestone else way.calendar
    duration = way.duration

    def at(instant: int) -> int:
        return axes.position(calendar, instant)

    spans: list[Span] | None = None
    for stay in job.stays:
        inside = [(at(first), at(last) - duration) for first, last in stay.occurrences]
        spans = _both(spans, inside)
    if job.forbidden:
        total = at(axes.horizon)
        spans = _both(spans, _outside(job.forbidden, at, duration, total))
    if job.unbroken or (job.milestone and way.calendar is not axes.always):
        spans = _both(spans, _stretches(way, axes, duration))
    return spans


def _stretches(way: Way, axes: Axes, duration: int) -> list[Span]:
    """Return where a duration fits into one working interval; touching it for a milestone."""
    begins, ends, counts = way.calendar.arrays(axes.origin, axes.horizon)
    if duration == 0:
        return [
            (begin - axes.origin, end - axes.origin)
            for begin, end in zip(begins, ends, strict=True)
        ]
    return [
        (count, count + end - begin - duration)
        for begin, end, count in zip(begins, ends, counts, strict=True)
        if end - begin >= duration
    ]


def _outside(
    forbidden: Sequence[Span], at: Callable[[int], int], duration: int, total: int
) -> list[Span]:
    """Return where a job lies wholly before or wholly after every span."""
    found: list[Span] | None = None
    for first, last in forbidden:
        found = _both(found, [(0, at(first) - duration), (at(last), total)])
    return found or []


def _both(one: list[Span] | None, two: list[Span]) -> list[Span]:
    """Return the positions that are in both lists of spans, as disjoint ascending spans."""
    two = _merged(two)
    if one is None:
        return two
    found: list[Span] = []
    i = j = 0
    while i < len(one) and j < len(two):
        low, high = max(one[i][0], two[j][0]), min(one[i][1], two[j][1])
        if low <= high:
            found.append((low, high))
        if one[i][1] <= two[j][1]:
            i += 1
        else:
            j += 1
    return found


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans without empty ones, overlapping ones joined."""
    found: list[Span] = []
    for low, high in sorted(spans):
        if low > high:
            continue
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found
