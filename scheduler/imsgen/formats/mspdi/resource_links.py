"""The resource order of the schedule as links: who waits for whom to be done with a resource.

Only a turn that passes from the end of one activity to the start of another is a link that
Project can compute; one taken in another's pause is not, nor is one that links imply already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from imsgen.calendars import CalendarBook
from imsgen.formats.mspdi.remarks import Remarks
from imsgen.formats.mspdi.rows import LinkRow, Row
from imsgen.model import LinkType, Placement, Schedule
from imsgen.network.graph import Graph
from imsgen.network.handover import ResourceOrder
from imsgen.network.place import Placer


def add_resource_links(
    rows: Mapping[str, Row],
    schedule: Schedule,
    graph: Graph,
    book: CalendarBook,
    remarks: Remarks,
) -> None:
    """Link each row to those it takes resources from, and note which links these are."""
    wanted: dict[str, dict[str, str]] = {}
    for giver, taker, resource in _turns(schedule, graph, book):
        if rows[giver].finish <= rows[taker].start and rows[taker].actual_start is None:
            wanted.setdefault(taker, {}).setdefault(giver, resource)
    before: dict[str, int] = {}
    added: dict[str, dict[str, LinkRow]] = {}
    bits = {id_: 1 << n for n, id_ in enumerate(graph.order)}
    for id_ in _by_start(rows, graph):
        row = rows[id_]
        known = 0
        for arc in graph.incoming[id_]:
            known |= before.get(arc.predecessor, 0) | bits[arc.predecessor]
        linked = {link.predecessor for link in row.links}
        # the last to be done first: what it waited for needs no link of its own
        givers = sorted(wanted.get(id_, {}), key=lambda one: (-rows[one].finish, bits[one]))
        for giver in givers:
            if giver in linked or known & bits[giver]:
                continue
            known |= before[giver] | bits[giver]
            added.setdefault(id_, {})[giver] = LinkRow(giver, LinkType.FS)
        before[id_] = known
    _break_circles(graph, added)
    for id_, links in ((id_, links) for id_, links in added.items() if links):
        rows[id_].links += links.values()
        names = (f"{rows[giver].number} ({wanted[id_][giver]})" for giver in links)
        rows[id_].notes.append(f"Resource links, no logic of the plan: {', '.join(names)}")
        remarks.add("Links of resources are named in the notes of tasks", id_)


def _break_circles(graph: Graph, added: dict[str, dict[str, LinkRow]]) -> None:
    """Take resource links away where leads run back in time, so that they close a circle."""
    while True:
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for id_ in graph.order:
            sorter.add(id_, *(arc.predecessor for arc in graph.incoming[id_]))
            sorter.add(
                id_, *(one for arc in graph.earliest_incoming[id_] for one in arc.predecessors)
            )
            sorter.add(id_, *added.get(id_, ()))
        try:
            sorter.prepare()
        except CycleError as error:
            circle: list[str] = error.args[1]
            for giver, taker in pairwise(circle):
                if added.get(taker, {}).pop(giver, None) is not None:
                    break
        else:
            return


def _turns(schedule: Schedule, graph: Graph, book: CalendarBook) -> Iterator[tuple[str, str, str]]:
    """Yield who gives, who takes, and the name of the resource."""
    placer = Placer(graph, book)
    placements = {
        id_: Placement(placed.start, placed.finish, placed.mode)
        for id_ in graph.order
        for placed in [schedule.activities[id_]]
    }
    known = frozenset(graph.order)
    for turn in ResourceOrder(placer, placements).handovers:
        (giver, at_finish), (taker, at_end) = turn.source, turn.target
        if at_finish and not at_end and giver in known and taker in known:
            yield giver, taker, schedule.project.resources[turn.resource].name


def _by_start(rows: Mapping[str, Row], graph: Graph) -> list[str]:
    """Return ids so that whatever ends before another begins, or is linked to it, comes first."""
    rank = {id_: n for n, id_ in enumerate(graph.order)}
    return sorted(graph.order, key=lambda id_: (rows[id_].start, rows[id_].finish, rank[id_]))
