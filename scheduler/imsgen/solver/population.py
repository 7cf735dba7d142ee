"""Evolution of orders: two good orders make a third, and the kernel makes it a schedule.

Every child is pushed right and left again before it is judged. What the kernel cannot express is
the business of :mod:`imsgen.solver.improve` and of the exact model.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from imsgen.solver._kernel import Kernel
from imsgen.solver.arrays import Arrays
from imsgen.solver.clock import KERNEL_PLACES_PER_UNIT, Clock
from imsgen.solver.tables import Tables

Worth = tuple[int, int, int]
"""Tardiness, finish, sum of starts: as the kernel counts them, less is better."""

_ROUNDS = 2
"""How often a child is pushed right and left."""
_SPREAD = (0.1, 0.25, 0.5, 1.0)
"""How far the keys of the first orders are moved, as part of the plan's length, in turn."""
_LEAST, _MOST = 16, 500
"""Orders in a population."""
_LONG_LIST, _USUAL_WORK = 1000, 5
"""Steps of a resource that double the time a need takes, and the work of a job that is usual."""
SECONDS_PER_UNIT = 2.0
"""About how long a unit of effort takes compiled."""
_SCHEDULES_PER_MEMBER = 200
"""A population grows with the schedules there is time for."""


@dataclass(slots=True)
class Member:
    """An order with what its schedule is worth."""

    worth: Worth
    order: list[int]


@dataclass(slots=True)
class Found:
    """The best member so far and where its schedule puts the jobs."""

    worth: Worth
    order: list[int]
    places: list[tuple[int, int]]


@dataclass(slots=True)
class Limit:
    """When to stop: at a worth that cannot be beaten, or after so many placed jobs."""

    goal: tuple[int, int]
    places: int


@dataclass(slots=True)
class Population:
    """Orders of one problem that improve each other."""

    kernel: Kernel
    clock: Clock
    limit: Limit
    dice: random.Random
    members: list[Member] = field(default_factory=list)
    best: Found | None = None
    _known: set[Worth] = field(default_factory=set)

    def run(self, orders: Iterator[list[int]], size: int) -> Found | None:
        """Return the best found until the limit; None: no order gave a schedule."""
        while not self._over():
            self.members, self._known = [], set()
            if self.best is not None:
                self._join(Member(self.best.worth, self.best.order))
            tried = 0
            while len(self.members) < size and tried < 3 * size and not self._over():
                tried += 1
                self._try(next(orders))
            if len(self.members) < 3:
                continue
            self._evolve(10 * size)
        return self.best

    def _over(self) -> bool:
        if self.kernel.spent >= self.limit.places or self.clock.stopped():
            return True
        return self.best is not None and self.best.worth[:2] <= self.limit.goal

    def _evolve(self, patience: int) -> None:
        """Replace bad orders by children of good ones until nothing new comes of it."""
        members, idle = self.members, 0
        while idle < patience and not self._over():
            mother, father = self._parent(), self._parent()
            if mother is father:
                father = members[self.dice.randrange(len(members))]
            child = self._try(self.kernel.child(mother.order, father.order), join=False)
            if child is None:
                idle += 1
                continue
            worst = max(
                (self.dice.randrange(len(members)) for _ in range(3)),
                key=lambda one: members[one].worth,
            )
            if members[worst].worth < child.worth:
                idle += 1
                continue
            idle = 0
            self._known.discard(members[worst].worth)
            self._known.add(child.worth)
            members[worst] = child

    def _parent(self) -> Member:
        members, dice = self.members, self.dice
        one, two = members[dice.randrange(len(members))], members[dice.randrange(len(members))]
        return one if one.worth <= two.worth else two

    def _try(self, order: list[int], *, join: bool = True) -> Member | None:
        """Return the member an order makes; None: no schedule, or one that is known."""
        worth = self.kernel.improve(order, _ROUNDS)
        if worth is None or worth in self._known:
            return None
        member = Member(worth, self.kernel.sequence())
        if self.best is None or worth < self.best.worth:
            self.best = Found(worth, member.order, self.kernel.places())
        if join:
            self._join(member)
        return member

    def _join(self, member: Member) -> None:
        self.members.append(member)
        self._known.add(member.worth)


def first_orders(
    tables: Tables, keys: Sequence[Sequence[float]], span: int, dice: random.Random
) -> Iterator[list[int]]:
    """Yield the orders of some keys, then of copies with moved keys, without end."""
    for one in keys:
        yield tables.order(one)
    turn = 0
    while True:
        base = keys[turn % len(keys)]
        width = _SPREAD[turn // len(keys) % len(_SPREAD)] * max(1, span)
        turn += 1
        yield tables.order([key + dice.uniform(0, width) for key in base])


def slowness(arrays: Arrays) -> float:
    """Return how much longer a job takes to place than where one calendar is used, at least 1.

    A need takes longer the more pieces the views cut it into and the longer the resource's list
    of steps can grow; the measure is the same on every machine.
    """
    work = sum(cells / 2 * (1 + cells / _LONG_LIST) for cells in arrays.cells)
    return max(1.0, work / _USUAL_WORK / max(1, len(arrays.duration)))


def evolve(
    tables: Tables,
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
    seed = clock.settings.seed
    dice = random.Random(seed)  # noqa: S311 - a search, not a secret
    kernel = Kernel(tables.arrays, seed + 1)
    origin = tables.problem.book.always.origin
    unit = KERNEL_PLACES_PER_UNIT / slowness(tables.arrays)
    limit = Limit((goal[0], goal[1] - origin), int(effort * unit))
    affordable = min(effort, clock.settings.time_limit / SECONDS_PER_UNIT)
    schedules = affordable * unit / max(1, len(tables.jobs))
    size = int(min(_MOST, max(_LEAST, schedules / _SCHEDULES_PER_MEMBER)))
    population = Population(kernel, clock, limit, dice)
    found = population.run(first_orders(tables, keys, span, dice), size)
    clock.spent += kernel.spent / unit
    return found
