"""Which window a gate protects: the one the plan names, else the one its successors lie in."""

from __future__ import annotations

from imsgen.model import Kind, Project
from imsgen.network.graph import Graph


def protected_windows(graph: Graph, gate: str) -> tuple[str, ...]:
    """Return the windows that a gate may mean; one in a plan without errors, or none.

    Successors are looked for behind milestones and other gates. Where they lie in no window, it
    is the one the gate itself lies in.
    """
    project = graph.project
    named = project.gates[gate].window
    if named is not None:
        return (named,)
    found: dict[str, None] = {}
    for id_ in successors(graph, gate):
        found.update(dict.fromkeys(one.window for one in project.activities[id_].within))
    if not found:
        found.update(dict.fromkeys(one.window for one in project.activities[gate].within))
    return tuple(found)


def successors(graph: Graph, gate: str) -> tuple[str, ...]:
    """Return the activities that follow a gate, behind milestones and gates without a window."""
    found: dict[str, None] = {}
    seen = {gate}
    stack = [gate]
    while stack:
        id_ = stack.pop()
        after = [arc.successor for arc in graph.outgoing[id_]]
        after += [arc.successor for arc in graph.earliest_outgoing[id_]]
        for one in after:
            if one in seen:
                continue
            seen.add(one)
            activity = graph.project.activities[one]
            if activity.kind is Kind.TASK or activity.within:
                found[one] = None
            else:
                stack.append(one)
    return tuple(sorted(found, key=graph.order.index))


def goes_back(project: Project) -> bool:
    """Whether anything has to be done on a No-Go, or cannot be undone."""
    return (
        any(gate.else_ is not None for gate in project.gates.values())
        or any(group.undo is not None for group in project.groups.values())
        or any(one.undo is not None or one.irreversible for one in project.activities.values())
    )
