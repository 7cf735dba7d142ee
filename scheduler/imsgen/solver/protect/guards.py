"""The gates that must leave time for No-Go, and what has begun whenever they decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from imsgen.model import Instant, LinkType, Placement, Project
from imsgen.network.graph import Arc, Graph
from imsgen.network.protected import protected_windows, successors
from imsgen.solver.problem import Problem


@dataclass(frozen=True, slots=True)
class Guard:
    """One gate that must be safe.

    ``sure`` has begun whenever the gate decides, in every schedule; ``open`` may have. Both list
    only what matters to a way back, in topological order.
    """

    gate: str
    window: str
    spans: tuple[tuple[Instant, Instant], ...]
    """The occurrences of the window."""
    subject: str | None
    """Whose occurrence is protected; None: the first that is not over when the gate decides."""
    sure: tuple[str, ...]
    open: tuple[str, ...]
    ahead: frozenset[str]
    """Milestones that lead to the gate, though not surely in time: begun even at its instant."""

    def occurrence(self, places: Mapping[str, Placement]) -> int:
        """Return which occurrence of the window is protected."""
        if self.subject is not None:
            place = places[self.subject]
            for i, (first, last) in enumerate(self.spans):
                if first <= place.start and place.finish <= last:
                    return i
        decided = places[self.gate].finish
        later = [i for i, (_, last) in enumerate(self.spans) if last >= decided]
        return (later or [len(self.spans) - 1])[0]


def guards_of(problem: Problem) -> tuple[Guard, ...]:
    """Return the gates that must be safe: those still to decide that protect one window."""
    project, graph = problem.project, problem.graph
    if project.options.protect != "rollback":
        return ()
    gates = [
        id_
        for id_ in graph.order
        if id_ in project.gates and problem.jobs[problem.number[id_]].fixed is None
    ]
    found = (_guard(problem, id_) for id_ in gates)
    return tuple(one for one in found if one is not None)


def _guard(problem: Problem, gate: str) -> Guard | None:
    project, graph = problem.project, problem.graph
    windows = protected_windows(graph, gate)
    if len(windows) != 1 or not project.windows[windows[0]].occurrences:
        return None
    window = windows[0]
    begun = _sure(problem, gate)
    every = _ancestors(graph, gate)
    matter = [id_ for id_ in graph.order if id_ != gate and matters(project, id_)]
    inside = (
        id_
        for id_ in (*successors(graph, gate), gate)
        if any(one.window == window for one in project.activities[id_].within)
    )
    return Guard(
        gate=gate,
        window=window,
        spans=project.windows[window].occurrences,
        subject=next(inside, None),
        sure=tuple(id_ for id_ in matter if id_ in begun),
        open=tuple(id_ for id_ in matter if id_ not in begun),
        ahead=frozenset(
            id_
            for id_ in matter
            if id_ in every and id_ not in begun and problem.jobs[problem.number[id_]].milestone
        ),
    )


def matters(project: Project, id_: str) -> bool:
    """Whether it makes a difference to any way back that an activity has begun."""
    activity = project.activities[id_]
    return (
        activity.irreversible
        or activity.undo is not None
        or activity.on_abort == "finish"
        or any(group.undo is not None for group in project.ancestors(id_))
    )


def _sure(problem: Problem, gate: str) -> frozenset[str]:
    """Return what has begun in every schedule when a gate decides.

    What waits is not sure to: a start-to-start link lets both start when the gate decides, a lead
    or a link to the finish lets what comes before start later. What has started has.
    """
    graph = problem.graph
    jobs = {job.id: job for job in problem.jobs}
    sure = {id_: None for id_, job in jobs.items() if job.began is not None}
    sure.update((id_, None) for id_, job in jobs.items() if job.fixed is not None)
    # By id: whether it starts strictly before the decision.
    strict = {gate: not jobs[gate].milestone}
    for id_ in reversed(graph.order):
        if id_ not in strict:
            continue
        for arc in graph.incoming[id_]:
            before = jobs[arc.predecessor]
            if not _holds_back(arc):
                continue
            finishes = arc.link.type is LinkType.FS
            earlier = strict[id_] or (finishes and not before.milestone)
            if earlier or (before.milestone and jobs[id_].milestone):
                strict[before.id] = strict.get(before.id, False) or earlier
                sure[before.id] = None
    return frozenset(sure)


def _holds_back(arc: Arc) -> bool:
    """Whether a link keeps its successor from starting before the predecessor has."""
    return arc.link.type in (LinkType.FS, LinkType.SS) and arc.link.lag >= 0


def _ancestors(graph: Graph, gate: str) -> frozenset[str]:
    found: dict[str, None] = {}
    stack = [gate]
    while stack:
        for id_ in _before(graph, stack.pop()):
            if id_ not in found:
                found[id_] = None
                stack.append(id_)
    return frozenset(found)


def _before(graph: Graph, id_: str) -> Iterable[str]:
    yield from (arc.predecessor for arc in graph.incoming[id_])
    for early in graph.earliest_incoming[id_]:
        yield from early.predecessors


def tangled(problem: Problem) -> bool:
    """Whether the logic runs into a group that is undone as one and out of it again.

    Then the order of undoing depends on what has begun in a way that more of it may shorten the
    way back, and nothing follows from a part of what has begun.
    """
    project, graph = problem.project, problem.graph
    top: dict[str, str] = {}
    for id_ in graph.order:
        around = [group.id for group in project.ancestors(id_) if group.undo is not None]
        top[id_] = around[-1] if around else id_
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for id_ in graph.order:
        sorter.add(top[id_], *(top[one] for one in _before(graph, id_) if top[one] != top[id_]))
    try:
        sorter.prepare()
    except CycleError:
        return True
    return False
