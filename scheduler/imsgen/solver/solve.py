"""The public function: project in, schedule out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from imsgen.calendars import CalendarBook
from imsgen.garbage import uncollected
from imsgen.model import Placement, Project, Schedule
from imsgen.network import analyse
from imsgen.network.graph import build_graph
from imsgen.schedule import assemble
from imsgen.solver.clock import Clock
from imsgen.solver.objectives.published import told_dates
from imsgen.solver.objectives.pursue import SHARE, Pursuit, maker
from imsgen.solver.problem import compile_problem
from imsgen.solver.protect import guards_of, protected
from imsgen.solver.reason import Explained
from imsgen.solver.record import run_of
from imsgen.solver.replay import replayed
from imsgen.solver.search import Search
from imsgen.solver.settings import Observer, Settings


def solve(
    project: Project,
    settings: Settings | None = None,
    observer: Observer | None = None,
    start: Mapping[str, Placement] | None = None,
    published: Mapping[str, Placement] | None = None,
) -> Schedule:
    """Return the best schedule of a project found within the settings.

    Its status is ``optimal`` only when tardiness and finish are both proved; how far early starts
    are proved stands in ``objective``. The same project, seed and effort give the same schedule,
    whatever the number of workers, unless the wall clock or the user ended the search.

    Parameters
    ----------
    start
        Dates to go on from, by activity: what is returned is no worse. Dates that break a rule of
        the plan are left aside.
    published
        Dates that people were told, for `objective: least_change`; they need not fit the plan any
        more. Without them that objective is early starts.

    Raises
    ------
    Infeasible
        If it is proved that no schedule exists; carries the explanation.
    NoSolution
        If the limit ran out before a first schedule.
    Interrupted
        If the user ended the search before a first schedule.
    """
    chosen = settings or Settings()
    clock = Clock(chosen, observer)
    with uncollected():
        graph = build_graph(project)
        book = CalendarBook(project)
        problem = compile_problem(graph, book)
    dates = told_dates(problem, published or {})
    make = maker(problem, dates) if chosen.levels > 2 else None
    given = None if start is None else replayed(problem, start)
    if isinstance(given, str):
        given = None
    guards = guards_of(problem)
    if make is not None and not guards:
        clock.settings = replace(chosen, levels=2)
    try:
        if guards:
            solution = protected(problem, guards, clock, observer, given=given, told=dates)
        else:
            with clock.keeping(0.0 if make is None else SHARE):
                search = Search(problem, clock, given)
                solution = search.run()
            if make is not None:
                pursuit = Pursuit(problem, solution, search.state.early, clock, make)
                solution = pursuit.run(given, dates)
    except Explained as error:
        if not chosen.explain:
            raise
        from imsgen.solver.repairs import with_repairs

        raise with_repairs(error, problem, clock) from None
    placements = {job.id: place for job, place in zip(problem.jobs, solution.places, strict=True)}
    clock.show("floats and drivers", solution.score.finish, solution.bound, project.start)
    with uncollected():
        return assemble(
            project,
            analyse(graph, book, placements),
            status=solution.status,
            bound=solution.bound,
            objective=solution.levels,
            run=run_of(chosen, clock, solution),
            published={} if make is None else dates,
        )
