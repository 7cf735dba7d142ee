"""Links as they bind one mode of an activity: calendars looked up, history left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from imsgen.calendars import CalendarBook, WorkCalendar
from imsgen.model import Dependency, Instant, Project
from imsgen.network.bounds import FROM_FINISH, TO_FINISH
from imsgen.network.graph import Graph
from imsgen.network.terms import Terms


@dataclass(frozen=True, slots=True)
class Join:
    """A link ready for arithmetic.

    The event is the latest of ``predecessors``, or the earliest where ``earliest`` says so.
    """

    predecessors: tuple[str, ...]
    link: Dependency
    from_finish: bool
    to_finish: bool
    lag: int | None
    """None: nothing bounds from below."""
    max_lag: int | None
    calendar: WorkCalendar | None
    """What the lag runs on; None: each predecessor's own effective calendar."""
    earliest: bool = False

    def choose(self, instants: Iterable[Instant]) -> Instant:
        """Return the instant of several that counts."""
        return min(instants) if self.earliest else max(instants)


def joins_of(graph: Graph, book: CalendarBook, terms: Terms) -> tuple[Join, ...]:
    """Return the links that bind a mode of an activity.

    Nothing binds what is settled. A started activity listens to unfinished predecessors only,
    and to none under progress override; how late its start may be is history.
    """
    if terms.settled is not None:
        return ()
    if terms.started and graph.project.options.out_of_sequence == "progress_override":
        return ()
    return tuple(_joins(graph, book, terms))


def _joins(graph: Graph, book: CalendarBook, terms: Terms) -> Iterator[Join]:
    id_ = terms.activity.id

    def join(
        predecessors: tuple[str, ...],
        link: Dependency,
        least: bool = True,
        most: bool = True,
        earliest: bool = False,
    ) -> Iterator[Join]:
        if terms.started and all(is_finished(graph.project, one) for one in predecessors):
            return
        to_finish = link.type in TO_FINISH
        lag = link.lag if least else None
        max_lag = link.max_lag if most and (to_finish or not terms.started) else None
        if lag is None and max_lag is None:
            return
        yield Join(
            predecessors,
            link,
            link.type in FROM_FINISH,
            to_finish,
            lag,
            max_lag,
            _lag_calendar(book, link, terms.calendar),
            earliest,
        )

    latest = graph.latest_incoming.get(id_, ())
    together = {id(late.link) for late in latest}
    for arc in graph.incoming[id_]:
        yield from join((arc.predecessor,), arc.link, most=id(arc.link) not in together)
    for early in graph.earliest_incoming[id_]:
        yield from join(early.predecessors, early.link, earliest=True)
    for late in latest:
        yield from join(late.predecessors, late.link, least=False)


def is_finished(project: Project, id_: str) -> bool:
    """Whether an activity has an actual finish."""
    progress = project.activities[id_].progress
    return progress is not None and progress.actual_finish is not None


def _lag_calendar(
    book: CalendarBook, link: Dependency, successor: WorkCalendar
) -> WorkCalendar | None:
    if link.lag_calendar == "predecessor":
        return None
    return book.lag_calendar(link, successor, successor)
