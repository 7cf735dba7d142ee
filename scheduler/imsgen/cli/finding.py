"""What a search may go on from, and which search that asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imsgen.cli.console import Console

if TYPE_CHECKING:
    from imsgen.cli.progress import ProgressLine
    from imsgen.cli.replanning import Earlier
    from imsgen.model import Project, Schedule
    from imsgen.solver import Settings


@dataclass(frozen=True, slots=True)
class Known:
    """What a search may go on from."""

    improve: Path | None
    """That of ``--improve``."""
    target: Path
    """The schedule file that is about to be replaced."""
    earlier: Earlier | None
    """What to replan from; None: the plan is solved afresh."""


def finder(
    console: Console, project: Project, known: Known
) -> Callable[[ProgressLine], Callable[[Settings], Schedule]]:
    """Return what searches: a replan of what was published, or a search from the beginning.

    It is told who watches, then what it may take.
    """
    from imsgen.cli.earlier import earlier_dates, published_dates
    from imsgen.solver import replan, solve

    if known.earlier is not None:
        previous = known.earlier.schedule
        return lambda line: lambda limits: replan(project, previous, limits, line)
    improve = known.improve
    start = None if improve is None else earlier_dates(console, project, improve)
    published = published_dates(console, project, improve, known.target)
    dates = {"start": start, "published": published}
    given = {name: found for name, found in dates.items() if found is not None}
    return lambda line: lambda limits: solve(project, limits, line, **given)
