"""T-minus: how far before or after the decision that counts."""

from __future__ import annotations

from dataclasses import dataclass

from imsgen.model import DAY, End, Instant, Schedule


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
    project = schedule.project
    if project.options.t_zero:
        id_, _, end = project.options.t_zero.rpartition(".")
        return _event(schedule, id_, end)
    decided = [
        (placed.finish, id_)
        for id_ in project.gates
        if (placed := schedule.activities.get(id_)) is not None
    ]
    if not decided:
        return None
    return _event(schedule, max(decided)[1], End.GO)


def _event(schedule: Schedule, id_: str, end: str) -> Zero | None:
    project = schedule.project
    at_start = end == End.START
    if id_ == "project":
        return Zero(project.start if at_start else schedule.finish, project.name)
    placed = schedule.activities.get(id_)
    if placed is not None:
        return Zero(placed.start if at_start else placed.finish, project.activities[id_].name)
    span = schedule.groups.get(id_)
    if span is not None:
        return Zero(span[0] if at_start else span[1], project.groups[id_].name)
    return None
