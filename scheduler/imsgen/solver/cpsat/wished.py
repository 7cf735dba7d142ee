"""Levels after the finish solved with the exact model, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from ortools.sat.python import cp_model

from imsgen.model import Placement
from imsgen.solver.clock import Clock
from imsgen.solver.cpsat.domains import Room
from imsgen.solver.cpsat.model import ExactModel
from imsgen.solver.cpsat.run import Outcome, run
from imsgen.solver.cpsat.wishes import wishes
from imsgen.solver.objectives.measure import Measure, Span, Values
from imsgen.solver.problem import Problem

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Wished:
    """The last schedule found, if any, and a bound of each level; None: nothing is known."""

    places: list[Placement] | None
    bounds: tuple[int | None, ...]


def solve_wishes(
    problem: Problem,
    places: Sequence[Placement],
    measure: Measure,
    levels: Values,
    *,
    span: Span,
    tardiness: int | None,
    low: Values,
    clock: Clock,
    effort: float,
) -> Wished:
    """Minimise the levels of an objective with finish held, and tardiness unless it is None.

    Parameters
    ----------
    places, levels
        A schedule to begin from, and its levels.
    span
        No job lies outside; its finish is the plan's latest.
    low
        Proved bounds of the levels.
    """
    model = ExactModel(
        problem,
        Room(span.early, span.late),
        problem.project.start,
        span.finish,
        places,
        over=clock.stopped,
    )
    cp = model.model
    if tardiness is not None and problem.has_tardiness:
        cp.add(model.objective.tardiness(model.finish) <= tardiness)
    found: list[Placement] | None = None
    bounds: list[int | None] = [None] * len(levels)
    end = clock.spent + effort
    several = wishes(model, measure)
    for i, wish in enumerate(several):
        cp.add(wish.expr >= -(-low[i] // wish.scale))
        cp.minimize(wish.expr)
        share = (end - clock.spent) / (len(several) - i)
        result = run(cp, clock, share, lambda _value, _bound: None)
        if result.outcome is Outcome.INFEASIBLE:
            break
        bounds[i] = ceil(result.bound - _ROUNDING) * wish.scale
        if result.outcome is Outcome.UNKNOWN:
            break
        found = model.places(result.solver.value)
        cp.add(wish.expr <= round(result.value))
        _begin_from(cp, result.solver)
    return Wished(found, tuple(bounds))


def _begin_from(cp: cp_model.CpModel, solver: cp_model.CpSolver) -> None:
    """Let the next level begin from the solution of this one."""
    cp.clear_hints()  # type: ignore[no-untyped-call]
    for i, value in enumerate(solver.response_proto.solution):
        cp.add_hint(cp.get_int_var_from_proto_index(i), value)
