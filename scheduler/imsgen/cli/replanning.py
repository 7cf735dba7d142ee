"""Which published schedule a plan in progress is replanned from, and what must be said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imsgen.cli.console import Console
from imsgen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from imsgen.model import Project, Schedule

_NAMED = 8
"""Ids listed in one message."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A published schedule and its file."""

    schedule: Schedule
    path: Path


def earlier_schedule(
    console: Console, project: Project, given: Path | None, target: Path, beside: Path
) -> Earlier | None:
    """Return the schedule to replan from; None: the plan is solved afresh.

    Parameters
    ----------
    given
        That of ``--from``.
    target
        The schedule file that is about to be replaced: it is the one where nothing is given and
        the plan has a status date.
    beside
        The schedule file beside the plan: it is the one where there is none to replace.

    Raises
    ------
    PlanError
        If the schedule is of another plan, or was made for a later status date.
    UsageError
        If the file is no schedule.
    """
    from imsgen.errors import PlanError, UsageError
    from imsgen.schedule import read_schedule

    known = target if target.exists() else beside
    if given is None and (project.status_date is None or not known.exists()):
        return None
    path = given or known
    if not path.exists():
        raise UsageError(f"there is no file `{path}`")
    found = read_schedule(path)
    if found.project.id != project.id:
        if given is None:
            return None
        raise PlanError([_of_another(project, found, path)])
    if _went_back(project, found):
        raise PlanError([_back_in_time(project, found, path)])
    gone = [one for one in _scheduled(found) if one not in _scheduled_now(project)]
    if gone:
        console.diagnostics([_gone(gone, path)], Severity.WARNING)
    return Earlier(_trusted(project, found), path)


def _trusted(project: Project, schedule: Schedule) -> Schedule:
    """Return the schedule, as one that has changed if somebody edited its file."""
    from dataclasses import replace

    from imsgen.schedule import plan_hash
    from imsgen.verifier import verify_schedule

    if schedule.plan_hash != plan_hash(project) or not verify_schedule(schedule):
        return schedule
    return replace(schedule, plan_hash="")


def _scheduled(schedule: Schedule) -> Iterator[str]:
    yield from schedule.activities


def _scheduled_now(project: Project) -> dict[str, None]:
    return {one.id: None for one in project.activities.values() if one.scheduled}


def _went_back(project: Project, schedule: Schedule) -> bool:
    last, now = schedule.project.status_date, project.status_date
    return last is not None and (now is None or now < last)


def _of_another(project: Project, schedule: Schedule, path: Path) -> Diagnostic:
    return Diagnostic(
        "IMS660",
        Severity.ERROR,
        f"`{path}` is the schedule of plan `{schedule.project.id}`, expected `{project.id}`",
        help="name the schedule of this plan, or give the plan the `id:` it had",
    )


def _back_in_time(project: Project, schedule: Schedule, path: Path) -> Diagnostic:
    from imsgen.schedule.views import moment_text

    last = moment_text(schedule.project.status_date or project.start, project.timezone)
    now = project.status_date
    found = "gone" if now is None else moment_text(now, project.timezone)
    return Diagnostic(
        "IMS661",
        Severity.ERROR,
        f"the status date is {found}, before that of `{path}`, {last}",
        project.sources.get("plan.status_date"),
        help="put the status date on, or solve with `--fresh` to forget the published dates",
    )


def _gone(ids: list[str], path: Path) -> Diagnostic:
    named = ", ".join(f"`{one}`" for one in ids[:_NAMED])
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return Diagnostic(
        "IMS662",
        Severity.WARNING,
        f"`{path}` has dates of what is no longer scheduled: {named}{more}",
        help="a renamed activity is a new one: nobody is told of its old dates",
    )


def frozen_moves(schedule: Schedule) -> tuple[Diagnostic, ...]:
    """Return a warning for each frozen activity that had to move, with the reason."""
    from imsgen.schedule.promises import obstacle, thawed
    from imsgen.schedule.views import moment_text

    project = schedule.project
    found = []
    for id_, old in thawed(schedule):
        now = schedule.activities[id_]
        zone = project.timezone
        reason = obstacle(schedule, id_, old)
        moved = f"{moment_text(old.start, zone)} -> {moment_text(now.start, zone)}"
        if now.start == old.start:
            moved = f"now until {moment_text(now.finish, zone)}"
        found.append(
            Diagnostic(
                "IMS663",
                Severity.WARNING,
                f"`{id_}` is frozen and had to move: {moved}" + (f" ({reason})" if reason else ""),
                project.sources.get(f"activity:{id_}"),
            )
        )
    return tuple(found)
