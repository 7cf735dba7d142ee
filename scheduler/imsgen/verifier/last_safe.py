"""What a schedule says of the last safe moments of its windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from imsgen.model import Instant, LastSafe, LinkType, Schedule
from imsgen.verifier.rollbacks import Check, ending, steps_obey, windows_of
from imsgen.verifier.scene import Scene
from imsgen.verifier.violation import Rule, Violation
from imsgen.verifier.way_back import WayBack


def last_safe_check(rules: Sequence[Check]) -> Callable[[Scene, Schedule], Iterator[Violation]]:
    """Return the check of all last safe moments and of the curves that lead to them."""

    def check(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
        stated = {(one.window, one.occurrence) for one in schedule.last_safe}
        for gate, back in schedule.rollbacks.items():
            if back.window and (back.window, back.occurrence) not in stated:
                text = f"the window `{back.window}` of gate `{gate}` has no last safe moment"
                yield Violation(Rule.ROLLBACK, (gate,), text)
        for one in schedule.last_safe:
            for text in _problems(scene, schedule, one, rules):
                yield Violation(Rule.ROLLBACK, one.gates, f"window `{one.window}`: {text}")

    return check


def _problems(
    scene: Scene, schedule: Schedule, one: LastSafe, rules: Sequence[Check]
) -> Iterator[str]:
    if not _right_window(scene, schedule, one):
        yield "its dates or the gates that protect it are others"
        return
    starts = {
        id_: standing.start
        for id_, standing in scene.standings.items()
        if standing.activity.irreversible
    }
    if one.no_return != min(starts.values(), default=None) or (
        one.irreversible and starts.get(one.irreversible) != one.no_return
    ):
        yield "the first irreversible step starts at another time"
        return
    if one.latest is not None:
        yield from _witness(scene, one, one.latest, rules)
    yield from _curve(scene, one)


def _right_window(scene: Scene, schedule: Schedule, one: LastSafe) -> bool:
    window = scene.project.windows.get(one.window)
    if window is None or not 0 <= one.occurrence < len(window.occurrences):
        return False
    known = [id_ for id_ in one.gates if id_ in schedule.rollbacks]
    order = [scene.standings[id_].finish for id_ in known if id_ in scene.standings]
    protecting = {
        id_
        for id_, back in schedule.rollbacks.items()
        if (back.window, back.occurrence) == (one.window, one.occurrence)
    }
    return (
        window.occurrences[one.occurrence] == (one.opens, one.ends)
        and set(one.gates) == protecting
        and len(one.gates) == len(protecting) == len(order)
        and order == sorted(order)
        and all(windows_of(scene, scene.standings[id_]) == {one.window} for id_ in one.gates)
    )


def _witness(
    scene: Scene, one: LastSafe, latest: Instant, rules: Sequence[Check]
) -> Iterator[str]:
    """Check that the rollback from the last safe moment is one and ends with the window."""
    if one.no_return is not None and latest > one.no_return:
        yield "the last safe moment is past the point of no return"
    if one.gate != _deciding(scene, one, latest):
        yield "another gate decides next at the last safe moment"
        return
    yield from steps_obey(WayBack(scene, one.gate, latest), latest, one.steps, rules)
    if ending(one.steps, latest) > one.ends:
        yield "the rollback from the last safe moment ends after the window"
    if one.latest_bound is None or one.latest_bound < latest:
        yield "the bound of the last safe moment is before it"


def _curve(scene: Scene, one: LastSafe) -> Iterator[str]:
    """Check the curve against the last safe moment, against itself and against the critical path."""
    for point in one.curve:
        safe = point.finish is not None and point.finish <= one.ends
        if point.finish is not None and not point.at <= point.bound <= point.finish:
            yield "a point of the curve ends before it is proved to"
        if one.latest is not None and point.at == one.latest and not safe:
            yield "a point of the curve at the last safe moment is not safe"
        beyond = one.latest is None or point.at > one.latest
        if safe and beyond:
            yield "a point of the curve after the last safe moment is safe"
        if point.bound <= one.ends and (one.latest_bound is None or point.at > one.latest_bound):
            yield "the curve does not prove that there is no safe moment after the last"
        if one.no_return is not None and point.at > one.no_return:
            yield "the curve goes on after the point of no return"
    for point, after in pairwise(one.curve):
        if point.at >= after.at:
            yield "the curve goes back in time"
        alike = _contingency(scene, one, point.at) == _contingency(scene, one, after.at)
        if alike and after.finish is not None and after.finish < point.bound:
            yield "the end of a rollback falls where it begins later"
    yield from _too_short(scene, one)


def _too_short(scene: Scene, one: LastSafe) -> Iterator[str]:
    """Check that no rollback of the curve takes less than its longest path.

    Calendars, people, lags and what is undone with its group only add to that.
    """
    then = {gate: _longest_contingency(scene, gate) for gate in one.gates}
    undo = {id_: _minutes(scene, id_) for id_ in scene.standings}
    for point in one.curve:
        begun = {id_ for id_, standing in scene.standings.items() if standing.start < point.at}
        path = _longest(scene.predecessors, {id_: undo[id_] for id_ in begun})
        path += then[_deciding(scene, one, point.at)]
        if point.finish is not None and point.finish - point.at < path:
            yield "a rollback of the curve takes less than its longest path"
            return


def _minutes(scene: Scene, id_: str) -> int:
    """Return what undoing an activity on its own takes."""
    undo = scene.standings[id_].activity.undo
    if undo is None or any(group.undo is not None for group in scene.project.ancestors(id_)):
        return 0
    return undo.duration + undo.verify


def _longest_contingency(scene: Scene, gate: str) -> int:
    group = scene.project.gates[gate].else_
    if group is None:
        return 0
    inside = {
        id_: min(mode.duration for mode in scene.project.activities[id_].modes)
        for id_ in scene.project.leaves(group)
        if scene.project.activities[id_].active
    }
    before: dict[str, list[str]] = {id_: [] for id_ in inside}
    for link in scene.project.dependencies:
        if link.type is LinkType.FS and link.lag >= 0 and link.successor in inside:
            before[link.successor] += [link.predecessor] if link.predecessor in inside else []
    return _longest(before, inside)


def _longest(before: Mapping[str, Sequence[str]], minutes: Mapping[str, int]) -> int:
    """Return the sum of minutes along the longest path."""
    known: dict[str, int] = {}
    for first in before:
        stack = [first]
        while stack:
            id_ = stack[-1]
            missing = [one for one in before[id_] if one not in known]
            if missing:
                stack += missing
                continue
            stack.pop()
            longest = max((known[one] for one in before[id_]), default=0)
            known[id_] = minutes.get(id_, 0) + longest
    return max(known.values(), default=0)


def _deciding(scene: Scene, one: LastSafe, moment: Instant) -> str:
    """Return the first gate that has not decided by then, else the last."""
    standings: Mapping[str, object] = scene.standings
    open_ = [
        id_ for id_ in one.gates if id_ in standings and scene.standings[id_].finish >= moment
    ]
    return open_[0] if open_ else one.gates[-1]


def _contingency(scene: Scene, one: LastSafe, moment: Instant) -> str | None:
    return scene.project.gates[_deciding(scene, one, moment)].else_
