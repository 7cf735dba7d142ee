"""Which deadlines a schedule meets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imsgen.model import Instant, Schedule


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline of an activity, a group or the plan (id ``project``) and when it was done."""

    id: str
    name: str
    deadline: Instant
    finish: Instant

    @property
    def late(self) -> int:
        """Return the elapsed minutes the finish is after the deadline; 0 when met."""
        return max(self.finish - self.deadline, 0)


def deadlines(schedule: Schedule) -> tuple[Deadline, ...]:
    """Return every deadline of the plan of record: the plan's first, then in outline order."""
    return tuple(_each(schedule))


def _each(schedule: Schedule) -> Iterator[Deadline]:
    project = schedule.project
    if project.deadline is not None:
        yield Deadline("project", project.name, project.deadline, schedule.finish)
    for id_ in project.outline:
        group = project.groups.get(id_)
        if group is not None:
            if group.deadline is not None and id_ in schedule.groups:
                yield Deadline(id_, group.name, group.deadline, schedule.groups[id_][1])
            continue
        dates = schedule.activities.get(id_)
        activity = project.activities[id_]
        if dates is not None and activity.deadline is not None:
            yield Deadline(id_, activity.name, activity.deadline, dates.finish)
