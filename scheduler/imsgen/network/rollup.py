"""Dates that follow from others: events, groups, hammocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from imsgen.model import End, Event, Instant, Kind, Placement, Project

PROJECT = "project"
"""Id of the event of the whole plan."""


class Rollup:
    """Answers when events happen, given where activities stand.

    Hammocks count for nothing: they follow the others.
    """

    def __init__(self, project: Project, placements: Mapping[str, Placement]) -> None:
        self.project = project
        self.placed = {
            id_: placements[id_]
            for id_ in project.outline
            if id_ in placements
            and (activity := project.activities.get(id_)) is not None
            and activity.scheduled
            and activity.kind is not Kind.HAMMOCK
        }
        self._inside: dict[str, list[str]] = {}
        for id_ in self.placed:
            for group in project.ancestors(id_):
                self._inside.setdefault(group.id, []).append(id_)

    def inside(self, id_: str) -> Sequence[str]:
        """Return the placed activities of a group, of the plan, or the activity itself."""
        if id_ in self.placed:
            return (id_,)
        if id_ == PROJECT:
            return tuple(self.placed)
        return self._inside.get(id_, ())

    def carrier(self, event: Event) -> str | None:
        """Return the activity whose start or finish is the event; None when it does not happen.

        Of several, the first in the outline.
        """
        inside = self.inside(event.id)
        if not inside or event.end is End.NO_GO:
            return None
        if event.end is End.START:
            return min(inside, key=lambda id_: self.placed[id_].start)
        return max(inside, key=lambda id_: self.placed[id_].finish)

    def instant(self, event: Event) -> Instant | None:
        """Return when an event happens; None when it does not."""
        carrier = self.carrier(event)
        if carrier is None:
            return None
        place = self.placed[carrier]
        return place.start if event.end is End.START else place.finish

    @property
    def finish(self) -> Instant:
        """Return the latest finish; the plan's start when nothing is scheduled."""
        finishes = [place.finish for place in self.placed.values()]
        return max(finishes, default=self.project.start)

    def groups(self) -> dict[str, tuple[Instant, Instant]]:
        """Return earliest start and latest finish inside each group, in outline order."""
        spans = {}
        for id_ in self.project.outline:
            inside = self._inside.get(id_)
            if inside:
                spans[id_] = (
                    min(self.placed[one].start for one in inside),
                    max(self.placed[one].finish for one in inside),
                )
        return spans

    def hammocks(self) -> dict[str, Placement]:
        """Return where hammocks stand; not those with an event that does not happen.

        A hammock whose finish would lie before its start has no length.
        """
        found: dict[str, Placement] = {}
        for id_, activity in self.project.activities.items():
            if activity.kind is not Kind.HAMMOCK or not activity.scheduled:
                continue
            start, finish = map(self.instant, activity.spans or ())
            if start is not None and finish is not None:
                found[id_] = Placement(start, max(start, finish))
        return found


def describe(event: Event, named: Callable[[str], str] = "`{}`".format) -> str:
    """Return an event in words, ```load` finish``."""
    return f"{'plan' if event.id == PROJECT else named(event.id)} {event.end}"
