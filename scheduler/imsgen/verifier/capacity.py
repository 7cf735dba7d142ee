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


def check_capacity(scene: Scene) -> Iterator[Violation]:
    """Report, for each resource, every stretch in which more is held than is there."""
    for id_, holdings in _holdings(scene).items():
        resource = scene.project.resources[id_]
        for first, last, held, there in _overloads(resource, holdings):
            users = [one.id for one in holdings if one.first < last and one.last > first]
            users = list(dict.fromkeys(users))
            yield scene.violation(
                Rule.CAPACITY,
                (id_, *users),
                f"`{id_}` has {there} % but {held} % are held from {{0}} to {{1}} by "
                + ", ".join(f"`{user}`" for user in users),
                first,
                last,
            )


def _holdings(scene: Scene) -> dict[str, list[Holding]]:
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
        for need in activity.modes[0].needs:
            if span is not None and resources[need.resource].holds:
                holding = Holding(*span, need.units, id_)
                found.setdefault(need.resource, []).append(holding)
    return found


def _overloads(
    resource: Resource, holdings: Iterable[Holding]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield ``(first, last, held, there)`` of each maximal stretch held beyond capacity.

    ``held`` and ``there`` are in percent, where the excess of the stretch is greatest.
    """
    changes: dict[int, tuple[int, int]] = {}  # instant: (change of held, change of capacity)
    for one in holdings:
        if one.first < one.last:
            _change(changes, one.first, one.units, 0)
            _change(changes, one.last, -one.units, 0)
    there = 0
    for since, units in resource.capacity:
        if since is None:
            there = units
    level = there
    for since, units in resource.capacity:
        if since is not None:
            _change(changes, since, 0, units - level)
            level = units
    held = 0
    worst: tuple[int, int, int] | None = None  # first, held, there
    for instant in sorted(changes):
        change, step = changes[instant]
        held, there = held + change, there + step
        if held > there:
            if worst is None:
                worst = (instant, held, there)
            elif held - there > worst[1] - worst[2]:
                worst = (worst[0], held, there)
        elif worst is not None:
            yield worst[0], instant, worst[1], worst[2]
            worst = None


def _change(changes: dict[int, tuple[int, int]], at: int, held: int, there: int) -> None:
    before = changes.get(at, (0, 0))
    changes[at] = (before[0] + held, before[1] + there)
