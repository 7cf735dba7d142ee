"""The public function: a plan, what was published, and the schedule that keeps the most of it."""

from __future__ import annotations

from dataclasses import replace

from imsgen.calendars import CalendarBook
from imsgen.garbage import uncollected
from imsgen.model import Placement, Project, Schedule
from imsgen.network import analyse
from imsgen.network.graph import build_graph
from imsgen.schedule import assemble, plan_hash
from imsgen.solver.clock import Clock
from imsgen.solver.problem import compile_problem
from imsgen.solver.protect import guards_of
from imsgen.solver.reason import Explained
from imsgen.solver.record import run_of, versions
from imsgen.solver.replanning.promises import promised_dates
from imsgen.solver.replanning.pursue import Replanning
from imsgen.solver.replanning.safe import FIRST, SafeReplan
from imsgen.solver.search import bound
from imsgen.solver.settings import Observer, Settings
from imsgen.solver.state import State

_SMALL, _FALLING, _RISING, _LESS = 0.6, 0.0015, 0.001, 0.15
"""People wait for a replan. Up to 300 activities, the more there are the more of two seconds goes to
reading and writing; beyond, ten seconds leave a unit of effort for each 1,000, less 0.15."""


def replan_effort(activities: int) -> float:
    """Return the effort of a replan that nothing else is said of."""
    falling, rising = _SMALL - _FALLING * activities, _RISING * activities - _LESS
    return round(max(falling, rising), 6)


def unchanged(project: Project, previous: Schedule) -> bool:
    """Whether there is no news: the plan is the one that was published, and so are we."""
    known = previous.run.versions.get("imsgen")
    return previous.plan_hash == plan_hash(project) and known == versions()["imsgen"]


def replan(
    project: Project,
    previous: Schedule,
    settings: Settings | None = None,
    observer: Observer | None = None,
) -> Schedule:
    """Return the schedule of a plan in progress that keeps the most of what was published.

    What has happened stands, what is under way continues; of the rest as little is frozen and
    moves, missed, told and shifted as could be found, in this order. Where there is no news the
    published schedule comes back as it is. What `options: {objective: ...}` asks for is what the
    published dates were made for; it plays no part here. Where gates must be safe, they are if a
    replan that keeps them so is found.

    Raises
    ------
    Infeasible
        If it is proved that no schedule exists any more; carries the explanation.
    NoSolution
        If the limit ran out before a first schedule.
    Interrupted
        If the user ended the search before a first schedule.
    """
    if unchanged(project, previous):
        return previous
    chosen = settings or Settings(effort=replan_effort(len(project.activities)))
    clock = Clock(chosen, observer)
    with uncollected():
        graph, book = build_graph(project), CalendarBook(project)
        problem = compile_problem(graph, book)
    published = {
        one.id: Placement(one.start, one.finish, one.mode) for one in previous.activities.values()
    }
    given = promised_dates(problem, published)
    guards = guards_of(problem)
    state = State(problem, _first_clock(clock, observer) if guards else clock)
    try:
        with uncollected():
            bound(state)
        solution = Replanning(state, given, previous.finish).run()
        if guards:
            clock.spent += state.clock.spent
            clock.hurried |= state.clock.hurried or state.clock.cut
            if state.clock.interrupted:
                clock.interrupt()
            safe = SafeReplan(
                problem, guards, given, previous.finish, clock=clock, observer=observer
            )
            solution = safe.run(solution)
    except Explained as error:
        if not chosen.explain:
            raise
        from imsgen.solver.repairs import with_repairs

        raise with_repairs(error, problem, clock) from None
    placements = {job.id: place for job, place in zip(problem.jobs, solution.places, strict=True)}
    with uncollected():
        found = assemble(
            project,
            analyse(graph, book, placements),
            status=solution.status,
            bound=solution.bound,
            objective=solution.levels,
            run=run_of(chosen, clock, solution),
            published=given,
        )
    return replace(found, replanned=previous.revision)


def _first_clock(clock: Clock, observer: Observer | None) -> Clock:
    """Return the clock of a replan that need not be safe: another may be needed."""
    settings = clock.settings
    effort, seconds = FIRST * settings.effort, FIRST * settings.time_limit
    return Clock(replace(settings, effort=effort, time_limit=seconds), observer)
