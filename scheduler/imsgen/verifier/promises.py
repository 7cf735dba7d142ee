"""What a replan keeps of its promises, counted again from the dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsgen.model import Placement
from imsgen.verifier.scene import Scene, Standing, State

PLAN_WEIGHT = 500
"""What missing the plan's own deadline weighs."""


def thawed(scene: Scene, published: Mapping[str, Placement]) -> int:
    """Return how many activities moved that were to start within `freeze` of the status date."""
    project = scene.project
    since = max(project.start, project.status_date or project.start)
    until = since + (project.options.freeze or 0)
    count = 0
    for id_, old in published.items():
        one = scene.standings.get(id_)
        if one is None or one.state is not State.WAITING or not since <= old.start < until:
            continue
        stays = (one.start, one.finish, scene.placed[id_].mode) == (
            old.start,
            old.finish,
            old.mode,
        )
        count += not stays
    return count


def missed(scene: Scene) -> int:
    """Return the weights of what is missed: deadlines, and gates held after they are booked."""
    project = scene.project
    total = sum(_own(scene, one) for one in scene.standings.values())
    for group in project.groups.values():
        if group.deadline is not None and _after(scene.inside(group.id), group.deadline):
            total += group.priority
    everything = tuple(scene.standings.values())
    if project.deadline is not None and _after(everything, project.deadline):
        total += PLAN_WEIGHT
    return total


def _own(scene: Scene, one: Standing) -> int:
    activity, weight = one.activity, 0
    deadline = activity.deadline
    late = deadline is not None and one.finish > deadline
    if late and deadline is not None and one.calendar.work_between(deadline, one.finish) > 0:
        weight += activity.priority
    gate = scene.project.gates.get(one.id)
    if gate is not None and gate.at is not None and one.start > gate.at:
        weight += activity.priority
    return weight


def _after(inside: Sequence[Standing], deadline: int) -> bool:
    return any(one.finish > deadline for one in inside)
