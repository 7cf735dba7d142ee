"""The plan as a graph between activities: groups taken apart, inactive ones left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from imsgen.model import Dependency, Kind, Project
from imsgen.network.bounds import FROM_FINISH


@dataclass(frozen=True, slots=True)
class Arc:
    """A link between two activities, made from the plan's dependency."""

    predecessor: str
    successor: str
    link: Dependency


@dataclass(frozen=True, slots=True)
class EarliestArc:
    """A link from the start of a group: from the earliest start among ``predecessors``."""

    predecessors: tuple[str, ...]
    successor: str
    link: Dependency


@dataclass(frozen=True, slots=True)
class LatestArc:
    """How late after the finish of a group: ``max_lag`` from the latest of ``predecessors``.

    The same link is also an :class:`Arc` from each of them: for its lower bound.
    """

    predecessors: tuple[str, ...]
    successor: str
    link: Dependency


@dataclass(frozen=True, slots=True)
class Graph:
    """Activities on the plan of record, hammocks left out, and the arcs between them.

    ``order`` is topological and otherwise outline order: stable.
    """

    project: Project
    order: tuple[str, ...]
    incoming: Mapping[str, tuple[Arc, ...]]
    outgoing: Mapping[str, tuple[Arc, ...]]
    earliest_incoming: Mapping[str, tuple[EarliestArc, ...]]
    earliest_outgoing: Mapping[str, tuple[EarliestArc, ...]]
    hammocks: tuple[str, ...]
    latest_incoming: Mapping[str, tuple[LatestArc, ...]] = field(default_factory=dict)
    """Only of those that have some."""


class CycleFoundError(ValueError):
    """The links run in a circle: in ``cycle`` each waits for the one before, the first is repeated."""

    def __init__(self, cycle: list[str]) -> None:
        self.cycle = tuple(cycle)
        super().__init__(" -> ".join(cycle))


def build_graph(project: Project) -> Graph:
    """Return the graph of a project.

    Raises
    ------
    CycleFoundError
        If the links run in a circle; the cycle names activities.
    """
    nodes = [
        id_
        for id_ in project.outline
        if (activity := project.activities.get(id_)) is not None
        and activity.scheduled
        and activity.kind is not Kind.HAMMOCK
    ]
    leaves = {id_: (id_,) for id_ in nodes} | _leaves(project, nodes)
    incoming: dict[str, list[Arc]] = {id_: [] for id_ in nodes}
    outgoing: dict[str, list[Arc]] = {id_: [] for id_ in nodes}
    early_in: dict[str, list[EarliestArc]] = {id_: [] for id_ in nodes}
    early_out: dict[str, list[EarliestArc]] = {id_: [] for id_ in nodes}
    latest_in: dict[str, list[LatestArc]] = {}
    for link in project.dependencies:
        sources = leaves.get(link.predecessor, ())
        for successor in leaves.get(link.successor, ()):
            if (
                link.predecessor in project.groups
                and link.type not in FROM_FINISH
                and len(sources) > 1
            ):
                early = EarliestArc(sources, successor, link)
                early_in[successor].append(early)
                for source in sources:
                    early_out[source].append(early)
                continue
            if link.max_lag is not None and len(sources) > 1:
                latest_in.setdefault(successor, []).append(LatestArc(sources, successor, link))
            for source in sources:
                arc = Arc(source, successor, link)
                incoming[successor].append(arc)
                outgoing[source].append(arc)
    return Graph(
        project=project,
        order=_topological(nodes, incoming, early_in),
        incoming={id_: tuple(arcs) for id_, arcs in incoming.items()},
        outgoing={id_: tuple(arcs) for id_, arcs in outgoing.items()},
        earliest_incoming={id_: tuple(arcs) for id_, arcs in early_in.items()},
        earliest_outgoing={id_: tuple(arcs) for id_, arcs in early_out.items()},
        hammocks=tuple(
            id_
            for id_, activity in project.activities.items()
            if activity.kind is Kind.HAMMOCK and activity.scheduled
        ),
        latest_incoming={id_: tuple(arcs) for id_, arcs in latest_in.items()},
    )


def _leaves(project: Project, nodes: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the nodes inside each group, all groups in one pass."""
    found: dict[str, list[str]] = {id_: [] for id_ in project.groups}
    for id_ in nodes:
        place = id_.find(".")
        while place >= 0:
            if id_[:place] in found:
                found[id_[:place]].append(id_)
            place = id_.find(".", place + 1)
    return {id_: tuple(inside) for id_, inside in found.items()}


def _topological(
    nodes: list[str],
    incoming: Mapping[str, list[Arc]],
    early: Mapping[str, list[EarliestArc]],
) -> tuple[str, ...]:
    rank = {id_: i for i, id_ in enumerate(nodes)}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for id_ in nodes:
        sorter.add(id_, *(arc.predecessor for arc in incoming[id_]))
        for arc in early[id_]:
            sorter.add(id_, *arc.predecessors)
    try:
        sorter.prepare()
    except CycleError as error:
        raise CycleFoundError(error.args[1]) from None
    order: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=rank.__getitem__)
        order.extend(ready)
        sorter.done(*ready)
    return tuple(order)
