"""The earliest finish of a plan and nothing else, for small plans that are solved by the dozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from imsgen.calendars import CalendarBook
from imsgen.garbage import uncollected
from imsgen.model import Instant, Placement, Project
from imsgen.network.graph import build_graph
from imsgen.solver.clock import Clock
from imsgen.solver.problem import compile_problem
from imsgen.solver.search import Search
from imsgen.solver.settings import Observer, Settings


@dataclass(frozen=True, slots=True)
class Earliest:
    """The best dates found; no schedule finishes before ``bound``, proved."""

    places: Mapping[str, Placement]
    finish: Instant
    bound: Instant
    spent: float
    reproducible: bool


def earliest_finish(
    project: Project,
    settings: Settings,
    observer: Observer | None = None,
    *,
    book: CalendarBook,
    floor: int | None = None,
) -> Earliest:
    """Return the earliest finish found within the settings, with its dates.

    It is what :func:`imsgen.solver.solve` finds, without floats, drivers and meetings, which take
    longer than the search where the plan is small.

    Parameters
    ----------
    book
        The calendars of the project, or of one with the same calendars and resources.
    floor
        An instant before which no schedule is known to finish.

    Raises
    ------
    Infeasible
        If it is proved that no schedule exists; without explanation.
    NoSolution
        If the limit ran out before a first schedule.
    Interrupted
        If the user ended the search before a first schedule.
    """
    clock = Clock(replace(settings, levels=2, explain=False), observer)
    with uncollected():
        problem = compile_problem(build_graph(project), book)
    search = Search(problem, clock)
    if floor is not None:
        search.state.prove_finish(floor, "given")
    solution = search.run()
    jobs = zip(problem.jobs, solution.places, strict=True)
    return Earliest(
        places={job.id: place for job, place in jobs},
        finish=Instant(solution.score.finish),
        bound=solution.bound,
        spent=clock.spent,
        reproducible=solution.reproducible,
    )
