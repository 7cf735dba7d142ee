"""Schedules built in Python, for tests of what comes after solving."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.support.projects import at

from imsgen.model import Instant, Project, Schedule, ScheduledActivity, Status
from imsgen.schedule import assemble


@dataclass(frozen=True)
class Dates:
    """Dates as the network analysis would give them."""

    activities: dict[str, ScheduledActivity]
    finish: Instant
    groups: dict[str, tuple[Instant, Instant]] = field(default_factory=dict)
    driving_chain: tuple[str, ...] = ()


def dated(id_: str, start: str, finish: str, **more: Any) -> ScheduledActivity:
    """Return the dates of one activity, from UTC text."""
    return ScheduledActivity(id_, at(start), at(finish), **more)


def make_schedule(project: Project, *dates: ScheduledActivity, **more: Any) -> Schedule:
    """Return an optimal schedule of given dates; ``more`` are arguments of ``assemble``."""
    finish = max(one.finish for one in dates)
    analysis = Dates(
        {one.id: one for one in dates},
        finish,
        more.pop("groups", {}),
        more.pop("driving_chain", ()),
    )
    return assemble(
        project,
        analysis,
        status=more.pop("status", Status.OPTIMAL),
        bound=more.pop("bound", finish),
        **more,
    )
