"""The two sides of a comparison: what stands behind what in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from imsgen.analysis.changes.moves import Pair
from imsgen.model import Dependency, Driver, Project, Schedule


@dataclass(frozen=True)
class Side:
    """One of two schedules; ``twins`` gives the id in the other of what both have."""

    schedule: Schedule
    twins: Mapping[str, str]
    is_new: bool

    @property
    def project(self) -> Project:
        """The plan of the schedule."""
        return self.schedule.project

    def new_id(self, id_: str) -> str:
        """Return what an activity of this side is called in the new plan; its id if it is gone."""
        return id_ if self.is_new else self.twins.get(id_, id_)

    def driver(self, id_: str) -> Driver | None:
        """Return what drives the date of an activity."""
        dates = self.schedule.activities.get(id_)
        return None if dates is None else dates.driver

    @cached_property
    def _incoming(self) -> Mapping[str, tuple[Dependency, ...]]:
        found: dict[str, tuple[Dependency, ...]] = {}
        for link in self.project.dependencies:
            found[link.successor] = (*found.get(link.successor, ()), link)
        return found

    def incoming(self, id_: str) -> Iterator[Dependency]:
        """Yield the links to an activity and to the groups around it."""
        yield from self._incoming.get(id_, ())
        for group in self.project.ancestors(id_):
            yield from self._incoming.get(group.id, ())

    def between(self, first: str, then: str) -> list[Dependency]:
        """Return the links from an activity, or a group around it, to another."""
        if first not in self.project.activities or then not in self.project.activities:
            return []
        around = {first, *(group.id for group in self.project.ancestors(first))}
        return [link for link in self.incoming(then) if link.predecessor in around]

    def before(self, id_: str) -> Iterator[str]:
        """Yield what an activity follows, group by group what is inside."""
        for link in self.incoming(id_):
            yield from self.project.leaves(link.predecessor)


def sides(pair: Pair) -> tuple[Side, Side]:
    """Return the old side and the new one."""
    return Side(pair.old, pair.now, is_new=False), Side(pair.new, pair.was, is_new=True)
