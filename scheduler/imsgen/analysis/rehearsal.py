"""What rehearsals teach: how long each step takes, and what to plan for the real night."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from imsgen.model import Activity, Estimate, Kind, Project, Schedule


class Learning(StrEnum):
    """How durations for the real night follow from the rehearsals."""

    THREE_POINT = "three-point"
    """Least and most of all that was seen and planned for, the last rehearsal as the likely one:
    the three values of PERT (Malcolm, Roseboom, Clark and Fazar, Operations Research 7, 1959)."""
    LONGEST = "longest"
    """The longest any rehearsal took."""
    LAST = "last"
    """What the last rehearsal took that had the step."""


@dataclass(frozen=True, slots=True)
class Step:
    """One activity: what was planned, what rehearsals took, what is proposed; minutes.

    ``actual`` has one entry a rehearsal, None where it was not timed. ``proposed`` is None where
    nothing changes or ``why`` says what stands against it.
    """

    id: str
    name: str
    planned: int
    actual: tuple[int | None, ...]
    proposed: Estimate | None = None
    why: str = ""
    driving: bool = False
    """Whether it is on the driving chain of the schedule."""

    @property
    def last(self) -> int:
        """Return what the last rehearsal took that timed it."""
        return next(one for one in reversed(self.actual) if one is not None)

    @property
    def ratio(self) -> float | None:
        """Return last / planned; None where nothing was planned."""
        return self.last / self.planned if self.planned else None


def learned(
    schedule: Schedule, rehearsals: Sequence[Mapping[str, int]], learning: Learning
) -> tuple[Step, ...]:
    """Return the steps that any rehearsal timed, in outline order.

    Parameters
    ----------
    schedule
        Of the plan, for the modes chosen and its driving chain.
    rehearsals
        Minutes by activity, the oldest first.
    """
    project = schedule.project
    chain = set(schedule.driving_chain)
    found = []
    for id_ in project.outline:
        actual = tuple(one.get(id_) for one in rehearsals)
        if all(one is None for one in actual):
            continue
        activity = project.activities[id_]
        placed = schedule.activities.get(id_)
        planned = activity.modes[placed.mode if placed else 0].duration
        why = _against(activity)
        proposed = None if why else _proposal(activity, planned, actual, learning)
        found.append(Step(id_, activity.name, planned, actual, proposed, why, id_ in chain))
    return tuple(found)


def _against(activity: Activity) -> str:
    """Return why a duration cannot be proposed."""
    if len(activity.modes) > 1:
        return "several ways of doing it"
    if activity.progress is not None and activity.progress.actual_start is not None:
        return "has begun"
    return ""


def _proposal(
    activity: Activity, planned: int, actual: Sequence[int | None], learning: Learning
) -> Estimate | None:
    """Return least, likely and most for the plan; None where that is what it says."""
    timed = [max(one, 1) for one in actual if one is not None]
    before = activity.estimate
    if learning is Learning.LONGEST:
        found = Estimate(*(max(timed),) * 3)
    elif learning is Learning.LAST:
        found = Estimate(*(timed[-1],) * 3)
    else:
        # What was thought possible and not seen stays possible.
        most = max(*timed, before.most if before else planned)
        least = min(*timed, before.least if before else timed[-1])
        found = Estimate(least, timed[-1], most)
    same = before or Estimate(planned, planned, planned)
    return None if found == same else found


@dataclass(frozen=True, slots=True)
class Sums:
    """Minutes planned and taken of the steps that were timed, and of those that drive."""

    planned: int
    taken: int
    driving_planned: int
    driving_taken: int


def sums(steps: Sequence[Step]) -> Sums:
    """Return the sums of planned minutes and of those in the last rehearsal of each step."""
    driving = [one for one in steps if one.driving]
    return Sums(
        sum(one.planned for one in steps),
        sum(one.last for one in steps),
        sum(one.planned for one in driving),
        sum(one.last for one in driving),
    )


def untimed(project: Project, schedule: Schedule, steps: Sequence[Step]) -> tuple[str, ...]:
    """Return the steps of the same windows that no rehearsal timed, in outline order."""
    timed = {one.id for one in steps}
    windows = {one.window for id_ in timed for one in project.activities[id_].within}
    return tuple(
        id_
        for id_ in schedule.activities
        if id_ not in timed
        and any(one.window in windows for one in project.activities[id_].within)
        and project.activities[id_].kind is Kind.TASK
    )
