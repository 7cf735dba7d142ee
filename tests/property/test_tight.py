"""Plans made tight around a schedule they have: a schedule is found, whatever rules they use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from hypothesis import assume, event, given
from hypothesis import strategies as st
from tests.support.profiles import examples
from tests.support.strategies import EVERYTHING, projects

from imsgen.calendars import CalendarBook
from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Activity, Constraint, ConstraintType, Dependency, Placement, Project
from imsgen.solver import Settings
from imsgen.solver.clock import Clock
from imsgen.solver.problem import compiled
from imsgen.solver.search import Search
from imsgen.verifier import verify


def solved(plan: Project, effort: float) -> dict[str, Placement]:
    """Return dates that keep every rule of a plan."""
    problem = compiled(plan)
    found = Search(problem, Clock(Settings(effort=effort, levels=1, gap=1.0), None)).run()
    places = {job.id: place for job, place in zip(problem.jobs, found.places, strict=True)}
    assert verify(plan, places) == []
    return places


def dated(activity: Activity, place: Placement, kind: ConstraintType) -> Activity:
    """Return an activity that must be done as early as it was."""
    bound = place.start if kind is ConstraintType.SNLT else place.finish
    late = Constraint(kind, latest=bound)
    return replace(activity, constraints=(*activity.constraints, late))


def followed(plan: Project, link: Dependency, places: Mapping[str, Placement]) -> Dependency:
    """Return a link whose successor may follow no later than it did."""
    if link.type != "FS" or link.predecessor not in places or link.successor not in places:
        return link
    book = CalendarBook(plan)
    before, after = places[link.predecessor], places[link.successor]
    one, two = plan.activities[link.predecessor], plan.activities[link.successor]
    calendar = book.lag_calendar(
        link, book.effective(one, before.mode), book.effective(two, after.mode)
    )
    apart = calendar.work_between(before.finish, after.start)
    return replace(link, max_lag=max(link.lag, apart))


@examples(150)
@given(projects(EVERYTHING), st.randoms(use_true_random=False))
def test_what_has_a_schedule_gets_one(plan: Project, random: Random) -> None:
    """Dates and maximal lags are set to what a schedule has: that schedule would still do."""
    try:
        places = solved(plan, 0.3)
    except (Infeasible, NoSolution):
        assume(False)
    kinds = (ConstraintType.FNLT, ConstraintType.SNLT)
    activities = {
        id_: dated(one, places[id_], random.choice(kinds))
        if id_ in places and one.progress is None and random.random() < 0.6
        else one
        for id_, one in plan.activities.items()
    }
    links = tuple(
        followed(plan, link, places) if random.random() < 0.4 else link
        for link in plan.dependencies
    )
    tight = replace(plan, activities=activities, dependencies=links)
    assume(verify(tight, places) == [])
    event("tight")
    solved(tight, 3.0)
