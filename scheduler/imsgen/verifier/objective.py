"""The objective values, worked out again from the dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from imsgen.model import Instant, Schedule
from imsgen.verifier.promises import missed, thawed
from imsgen.verifier.protected import first_irreversible, least_margin
from imsgen.verifier.scene import Scene, State
from imsgen.verifier.use import cost, people, people_told, shift, squared_use
from imsgen.verifier.violation import Rule, Violation

PLAN_PRIORITY = 500
"""Weight of the plan's own deadline."""


def check_objective(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
    """Check that every level of the objective has the value that the dates give."""
    makers: dict[str, Callable[[], int]] = {
        "frozen": lambda: thawed(scene, schedule.published),
        "missed": lambda: missed(scene),
        "deadlines": lambda: tardiness(scene),
        "finish": lambda: int(scene.finish),
        "early starts": lambda: early_starts(scene),
        "smooth use": lambda: squared_use(scene),
        "people": lambda: people(scene),
        "people told": lambda: len(people_told(scene, schedule.published)),
        "shift": lambda: shift(scene, schedule.published),
        "cost": lambda: cost(scene),
        "point of no return": lambda: first_irreversible(scene),
        "margin": lambda: least_margin(scene, schedule),
    }
    for level in schedule.objective:
        make = makers.get(level.name)
        if make is None:
            yield Violation(Rule.OBJECTIVE, (), f"`{level.name}` is no level of an objective")
            continue
        value = make()
        if level.value != value:
            yield Violation(
                Rule.OBJECTIVE,
                (),
                f"`{level.name}` is given as {level.value}, but the dates make it {value}",
            )


def early_starts(scene: Scene) -> int:
    """Return the working minutes before the start of everything that has not begun, summed."""
    return sum(
        one.calendar.work_at(one.start)
        for one in scene.standings.values()
        if one.state is State.WAITING
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
