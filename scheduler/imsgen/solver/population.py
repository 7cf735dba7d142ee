"""Evolution of orders: two good orders make a third, and the kernel makes it a schedule.

Every child is pushed right and left again before it is judged. An order that leaves some job no
place is forgotten.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from imsgen.solver._kernel import Kernel
from imsgen.solver.arrays import Arrays
from imsgen.solver.chart import Chart
from imsgen.solver.clock import KERNEL_PLACES_PER_UNIT, Clock

Worth = tuple[int, int, int]
"""Tardiness, finish, sum of starts: as the kernel counts them, less is better."""

_ROUNDS = 2
"""How often a child is pushed right and left."""
_SPREAD = (0.1, 0.25, 0.5, 1.0)
"""How far the keys of the first orders are moved, as part of the plan's length, in turn."""
_LEAST, _MOST = 16, 500
"""Orders in a population."""
_FEWEST = 3
"""Orders that can make others."""
_LONG_LIST, _USUAL_WORK = 1000, 5
"""Steps of a resource that double the time a need takes, and the work of a job that is usual."""
_ON_CHAIN, _LONG_CHAIN = 0.25, 2500
"""Part of that a job takes on a chain of steps, and the jobs on it that add as much again."""
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
    places: list[tuple[int, int, int]]


class Island:
    """Orders of one problem that improve each other, a stretch at a time.

    What it finds depends on what it was made from, on how the stretches were cut and on the
    orders it welcomed between them.

    Parameters
    ----------
    keys
        Keys of all jobs of the problem, small ones first, that give the first orders.
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
        seed: int,
        goal: tuple[int, int],
        span: int,
        schedules: int,
    ) -> None:
        self.best: Found | None = None
        self.size = min(_MOST, max(_LEAST, schedules // _SCHEDULES_PER_MEMBER))
        self._origin = tables.origin
        self.aim(goal)
        self._dice = random.Random(seed)  # noqa: S311 - a search, not a secret
        self._kernel = Kernel(tables.arrays, seed + 1)
        self._orders = first_orders(tables, keys, span, self._dice)
        self._members: list[Member] = []
        self._known: set[Worth] = set()
        self._filling, self._tried, self._idle = True, 0, 0

    def aim(self, goal: tuple[int, int]) -> None:
        """Set the tardiness and finish that cannot be beaten."""
        self._goal = (goal[0], goal[1] - self._origin)

    @property
    def spent(self) -> int:
        """Jobs placed so far."""
        return int(self._kernel.spent)

    @property
    def done(self) -> bool:
        """Whether the goal is reached."""
        return self.best is not None and self.best.worth[:2] <= self._goal

    def advance(self, places: int, over: Callable[[], bool]) -> Found | None:
        """Place about so many more jobs, then return the best found; None: no order gave any.

        It ends sooner at the goal, or when ``over`` says so.
        """
        until = self.spent + places
        while self.spent < until and not self.done and not over():
            if self._filling:
                self._fill()
            else:
                self._cross()
        return self.best

    def welcome(self, order: list[int]) -> None:
        """Let an order from elsewhere take part."""
        member = self._try(order)
        if member is None:
            return
        if self._filling:
            self._join(member)
        else:
            self._replace(member)

    def _fill(self) -> None:
        """Take one of the first orders; when there are enough, go on to crossing them."""
        member = self._try(next(self._orders))
        if member is not None:
            self._join(member)
        self._tried += 1
        if len(self._members) >= self.size or self._tried >= 3 * self.size:
            self._filling = len(self._members) < _FEWEST
            self._tried, self._idle = 0, 0

    def _cross(self) -> None:
        """Let a child of good orders replace a bad one; begin anew when nothing comes of it."""
        members = self._members
        mother, father = self._parent(), self._parent()
        if mother is father:
            father = members[self._dice.randrange(len(members))]
        child = self._try(self._kernel.child(mother.order, father.order))
        if child is None or not self._replace(child):
            self._idle += 1
            if self._idle >= 10 * self.size:
                self._begin_anew()

    def _begin_anew(self) -> None:
        """Keep the best order only."""
        self._members, self._known = [], set()
        self._filling, self._tried = True, 0
        if self.best is not None:
            self._join(Member(self.best.worth, self.best.order))

    def _parent(self) -> Member:
        members, dice = self._members, self._dice
        one, two = members[dice.randrange(len(members))], members[dice.randrange(len(members))]
        return one if one.worth <= two.worth else two

    def _replace(self, child: Member) -> bool:
        """Put a child in the place of the worst of three; False: it is worse than that."""
        members = self._members
        worst = max(
            (self._dice.randrange(len(members)) for _ in range(3)),
            key=lambda one: members[one].worth,
        )
        if members[worst].worth < child.worth:
            return False
        self._idle = 0
        self._known.discard(members[worst].worth)
        self._known.add(child.worth)
        members[worst] = child
        return True

    def _try(self, order: list[int]) -> Member | None:
        """Return the member an order makes; None: no schedule, or one that is known."""
        worth = self._kernel.improve(order, _ROUNDS)
        if worth is None or worth in self._known:
            return None
        member = Member(worth, self._kernel.sequence())
        if self.best is None or worth < self.best.worth:
            self.best = Found(worth, member.order, self._kernel.places())
        return member

    def _join(self, member: Member) -> None:
        self._members.append(member)
        self._known.add(member.worth)


def first_orders(
    tables: Chart, keys: Sequence[Sequence[float]], span: int, dice: random.Random
) -> Iterator[list[int]]:
    """Yield the orders of some keys, then of copies with moved keys, without end."""
    for one in keys:
        yield tables.order(one)
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
