"""Searches of a plan before anything looks for better schedules."""

from __future__ import annotations

from hypothesis import assume

from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Placement, Project
from imsgen.network import UnplaceableError, early_dates
from imsgen.solver import Settings
from imsgen.solver.clock import Clock
from imsgen.solver.problem import Problem, compiled
from imsgen.solver.search import bound, first
from imsgen.solver.state import State


def with_early(project: Project) -> tuple[Problem, list[Placement]]:
    """Return the problem of a plan and its early places; plans without any are left out."""
    problem = compiled(project)
    try:
        early = early_dates(problem.graph, problem.book)
    except UnplaceableError:
        assume(False)
    return problem, [early[job.id] for job in problem.jobs]


def begun(plan: Project) -> State | None:
    """Return a search of a plan with a first schedule; None: there is none."""
    state = State(compiled(plan), Clock(Settings(effort=1.0, time_limit=600), None))
    try:
        bound(state)
        first(state)
    except (Infeasible, NoSolution):
        return None
    return state
