"""Other ways to weigh what jobs take of a resource, each with the capacity that goes with it.

Two jobs that take three of five units each cannot run together, although their work alone would
let them share. Counting each of them as 1 and the capacity as 1 says so. Any weights will do as
long as the capacity is the most that jobs running together can weigh, which is a knapsack.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

_MOST_UNITS = 4096
"""Capacity, in common parts of all demands, up to which the knapsack is worked out."""
_PARTS = (1, 2, 3, 4, 5)
"""Into how many parts demands are rounded."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What each demand counts, and what each capacity is then worth."""

    demand: dict[int, int]
    capacity: dict[int, int]


def weighings(
    demands: Sequence[int], capacities: Sequence[int], *, thorough: bool
) -> list[Weighing]:
    """Return the ways to weigh some demands; the first is by the units themselves.

    Parameters
    ----------
    demands
        The units that jobs take, each more than 0.
    capacities
        The units that are there at one time or another.
    thorough
        Whether to try all ways known, or only the units and jobs that exclude each other.
    """
    different, most = sorted(set(demands)), max(capacities, default=0)
    found: dict[tuple[tuple[int, ...], tuple[int, ...]], Weighing] = {}
    for weights in _weights(different, most, thorough=thorough):
        common = gcd(*weights)
        if not common:
            continue
        demand = dict(zip(different, (weight // common for weight in weights), strict=True))
        capacity = _worth(demand, sorted(set(capacities)))
        key = tuple(demand.values()), tuple(capacity.values())
        found.setdefault(key, Weighing(demand, capacity))
    return list(found.values())


def _weights(demands: list[int], most: int, *, thorough: bool) -> list[list[int]]:
    """Return what each demand might count."""
    found = [demands, [int(2 * demand > most) for demand in demands]]
    if not thorough:
        return found
    for least in demands:
        found.append([int(demand >= least) for demand in demands])
        if 2 * least <= most:
            found.append([_rounded_out(demand, least, most) for demand in demands])
    found.append([_rounded_out(demand, most // 2, most) for demand in demands])
    found.extend([_in_parts(demand, parts, most) for demand in demands] for parts in _PARTS)
    return found


def _rounded_out(demand: int, least: int, most: int) -> int:
    """Count less than ``least`` as nothing, and what leaves less than that as everything."""
    if demand > most - least:
        return most
    return demand if demand >= least else 0


def _in_parts(demand: int, parts: int, most: int) -> int:
    """Round a demand down to parts of the capacity, of which one fewer make the whole."""
    count, rest = divmod((parts + 1) * demand, max(1, most))
    return count * parts if rest == 0 else count * (parts + 1)


def _worth(weights: dict[int, int], capacities: list[int]) -> dict[int, int]:
    """Return the most that demands can weigh which together are within each capacity."""
    unit = gcd(*weights)
    most = max(capacities, default=0) // unit
    if most > _MOST_UNITS:
        return {one: _at_most(weights, one) for one in capacities}
    items = [(demand // unit, weight) for demand, weight in weights.items() if weight]
    best = [0] * (most + 1)
    for units in range(1, most + 1):
        value = best[units - 1]
        for size, weight in items:
            if size <= units and best[units - size] + weight > value:
                value = best[units - size] + weight
        best[units] = value
    return {one: best[max(0, one) // unit] for one in capacities}


def _at_most(weights: dict[int, int], capacity: int) -> int:
    """Return a bound on that: all of the capacity at the best weight a unit."""
    return max(capacity * weight // demand for demand, weight in weights.items())
