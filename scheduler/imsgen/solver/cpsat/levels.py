"""One level of the objective solved with the exact model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from imsgen.model import Placement
from imsgen.solver.clock import Clock
from imsgen.solver.cpsat.domains import Room
from imsgen.solver.cpsat.model import ExactModel
from imsgen.solver.cpsat.run import Outcome, run
from imsgen.solver.improve import Incumbent
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class LevelResult:
    """Dates better than or equal to the incumbent's on a level, and the level's bound."""

    places: list[Placement] | None
    bound: int | None
    literals: int


def least_tardiness(
    part: Problem, early: Sequence[Placement], finish_high: int, clock: Clock, effort: float
) -> int | None:
    """Return a tardiness that no schedule of a part beats; None: nothing is known."""
    room = Room(early, late_places(part, finish_high))
    model = ExactModel(part, room, part.project.start, finish_high, over=clock.stopped)
    model.model.minimize(model.objective.tardiness(model.finish))
    result = run(model.model, clock, effort, lambda _value, _bound: None)
    if result.outcome is Outcome.INFEASIBLE:
        return None
    return max(0, ceil(result.bound - _ROUNDING))


def solve_level(
    problem: Problem,
    early: Sequence[Placement],
    incumbent: Incumbent,
    level: int,
    *,
    clock: Clock,
    effort: float,
    finish_low: int,
    finish_high: int,
    note: Callable[[float, float], None],
) -> LevelResult:
    """Minimise one level with the levels above held at the incumbent's values.

    The finish is asked to be earlier than the incumbent's: the windows of the variables shrink by
    it, where a weekend is missed by a week, and a proof is often at hand.

    Parameters
    ----------
    level
        0 deadlines, 1 finish, 2 early starts.
    finish_low, finish_high
        Instants between which the plan's finish lies; the first is proved.
    note
        Called with objective and bound of every better solution.
    """
    score = incumbent.score
    in_time = level > 0 and score.tardiness == 0
    sooner = level == 1
    if sooner:
        finish_high -= 1
    room = Room(early, late_places(problem, finish_high, deadlines=in_time))
    hint = None if sooner else incumbent.places
    model = ExactModel(problem, room, finish_low, finish_high, hint, over=clock.stopped)
    cp = model.model
    tardiness = model.objective.tardiness(model.finish) if problem.has_tardiness else 0
    gap = 0.0
    if level == 0:
        cp.minimize(tardiness)
    else:
        cp.add(tardiness <= score.tardiness)
        if level == 1:
            cp.minimize(model.finish.expr)
            gap = clock.settings.gap * (score.finish - problem.project.start)
        else:
            cp.minimize(model.objective.starts())
    result = run(cp, clock, effort, note, gap)
    if sooner and result.outcome is Outcome.INFEASIBLE:
        return LevelResult(None, score.finish, model.literals)
    bound = ceil(result.bound - _ROUNDING)
    if result.outcome is Outcome.UNKNOWN:
        known = sooner and result.bound > 0
        return LevelResult(None, model.finish_instant(bound) if known else None, model.literals)
    if result.outcome is Outcome.INFEASIBLE:
        return LevelResult(None, None, model.literals)
    return LevelResult(
        places=model.places(result.solver.value),
        bound=model.finish_instant(bound) if level == 1 else bound,
        literals=model.literals,
    )
