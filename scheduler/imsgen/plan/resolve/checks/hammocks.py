"""Hammocks that hold what the work inside them needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from imsgen.diagnostics import Label
from imsgen.model import Activity, End, Event, Kind, LinkType, Need
from imsgen.network.graph import Arc, Graph, build_graph
from imsgen.plan.resolve.checks.capacity import most_units, units_text
from imsgen.plan.resolve.checks.fits import common_spans
from imsgen.plan.resolve.project import Built

PROJECT = "project"
_FINISH = frozenset({LinkType.FS})


def hammocks_against_their_work(built: Built) -> None:
    """Report hammocks that hold so much that work certainly inside their span cannot be done.

    A hammock holds equipment from its first event to its last one. Work that belongs to what it
    spans, or lies on a chain of links from one event to the other, is done meanwhile.
    """
    holding = [
        (activity, need)
        for activity in built.project.activities.values()
        if activity.kind is Kind.HAMMOCK and activity.scheduled
        for need in activity.modes[0].needs
        if built.project.resources[need.resource].holds
    ]
    if not holding:
        return
    graph = build_graph(built.project)
    for hammock, need in holding:
        short = [*_short(built, hammock, need, graph)]
        if short:
            _report(built, hammock, need, short)


def _short(
    built: Built, hammock: Activity, need: Need, graph: Graph
) -> Iterator[tuple[Activity, int, int]]:
    """Yield the work inside that finds too little, the units it needs and those there are."""
    resource = built.project.resources[need.resource]
    inside = _inside(graph, hammock)
    for id_ in graph.order:
        activity = built.project.activities[id_]
        if id_ not in inside or not _to_be_done(activity):
            continue
        units = min(
            sum(one.units for one in mode.needs if one.resource == need.resource)
            for mode in activity.modes
        )
        spans = common_spans(built, activity)
        most = 0 if spans is None else most_units(resource, built.project.start, spans)
        if units and need.units + units > most:
            yield activity, units, most


def _to_be_done(activity: Activity) -> bool:
    """Whether it is work of which nothing is done yet."""
    return (
        activity.kind in {Kind.TASK, Kind.GATE}
        and activity.progress is None
        and all(mode.duration for mode in activity.modes)
    )


def _inside(graph: Graph, hammock: Activity) -> frozenset[str]:
    """Return the ids of what is certainly begun in the span of a hammock, or begins it."""
    if hammock.spans is None:
        return frozenset()
    first, last = hammock.spans
    starts = _seeds(graph, first, End.START, graph.outgoing)
    ends = _seeds(graph, last, End.FINISH, graph.incoming)
    after = _reached(graph, starts, graph.outgoing, _FINISH | {LinkType.SS})
    return after & _reached(graph, ends, graph.incoming, _FINISH)


def _seeds(
    graph: Graph, event: Event, own: End, arcs: Mapping[str, tuple[Arc, ...]]
) -> Iterable[str]:
    """Return what lies on the hammock's side of an event.

    Of a start that begins the span, or a finish that ends it, that is what the event belongs to;
    else what is linked to all of that.
    """
    if event.end is End.NO_GO:
        return ()
    leaves = graph.order if event.id == PROJECT else graph.project.leaves(event.id)
    known = [id_ for id_ in leaves if id_ in arcs]
    end = End.START if event.end is End.START else End.FINISH
    if end is own or not known:
        return known
    linked = [
        {_other(arc, id_) for arc in arcs[id_] if _holds(graph, arc, _FINISH)} for id_ in known
    ]
    return sorted(set.intersection(*linked))


def _reached(
    graph: Graph,
    seeds: Iterable[str],
    arcs: Mapping[str, tuple[Arc, ...]],
    types: frozenset[LinkType],
) -> frozenset[str]:
    """Return the seeds and what links of these types lead to from them."""
    found: set[str] = set()
    open_ = [*seeds]
    while open_:
        id_ = open_.pop()
        if id_ in found:
            continue
        found.add(id_)
        open_.extend(_other(arc, id_) for arc in arcs[id_] if _holds(graph, arc, types))
    return frozenset(found)


def _other(arc: Arc, id_: str) -> str:
    return arc.successor if arc.predecessor == id_ else arc.predecessor


def _holds(graph: Graph, arc: Arc, types: frozenset[LinkType]) -> bool:
    """Whether a link says that its successor comes later; what has begun may not ask it."""
    link = arc.link
    begun = graph.project.activities[arc.successor].progress is not None
    return link.type in types and link.lag >= 0 and not begun


def _report(
    built: Built, hammock: Activity, need: Need, short: list[tuple[Activity, int, int]]
) -> None:
    inside, units, most = short[0]
    nodes = built.context.nodes
    key = "alternatives" if nodes[inside.id].item.alternatives else "needs"
    others = [f"`{one.id}`" for one, _, _ in short[1:4]]
    more = f" and {len(short) - 4} more" if len(short) > 4 else ""
    total = units_text(need.units + units)
    built.context.report.add(
        "IMS412",
        f"`{hammock.id}` holds {units_text(need.units)} of `{need.resource}` while `{inside.id}`"
        f" needs {units_text(units)}, and there is at most {units_text(most)}",
        nodes[hammock.id].span("needs"),
        labels=(Label(nodes[inside.id].span(key), "done in the span of the hammock"),),
        notes=(f"so do {', '.join(others)}{more}",) if others else (),
        help=f"drop `{need.resource}` from one of them, or write `capacity: {total}`",
    )
