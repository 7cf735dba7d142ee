"""From solved dates to a complete schedule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from imsgen.model import (
    DriverKind,
    Instant,
    LastSafe,
    ObjectiveLevel,
    Placement,
    Project,
    Rollback,
    Run,
    Schedule,
    ScheduledActivity,
    Status,
)
from imsgen.schedule.digest import plan_hash
from imsgen.schedule.meetings import meetings, tasks
from imsgen.schedule.revisions import carry


class Analysed(Protocol):
    """What the network analysis of solved dates knows."""

    @property
    def activities(self) -> Mapping[str, ScheduledActivity]:
        """Dates, floats and drivers of every activity on the plan of record."""

    @property
    def groups(self) -> Mapping[str, tuple[Instant, Instant]]:
        """Start and finish of every group with something scheduled inside."""

    @property
    def driving_chain(self) -> Sequence[str]:
        """Ids from the first driver to the activity that finishes last."""

    @property
    def finish(self) -> Instant:
        """The plan's finish."""


def assemble(
    project: Project,
    analysis: Analysed,
    *,
    status: Status,
    bound: Instant,
    objective: Sequence[ObjectiveLevel] = (),
    run: Run | None = None,
    published: Mapping[str, Placement] | None = None,
) -> Schedule:
    """Return the schedule of analysed dates, with its meetings and plan hash, as revision 1.

    Parameters
    ----------
    analysis
        What :func:`imsgen.network.analyse` returns.
    bound
        Proven: no schedule finishes before this instant.
    published
        The dates that the objective counts changes from.
    """
    activities = {
        id_: _kept(analysis.activities[id_], (published or {}).get(id_))
        for id_ in project.outline
        if id_ in analysis.activities
    }
    schedule = Schedule(
        project=project,
        status=status,
        finish=analysis.finish,
        bound=bound,
        activities=activities,
        groups=dict(analysis.groups),
        objective=tuple(objective),
        driving_chain=tuple(analysis.driving_chain),
        meetings=meetings(project, activities, analysis.groups, analysis.finish),
        tasks=tasks(project, activities, analysis.groups, analysis.finish),
        run=run or Run(),
        plan_hash=plan_hash(project),
        published=dict(published or {}),
    )
    return carry(schedule, None)


def _kept(dates: ScheduledActivity, before: Placement | None) -> ScheduledActivity:
    """Return the dates with what people were promised as their reason, where nothing else is."""
    driver = dates.driver
    chosen = driver is not None and driver.kind is DriverKind.CHOICE
    if driver is None or not chosen or before is None or before.start != dates.start:
        return dates
    return replace(dates, driver=replace(driver, text="kept as published"))


def with_way_back(
    schedule: Schedule, rollbacks: Mapping[str, Rollback], last_safe: Sequence[LastSafe]
) -> Schedule:
    """Return a schedule, not published yet, with the way back from its gates and its events."""
    found = replace(
        schedule,
        rollbacks=dict(rollbacks),
        last_safe=tuple(last_safe),
        meetings=meetings(
            schedule.project,
            schedule.activities,
            schedule.groups,
            schedule.finish,
            rollbacks=rollbacks,
            last_safe=last_safe,
        ),
    )
    return carry(found, None)
