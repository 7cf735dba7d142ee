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
    from imsgen.model import Kind, Placement
    from imsgen.schedule import read_schedule
    from imsgen.verifier import verify

    schedule = read_schedule(path)
    dates = {
        one.id: Placement(one.start, one.finish, one.mode)
        for one in schedule.activities.values()
        if (now := project.activities.get(one.id)) is not None
        and now.scheduled
        and now.kind is not Kind.HAMMOCK
    }
    violations = verify(project, dates)
    if not violations:
        return dates
    more = f" (and {len(violations) - 1} more)" if len(violations) > 1 else ""
    console.note(
        f"note: the dates in `{path}` do not fit the plan, so the search starts afresh:"
        f" {violations[0].message}{more}"
    )
    return None
