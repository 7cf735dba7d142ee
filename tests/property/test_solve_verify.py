"""What the solver finds, judged by the verifier."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import event, given, reject
from hypothesis import strategies as st
from tests.support.profiles import examples
from tests.support.strategies import CERTAIN, EVERYTHING, LOGIC, Feature, projects

from imsgen.calendars import CalendarBook
from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Dependency, Project, Schedule, Status
from imsgen.network.early import early_dates
from imsgen.network.graph import build_graph
from imsgen.solver import Settings, solve
from imsgen.verifier import verify_schedule

BRIEF = Settings(effort=2.0)


def solved(project: Project) -> Schedule:
    """Return the schedule of a plan; plans that have none are drawn again.

    That a plan without a last date is infeasible may take longer to prove than we wait here.
    """
    try:
        return solve(project, BRIEF)
    except (Infeasible, NoSolution) as error:
        event(type(error).__name__)
        reject()


@examples(400)
@given(projects(EVERYTHING))
def test_schedules_are_verified(project: Project) -> None:
    """Every schedule obeys every rule, and what it says of itself is true."""
    assert verify_schedule(solved(project)) == []


@examples(60)
@given(projects(EVERYTHING, max_activities=14, min_activities=8))
def test_larger_schedules_are_verified(project: Project) -> None:
    """So do those of more activities."""
    assert verify_schedule(solved(project)) == []


@examples(60)
@given(projects(CERTAIN - {Feature.HAMMOCKS}))
def test_plans_without_last_dates_have_schedules(project: Project) -> None:
    """Where nothing bounds a plan from above, there is a schedule, and it is found."""
    assert verify_schedule(solve(project, BRIEF)) == []


@examples(60)
@given(
    projects(
        LOGIC
        - {Feature.MODES, Feature.DEADLINES, Feature.ALAP, Feature.TOGETHER, Feature.MAX_LAGS}
    )
)
def test_without_resources_the_critical_path_decides(project: Project) -> None:
    """With resources in plenty the plan finishes when its early dates do."""
    schedule = solved(project)
    early = early_dates(build_graph(project), CalendarBook(project))
    assert schedule.status is Status.OPTIMAL
    assert schedule.finish == max(
        (place.finish for place in early.values()), default=project.start
    )


@examples(60)
@given(
    st.data(),
    projects(CERTAIN - {Feature.DEADLINES, Feature.MODES}, max_activities=5, min_activities=2),
)
def test_one_more_link_never_helps(data: st.DataObject, project: Project) -> None:
    """A plan with one dependency more does not finish sooner."""
    order = build_graph(project).order
    if len(order) < 2:
        reject()
    i = data.draw(st.integers(0, len(order) - 2))
    j = data.draw(st.integers(i + 1, len(order) - 1))
    link = Dependency(order[i], order[j])
    before = solved(project)
    after = solved(replace(project, dependencies=(*project.dependencies, link)))
    if before.status is Status.OPTIMAL:
        assert after.finish >= before.finish
    assert after.finish >= before.bound


@examples(25)
@given(projects(EVERYTHING))
def test_the_same_plan_gives_the_same_schedule(project: Project) -> None:
    """Solving again gives the same dates."""
    first, second = solved(project), solved(project)
    assert first.activities == second.activities
    assert first.objective == second.objective
