"""Hard date constraints of activities and of the groups around them."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.model import Constraint, ConstraintType
from imsgen.verifier.scene import Scene, Standing, State
from imsgen.verifier.violation import Rule, Violation

_ON_START = (ConstraintType.SNET, ConstraintType.SNLT, ConstraintType.MSO)
_ON_FINISH = (ConstraintType.FNET, ConstraintType.FNLT, ConstraintType.MFO)


def check_constraints(scene: Scene) -> Iterator[Violation]:
    """Check that every constraint holds, but for the start of what has started and for what is settled."""
    for one in scene.standings.values():
        if one.settled:
            continue
        for constraint in scene.project.constraints_on(one.id):
            if constraint.type in _ON_START and one.state is State.WAITING:
                yield from _start(scene, one, constraint)
            elif constraint.type in _ON_FINISH:
                yield from _finish(scene, one, constraint)


def _start(scene: Scene, one: Standing, constraint: Constraint) -> Iterator[Violation]:
    earliest, latest = constraint.earliest, constraint.latest
    text = f"`{one.id}` starts {{0}}, but its {constraint.type} asks for {{1}}"
    if earliest is not None and one.start < earliest:
        yield scene.violation(Rule.CONSTRAINT, (one.id,), f"{text} or later", one.start, earliest)
    if latest is not None and one.start > latest:
        yield scene.violation(Rule.CONSTRAINT, (one.id,), f"{text} or before", one.start, latest)


def _finish(scene: Scene, one: Standing, constraint: Constraint) -> Iterator[Violation]:
    """Compare in working time; a milestone must not come before its bound even so."""
    earliest, latest = constraint.earliest, constraint.latest
    text = f"`{one.id}` finishes {{0}}, but its {constraint.type} asks for {{1}}"
    if earliest is not None and (
        one.finish < earliest if one.point else one.calendar.work_between(one.finish, earliest) > 0
    ):
        yield scene.violation(Rule.CONSTRAINT, (one.id,), f"{text} or later", one.finish, earliest)
    if latest is not None and one.calendar.work_between(latest, one.finish) > 0:
        yield scene.violation(Rule.CONSTRAINT, (one.id,), f"{text} or before", one.finish, latest)
