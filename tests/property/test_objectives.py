"""Objectives after the finish, on random plans."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import event, given, reject
from hypothesis import strategies as st
from tests.support.profiles import examples
from tests.support.strategies import EVERYTHING, projects

from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Instant, Placement, Project, Schedule
from imsgen.solver import Settings, solve
from imsgen.verifier import verify_schedule
from imsgen.verifier.scene import Scene
from imsgen.verifier.use import cost, people, people_told, shift, squared_use

BRIEF = Settings(effort=2.0)
OBJECTIVES = st.sampled_from(["smooth", "fewest_people", "least_cost"])
RATES = st.sampled_from([None, "0", "12.5", "85", "100.05"])


def asking(project: Project, objective: str) -> Project:
    """Return the plan with another objective."""
    return replace(project, options=replace(project.options, objective=objective))


def solved(project: Project, published: dict[str, Placement] | None = None) -> Schedule:
    """Return the schedule of a plan; plans that have none are drawn again."""
    try:
        return solve(project, BRIEF, published=published)
    except (Infeasible, NoSolution) as error:
        event(type(error).__name__)
        reject()


def own_measure(objective: str, schedule: Schedule) -> int:
    """Return the level of an objective that a schedule has, as the verifier counts it."""
    scene = Scene(schedule.project, schedule.activities)
    return {"smooth": squared_use, "fewest_people": people, "least_cost": cost}[objective](scene)


@examples(150)
@given(st.data(), projects(EVERYTHING), OBJECTIVES)
def test_an_objective_is_pursued_and_costs_nothing_before_it(
    data: st.DataObject, project: Project, objective: str
) -> None:
    """Every rule holds, no deadline or finish is worse, and the objective is none the worse."""
    resources = {
        id_: replace(one, rate=data.draw(RATES)) for id_, one in project.resources.items()
    }
    project = replace(project, resources=resources)
    early = solved(project)
    schedule = solved(asking(project, objective))
    assert verify_schedule(schedule) == []
    if all(level.proved for level in early.objective[:2]):
        assert [one.value for one in schedule.objective[:2]] == [
            one.value for one in early.objective[:2]
        ]
        assert own_measure(objective, schedule) <= own_measure(objective, early)
    assert schedule.objective[2].value == own_measure(objective, schedule)
    event(f"{objective}: {'proved' if schedule.objective[2].proved else 'open'}")


@examples(80)
@given(st.data(), projects(EVERYTHING))
def test_little_changes_when_little_happened(data: st.DataObject, project: Project) -> None:
    """No news change nothing; news change no more than a schedule made afresh does."""
    project = asking(project, "least_change")
    first = solved(project)
    published = {
        id_: Placement(one.start, one.finish, one.mode) for id_, one in first.activities.items()
    }
    again = solve(project, BRIEF, start=published, published=published)
    assert verify_schedule(again) == []
    if again.published and all(level.proved for level in first.objective[:2]):
        changes = {one.name: one.value for one in again.objective[2:4]}
        assert changes == {"people told": 0, "shift": 0}
    late = data.draw(st.integers(1, 2000))
    slipped = replace(project, start=Instant(project.start + late))
    news = solved(slipped, published)
    assert verify_schedule(news) == []
    if not news.published:
        return
    fresh = solved(asking(slipped, "finish"))
    if all(level.proved for level in fresh.objective[:2]):
        scene = Scene(slipped, fresh.activities)
        told = len(people_told(scene, news.published))
        least = (told, shift(scene, news.published))
        assert tuple(one.value for one in news.objective[2:4]) <= least
    event("proved" if news.objective[3].proved else "open")


@examples(20)
@given(projects(EVERYTHING), OBJECTIVES)
def test_the_same_plan_gives_the_same_schedule(project: Project, objective: str) -> None:
    """Solving again gives the same dates."""
    first, second = (solved(asking(project, objective)) for _ in range(2))
    assert first.activities == second.activities
    assert first.objective == second.objective
