"""Published dates in a plan that has changed: which count, and schedules that stay near them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from imsgen.model import Placement
from imsgen.solver.alap import right_justified
from imsgen.solver.objectives.measure import Given
from imsgen.solver.problem import Problem
from imsgen.solver.serial import Failure, Guidance, Serial

_ORDERS = (0.25, 0.5, 0.75, 1.0)
"""How much of an order comes from the best schedule, pushed right; the rest is as published."""


def told_dates(problem: Problem, published: Mapping[str, Placement]) -> dict[str, Placement]:
    """Return the published dates that change is counted from, if the objective asks for them."""
    least_change = problem.project.options.objective == "least_change"
    return binding_dates(problem, published) if least_change else {}


def binding_dates(problem: Problem, published: Mapping[str, Placement]) -> dict[str, Placement]:
    """Return the published dates of what is still to be done, in the order of the jobs.

    Dates outside the time the plan's calendars know are left out.
    """
    first, last = problem.project.horizon
    return {
        job.id: place
        for job in problem.jobs
        if job.fixed is None
        and (place := published.get(job.id)) is not None
        and first <= place.start <= place.finish <= last
    }


def restored(
    problem: Problem, serial: Serial, given: Given, places: Sequence[Placement]
) -> list[Placement] | None:
    """Return published dates made possible: all as it was or later, in the same order.

    What is not in them goes where it stands in ``places``. None: something found no place.
    """
    keys, modes, raised = _wanted(problem, given, places)
    outcome = serial.build(keys, Guidance(raised=raised, modes=modes))
    return None if isinstance(outcome, Failure) else outcome


def near(
    problem: Problem, serial: Serial, given: Given, best: Sequence[Placement]
) -> Iterator[list[Placement]]:
    """Yield schedules near the published dates whose finish is about that of the best.

    Each job waits for its published start, but no longer than the best schedule, pushed right
    as far as its finish allows, lets it.
    """
    wanted, modes, raised = _wanted(problem, given, best)
    latest = right_justified(problem, best)
    ways = [place.mode for place in best]
    waits = {job: min(start, int(latest[job])) for job, start in raised.items()}
    for share in _ORDERS:
        keys = [(1 - share) * a + share * b for a, b in zip(wanted, latest, strict=True)]
        for chosen in (modes,) if modes == ways else (modes, ways):
            guide = Guidance(raised=dict(waits), modes=chosen)
            outcome = serial.build(keys, guide, repairs=2)
            if not isinstance(outcome, Failure):
                yield outcome


def _wanted(
    problem: Problem, given: Given, places: Sequence[Placement]
) -> tuple[list[float], list[int], dict[int, int]]:
    """Return start and way of every job as published, where known, and the starts to wait for."""
    keys: list[float] = []
    modes: list[int] = []
    raised: dict[int, int] = {}
    for job, place in zip(problem.jobs, places, strict=True):
        old = given.get(job.id)
        known = old is not None and any(way.mode == old.mode for way in job.ways)
        stands = old if old is not None and known else place
        keys.append(float(stands.start))
        modes.append(stands.mode)
        if known and job.began is None:
            raised[job.number] = int(stands.start)
    return keys, modes, raised
