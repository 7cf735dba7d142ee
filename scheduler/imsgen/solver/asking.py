"""Whether some of a plan has a schedule, asked of the exact model."""

from __future__ import annotations

from typing import NamedTuple

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import DAY, Placement
from imsgen.network import early_dates
from imsgen.solver.bounds import energy
from imsgen.solver.clock import Clock
from imsgen.solver.cpsat.domains import Room
from imsgen.solver.cpsat.model import ExactModel
from imsgen.solver.cpsat.moments import TooLargeError
from imsgen.solver.cpsat.run import Outcome, run
from imsgen.solver.latest import Latest
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem


class Question(NamedTuple):
    """A part to be scheduled by an instant; ``certain``: it need not look beyond."""

    part: Problem
    until: int
    certain: bool


class Answer(NamedTuple):
    """Places, or a proof that there are none, or neither of both."""

    places: list[Placement] | None
    impossible: bool


def question_of(part: Problem, latest: Latest) -> Question:
    """Return the question with the horizon a part has, or else a generous one."""
    dates = early_dates(part.graph, part.book)
    early = [dates[job.id] for job in part.jobs]
    first: int = max((place.finish for place in early), default=part.release)
    by = latest.horizon()
    if by is not None:
        return Question(part, max(first, by), certain=True)
    steps = [
        since
        for resource in part.project.resources.values()
        for since, _ in resource.capacity
        if since is not None
    ]
    bounds = [at for at in latest.finishes if at is not None]
    first = max([first, energy(part, early), *bounds, *steps])
    generous = first + 2 * (first - part.release) + 14 * DAY
    last = part.project.horizon[1]
    return Question(part, min(generous, last), certain=generous >= last)


def ask(question: Question, clock: Clock, effort: float) -> Answer:
    """Return what the exact model finds within so many units."""
    part, until, certain = question
    early = early_dates(part.graph, part.book)
    room = Room([early[job.id] for job in part.jobs], late_places(part, until))
    try:
        model = ExactModel(part, room, part.project.start, until, over=clock.stopped)
    except (TooLargeError, CalendarExhaustedError):
        # With a horizon at the end of the calendars a lag may reach beyond it.
        return Answer(None, impossible=False)
    model.model.minimize(model.finish.expr)
    clock.show("exact: first schedule", None, None, part.project.start)
    result = run(model.model, clock, effort, lambda _value, _bound: None)
    if result.outcome in {Outcome.OPTIMAL, Outcome.FEASIBLE}:
        return Answer(model.places(result.solver.value), impossible=False)
    return Answer(None, impossible=certain and result.outcome is Outcome.INFEASIBLE)
