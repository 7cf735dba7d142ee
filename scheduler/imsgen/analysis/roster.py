"""The roster of a schedule whose plan asks for one."""

from __future__ import annotations

from dataclasses import replace

from imsgen.model import Schedule
from imsgen.schedule.duty import with_shifts
from imsgen.solver import Observer, Settings
from imsgen.solver.roster import solve_roster

EFFORT, TIME = 0.3, 0.1
"""Part of the effort of a solve that a roster may take besides, and of its time at least."""


def with_roster(
    schedule: Schedule,
    settings: Settings,
    spent: float = 0.0,
    observer: Observer | None = None,
) -> Schedule:
    """Return the schedule with its roster and the shifts in people's diaries.

    Parameters
    ----------
    settings
        Of the solve; what its limits leave open is said, never guessed.
    spent
        Seconds the solve took; what the wall clock cuts short is not reproducible.
    observer
        Who may end it.
    """
    rules = schedule.project.roster
    if rules is None:
        return schedule
    limits = replace(
        settings,
        effort=EFFORT * settings.effort,
        time_limit=max(settings.time_limit - spent, TIME * settings.time_limit),
        gap=0.0,
    )
    roster, reproducible = solve_roster(schedule, rules, limits, observer)
    run = replace(schedule.run, reproducible=schedule.run.reproducible and reproducible)
    return with_shifts(replace(schedule, run=run), roster)
