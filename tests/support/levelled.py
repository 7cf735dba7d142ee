"""Schedules within capacity, placed one activity after another, without a solver."""

from __future__ import annotations

from imsgen.calendars import CalendarBook, CalendarExhaustedError
from imsgen.model import Instant, Placement, Project, Schedule, Status
from imsgen.network import Graph, Placer, UnplaceableError, analyse, build_graph
from imsgen.network.early import early_pass
from imsgen.schedule import assemble

_Holding = tuple[int, int, int]
_MOST_TRIES = 400


def level(graph: Graph, book: CalendarBook) -> dict[str, Placement] | None:
    """Return placements within links, dates, windows and capacity; None when none was found.

    Every activity takes mode 0 and goes, in the graph's order, to the first place where its
    resources are free minute by minute. What hammocks hold is not looked at.
    """
    placer = Placer(graph, book)
    held: dict[str, list[_Holding]] = {id_: [] for id_ in graph.project.resources}
    placed: dict[str, Placement] = {}
    for id_ in graph.order:
        place = _place(placer, id_, placed, held)
        if place is None:
            return None
        placed[id_] = place
        for resource, holdings in _holdings(placer, id_, place).items():
            held[resource].extend(holdings)
    return placed


def levelled_schedule(project: Project) -> Schedule | None:
    """Return a schedule within capacity; None when none was found."""
    graph, book = build_graph(project), CalendarBook(project)
    try:
        placements = level(graph, book)
        if placements is None:
            return None
        analysis = analyse(graph, book, placements)
    except (CalendarExhaustedError, UnplaceableError):
        return None
    return assemble(project, analysis, status=Status.FEASIBLE, bound=analysis.finish)


def early(graph: Graph, book: CalendarBook) -> dict[str, Placement]:
    """Return the early dates of every activity in mode 0."""
    return early_pass(Placer(graph, book), dict.fromkeys(graph.order, 0))


def _place(
    placer: Placer, id_: str, placed: dict[str, Placement], held: dict[str, list[_Holding]]
) -> Placement | None:
    bound = placer.bound(id_, 0, placed)
    for _ in range(_MOST_TRIES):
        place = placer.fit(id_, 0, bound)
        if place is None:
            return None
        until = _taken_until(placer.project, _holdings(placer, id_, place), held)
        if until is None:
            return place
        calendar = placer.terms(id_, 0).calendar
        begin, _ = placer.stretch(id_, place) or (place.start, place.finish)
        bound = bound.after(calendar.start_of(calendar.work_at(begin) + 1))
    return None


def _holdings(placer: Placer, id_: str, place: Placement) -> dict[str, list[_Holding]]:
    stretch = placer.stretch(id_, place)
    if stretch is None:
        return {}
    found: dict[str, list[_Holding]] = {}
    calendar = placer.terms(id_, place.mode).calendar
    for need in placer.project.activities[id_].modes[place.mode].needs:
        holds = placer.project.resources[need.resource].holds
        spans = [stretch] if holds else list(calendar.intervals(*stretch))
        found[need.resource] = [(first, last, need.units) for first, last in spans]
    return found


def _taken_until(
    project: Project, wanted: dict[str, list[_Holding]], held: dict[str, list[_Holding]]
) -> int | None:
    """Return an instant at which a resource is wanted in vain; None when there is enough."""
    for id_, holdings in wanted.items():
        for first, last, units in holdings:
            marks = {first}
            marks |= {begin for begin, _, _ in held[id_] if first < begin < last}
            marks |= {
                since
                for since, _ in project.resources[id_].capacity
                if since is not None and first < since < last
            }
            for mark in sorted(marks):
                used = sum(taken for begin, end, taken in held[id_] if begin <= mark < end)
                if used + units > _capacity(project, id_, Instant(mark)):
                    return mark
    return None


def _capacity(project: Project, id_: str, instant: Instant) -> int:
    there = 0
    for since, units in project.resources[id_].capacity:
        if since is None or since <= instant:
            there = units
    return there
