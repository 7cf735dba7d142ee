"""Why no schedule exists, in the plan's own words."""

from __future__ import annotations

from imsgen.diagnostics import Diagnostic, Severity
from imsgen.errors import Infeasible
from imsgen.network import UnplaceableError
from imsgen.solver.problem import Problem


def explain_dates(problem: Problem, error: UnplaceableError) -> Infeasible:
    """Return the explanation of an activity that links, dates and windows leave no place for."""
    return Infeasible(
        [
            Diagnostic(
                "IMS501",
                Severity.ERROR,
                f"no place for `{error.id}`",
                problem.project.sources.get(f"activity:{error.id}"),
            )
        ]
    )
