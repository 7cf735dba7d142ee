"""The margin that a search for safe gates promised, as the ways back that are shown bear it out."""

from __future__ import annotations

from dataclasses import replace

from imsgen.model import ObjectiveLevel, Schedule, Verdict

MARGIN = "margin"
"""The level of the objective that `protect: rollback` adds last."""


def with_margin(schedule: Schedule) -> Schedule:
    """Return the schedule with the least margin of its gates as the ways back shown have it.

    They were looked for with another budget, so they may show less than the search knew.
    """
    margins = [
        back.margin
        for back in schedule.rollbacks.values()
        if back.verdict is Verdict.SAFE and back.margin is not None
    ]
    if not margins:
        return schedule
    least = min(margins)
    levels = tuple(
        _shown(one, least) if one.name == MARGIN and one.value != least else one
        for one in schedule.objective
    )
    return replace(schedule, objective=levels)


def _shown(level: ObjectiveLevel, least: int) -> ObjectiveLevel:
    bound = max(level.bound, least)
    return replace(level, value=least, bound=bound, proved=level.proved and bound == least)
