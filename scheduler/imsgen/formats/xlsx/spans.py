"""Which stretches of time deserve a sheet of hours."""

from __future__ import annotations

from dataclasses import dataclass

from imsgen.model import DAY, Instant, Kind, Schedule

LONGEST = 7 * DAY
FEWEST = 5
"""Activities that make a stretch worth a sheet."""
MOST = 4
"""Sheets of hours."""


@dataclass(frozen=True, slots=True)
class Span:
    """A window, or the whole of a short plan, and the activities inside."""

    name: str
    start: Instant
    finish: Instant
    ids: tuple[str, ...]
    window: bool
    """Whether start and finish are those of a window that opens and closes."""


def spans_of(schedule: Schedule) -> tuple[Span, ...]:
    """Return the stretches of at most seven days that hold five activities or more, by start.

    Windows that keep activities out are no place to work in. Where windows overlap, the one
    that holds the most counts. A plan without such a window counts whole if it is short enough.
    """
    found = []
    for window in schedule.project.windows.values():
        if window.forbids:
            continue
        for start, finish in window.occurrences:
            if finish - start <= LONGEST:
                ids = _inside(schedule, start, finish)
                if len(ids) >= FEWEST:
                    found.append(Span(window.name, start, finish, ids, window=True))
    found.sort(key=lambda one: (-len(one.ids), one.finish - one.start, one.start))
    kept: list[Span] = []
    for one in found:
        apart = all(one.finish <= other.start or one.start >= other.finish for other in kept)
        if apart and len(kept) < MOST:
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start)) or _whole(schedule)


def _whole(schedule: Schedule) -> tuple[Span, ...]:
    dates = list(schedule.activities.values())
    if len(dates) < FEWEST:
        return ()
    start = min(one.start for one in dates)
    finish = max(one.finish for one in dates)
    if finish - start > LONGEST:
        return ()
    ids = _inside(schedule, start, finish)
    return (Span(schedule.project.name, start, finish, ids, window=False),)


def _inside(schedule: Schedule, start: Instant, finish: Instant) -> tuple[str, ...]:
    """Return the activities within the stretch, by start, then finish, then outline order."""
    inside = [
        one
        for one in schedule.activities.values()
        if one.start >= start
        and one.finish <= finish
        and schedule.project.activities[one.id].kind is not Kind.HAMMOCK
    ]
    return tuple(one.id for one in sorted(inside, key=lambda one: (one.start, one.finish)))
