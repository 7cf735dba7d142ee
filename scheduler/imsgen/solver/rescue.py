"""A first schedule from the exact model, for plans too tight for the serial one.

The exact model schedules only what upper bounds concern; the serial one adds the rest around it.
"""

from __future__ import annotations

from imsgen.errors import Infeasible
from imsgen.model import Placement
from imsgen.network import early_dates
from imsgen.solver.clock import Clock
from imsgen.solver.cpsat.domains import Room
from imsgen.solver.cpsat.model import ExactModel
from imsgen.solver.cpsat.moments import TooLargeError
from imsgen.solver.cpsat.run import Outcome, run
from imsgen.solver.improve import Incumbent
from imsgen.solver.infeasible import explain_conflict, explain_energy
from imsgen.solver.objective import measure
from imsgen.solver.occurrences import chosen_occurrences
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem
from imsgen.solver.serial import Failure, Guidance, Serial
from imsgen.solver.tight import finite, tight_part, upper_of


def rescue(problem: Problem, serial: Serial, clock: Clock) -> Incumbent | None:
    """Return a schedule, or None when the limit ran out.

    Raises
    ------
    Infeasible
        If it is proved that there is no schedule.
    """
    part = tight_part(problem)
    energy = explain_energy(part)
    if energy is not None:
        raise energy
    places = _exact(part, clock)
    if places is None:
        return None
    pinned = {problem.number[job.id]: place for job, place in zip(part.jobs, places, strict=True)}
    early = early_dates(problem.graph, problem.book)
    keys = [float(early[job.id].start) for job in problem.jobs]
    guide = Guidance(chosen=chosen_occurrences(part, places), pinned=pinned)
    outcome = serial.build(keys, guide)
    if isinstance(outcome, Failure):
        return None
    return Incumbent(outcome, measure(problem, outcome), [float(one.start) for one in outcome])


def horizon_of(part: Problem) -> tuple[int, bool]:
    """Return until when a part can stretch, and whether it certainly need not go beyond."""
    uppers = [upper for job in part.jobs if (upper := upper_of(job)) is not None]
    early = early_dates(part.graph, part.book)
    latest = max((place.finish for place in early.values()), default=part.release)
    if uppers and finite(part):
        return max(latest, *uppers), True
    generous = latest + 2 * (latest - part.release) + 14 * 1440
    return max([generous, *uppers]), False


def _exact(part: Problem, clock: Clock) -> list[Placement] | None:
    """Return places for a part by the exact model; None: not found in time."""
    finish_high, certain = horizon_of(part)
    early = early_dates(part.graph, part.book)
    room = Room([early[job.id] for job in part.jobs], late_places(part, finish_high))
    try:
        model = ExactModel(part, room, part.project.start, finish_high)
    except TooLargeError:
        return None
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
