"""Running CP-SAT so that it can be watched, interrupted and repeated."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from ortools.sat.python import cp_model

from imsgen.solver.clock import Clock

POLL = 0.05
"""Seconds between looks at the user and the clock."""


class Outcome(Enum):
    """How a run ended."""

    OPTIMAL = auto()
    FEASIBLE = auto()
    INFEASIBLE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found; ``value`` and ``bound`` are of its objective.

    The bound holds whatever the outcome; it is 0 or worse while nothing is known.
    """

    outcome: Outcome
    solver: cp_model.CpSolver
    value: float
    bound: float
    spent: float
    """Units of effort."""


class _Reporter(cp_model.CpSolverSolutionCallback):
    """Passes every better solution on."""

    def __init__(self, note: Callable[[float, float], None]) -> None:
        super().__init__()
        self._note = note

    def on_solution_callback(self) -> None:
        """Tell the objective and its bound."""
        self._note(self.objective_value, self.best_objective_bound)


def parameters(solver: cp_model.CpSolver, seed: int, effort: float, seconds: float) -> None:
    """Set what is measured best for these models: no presolve, no relaxation, one worker.

    One worker and a deterministic limit make the run repeatable. Presolve spends more on the
    calendar literals than the search needs to prove the optimum.
    """
    found = solver.parameters
    found.num_workers = 1
    found.random_seed = seed
    found.max_deterministic_time = effort
    found.max_time_in_seconds = seconds
    found.cp_model_presolve = False
    found.linearization_level = 0
    found.catch_sigint_signal = False


def run(
    model: cp_model.CpModel,
    clock: Clock,
    effort: float,
    note: Callable[[float, float], None],
    gap: float = 0.0,
    *,
    presolve: bool = False,
    relaxation: int = 0,
) -> Result:
    """Solve a model within ``effort`` units and what is left of the clock.

    ``presolve`` and ``relaxation`` (a level of linearization) suit models without calendars.

    The search runs beside the calling thread, so that Ctrl-C reaches it and the user can end it
    with the best solution kept.
    """
    solver = cp_model.CpSolver()
    if clock.stopped() or effort <= 0:
        return Result(Outcome.UNKNOWN, solver, 0.0, 0.0, 0.0)
    parameters(solver, clock.settings.seed, effort, clock.time_left)
    solver.parameters.cp_model_presolve = presolve
    solver.parameters.linearization_level = relaxation
    if gap > 0:
        solver.parameters.absolute_gap_limit = gap
    if clock.log is not None:
        solver.parameters.log_search_progress = True
        solver.parameters.log_to_stdout = False
        solver.log_callback = clock.log
    reporter = _Reporter(note)
    codes: list[cp_model.CpSolverStatus] = []
    failures: list[BaseException] = []

    def work() -> None:
        try:
            codes.append(solver.solve(model, reporter))
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    while thread.is_alive():
        try:
            thread.join(POLL)
            if clock.stopped():
                solver.stop_search()
        except KeyboardInterrupt:
            clock.interrupt()
            solver.stop_search()
    if failures:
        return _given_up(solver, failures[0], clock)
    return _result(solver, codes[0], clock)


def _given_up(solver: cp_model.CpSolver, failure: BaseException, clock: Clock) -> Result:
    """Return that nothing is known when the solver itself failed, most likely for want of memory.

    The search ends there with the best schedule it has, which is not what another run would find.
    """
    if not isinstance(failure, Exception):
        raise failure
    clock.cut = True
    if clock.log is not None:
        clock.log(f"the exact model was given up: {type(failure).__name__}: {failure}")
    return Result(Outcome.UNKNOWN, solver, 0.0, 0.0, 0.0)


def _result(solver: cp_model.CpSolver, code: cp_model.CpSolverStatus, clock: Clock) -> Result:
    spent = solver.response_proto.deterministic_time
    clock.spent += spent
    outcome = {
        cp_model.OPTIMAL: Outcome.OPTIMAL,
        cp_model.FEASIBLE: Outcome.FEASIBLE,
        cp_model.INFEASIBLE: Outcome.INFEASIBLE,
    }.get(code, Outcome.UNKNOWN)
    found = outcome in {Outcome.OPTIMAL, Outcome.FEASIBLE}
    return Result(
        outcome=outcome,
        solver=solver,
        value=solver.objective_value if found else 0.0,
        bound=solver.best_objective_bound,
        spent=spent,
    )
