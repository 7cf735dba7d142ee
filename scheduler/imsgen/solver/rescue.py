"""A first schedule from the exact model, for plans too tight for the serial one.

The exact model schedules only what upper bounds concern; the serial one adds the rest around it.
Where that gets nowhere, the exact model is asked for the whole plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.errors import Infeasible
from imsgen.model import Placement
from imsgen.network import early_dates
from imsgen.solver.asking import Question, ask, question_of
from imsgen.solver.clock import Clock
from imsgen.solver.improve import Incumbent
from imsgen.solver.latest import Latest
from imsgen.solver.objective import measure
from imsgen.solver.occurrences import chosen_occurrences
from imsgen.solver.problem import Problem
from imsgen.solver.serial import Failure, Guidance, Serial
from imsgen.solver.shortage import explain_energy
from imsgen.solver.tight import part_of, tight_part
from imsgen.solver.together import explain_conflict


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


def _questions(problem: Problem) -> Iterator[Question]:
    """Yield what the exact model is asked, the cheapest first."""
    part = tight_part(problem)
    latest = Latest(part)
    yield question_of(part, latest)
    bounded = latest.bounded()
    if 0 < len(bounded) < len(part.jobs):
        core = part_of(problem, [problem.number[part.jobs[one].id] for one in bounded])
        question = question_of(core, Latest(core))
        if question.certain:
            yield question
    if len(part.jobs) < len(problem.jobs):
        yield question_of(problem, Latest(problem))
    yield Question(problem, problem.project.horizon[1], certain=True)


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


def _exact(question: Question, clock: Clock) -> list[Placement] | None:
    """Return places for a part by the exact model; None: not found in time."""
    answer = ask(question, clock, clock.effort_left / 2)
    if answer.impossible:
        if not clock.settings.explain:
            raise Infeasible([])
        raise explain_conflict(question.part, clock)
    return answer.places
