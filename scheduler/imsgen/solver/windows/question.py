"""Whether a window fits between its sides: asked of CP-SAT, with the encoding of the exact model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Placement
from imsgen.solver.clock import Clock
from imsgen.solver.cpsat.domains import Room
from imsgen.solver.cpsat.model import RuleModel
from imsgen.solver.cpsat.moments import TooLargeError
from imsgen.solver.cpsat.run import Outcome, run
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem
from imsgen.solver.windows.neighbours import Neighbours
from imsgen.solver.windows.part import Part, early_places, part_around
from imsgen.solver.windows.rest import Rest
from imsgen.solver.windows.sides import Window

_READ_PER_UNIT = 40_000
"""Jobs of windows and around them that are looked at in a unit of effort."""
_WRITTEN_PER_UNIT = 120_000
"""Constraints of their models written in one."""
_SLOWNESS = 3
"""Units for one of the solver's own on such models: what they cost is mostly propagation."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Places for all jobs, the window anew; None: it does not fit, or (``open``) nobody knows."""

    places: list[Placement] | None
    open: bool = False


NO = Answer(None)
OPEN = Answer(None, open=True)


def ask(
    problem: Problem, neighbours: Neighbours, window: Window, clock: Clock, effort: float
) -> Answer:
    """Return a schedule with the free jobs of a window anew and all others at their places.

    Parameters
    ----------
    effort
        Units for the search; they count on the clock, as does writing the model.
    """
    part = part_around(problem, neighbours, window)
    free = dict.fromkeys(part.free)
    within = [i for i, number in enumerate(part.numbers) if number in free]
    clock.spent += len(part.numbers) / _READ_PER_UNIT
    try:
        model = _written(problem, neighbours, window, part, within)
    except (TooLargeError, CalendarExhaustedError):
        return OPEN
    if model is None:
        return NO
    clock.spent += model.size / _WRITTEN_PER_UNIT
    result = run(model.model, clock, effort, lambda _value, _bound: None)
    clock.spent += (_SLOWNESS - 1) * result.spent
    if result.outcome is Outcome.INFEASIBLE:
        return NO
    if result.outcome is Outcome.UNKNOWN:
        return OPEN
    found = list(window.places)
    solved = model.places(result.solver.value)
    for i in within:
        found[part.numbers[i]] = solved[i]
    return Answer(found)


def _written(
    problem: Problem, neighbours: Neighbours, window: Window, part: Part, within: Sequence[int]
) -> RuleModel | None:
    """Return the model of a window; None: it cannot fit, that much is seen without one."""
    early = early_places(part.problem)
    if early is None:
        return None
    late = late_places(part.problem, max(window.by.values()))
    if any(late.starts[i] < early[i].start or late.finishes[i] < early[i].finish for i in within):
        return None
    span = (min(early[i].start for i in within), max(late.finishes[i] for i in within) + 1)
    rest = Rest(problem, neighbours, window.places, span).resources(part)
    if rest is None:
        return None
    project = replace(problem.project, resources={**problem.project.resources, **rest})
    return RuleModel(replace(part.problem, project=project), Room(early, late), span)
