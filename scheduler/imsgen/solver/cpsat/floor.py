"""A bound on the finish by ruling finishes out, the nearest first.

Asked for the least finish, the solver raises its bound slowly: it looks for schedules. Asked whether
there is any that ends by an instant where there is likely none, it has short windows to work with
and one thing to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imsgen.model import Placement
from imsgen.solver.clock import Clock
from imsgen.solver.cpsat.domains import Room
from imsgen.solver.cpsat.model import ExactModel
from imsgen.solver.cpsat.run import Outcome, run
from imsgen.solver.improve import Incumbent
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem

_PARTS = 64
"""The first finish asked for is this part of the gap above the bound."""
_SHOT = 4
"""A question takes this part of the effort left, the last one all of it."""
_EASY = 8
"""A proof that took this part of what it might have taken makes the next step twice as long."""
_LEAST = 0.01
"""Units of effort not worth a question."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Before when no schedule ends, and one that ends then, where there is."""

    finish: int
    places: list[Placement] | None


def raised(
    problem: Problem,
    early: Sequence[Placement],
    best: Incumbent,
    low: int,
    *,
    clock: Clock,
    effort: float,
) -> Floor:
    """Return a later bound on the finish of schedules as little tardy as the best.

    Parameters
    ----------
    low
        A bound that is proved, before the finish of the best.
    """
    end, high = clock.spent + effort, best.score.finish
    step = (high - low) // _PARTS
    while low < high and clock.spent + _LEAST < end and not clock.stopped():
        limit = (end - clock.spent) / (_SHOT if step else 1)
        before = clock.spent
        asked = min(low + step, high - 1)
        outcome, places = _ask(problem, early, best, (low, asked), clock=clock, effort=limit)
        if places is not None:
            return Floor(low, places)
        if outcome is Outcome.INFEASIBLE:
            low = asked + 1
            if clock.spent - before < limit / _EASY:
                step = 2 * step + 1
        elif step:
            step //= _SHOT
        else:
            break
    return Floor(low, None)


def _ask(
    problem: Problem,
    early: Sequence[Placement],
    best: Incumbent,
    between: tuple[int, int],
    *,
    clock: Clock,
    effort: float,
) -> tuple[Outcome, list[Placement] | None]:
    """Look for a schedule that ends between two instants and is as little tardy as the best.

    Presolve helps where the model is plain; the literals of several calendars it only inflates.
    """
    low, finish = between
    in_time = best.score.tardiness == 0
    late = late_places(problem, finish, deadlines=in_time)
    model = ExactModel(problem, Room(early, late), low, finish, over=clock.stopped)
    if problem.has_tardiness:
        model.model.add(model.objective.tardiness(model.finish) <= best.score.tardiness)
    result = run(
        model.model, clock, effort, lambda _value, _bound: None, presolve=not model.literals
    )
    found = result.outcome in {Outcome.OPTIMAL, Outcome.FEASIBLE}
    return result.outcome, model.places(result.solver.value) if found else None
