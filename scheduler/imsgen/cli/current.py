"""The schedule that a question about a plan is answered from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from imsgen.cli.console import Console
from imsgen.cli.outputs import PLANS, find_schedule, schedule_path

if TYPE_CHECKING:
    from imsgen.model import Project, Schedule


def current_schedule(console: Console, path: Path) -> Schedule:
    """Return the schedule a user means by naming it or its plan.

    A plan without a schedule beside it is solved, and nothing is written. Where the plan has
    changed since it was solved, the published schedule is shown with a warning.

    Raises
    ------
    PlanError
        If a plan without a schedule has errors.
    UsageError
        If there is no such file.
    """
    from imsgen.diagnostics import Severity
    from imsgen.schedule import read_schedule

    if path.suffix not in PLANS or not path.exists():
        return read_schedule(find_schedule(path))
    beside = schedule_path(path, None)
    if not beside.exists():
        from imsgen.cli.plans import load_plan

        loaded = load_plan(console, path)
        console.diagnostics(loaded.diagnostics, Severity.WARNING)
        console.note(f"note: there is no `{beside}` yet: solved to show this, nothing is written")
        return _solved(console, loaded.project)
    found = read_schedule(beside)
    _warn_if_changed(console, path, found, beside)
    return found


def _solved(console: Console, project: Project) -> Schedule:
    """Return the schedule that `imsgen solve` finds, its roster included."""
    import time

    from imsgen.analysis import solve
    from imsgen.analysis.roster import with_roster
    from imsgen.cli.interruptible import interruptible
    from imsgen.cli.progress import progress_line
    from imsgen.cli.settings import cores
    from imsgen.errors import VerificationError
    from imsgen.solver import Settings
    from imsgen.verifier import verify_schedule

    line = progress_line(console, project.timezone)
    settings = Settings(workers=cores())
    begun = time.monotonic()
    try:
        schedule = interruptible(
            lambda: solve(project, settings, line), line.interrupt, console.note
        )
        if project.roster is not None:
            dated, spent = schedule, time.monotonic() - begun
            schedule = interruptible(
                lambda: with_roster(dated, settings, spent, line), line.interrupt, console.note
            )
    finally:
        line.clear()
    violations = verify_schedule(schedule)
    if violations:
        raise VerificationError([str(one) for one in violations])
    return schedule


def _warn_if_changed(console: Console, plan: Path, schedule: Schedule, beside: Path) -> None:
    """Warn that the plan is no longer the one that was solved, or can no longer be read."""
    from dataclasses import replace

    from imsgen.cli.verdict import changed
    from imsgen.diagnostics import Severity
    from imsgen.errors import PlanError
    from imsgen.plan import load
    from imsgen.schedule import plan_hash

    try:
        now = plan_hash(load(plan).project)
    except PlanError:
        now = ""
    problem = changed(schedule, now, str(beside))
    if problem is not None:
        help_ = f"run `imsgen solve {plan}`: what is shown is as published"
        warning = replace(problem, severity=Severity.WARNING, help=help_)
        console.diagnostics([warning], Severity.WARNING)
