"""The best schedule with safe gates of a tiny plan, by trying every start on a grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations

from imsgen.model import LinkType, Project

GRID = 10
"""Minutes: all durations of the plans are multiples of it, so some best schedule lies on it."""
Places = Mapping[str, tuple[int, int]]


def best(project: Project, last: int) -> tuple[int, int, int] | None:
    """Return the least finish, the latest point of no return for it and the largest margin.

    All in minutes after the plan's start; a plan without irreversible steps has a point of 0.
    None: no schedule that ends by ``last`` has safe gates.
    """
    found: tuple[int, int, int] | None = None
    length = cache(lambda begun, gate: _length(project, begun, gate))
    for places in _schedules(project, last):
        worth = _worth(project, places, length)
        if worth is not None and (found is None or worth < found):
            found = worth
    return None if found is None else (found[0], -found[1], -found[2])


def _worth(project: Project, places: Places, length: object) -> tuple[int, int, int] | None:
    margins = []
    for gate in project.gates:
        decided = places[gate][1]
        begun = frozenset(id_ for id_, (start, _) in places.items() if start < decided)
        if any(project.activities[id_].irreversible for id_ in begun):
            return None
        (window,) = project.windows.values()
        ends = window.occurrences[0][1] - project.start
        margin = ends - length(begun, gate) - decided  # type: ignore[operator]
        if margin < 0:
            return None
        margins.append(margin)
    points = [places[id_][0] for id_, one in project.activities.items() if one.irreversible]
    finish = max(end for _, end in places.values())
    return finish, -min(points, default=0), -min(margins)


def _schedules(project: Project, last: int) -> Iterator[Places]:
    ids = [id_ for id_, one in project.activities.items() if one.scheduled]
    order = sorted(ids, key=lambda id_: len(_all_before(project, id_)))

    def extend(places: dict[str, tuple[int, int]]) -> Iterator[Places]:
        if len(places) == len(order):
            yield places
            return
        id_ = order[len(places)]
        duration = project.activities[id_].modes[0].duration
        for start in range(0, last - duration + 1, GRID):
            if _fits(project, id_, start, start + duration, places):
                yield from extend({**places, id_: (start, start + duration)})

    yield from extend({})


def _fits(project: Project, id_: str, start: int, finish: int, places: Places) -> bool:
    for link in project.dependencies:
        if link.successor == id_:
            event = places[link.predecessor][0 if link.type is LinkType.SS else 1]
            if start < event + link.lag:
                return False
    for within in project.activities[id_].within:
        if finish > project.windows[within.window].occurrences[0][1] - project.start:
            return False
    for need in project.activities[id_].modes[0].needs:
        for now in range(start, finish, GRID):
            used = sum(
                other.units
                for one, (begin, end) in places.items()
                for other in project.activities[one].modes[0].needs
                if other.resource == need.resource and begin <= now < end
            )
            if used + need.units > project.resources[need.resource].capacity[0][1]:
                return False
    return True


def _all_before(project: Project, id_: str) -> frozenset[str]:
    found: set[str] = set()
    stack = [id_]
    while stack:
        one = stack.pop()
        for link in project.dependencies:
            if link.successor == one and link.predecessor not in found:
                found.add(link.predecessor)
                stack.append(link.predecessor)
    return frozenset(found)


def _length(project: Project, begun: frozenset[str], gate: str) -> int:
    """Return how long undoing takes at best: every order, each as early as it can."""
    work = {}
    for id_ in sorted(begun):
        activity = project.activities[id_]
        if activity.undo is not None and activity.undo.duration:
            needs = activity.undo.needs
            needs = activity.modes[0].needs if needs is None else needs
            work[id_] = (activity.undo.duration, needs)
    waits = {id_: {other for other in work if id_ in _all_before(project, other)} for id_ in work}
    after = project.gates[gate].else_
    check = sum(
        one.modes[0].duration
        for id_, one in project.activities.items()
        if after is not None and id_.startswith(f"{after}.")
    )
    return check + min(_serial(project, order, work, waits) for order in permutations(work))


def _serial(
    project: Project,
    order: Sequence[str],
    work: Mapping[str, tuple[int, Sequence[object]]],
    waits: Mapping[str, set[str]],
) -> int:
    done: dict[str, int] = {}
    taken: list[tuple[int, int, str]] = []
    for id_ in order:
        if not waits[id_] <= set(done):
            return 10**9
        minutes, needs = work[id_]
        begin = max((done[one] for one in waits[id_]), default=0)
        while any(
            100 * sum(a <= now < b and who == need.resource for a, b, who in taken) + need.units  # type: ignore[attr-defined]
            > project.resources[need.resource].capacity[0][1]  # type: ignore[attr-defined]
            for need in needs
            for now in range(begin, begin + minutes, GRID)
        ):
            begin += GRID
        done[id_] = begin + minutes
        taken += [(begin, begin + minutes, need.resource) for need in needs]  # type: ignore[attr-defined]
    return max(done.values(), default=0)
