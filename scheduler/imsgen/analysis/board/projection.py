"""Where everything ends up if nobody changes the plan: what is late pushes what follows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from imsgen.calendars import CalendarBook
from imsgen.model import Instant, Kind, Placement, Project, Schedule
from imsgen.network import Placer, StartBound, build_graph
from imsgen.network.handover import ResourceOrder
from imsgen.network.standing import shared_occurrences
from imsgen.network.ties import Tie, ties_of

_ROUNDS = 100
"""More than chains against the order of starts ever need: leads are few."""


@dataclass(frozen=True, slots=True)
class Projected:
    """Expected dates by id, and what ends outside its window or after a date that must hold."""

    places: Mapping[str, Placement]
    outside: tuple[str, ...]

    @property
    def finish(self) -> Instant:
        """Return when the last activity is expected to end."""
        return max((one.finish for one in self.places.values()), default=Instant(0))


class Projection:
    """Puts off what follows late work: along links and in the order resources are handed on.

    Nothing begins before its published time, and nobody's order of work is changed.
    """

    def __init__(self, schedule: Schedule, project: Project) -> None:
        published = {
            id_: Placement(one.start, one.finish, one.mode)
            for id_, one in schedule.activities.items()
            if project.activities[id_].kind is not Kind.HAMMOCK
        }
        before = Placer(build_graph(schedule.project), CalendarBook(schedule.project))
        order = ResourceOrder(before, published)
        self._placer = Placer(build_graph(project), CalendarBook(project))
        self._shared = shared_occurrences(before, published)
        ties = ties_of(self._placer, published, order.handovers)
        self._handed: dict[str, list[Tie]] = {
            id_: [tie for tie in found if tie.handover is not None]
            for id_, found in ties.incoming.items()
        }
        self._order = sorted(self._placer.graph.order, key=lambda id_: published[id_].start)
        self.project = project
        self.published = published

    def of(
        self,
        least: Mapping[str, Instant],
        ends: Mapping[str, Instant],
        only: Collection[str] | None = None,
    ) -> Projected:
        """Return the expected dates.

        Parameters
        ----------
        least
            Instants before which activities that have not begun do not begin.
        ends
            Instants before which activities under way do not end.
        only
            What may move; everything else is taken to go as published.
        """
        places = dict(self.published)
        order = self._order if only is None else [id_ for id_ in self._order if id_ in only]
        outside: dict[str, None] = {}
        for _ in range(_ROUNDS):
            changed = False
            for id_ in order:
                place, fits = self._place(id_, places, least.get(id_))
                end = ends.get(id_)
                if end is not None and end > place.finish:
                    place = replace(place, finish=end)
                if not fits:
                    outside[id_] = None
                if place != places[id_]:
                    places[id_] = place
                    changed = True
            if not changed:
                break
        listed = tuple(id_ for id_ in self.project.outline if id_ in outside)
        return Projected(places, listed)

    def downstream(self, id_: str) -> frozenset[str]:
        """Return an activity with all that follows it, by links and by the order of resources."""
        found, queue = {id_}, [id_]
        while queue:
            for one in self._followers.get(queue.pop(), ()):
                if one not in found:
                    found.add(one)
                    queue.append(one)
        return frozenset(found)

    @cached_property
    def _followers(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id_ in self._order:
            graph = self._placer.graph
            before = [arc.predecessor for arc in graph.incoming[id_]]
            before += [one for arc in graph.earliest_incoming[id_] for one in arc.predecessors]
            for one in before:
                found.setdefault(one, []).append(id_)
            for tie in self._handed.get(id_, ()):
                found.setdefault(tie.source, []).append(id_)
        return found

    def _place(
        self, id_: str, places: Mapping[str, Placement], least: Instant | None
    ) -> tuple[Placement, bool]:
        """Return where an activity stands behind others, and whether that is where it may."""
        mode = self.published[id_].mode
        settled = self._placer.settled(id_)
        if settled is not None:
            return settled, True
        asked = self._placer.bound(id_, mode, places)
        bound = StartBound(asked.start, asked.finish)
        if not self._placer.terms(id_, mode).started:
            bound = bound.after(max(self.published[id_].start, least or 0))
        for tie in self._handed.get(id_, ()):
            place = places[tie.source]
            reached = tie.bound(place.finish if tie.from_finish else place.start)
            bound = bound.finishing(reached) if tie.to_finish else bound.after(reached)
        found = self._placer.fit(id_, mode, bound, self._shared)
        if found is None:
            found = self._placer.fit(id_, mode, bound, windows=False) or self.published[id_]
            return found, False
        late = (
            asked.latest_start is not None and found.start > asked.latest_start,
            asked.latest_finish is not None and found.finish > asked.latest_finish,
        )
        return found, not any(late)
