"""All resources of a plan in one number, where one calendar serves them all.

A field of the number holds what is free of one resource, in the largest unit that divides all it
gives and takes; above it stands a guard that a subtraction takes away when more is asked for.
"""

from __future__ import annotations

from math import gcd

from imsgen.solver.arrays import Arrays

_BITS = 62
"""Of a number; the kernel keeps it in 64 with a sign."""
_ON_ITS_AXIS = -1


def pack(arrays: Arrays) -> None:
    """Write the needs of all jobs as numbers, and the capacity along the axis they share.

    Nothing is written where jobs with needs use several calendars, a resource is held, the fields
    are too many for a number, or a job asks for more than there ever is.
    """
    rows = range(len(arrays.duration))
    users = {arrays.calendar[i] for i in rows if arrays.needs_of[i] < arrays.needs_of[i + 1]}
    if len(users) != 1 or any(view != _ON_ITS_AXIS for view in arrays.need_view):
        return
    units, most = _capacities(arrays)
    places, place = [], 0
    for unit, free in zip(units, most, strict=True):
        places.append(place)
        place += (free // unit).bit_length() + 1
    words = [0] * len(rows)
    for i in rows:
        asked: dict[int, int] = {}
        for k in range(arrays.needs_of[i], arrays.needs_of[i + 1]):
            r = arrays.need_resource[k]
            asked[r] = asked.get(r, 0) + arrays.need_units[k]
        if any(amount > most[r] for r, amount in asked.items()):
            return
        words[i] = sum(amount // units[r] << places[r] for r, amount in asked.items())
    if place > _BITS:
        return
    arrays.words = words
    arrays.guard = sum(1 << (end - 1) for end in (*places[1:], place))
    arrays.chain_at, arrays.chain_word = _chain(arrays, units, places)


def _capacities(arrays: Arrays) -> tuple[list[int], list[int]]:
    """Return of every resource the unit it counts in and the most there ever is."""
    units, most = [], []
    for r in range(len(arrays.cells)):
        free = arrays.step_free[arrays.steps_of[r] : arrays.steps_of[r + 1]]
        units.append(gcd(*free))
        most.append(max(free))
    for r, amount in zip(arrays.need_resource, arrays.need_units, strict=True):
        units[r] = gcd(units[r], amount)
    return [max(1, unit) for unit in units], most


def _chain(arrays: Arrays, units: list[int], places: list[int]) -> tuple[list[int], list[int]]:
    """Return where on the axis anything changes, and what is free from there on."""
    changes = sorted(
        (arrays.step_at[i] if i > arrays.steps_of[r] else -1, r, arrays.step_free[i])
        for r in range(len(arrays.cells))
        for i in range(arrays.steps_of[r], arrays.steps_of[r + 1])
    )
    free = [0] * len(arrays.cells)
    steps: dict[int, int] = {}
    for at, r, amount in changes:
        free[r] = amount // units[r] << places[r]
        steps[at] = arrays.guard + sum(free)
    return list(steps), list(steps.values())
