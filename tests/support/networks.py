"""Projects analysed: schedules given by hand or as early as logic allows."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.projects import at

from imsgen.calendars import CalendarBook
from imsgen.model import Instant, Placement, Project, to_text
from imsgen.network import Analysis, Placer, analyse, build_graph, early_dates


def placer(project: Project) -> Placer:
    """Return a placer of a project."""
    return Placer(build_graph(project), CalendarBook(project))


def early(project: Project) -> dict[str, tuple[str, str]]:
    """Return early dates as text, ``11-02 08:00``."""
    dates = early_dates(build_graph(project), CalendarBook(project))
    return {id_: (short(place.start), short(place.finish)) for id_, place in dates.items()}


def analysed(project: Project, starts: Mapping[str, str] | None = None) -> Analysis:
    """Return the analysis of a schedule with the given starts, ``2026-11-02 08:00`` in UTC.

    What is not named stands as early as links and what is named before it allow.
    """
    graph, book = build_graph(project), CalendarBook(project)
    one = Placer(graph, book)
    placed: dict[str, Placement] = {}
    for id_ in graph.order:
        bound = one.bound(id_, 0, placed)
        if starts is not None and id_ in starts:
            bound = bound.after(at(starts[id_]))
        place = one.fit(id_, 0, bound)
        assert place is not None, id_
        placed[id_] = place
    return analyse(graph, book, placed)


def short(instant: Instant | None) -> str:
    """Return an instant of 2026 as ``11-02 08:00``."""
    return "" if instant is None else to_text(instant)[5:16].replace("T", " ")
