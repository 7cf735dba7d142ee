"""The dates of an earlier schedule, to go on from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from imsgen.cli.console import Console

if TYPE_CHECKING:
    from imsgen.model import Placement, Project


def earlier_dates(console: Console, project: Project, path: Path) -> dict[str, Placement] | None:
    """Return the dates in a schedule file; None, with a note why, when the plan forbids them.

    Raises
    ------
    UsageError
        If the file is no schedule.
    """
    from imsgen.verifier import verify

    dates = dates_of(project, path)
    violations = verify(project, dates)
    if not violations:
        return dates
    more = f" (and {len(violations) - 1} more)" if len(violations) > 1 else ""
    console.note(
        f"note: the dates in `{path}` do not fit the plan, so the search starts afresh:"
        f" {violations[0].message}{more}"
    )
    return None


def published_dates(
    console: Console, project: Project, improve: Path | None, target: Path
) -> dict[str, Placement] | None:
    """Return the dates that `objective: least_change` stays close to; None, with a note: none.

    They are those of ``--improve``, else those of the schedule file that is about to be replaced.

    Raises
    ------
    UsageError
        If the file is no schedule.
    """
    if project.options.objective != "least_change":
        return None
    known = improve or target
    missing = f"there is no `{target}` yet, and no `--improve SCHEDULE`"
    if known.exists():
        dates = dates_of(project, known)
        if dates:
            return dates
        missing = f"`{known}` has dates of none of its activities"
    console.note(
        f"note: `objective: least_change` has no schedule to stay close to: {missing};"
        " everything is as early as it can be"
    )
    return None


def dates_of(project: Project, path: Path) -> dict[str, Placement]:
    """Return the dates in a schedule file of what the plan still schedules.

    Raises
    ------
    UsageError
        If the file is no schedule.
    """
    from imsgen.model import Kind, Placement
    from imsgen.schedule import read_schedule

    return {
        one.id: Placement(one.start, one.finish, one.mode)
        for one in read_schedule(path).activities.values()
        if (now := project.activities.get(one.id)) is not None
        and now.scheduled
        and now.kind is not Kind.HAMMOCK
    }
