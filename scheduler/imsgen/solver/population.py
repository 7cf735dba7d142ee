"""Evolution of orders: two good orders make a third, and the kernel makes it a schedule.

Every child is pushed right and left again before it is judged. An order that leaves some job no
place is forgotten.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import isqrt

from imsgen.solver._colony import Colony
from imsgen.solver.arrays import Arrays
from imsgen.solver.chart import Chart
from imsgen.solver.clock import KERNEL_PLACES_PER_UNIT, Clock

Worth = tuple[int, int, int]
"""Tardiness, finish, sum of starts: as the kernel counts them, less is better."""

_SPREAD = (0.1, 0.25, 0.5, 1.0)
"""How far the keys of the first orders are moved, as part of the plan's length, in turn."""
_LEAST, _MOST = 16, 3000
"""Orders in a population."""
_GLANCE = 50_000
"""Jobs placed between two looks at the clock: some milliseconds compiled, a tenth of a second not."""
_FEWEST = 3
"""Orders that can make others."""
_LONG_LIST, _USUAL_WORK = 1000, 5
"""Steps of a resource that double the time a need takes, and the work of a job that is usual."""
_ON_CHAIN, _LONG_CHAIN = 0.25, 2500
"""Part of that a job takes on a chain of steps, and the jobs on it that add as much again."""
SECONDS_PER_UNIT = 2.0
"""About how long a unit of effort takes compiled."""
_STINT = 16
"""The fourth root of the cube of the schedules there is time for, divided by the population."""


@dataclass(slots=True)
class Found:
    """The best member so far and where its schedule puts the jobs."""

    worth: Worth
    order: list[int]
    places: list[tuple[int, int, int]]


class Island:
    """Orders of one problem that improve each other, a stretch at a time.

    What it finds depends on what it was made from, on how the stretches were cut and on the
    orders it welcomed between them.

    Parameters
    ----------
    keys
        Keys of all jobs of the problem, small ones first, that give the first orders.
    reserve
        Keys that give them where none of ``keys`` gives a schedule.
    goal
        Tardiness and finish that cannot be beaten: it ends there.
    span
        The plan's length in minutes.
    schedules
        How many there will be time for; the population is sized by it.
    """

    def __init__(
        self,
        tables: Chart,
        keys: Sequence[Sequence[float]],
        *,
        reserve: Sequence[float] | None = None,
        seed: int,
        goal: tuple[int, int],
        span: int,
        schedules: int,
    ) -> None:
        self.size = population_size(schedules)
        self._origin = tables.origin
        self.aim(goal)
        self._dice = random.Random(seed)  # noqa: S311 - a search, not a secret
        self._colony = Colony(tables.arrays, seed + 1, self.size)
        self._orders = self._begun(tables, keys, reserve, span)
        self._filling, self._tried = True, 0

    def aim(self, goal: tuple[int, int]) -> None:
        """Set the tardiness and finish that cannot be beaten."""
        self._goal = (goal[0], goal[1] - self._origin)

    @property
    def spent(self) -> int:
        """Jobs placed so far."""
        return int(self._colony.spent)

    @property
    def best(self) -> Found | None:
        """The best found so far; None: no order gave a schedule."""
        colony = self._colony
        if not colony.found:
            return None
        return Found(colony.best(), colony.best_order(), colony.best_places())

    @property
    def done(self) -> bool:
        """Whether the goal is reached."""
        return bool(self._colony.found) and self._colony.best()[:2] <= self._goal

    def advance(self, places: int, over: Callable[[], bool]) -> Found | None:
        """Place about so many more jobs, then return the best found; None: no order gave any.

        It ends sooner at the goal, or when ``over`` says so.
        """
        colony, until = self._colony, self.spent + places
        while self.spent < until and not self.done and not over():
            if self._filling:
                self._fill()
                continue
            colony.breed(min(until, self.spent + _GLANCE), *self._goal)
            if colony.settled:
                colony.forget()
                self._filling, self._tried = True, 0
        return self.best

    def welcome(self, order: list[int]) -> None:
        """Let an order from elsewhere take part."""
        self._colony.offer(order)

    def _begun(
        self,
        tables: Chart,
        keys: Sequence[Sequence[float]],
        reserve: Sequence[float] | None,
        span: int,
    ) -> Iterator[list[int]]:
        """Yield the first orders: of the keys, or of the reserve where they give no schedule."""
        for one in keys:
            yield tables.order(one)
        if reserve is not None and not self._colony.found:
            keys = [reserve]
            yield tables.order(reserve)
        yield from moved_orders(tables, keys, span, self._dice)

    def _fill(self) -> None:
        """Take one of the first orders; when there are enough, go on to crossing them."""
        self._colony.offer(next(self._orders))
        self._tried += 1
        if self._colony.members >= self.size or self._tried >= 3 * self.size:
            self._filling = self._colony.members < _FEWEST
            self._tried = 0


def population_size(schedules: int) -> int:
    """Return how many orders best use the time for so many schedules.

    A small population settles long before the end, and on worse; a large one not in time. Twice as
    many orders take two and a half times as many schedules to settle (measured).
    """
    return min(_MOST, max(_LEAST, isqrt(isqrt(max(0, schedules) ** 3)) // _STINT))


def first_orders(
    tables: Chart, keys: Sequence[Sequence[float]], span: int, dice: random.Random
) -> Iterator[list[int]]:
    """Yield the orders of some keys, then those of their copies, without end."""
    for one in keys:
        yield tables.order(one)
    yield from moved_orders(tables, keys, span, dice)


def moved_orders(
    tables: Chart, keys: Sequence[Sequence[float]], span: int, dice: random.Random
) -> Iterator[list[int]]:
    """Yield orders of some keys in other ways of the jobs, then of moved keys, without end."""
    for choice in tables.choices[1:]:
        yield tables.order(keys[0], choice)
    turn = 0
    while True:
        base = keys[turn % len(keys)]
        width = _SPREAD[turn // len(keys) % len(_SPREAD)] * max(1, span)
        turn += 1
        moved = [key + dice.uniform(0, width) for key in base]
        yield tables.order(moved, tables.drawn(dice))


def slowness(arrays: Arrays) -> float:
    """Return how much longer a job takes to place than usual; the same on every machine.

    A need takes longer the more pieces the views cut it into and the longer the resource's list
    of steps can grow. On the chain of steps all resources share, a job takes a quarter, and more
    where the chain is long.
    """
    if arrays.chain_at:
        return min(1.0, _ON_CHAIN + arrays.jobs / _LONG_CHAIN)
    work = sum(cells / 2 * (1 + cells / _LONG_LIST) for cells in arrays.usual)
    return max(1.0, work / _USUAL_WORK / max(1, arrays.jobs))


def places_per_unit(arrays: Arrays) -> float:
    """Return how many jobs the kernel places for a unit of effort."""
    return KERNEL_PLACES_PER_UNIT / slowness(arrays)


def evolve(
    tables: Chart,
    clock: Clock,
    keys: Sequence[Sequence[float]],
    *,
    goal: tuple[int, int],
    effort: float,
    span: int,
) -> Found | None:
    """Return the best schedule of a population within so many units of effort.

    ``keys`` of all jobs of the problem give the first orders, ``span`` is the plan's length in
    minutes. The effort counts on ``clock``.
    """
    unit = places_per_unit(tables.arrays)
    affordable = min(effort, clock.settings.time_limit / SECONDS_PER_UNIT)
    island = Island(
        tables,
        keys,
        seed=clock.settings.seed,
        goal=goal,
        span=span,
        schedules=int(affordable * unit / max(1, tables.arrays.jobs)),
    )
    found = island.advance(int(effort * unit), clock.stopped)
    clock.spent += island.spent / unit
    return found
