"""What a schedule says of the way back from its gates: that it is one, and ends in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from imsgen.model import Instant, Kind, Placement, Rollback, RollbackStep, Schedule, Verdict
from imsgen.verifier.scene import Scene, Standing
from imsgen.verifier.violation import Rule, Violation
from imsgen.verifier.way_back import WayBack, placed_steps

Check = Callable[[Scene], Iterator[Violation]]


def rollback_check(rules: Sequence[Check]) -> Callable[[Scene, Schedule], Iterator[Violation]]:
    """Return the check of all rollbacks, whose steps must obey the rules of any placement."""

    def check(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
        if not schedule.rollbacks:
            return
        for gate in scene.project.gates:
            one = scene.standings.get(gate)
            if one is not None and not one.settled and gate not in schedule.rollbacks:
                yield Violation(Rule.ROLLBACK, (gate,), f"gate `{gate}` has no way back")
        for id_, back in schedule.rollbacks.items():
            if back.gate != id_ or id_ not in scene.standings or id_ not in scene.project.gates:
                yield Violation(Rule.ROLLBACK, (id_,), f"`{id_}` is no gate of the schedule")
                continue
            for text in _problems(scene, back, rules):
                yield Violation(Rule.ROLLBACK, (id_,), f"gate `{id_}`: {text}")

    return check


def _problems(scene: Scene, back: Rollback, rules: Sequence[Check]) -> Iterator[str]:
    way = WayBack(scene, back.gate)
    if back.decided != way.decided:
        yield "its decision is not when it finishes"
        return
    yield from _window(scene, back)
    if set(back.irreversible) != set(way.irreversible):
        yield "the irreversible steps begun by then are others"
    if way.irreversible:
        if back.verdict is not Verdict.PAST or back.finish is not None:
            yield "there is no way back after an irreversible step"
        return
    if back.finish is not None:
        yield from steps_obey(way, back.decided, back.steps, rules)
        if back.finish != ending(back.steps, back.decided):
            yield "the rollback does not finish with its last step"
        if back.bound is not None and back.bound > back.finish:
            yield "the bound is after a rollback that is known"
    yield from _drivers(back)
    if back.latest is not None:
        yield from steps_obey(way, back.latest, back.latest_steps, rules)
        if back.ends is None or ending(back.latest_steps, back.latest) > back.ends:
            yield "the rollback from the latest safe time ends after the window"
        if back.latest_bound is None or back.latest_bound < back.latest:
            yield "the bound of the latest safe time is before it"
    yield from _verdict(back)


def _drivers(back: Rollback) -> Iterator[str]:
    """Check that the driving steps lead to the end of the rollback, one after the other."""
    steps = {(one.kind, one.id): one for one in back.steps}
    chain = [steps.get((one.kind, one.id)) for one in back.drivers]
    if None in chain:
        yield "a step that drives is no step of the rollback"
        return
    found = [one for one in chain if one is not None]
    if any(one.start > then.start for one, then in pairwise(found)):
        yield "the steps that drive are out of order"
    if found and found[-1].finish != back.finish:
        yield "the steps that drive do not lead to the end"


def _verdict(back: Rollback) -> Iterator[str]:
    """Check that the verdict is what the figures say."""
    if back.ends is None:
        right = back.verdict is Verdict.NO_WINDOW
    elif back.finish is not None and back.finish <= back.ends:
        right = back.verdict is Verdict.SAFE
        if back.latest is None or back.latest < back.decided:
            yield "it is safe, but the latest safe time is before it"
    else:
        right = back.verdict in (Verdict.TOO_LATE, Verdict.OPEN)
        if back.verdict is Verdict.TOO_LATE and back.bound is not None and back.bound <= back.ends:
            yield "that it is too late is not proved"
    if not right:
        yield f"the verdict `{back.verdict}` is not what its dates say"


def steps_obey(
    way: WayBack, moment: Instant, steps: Sequence[RollbackStep], rules: Sequence[Check]
) -> Iterator[str]:
    """Check the steps of a rollback that begins at a moment."""
    plan = way.plan(moment)
    placed = {
        id_: Placement(one.start, one.finish, one.mode if id_ == one.id else 0)
        for id_, one in placed_steps(steps).items()
    }
    for id_ in plan.activities:
        if id_ not in placed:
            yield f"the rollback leaves out `{id_}`"
    for id_ in placed:
        if id_ not in plan.activities:
            yield f"the rollback has `{id_}`, which there is no need for"
    there = Scene(plan, placed)
    for rule in rules:
        for violation in rule(there):
            yield f"rollback: {violation.message}"


def ending(steps: Sequence[RollbackStep], moment: Instant) -> Instant:
    """Return when the last step ends; the moment itself when there is none."""
    return max((one.finish for one in steps), default=moment)


def _window(scene: Scene, back: Rollback) -> Iterator[str]:
    """Check that the window is one the gate may protect, and its end that of the occurrence."""
    may = windows_of(scene, scene.standings[back.gate])
    if not back.window:
        if len(may) == 1 or back.ends is not None:
            yield "it protects a window, but none is named"
        return
    if may != {back.window}:
        yield f"it does not protect the window `{back.window}`"
        return
    spans = scene.project.windows[back.window].occurrences
    if not 0 <= back.occurrence < len(spans) or spans[back.occurrence][1] != back.ends:
        yield f"the window `{back.window}` does not end then"


def windows_of(scene: Scene, gate: Standing) -> set[str]:
    """Return the windows that a gate may protect."""
    named = scene.project.gates[gate.id].window
    if named is not None:
        return {named}
    found: set[str] = set()
    seen = {gate.id}
    reached = [gate.id]
    while reached:
        here = reached.pop()
        for link in scene.project.dependencies:
            if not any(one.id == here for one in scene.inside(link.predecessor)):
                continue
            for one in scene.inside(link.successor):
                if one.id in seen:
                    continue
                seen.add(one.id)
                found.update(within.window for within in one.activity.within)
                if not one.activity.within and one.activity.kind is not Kind.TASK:
                    reached.append(one.id)
    return found or {within.window for within in gate.activity.within}
