"""The baselines a plan names, read from their files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from imsgen.cli.console import Console

if TYPE_CHECKING:
    from imsgen.model import Project, Schedule


def baselines_of(console: Console, project: Project, folder: Path) -> dict[str, Schedule]:
    """Return the baselines of a plan by name, in its order; with a note for each that is missing.

    Parameters
    ----------
    folder
        What their paths start from: that of the plan, or of the schedule file beside it.

    Raises
    ------
    UsageError
        If one of the files is no schedule.
    """
    from imsgen.schedule import read_schedule

    found = {}
    for name, path in project.baselines.items():
        if (folder / path).exists():
            found[name] = read_schedule(folder / path)
        else:
            console.note(f"note: baseline `{name}` is left out: there is no `{folder / path}`")
    return found
