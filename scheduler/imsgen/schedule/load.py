"""How busy the resources of a schedule are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from imsgen.calendars import CalendarBook
from imsgen.model import FULL, Instant, Resource, Schedule

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ResourceUse:
    """Use of one resource from its first to its last minute of work.

    ``held`` and ``available`` are unit-minutes in percent of one unit: what activities hold, and
    what the capacity gives in its working time (and in the time it works beyond that).
    """

    resource: str
    first: Instant
    last: Instant
    held: int
    available: int
    activities: int

    @property
    def share(self) -> float:
        """Return held / available, 0 to 1."""
        return self.held / self.available if self.available else 0.0


def resource_use(schedule: Schedule, book: CalendarBook | None = None) -> tuple[ResourceUse, ...]:
    """Return the use of each resource that does something, busiest first, then in plan order.

    Busiest is the highest share; those held for less than a week of work come after the others,
    because anyone wanted for one day is busy all of it.
    People are released while an activity rests; what ``holds`` is taken from start to finish.
    """
    project = schedule.project
    book = book or CalendarBook(project)
    held: dict[str, list[tuple[int, int, int]]] = {}
    counts: dict[str, int] = {}
    for id_, dates in schedule.activities.items():
        activity = project.activities[id_]
        mode = activity.modes[dates.mode]
        for need in mode.needs:
            pieces = held.setdefault(need.resource, [])
            counts[need.resource] = counts.get(need.resource, 0) + 1
            if project.resources[need.resource].holds:
                pieces.append((dates.start, dates.finish, need.units))
                continue
            working = book.effective(activity, dates.mode)
            pieces += [
                (begin, end, need.units)
                for begin, end in working.intervals(dates.start, dates.finish)
            ]
    found = [
        _use(project.resources[id_], held[id_], counts[id_], book)
        for id_ in project.resources
        if held.get(id_)
    ]
    week = project.week * FULL
    return tuple(sorted(found, key=lambda one: (one.held < week, -one.share)))


def _use(
    resource: Resource, pieces: list[tuple[int, int, int]], count: int, book: CalendarBook
) -> ResourceUse:
    first, last = min(piece[0] for piece in pieces), max(piece[1] for piece in pieces)
    own = book.resource(resource.id)
    if resource.holds:
        present: Iterable[tuple[int, int]] = [(first, last)]
    else:
        calendar = own or book.calendar(book.project.calendar)
        present = calendar.intervals(first, last)
    worked = merged([*present, *((begin, end) for begin, end, _ in pieces)])
    return ResourceUse(
        resource=resource.id,
        first=Instant(first),
        last=Instant(last),
        held=sum((end - begin) * units for begin, end, units in pieces),
        available=sum(_capacity_between(resource, begin, end) for begin, end in worked),
        activities=count,
    )


def _capacity_between(resource: Resource, begin: int, end: int) -> int:
    """Return the unit-minutes of the capacity in ``[begin, end)``."""
    total = 0
    steps = [(begin if at is None else max(at, begin), units) for at, units in resource.capacity]
    for (at, units), (until, _) in zip(steps, [*steps[1:], (end, 0)], strict=True):
        total += max(min(until, end) - at, 0) * units
    return total


def merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return the union of ``[begin, end)`` spans, sorted and disjoint."""
    found: Spans = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found
