"""How much of each resource the schedule uses, week by week."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from imsgen.formats.facts import Facts
from imsgen.model import Instant, Kind, Resource
from imsgen.schedule.load import merged

Piece = tuple[int, int, int]
"""``[begin, end)`` and units in percent."""


@dataclass(frozen=True, slots=True)
class Workload:
    """Hours of one resource by period: what activities hold, what its capacity gives.

    Capacity counts in the resource's working time (the plan's, if it has no calendar) and in
    whatever time beyond it activities are done, so load never exceeds it without overload.
    """

    resource: Resource
    load: tuple[float, ...]
    capacity: tuple[float, ...]


def workloads(facts: Facts, ends: Sequence[Instant]) -> tuple[Workload, ...]:
    """Return the load of every resource in the periods between consecutive ``ends``."""
    held = _held(facts)
    return tuple(
        _workload(facts, resource, held.get(resource.id, []), ends)
        for resource in facts.project.resources.values()
    )


def _held(facts: Facts) -> dict[str, list[Piece]]:
    pieces: dict[str, list[Piece]] = {}
    for id_, dates in facts.schedule.activities.items():
        hammock = facts.project.activities[id_].kind is Kind.HAMMOCK
        working: list[tuple[Instant, Instant]] | None = None
        for need in facts.mode(id_).needs:
            mine = pieces.setdefault(need.resource, [])
            if facts.project.resources[need.resource].holds:
                mine.append((dates.start, dates.finish, need.units))
                continue
            if hammock:  # people on it are reported, they take no capacity
                continue
            if working is None:
                working = list(facts.calendar(id_).intervals(dates.start, dates.finish))
            mine += [(begin, end, need.units) for begin, end in working]
    return pieces


def _workload(
    facts: Facts, resource: Resource, pieces: list[Piece], ends: Sequence[Instant]
) -> Workload:
    first, last = ends[0], ends[-1]
    own = facts.book.resource(resource.id)
    if resource.holds and own is None:
        present: Iterable[tuple[int, int]] = [(first, last)]
    else:
        calendar = own or facts.book.calendar(facts.project.calendar)
        present = calendar.intervals(first, last)
    worked = merged([*present, *((begin, end) for begin, end, _ in pieces)])
    return Workload(
        resource,
        _by_period(pieces, ends),
        _by_period(_capacity(resource, worked), ends),
    )


def _capacity(resource: Resource, worked: list[tuple[int, int]]) -> list[Piece]:
    """Return the working time with the units available in it."""
    if not worked:
        return []
    start, stop = worked[0][0], worked[-1][1]
    begins = [start if at is None else max(at, start) for at, _ in resource.capacity]
    pieces: list[Piece] = []
    for begin, until, (_, units) in zip(
        begins, [*begins[1:], stop], resource.capacity, strict=True
    ):
        pieces += [
            (max(a, begin), min(b, until), units) for a, b in worked if a < until and b > begin
        ]
    return pieces


def _by_period(pieces: Iterable[Piece], ends: Sequence[Instant]) -> tuple[float, ...]:
    """Return unit-hours by period."""
    sums = [0] * (len(ends) - 1)
    for begin, end, units in pieces:
        at = max(bisect_right(ends, begin) - 1, 0)
        while at < len(sums) and ends[at] < end:
            sums[at] += (min(end, ends[at + 1]) - max(begin, ends[at])) * units
            at += 1
    return tuple(total / 6000 for total in sums)
