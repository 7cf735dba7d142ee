"""What resources do and people hear, counted again from the dates: levels of the objective."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor

from imsgen.model import Instant, Placement
from imsgen.verifier.capacity import Holding, holdings_of
from imsgen.verifier.scene import Scene, Standing, State

_WHOLE = 100
"""Percent of one unit."""
_HOUR = 60


def squared_use(scene: Scene) -> int:
    """Return the sum over resources of (percent in use)² times minutes."""
    return sum(
        minutes * held * held
        for holdings in holdings_of(scene).values()
        for minutes, held in _stretches(holdings)
    )


def people(scene: Scene) -> int:
    """Return the sum over resources that are no equipment of the most percent in use at once."""
    return sum(
        max((held for _, held in _stretches(holdings)), default=0)
        for id_, holdings in holdings_of(scene).items()
        if not scene.project.resources[id_].holds
    )


def cost(scene: Scene) -> int:
    """Return rate times units times hours held, in hundredths, half of one rounded up."""
    total = Fraction(0)
    for id_, holdings in holdings_of(scene).items():
        rate = scene.project.resources[id_].rate
        if rate is not None:
            held = sum((one.last - one.first) * one.units for one in holdings)
            total += Fraction(rate) * Fraction(held, _WHOLE * _HOUR)
    return floor(total * 100 + Fraction(1, 2))


def people_told(scene: Scene, published: Mapping[str, Placement]) -> frozenset[str]:
    """Return who hears of another time: of an end, or of who does the work."""
    return frozenset(
        person
        for one, old in _still_open(scene, published)
        if _differs(one, old, scene.placed[one.id].mode)
        for mode in (old.mode, scene.placed[one.id].mode)
        for person in _concerned(scene, one, mode)
    )


def shift(scene: Scene, published: Mapping[str, Placement]) -> int:
    """Return the working minutes that starts or finishes moved, the greater of each activity."""
    total = 0
    for one, old in _still_open(scene, published):
        if not _differs(one, old, scene.placed[one.id].mode):
            continue
        moves = [_between(one, old.finish, one.finish)]
        if one.state is State.WAITING:
            moves.append(_between(one, old.start, one.start))
        total += max(moves)
    return total


def _stretches(holdings: list[Holding]) -> Iterator[tuple[int, int]]:
    """Yield minutes and units in use of every stretch of time in which nothing changes."""
    changes: dict[int, int] = {}
    for one in holdings:
        if one.first < one.last:
            changes[one.first] = changes.get(one.first, 0) + one.units
            changes[one.last] = changes.get(one.last, 0) - one.units
    held, since = 0, 0
    for instant in sorted(changes):
        yield instant - since, held
        held += changes[instant]
        since = instant


def _still_open(
    scene: Scene, published: Mapping[str, Placement]
) -> Iterator[tuple[Standing, Placement]]:
    for id_, old in published.items():
        one = scene.standings.get(id_)
        if one is not None and not one.settled:
            yield one, old


def _differs(one: Standing, old: Placement, mode: int) -> bool:
    begun = one.state is State.WAITING and one.start != old.start
    return begun or one.finish != old.finish or mode != old.mode


def _concerned(scene: Scene, one: Standing, mode: int) -> Iterator[str]:
    """Yield the people of an activity; where there are none, the activity stands for somebody."""
    activity, project = one.activity, scene.project
    named = [activity.owner, activity.backup]
    if activity.id in project.gates:
        named += [*project.gates[activity.id].decides, *project.gates[activity.id].who]
    if mode < len(activity.modes):
        named += [
            need.resource
            for need in activity.modes[mode].needs
            if not project.resources[need.resource].holds
        ]
    found = [person for person in named if person is not None]
    yield from found or [f"activity {activity.id}"]


def _between(one: Standing, old: Instant, new: Instant) -> int:
    return abs(one.calendar.work_at(new) - one.calendar.work_at(old))
