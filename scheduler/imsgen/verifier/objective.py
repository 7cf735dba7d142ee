"""The objective values, worked out again from the dates."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.model import Instant, Schedule
from imsgen.verifier.scene import Scene
from imsgen.verifier.violation import Rule, Violation

PLAN_PRIORITY = 500
"""Weight of the plan's own deadline."""


def check_objective(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
    """Check that the levels called ``deadlines`` and ``finish`` have the values that the dates give."""
    wanted = {"deadlines": tardiness(scene), "finish": int(scene.finish)}
    for level in schedule.objective:
        value = wanted.get(level.name)
        if value is not None and level.value != value:
            yield Violation(
                Rule.OBJECTIVE,
                (),
                f"`{level.name}` is given as {level.value}, but the dates make it {value}",
            )


def tardiness(scene: Scene) -> int:
    """Return the weighted minutes by which deadlines are missed."""
    late = 0
    project = scene.project
    for one in scene.standings.values():
        deadline = one.activity.deadline
        if deadline is not None:
            minutes = max(0, one.calendar.work_between(deadline, one.finish))
            late += one.activity.priority * minutes
    for group in project.groups.values():
        inside = scene.inside(group.id)
        if group.deadline is not None and inside:
            finish = max(one.finish for one in inside)
            late += group.priority * _elapsed(finish, group.deadline)
    if project.deadline is not None:
        late += PLAN_PRIORITY * _elapsed(scene.finish, project.deadline)
    return late


def _elapsed(finish: Instant, deadline: Instant) -> int:
    return max(0, finish - deadline)
