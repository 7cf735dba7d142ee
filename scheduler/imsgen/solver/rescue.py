"""A first schedule from the exact model, for plans too tight for the serial one.

The exact model schedules only what upper bounds concern; the serial one adds the rest around it.
Where that gets nowhere, the exact model is asked for the whole plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from imsgen.calendars import CalendarExhaustedError
from imsgen.errors import Infeasible
from imsgen.model import DAY, Placement
from imsgen.network import early_dates
from imsgen.solver.bounds import energy
from imsgen.solver.clock import Clock
from imsgen.solver.cpsat.domains import Room
from imsgen.solver.cpsat.model import ExactModel
from imsgen.solver.cpsat.moments import TooLargeError
from imsgen.solver.cpsat.run import Outcome, run
from imsgen.solver.improve import Incumbent
from imsgen.solver.infeasible import explain_conflict, explain_energy
from imsgen.solver.latest import Latest
from imsgen.solver.objective import measure
from imsgen.solver.occurrences import chosen_occurrences
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem
from imsgen.solver.serial import Failure, Guidance, Serial
from imsgen.solver.tight import part_of, tight_part


class _Question(NamedTuple):
    """A part to be scheduled by an instant; ``certain``: it need not look beyond."""

    part: Problem
    until: int
    certain: bool


def rescue(problem: Problem, serial: Serial, clock: Clock) -> Incumbent | None:
    """Return a schedule, or None when the limit ran out.

    Raises
    ------
    Infeasible
        If it is proved that there is no schedule.
    """
    energetic = explain_energy(tight_part(problem))
    if energetic is not None:
        raise energetic
    for question in _questions(problem):
        if clock.stopped():
            return None
        places = _exact(question, clock)
        if places is not None:
            found = _around(problem, serial, question.part, places)
            if found is not None:
                return Incumbent(
                    found, measure(problem, found), [float(one.start) for one in found]
                )
    return None


def _questions(problem: Problem) -> Iterator[_Question]:
    """Yield what the exact model is asked, the cheapest first."""
    part = tight_part(problem)
    latest = Latest(part)
    yield _question(part, latest)
    bounded = latest.bounded()
    if 0 < len(bounded) < len(part.jobs):
        core = part_of(problem, [problem.number[part.jobs[one].id] for one in bounded])
        question = _question(core, Latest(core))
        if question.certain:
            yield question
    if len(part.jobs) < len(problem.jobs):
        yield _question(problem, Latest(problem))
    yield _Question(problem, problem.project.horizon[1], certain=True)


def _question(part: Problem, latest: Latest) -> _Question:
    """Return the question with the horizon a part has, or else a generous one."""
    dates = early_dates(part.graph, part.book)
    early = [dates[job.id] for job in part.jobs]
    first: int = max((place.finish for place in early), default=part.release)
    by = latest.horizon()
    if by is not None:
        return _Question(part, max(first, by), certain=True)
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
    return _Question(part, min(generous, last), certain=generous >= last)


def _around(
    problem: Problem, serial: Serial, part: Problem, places: list[Placement]
) -> list[Placement] | None:
    """Return the whole schedule around that of a part; None: the rest finds no place."""
    if len(part.jobs) == len(problem.jobs):
        return places
    pinned = {problem.number[job.id]: place for job, place in zip(part.jobs, places, strict=True)}
    early = early_dates(problem.graph, problem.book)
    keys = [float(early[job.id].start) for job in problem.jobs]
    guide = Guidance(chosen=chosen_occurrences(part, places), pinned=pinned)
    outcome = serial.build(keys, guide)
    return None if isinstance(outcome, Failure) else outcome


def _exact(question: _Question, clock: Clock) -> list[Placement] | None:
    """Return places for a part by the exact model; None: not found in time."""
    part, until, certain = question
    early = early_dates(part.graph, part.book)
    room = Room([early[job.id] for job in part.jobs], late_places(part, until))
    try:
        model = ExactModel(part, room, part.project.start, until, over=clock.stopped)
    except (TooLargeError, CalendarExhaustedError):
        return None  # with a horizon at the end of the calendars a lag may reach beyond it
    model.model.minimize(model.finish.expr)
    clock.show("exact: first schedule", None, None, part.project.start)
    result = run(model.model, clock, clock.effort_left / 2, lambda _value, _bound: None)
    if result.outcome in {Outcome.OPTIMAL, Outcome.FEASIBLE}:
        return model.places(result.solver.value)
    if result.outcome is Outcome.INFEASIBLE and certain:
        if not clock.settings.explain:
            raise Infeasible([])
        raise explain_conflict(part, clock)
    return None
