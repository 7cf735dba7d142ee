"""From the best schedule so far to the best of a population, on the compiled kernel."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.model import DAY, Placement
from imsgen.solver.clock import Clock
from imsgen.solver.improve import Incumbent, rules
from imsgen.solver.objective import measure
from imsgen.solver.population import evolve
from imsgen.solver.problem import Problem
from imsgen.solver.tables import tables_of


def bred(
    problem: Problem,
    early: Sequence[Placement],
    best: Incumbent,
    clock: Clock,
    *,
    effort: float,
    goal: tuple[int, int],
) -> Incumbent | None:
    """Return the best schedule of a population that begins with the best so far; None: no better.

    It ends at a ``goal``, tardiness and finish. Schedules twice as long as the best are long enough to begin with.
    """
    span = max(1, best.score.finish - problem.release)
    tables = tables_of(
        problem, best.score.finish + span + 14 * DAY, [place.mode for place in best.places]
    )
    if tables is None:
        return None
    keys = [[float(place.start) for place in best.places], *rules(problem, early)]
    found = evolve(tables, clock, keys, goal=goal, effort=effort, span=span)
    if found is None:
        return None
    places = tables.placements(found.places)
    score = measure(problem, places)
    if score >= best.score:
        return None
    return Incumbent(places, score, [float(place.start) for place in places])
