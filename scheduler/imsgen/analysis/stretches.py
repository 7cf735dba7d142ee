"""Stretches of time in which a No-Go leads to the same: nothing begins that has to be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from imsgen.calendars import CalendarBook
from imsgen.model import Instant, Schedule
from imsgen.network import Graph, RollbackPlan, begun, rollback_plan
from imsgen.network.undoing import undone_with


@dataclass(frozen=True, slots=True)
class Stretch:
    """The moments from ``first`` to ``last``, both included, and what follows on No-Go in them."""

    first: Instant
    last: Instant
    contingency: str | None
    finishing: bool
    """Whether something is under way that is finished even on No-Go."""


class Timeline:
    """The stretches of a schedule up to the end of a window, or to the point of no return.

    Parameters
    ----------
    gates
        Those that protect the window, in the order in which they decide.
    """

    def __init__(
        self, schedule: Schedule, graph: Graph, book: CalendarBook, gates: Sequence[str]
    ) -> None:
        self.schedule = schedule
        self.project = schedule.project
        self.graph = graph
        self.book = book
        self.gates = gates
        self.irreversible = self._first_irreversible()

    @property
    def no_return(self) -> Instant | None:
        """Return when the first irreversible step starts."""
        if self.irreversible is None:
            return None
        return self.schedule.activities[self.irreversible].start

    def stretches(self, ends: Instant) -> list[Stretch]:
        """Return the stretches in order of time, from before anything begins."""
        last = ends if self.no_return is None else Instant(min(ends, self.no_return))
        begin = min(
            (self.schedule.activities[id_].start for id_ in self.graph.order), default=last
        )
        first = min(self.project.start, begin, last)
        changes = {change for change in self._changes() if first < change <= last}
        bounds = [first, *sorted(changes), last + 1]
        finishing = [
            (self.schedule.activities[id_].start + 1, self.schedule.activities[id_].finish)
            for id_ in self.graph.order
            if self.project.activities[id_].on_abort == "finish"
        ]
        found = []
        for begin_, after in pairwise(bounds):
            otherwise = self.project.gates[self.deciding(Instant(begin_))].else_
            under_way = any(a <= begin_ < b for a, b in finishing)
            found.append(Stretch(Instant(begin_), Instant(after - 1), otherwise, under_way))
        return found

    def deciding(self, moment: Instant) -> str:
        """Return the first gate that has not decided before a moment, else the last one."""
        placed = self.schedule.activities
        return next((id_ for id_ in self.gates if placed[id_].finish >= moment), self.gates[-1])

    def plan(self, stretch: Stretch, moment: Instant) -> RollbackPlan:
        """Return the way back from a moment of a stretch."""
        placed = self.schedule.activities
        return rollback_plan(
            self.graph,
            self.book,
            placed,
            moment,
            executed=begun(self.graph, placed, moment),
            contingency=stretch.contingency,
        )

    def _changes(self) -> set[int]:
        """Return the first moments from which a No-Go leads to something else."""
        placed = self.schedule.activities
        found: set[int] = set()
        for id_ in self.graph.order:
            finishes = self.project.activities[id_].on_abort == "finish"
            if finishes or undone_with(self.project, id_) is not None:
                found.add(placed[id_].start + 1)
            if finishes:
                found.add(placed[id_].finish)
        for gate, following in pairwise(self.gates):
            if self.project.gates[gate].else_ != self.project.gates[following].else_:
                found.add(placed[gate].finish + 1)
        return found

    def _first_irreversible(self) -> str | None:
        placed = self.schedule.activities
        steps = [id_ for id_ in self.graph.order if self.project.activities[id_].irreversible]
        return min(steps, key=lambda id_: placed[id_].start, default=None)
