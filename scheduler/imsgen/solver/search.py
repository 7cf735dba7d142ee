"""The course of a search: what needs no search, a first schedule, better ones, the result."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.errors import Interrupted, NoSolution
from imsgen.garbage import uncollected
from imsgen.model import Instant, ObjectiveLevel, Placement, Status
from imsgen.network import UnplaceableError, early_dates
from imsgen.schedule.views import end_text
from imsgen.solver import strategy
from imsgen.solver.alap import as_late_as_possible
from imsgen.solver.bounds import critical_path, energy, least_starts, least_tardiness
from imsgen.solver.clock import Clock
from imsgen.solver.exact import NAME as EXACT
from imsgen.solver.improve import first_schedules
from imsgen.solver.objective import LEVELS, Score, measure
from imsgen.solver.problem import Problem
from imsgen.solver.refute import least_finish
from imsgen.solver.serial import Failure
from imsgen.solver.solution import Solution
from imsgen.solver.state import State
from imsgen.solver.tight import upper_of

_AFTERWARDS = 7.0
"""How long it takes to analyse and assemble the result, as a multiple of the early dates."""
SERIAL = "serial"
"""Who found the schedule of a rule."""


class Search:
    """Looks for the best schedule of one problem within the clock.

    Parameters
    ----------
    start
        A schedule to go on from: what comes out is never worse.
    """

    def __init__(
        self, problem: Problem, clock: Clock, start: Sequence[Placement] | None = None
    ) -> None:
        self.state = State(problem, clock)
        if start is not None:
            self.state.begin_from(list(start))

    def run(self) -> Solution:
        """Return the best schedule found.

        Raises
        ------
        Infeasible
            If it is proved that there is none.
        NoSolution
            If the limit ran out first.
        Interrupted
            If the user did not wait for a first schedule.
        """
        with uncollected():
            bound(self.state)
            first(self.state)
            tighten(self.state)
        strategy.search(self.state)
        return solution(self.state)


def bound(state: State) -> None:
    """Prove what needs no search, and see from the time it takes what the result will need."""
    problem, begun = state.problem, state.clock.elapsed
    try:
        dates = early_dates(problem.graph, problem.book)
    except UnplaceableError as error:
        from imsgen.solver.infeasible import explain_dates

        raise explain_dates(problem, error) from None
    state.clock.reserve(_AFTERWARDS * (state.clock.elapsed - begun))
    state.early = early = [dates[job.id] for job in problem.jobs]
    state.prove_tardiness(least_tardiness(problem, early))
    state.prove_finish(critical_path(problem, early), "critical_path")
    state.prove_finish(energy(problem, early), "energy")
    state.prove_starts(least_starts(problem, early))
    state.show("bounds")


def first(state: State) -> None:
    """Find a first schedule: by the serial rules, else by the exact model."""
    clock = state.clock
    if state.best is not None and clock.stopped():
        return
    outcome = first_schedules(state.problem, state.serial, state.early, clock, state.goal())
    if not isinstance(outcome, Failure):
        state.take(outcome, SERIAL)
    elif state.best is None:
        from imsgen.solver.rescue import rescue

        rescued = rescue(state.problem, state.serial, clock)
        if rescued is None:
            if clock.interrupted:
                raise Interrupted("stopped before a first schedule")
            raise NoSolution(_without(state, outcome))
        state.take(rescued, EXACT)
    state.show("serial schedule")


def _without(state: State, failure: Failure) -> str:
    """Say what was tried in vain, and what may help."""
    clock, project = state.clock, state.problem.project
    limit = f"the effort of {clock.settings.effort:g} units"
    more = f"`--effort {max(10.0, 4 * clock.settings.effort):g}`"
    if clock.cut:
        limit = f"the time limit of {clock.settings.time_limit:g} s"
        more = "a longer `--time-limit`"
    text = f"no schedule found within {limit}, nor a proof that there is none"
    if not state.problem.jobs:
        return f"{text}\nhelp: allow {more}"
    job = state.problem.jobs[failure.job]
    upper = upper_of(job)
    by = "" if upper is None else f" by {end_text(Instant(upper), project.timezone)}"
    return (
        f"{text}; `{job.id}` found no place{by}\n"
        f"help: allow {more}, or loosen dates, windows and maximal lags around `{job.id}`"
    )


def tighten(state: State) -> None:
    """Prove more where the first schedule leaves a gap: paths and energy together."""
    score = state.found().score
    if state.clock.settings.levels < 2 or state.reached() or state.finish_proved():
        return
    bound = least_finish(
        state.problem,
        state.early,
        state.bounds.finish,
        score.finish,
        in_time=score.tardiness == 0,
        clock=state.clock,
    )
    state.prove_finish(bound, "path_and_energy")
    state.show("bounds")


def solution(state: State) -> Solution:
    """Move what should be late, and say what is proved."""
    places = as_late_as_possible(state.problem, state.found().places)
    score = measure(state.problem, places)
    proved = state.tardiness_proved() and state.finish_proved()
    status = Status.OPTIMAL if proved else Status.FEASIBLE
    if state.clock.interrupted and not proved:
        status = Status.INTERRUPTED
    return Solution(
        places=places,
        score=score,
        status=status,
        bound=Instant(min(state.bounds.finish, score.finish)),
        levels=_levels(state, score, proved=proved),
        bounds=state.bounds.named,
        method=state.method,
        searchers=state.searchers,
        reproducible=not (state.clock.cut or state.clock.hurried),
    )


def _levels(state: State, score: Score, *, proved: bool) -> tuple[ObjectiveLevel, ...]:
    starts = min(state.bounds.starts, score.starts)
    finish = min(state.bounds.finish, score.finish)
    return (
        ObjectiveLevel(
            LEVELS[0], score.tardiness, state.bounds.tardiness, state.tardiness_proved()
        ),
        ObjectiveLevel(LEVELS[1], score.finish, finish, state.finish_proved()),
        ObjectiveLevel(LEVELS[2], score.starts, starts, proved and starts >= score.starts),
    )
