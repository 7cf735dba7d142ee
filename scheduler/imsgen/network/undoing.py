"""What has to be undone at a moment, and in which order: the logic of the plan, backwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from imsgen.model import Activity, Instant, Placement, Project, ScheduledActivity
from imsgen.network.graph import Graph

Placed = Mapping[str, Placement] | Mapping[str, ScheduledActivity]


@dataclass(frozen=True, slots=True)
class Undoing:
    """What a No-Go leads to before the contingency.

    ``finishing`` are activities that are finished first; ``units`` what is undone, activities and
    groups, each with what has to be undone before it; ``irreversible`` what cannot be.
    """

    finishing: tuple[str, ...]
    units: Mapping[str, tuple[str, ...]]
    after_finish: Mapping[str, tuple[str, ...]]
    """By activity that is finished first: the units that wait for that."""
    irreversible: tuple[str, ...]


def begun(
    graph: Graph, placed: Placed, moment: Instant, reached: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return what has started before a moment, in topological order.

    Parameters
    ----------
    reached
        Milestones that count although they stand at the moment itself: what a gate waits for.
    """
    also = set(reached)
    return tuple(
        id_ for id_ in graph.order if id_ in placed and (placed[id_].start < moment or id_ in also)
    )


def reached_by(graph: Graph, placed: Placed, gate: str) -> tuple[str, ...]:
    """Return the milestones at the very moment a gate decides that it waits for."""
    moment = placed[gate].finish
    found: dict[str, None] = {}
    stack = [gate]
    while stack:
        for id_ in _before(graph, stack.pop()):
            if id_ not in found and placed[id_].start == placed[id_].finish == moment:
                found[id_] = None
                stack.append(id_)
    return tuple(found)


def undoing(graph: Graph, placed: Placed, moment: Instant, executed: Iterable[str]) -> Undoing:
    """Return what is undone when all that has begun by a moment is given up.

    The order passes through activities that need no undoing. Where the logic runs into a group
    that is undone as a whole and out of it again, what is outside is undone before the group.
    """
    project = graph.project
    done = tuple(executed)
    unit_of = {id_: undone_with(project, id_) for id_ in done}
    finishing = tuple(
        id_
        for id_ in done
        if project.activities[id_].on_abort == "finish" and placed[id_].finish > moment
    )
    own = set(finishing)
    units = dict.fromkeys(unit for unit in unit_of.values() if unit is not None)
    before: dict[str, dict[str, None]] = {unit: {} for unit in units}
    after_finish: dict[str, dict[str, None]] = {id_: {} for id_ in finishing}
    ahead: dict[str, tuple[str, ...]] = {}
    for id_ in graph.order:
        reach: dict[str, None] = {}
        for previous in _before(graph, id_):
            reach.update(dict.fromkeys(ahead[previous]))
        unit = unit_of.get(id_)
        if unit is not None:
            for earlier in reach:
                if earlier != unit:
                    before[earlier][unit] = None
        if id_ in own:
            waiting = reach if unit is None else dict.fromkeys((unit,))
            after_finish[id_].update(waiting)
        if unit is None:
            ahead[id_] = tuple(reach)
        elif unit in project.groups:
            # A circle may take the group out of its place: what is around it keeps its order.
            ahead[id_] = (unit, *(one for one in reach if one != unit))
        else:
            ahead[id_] = (unit,)
    order = {unit: i for i, unit in enumerate(units)}
    return Undoing(
        finishing=finishing,
        units=_untangled({unit: tuple(found) for unit, found in before.items()}, order, project),
        after_finish={id_: tuple(found) for id_, found in after_finish.items()},
        irreversible=tuple(id_ for id_ in done if project.activities[id_].irreversible),
    )


def _before(graph: Graph, id_: str) -> Iterable[str]:
    yield from (arc.predecessor for arc in graph.incoming[id_])
    for early in graph.earliest_incoming[id_]:
        yield from early.predecessors


def undone_with(project: Project, id_: str) -> str | None:
    """Return what is undone for an activity: the outermost group with an undo, or itself."""
    outermost = None
    for group in project.ancestors(id_):
        if group.undo is not None:
            outermost = group
    if outermost is not None and outermost.undo is not None:
        return outermost.id if outermost.undo.duration + outermost.undo.verify else None
    return id_ if _needs_undoing(project.activities[id_]) else None


def _needs_undoing(activity: Activity) -> bool:
    return activity.undo is not None and activity.undo.duration + activity.undo.verify > 0


def _untangled(
    before: Mapping[str, tuple[str, ...]], order: Mapping[str, int], project: Project
) -> Mapping[str, tuple[str, ...]]:
    """Return the order without circles, which groups undone as a whole can bring.

    In a circle activities come before groups, groups that began later before the others.
    """
    if not any(unit in project.groups for unit in before):
        return before
    circle = _circles(before)

    def rank(unit: str) -> tuple[bool, int]:
        return unit in project.groups, -order[unit]

    found: dict[str, tuple[str, ...]] = {}
    for unit, earlier in before.items():
        mates = [one for one in before if circle[one] == circle[unit] and rank(one) < rank(unit)]
        kept = [one for one in earlier if circle[one] != circle[unit]]
        alike = [one for one in earlier if one in mates and one not in project.groups]
        both = unit in project.groups
        found[unit] = tuple(dict.fromkeys([*kept, *(mates if both else alike)]))
    return found


def _circles(before: Mapping[str, tuple[str, ...]]) -> Mapping[str, int]:
    """Return the number of the circle each unit is in: those that wait for each other."""
    reach: dict[str, set[str]] = {}
    for unit in before:
        seen = {unit}
        stack = [unit]
        while stack:
            for one in before[stack.pop()]:
                if one not in seen:
                    seen.add(one)
                    stack.append(one)
        reach[unit] = seen
    number: dict[str, int] = {}
    for i, unit in enumerate(before):
        if unit not in number:
            for other in before:
                if other in reach[unit] and unit in reach[other]:
                    number[other] = i
    return number
