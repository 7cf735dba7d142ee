"""Islands that one process runs, and what goes to and fro between them and the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from imsgen.solver.chart import Chart
from imsgen.solver.population import Found, Island


@dataclass(frozen=True, slots=True)
class Outset:
    """What islands begin with; ``schedules`` is how many each will have time for."""

    chart: Chart
    keys: Sequence[Sequence[float]]
    reserve: Sequence[float]
    seed: int
    goal: tuple[int, int]
    span: int
    schedules: int

    def island(self, number: int) -> Island:
        """Return an island: each has a seed of its own."""
        return Island(
            self.chart,
            self.keys,
            reserve=self.reserve,
            seed=self.seed + _SEEDS_APART * number,
            goal=self.goal,
            span=self.span,
            schedules=self.schedules,
        )


_SEEDS_APART = 7919
"""How far apart the seeds of islands are: those of two runs with near seeds do not meet."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of work, the same for every island.

    ``places`` is how many jobs each places, ``goal`` where it ends sooner, ``migrants`` are the
    orders that come to an island before.
    """

    places: int
    goal: tuple[int, int]
    migrants: Mapping[int, Sequence[list[int]]]

    def of(self, numbers: Sequence[int]) -> Stretch:
        """Return what concerns some islands."""
        own = {one: self.migrants[one] for one in numbers if one in self.migrants}
        return Stretch(self.places, self.goal, own)


@dataclass(frozen=True, slots=True)
class Report:
    """How an island stands after a stretch; ``spent`` are all jobs it has placed."""

    number: int
    found: Found | None
    spent: int
    done: bool


class Group:
    """The islands of one process."""

    def __init__(self, outset: Outset, numbers: Sequence[int]) -> None:
        self._islands = {number: outset.island(number) for number in numbers}

    def advance(self, stretch: Stretch, over: Callable[[], bool]) -> list[Report]:
        """Let one island after the other do its stretch, until one has reached the goal.

        Those after it have nothing to report.
        """
        reports: list[Report] = []
        for number, island in self._islands.items():
            island.aim(stretch.goal)
            for order in stretch.migrants.get(number, ()):
                island.welcome(order)
            found = island.advance(stretch.places, over)
            reports.append(Report(number, found, island.spent, island.done))
            if island.done:
                break
        return reports
