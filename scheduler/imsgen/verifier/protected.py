"""`options: {protect: rollback}`: that every gate which protects a window is shown to be safe."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.model import Schedule, Verdict
from imsgen.verifier.rollbacks import windows_of
from imsgen.verifier.scene import Scene, State
from imsgen.verifier.violation import Rule, Violation


def check_protected(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
    """Check that there is a way back in time from every gate, which is checked as one elsewhere.

    A replan keeps what was published as far as what has happened lets it: there the verdict of a
    gate is news, not a rule.
    """
    if scene.project.options.protect != "rollback" or schedule.replanned is not None:
        return
    for gate in guarded(scene):
        back = schedule.rollbacks.get(gate)
        if back is None:
            yield Violation(Rule.ROLLBACK, (gate,), f"gate `{gate}` is not shown to be safe")
        elif back.verdict is not Verdict.SAFE:
            yield Violation(
                Rule.ROLLBACK, (gate,), f"gate `{gate}` must be safe, but is `{back.verdict}`"
            )


def guarded(scene: Scene) -> tuple[str, ...]:
    """Return the gates still to decide that protect one window."""
    return tuple(
        gate
        for gate in scene.project.gates
        if (one := scene.standings.get(gate)) is not None
        and not one.settled
        and len(found := windows_of(scene, one)) == 1
        and scene.project.windows[min(found)].occurrences
    )


def first_irreversible(scene: Scene) -> int:
    """Return when the first irreversible step still to start does."""
    return min(
        (
            one.start
            for one in scene.standings.values()
            if one.activity.irreversible and one.state is State.WAITING
        ),
        default=scene.project.start,
    )


def least_margin(scene: Scene, schedule: Schedule) -> int:
    """Return the least minutes by which a gate that must be safe may slip."""
    backs = (schedule.rollbacks.get(gate) for gate in guarded(scene))
    margins = [back.margin for back in backs if back is not None and back.margin is not None]
    return min(margins, default=0)
