"""The schedule of a plan with the way back from its gates, within one budget."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from imsgen import solver
from imsgen.analysis.gates import with_rollbacks
from imsgen.model import Placement, Project, Schedule
from imsgen.network.protected import goes_back
from imsgen.solver import Observer, Settings

_SHARE = 0.2
"""Part of effort and time that is kept for the way back from gates, where a No-Go leads to
something; what the search for dates leaves is theirs too."""


def found_with_rollbacks(
    find: Callable[[Settings], Schedule],
    project: Project,
    settings: Settings,
    observer: Observer | None = None,
    phase: Callable[[str], None] | None = None,
) -> Schedule:
    """Return the schedule that a search finds with the way back from its gates.

    Both together take what the settings allow. A schedule that comes with its way back, because
    it is the one that was published, is returned as it is.

    Parameters
    ----------
    find
        The search, :func:`imsgen.solver.solve` say; it is told what it may take.
    observer
        Who may end it.
    phase
        Told what is done after the search.
    """
    begun = time.monotonic()
    waiting = any(project.activities[id_].scheduled for id_ in project.gates)
    kept = _SHARE if waiting and goes_back(project) else 0.0
    schedule = find(
        replace(
            settings,
            effort=(1 - kept) * settings.effort,
            time_limit=(1 - kept) * settings.time_limit,
        )
    )
    if schedule.rollbacks or not project.gates:
        return schedule
    if phase is not None:
        phase("way back from gates")
    effort = max(kept * settings.effort, settings.effort - schedule.run.spent)
    seconds = max(0.0, settings.time_limit - (time.monotonic() - begun))
    found = with_rollbacks(schedule, effort, seconds, observer)
    run = replace(found.run, effort=settings.effort, time_limit=settings.time_limit)
    return replace(found, run=run)


def solve(
    project: Project,
    settings: Settings | None = None,
    observer: Observer | None = None,
    start: Mapping[str, Placement] | None = None,
    published: Mapping[str, Placement] | None = None,
) -> Schedule:
    """Return the best schedule found with the way back from its gates, all within the settings.

    It is :func:`imsgen.solver.solve`, which finds the dates alone, with the same parameters and
    errors.
    """
    return found_with_rollbacks(
        lambda limits: solver.solve(project, limits, observer, start, published),
        project,
        settings or Settings(),
        observer,
    )
