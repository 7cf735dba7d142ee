"""Resources: the units held at every instant are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from imsgen.model import Instant, Kind, Resource
from imsgen.verifier.hammocks import span_of
from imsgen.verifier.scene import Scene
from imsgen.verifier.violation import Rule, Violation


@dataclass(frozen=True, slots=True)
class Holding:
    """Units of a resource held by an activity in ``[first, last)``."""

    first: Instant
    last: Instant
    units: int
    id: str


@dataclass(slots=True)
class Overload:
    """A stretch in which more is held than is there, at its worst, and by whom."""

    first: int
    held: int
    there: int
    users: dict[str, None]


def check_capacity(scene: Scene) -> Iterator[Violation]:
    """Report, for each resource, every stretch in which more is held than is there."""
    for id_, holdings in holdings_of(scene).items():
        for overload, last in _overloads(scene.project.resources[id_], holdings):
            yield scene.violation(
                Rule.CAPACITY,
                (id_, *overload.users),
                f"`{id_}` has {overload.there} % but {overload.held} % are held from {{0}} to {{1}}"
                " by " + ", ".join(f"`{user}`" for user in overload.users),
                overload.first,
                last,
            )


def holdings_of(scene: Scene) -> dict[str, list[Holding]]:
    """Return who holds what: people while the activity works, equipment throughout."""
    found: dict[str, list[Holding]] = {}
    resources = scene.project.resources
    for one in scene.standings.values():
        if one.settled or one.point or not one.mode.needs:
            continue
        worked: list[tuple[Instant, Instant]] | None = None
        for need in one.mode.needs:
            if resources[need.resource].holds:
                stretches = [(one.begin, one.finish)]
            else:
                if worked is None:
                    worked = list(one.calendar.intervals(one.begin, one.finish))
                stretches = worked
            found.setdefault(need.resource, []).extend(
                Holding(first, last, need.units, one.id) for first, last in stretches
            )
    for id_, activity in scene.project.activities.items():
        if activity.kind is not Kind.HAMMOCK or not activity.scheduled:
            continue
        span = span_of(scene, activity)
        if span is None:
            continue
        first = max(span[0], scene.project.status_date or span[0])
        for need in activity.modes[0].needs:
            if resources[need.resource].holds:
                holding = Holding(first, span[1], need.units, id_)
                found.setdefault(need.resource, []).append(holding)
    return found


def _overloads(resource: Resource, holdings: Iterable[Holding]) -> Iterator[tuple[Overload, int]]:
    """Yield each maximal stretch held beyond capacity, with the instant it ends."""
    changes: dict[int, list[tuple[int, str]]] = {}  # by instant: units more or less, for whom
    for one in holdings:
        if one.first < one.last:
            changes.setdefault(one.first, []).append((one.units, one.id))
            changes.setdefault(one.last, []).append((-one.units, one.id))
    steps = {-1 if since is None else int(since): units for since, units in resource.capacity}
    held, there = 0, 0
    holders: dict[str, int] = {}
    worst: Overload | None = None
    for instant in sorted((*changes, *(since for since in steps if since not in changes))):
        there = steps.get(instant, there)
        for units, user in changes.get(instant, ()):
            held += units
            holders[user] = holders.get(user, 0) + units
            if holders[user] == 0:
                del holders[user]
        if held <= there:
            if worst is not None:
                yield worst, instant
            worst = None
        elif worst is None:
            worst = Overload(instant, held, there, dict.fromkeys(holders))
        else:
            worst.users.update(dict.fromkeys(holders))
            if held - there > worst.held - worst.there:
                worst.held, worst.there = held, there
