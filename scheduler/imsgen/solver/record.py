"""What is written down of a search, so that it can be done again."""

from __future__ import annotations

from imsgen.model import Run
from imsgen.solver.clock import Clock
from imsgen.solver.settings import Settings
from imsgen.solver.solution import Solution


def run_of(settings: Settings, clock: Clock, solution: Solution) -> Run:
    """Return how a solution was found: the limits, what was spent, and by which versions."""
    return Run(
        seed=settings.seed,
        effort=settings.effort,
        spent=round(clock.spent, 3),
        searchers=solution.searchers,
        time_limit=settings.time_limit,
        reproducible=solution.reproducible,
        versions=versions(),
        bounds=solution.bounds,
        method=solution.method,
    )


def versions() -> dict[str, str]:
    """Return the versions that decide the result."""
    from importlib.metadata import version

    return {name: version(name) for name in ("imsgen", "ortools")}
