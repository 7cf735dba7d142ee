"""T-minus: how far before or after the decision that counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from imsgen.model import DAY, End, Instant, Project, Schedule, ScheduledActivity


@dataclass(frozen=True, slots=True)
class Zero:
    """What T-minus labels count to."""

    instant: Instant
    name: str


def t_minus(instant: Instant, zero: Instant) -> str:
    """Return ``T-1d 2h 30m``, ``T+45m`` or ``T-0``, in elapsed days of 24 hours."""
    distance = instant - zero
    if distance == 0:
        return "T-0"
    days, rest = divmod(abs(distance), DAY)
    hours, minutes = divmod(rest, 60)
    parts = [f"{n}{unit}" for n, unit in ((days, "d"), (hours, "h"), (minutes, "m")) if n]
    return f"T{'-' if distance < 0 else '+'}{' '.join(parts)}"


def zero_of(schedule: Schedule) -> Zero | None:
    """Return what T-minus counts to: ``options.t_zero``, else the last gate's decision."""
    return zero_among(schedule.project, schedule.activities, schedule.groups, schedule.finish)


def zero_among(
    project: Project,
    activities: Mapping[str, ScheduledActivity],
    groups: Mapping[str, tuple[Instant, Instant]],
    finish: Instant,
) -> Zero | None:
    """Return what T-minus counts to, see :func:`zero_of`, before there is a schedule."""
    if project.options.t_zero:
        id_, _, end = project.options.t_zero.rpartition(".")
    else:
        decided = [(activities[gate].finish, gate) for gate in project.gates if gate in activities]
        if not decided:
            return None
        id_, end = max(decided)[1], End.GO
    at_start = end == End.START
    if id_ == "project":
        return Zero(project.start if at_start else finish, project.name)
    placed = activities.get(id_)
    if placed is not None:
        return Zero(placed.start if at_start else placed.finish, project.activities[id_].name)
    span = groups.get(id_)
    if span is not None:
        return Zero(span[0] if at_start else span[1], project.groups[id_].name)
    return None
