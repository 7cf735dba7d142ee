"""Replans of random plans in progress."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import event, given, reject
from hypothesis import strategies as st
from tests.support.features import EVERYTHING, Feature
from tests.support.happened import happened
from tests.support.profiles import examples
from tests.support.strategies import projects

from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Instant, Kind, Project, Schedule
from imsgen.schedule import to_json
from imsgen.solver import Settings, replan, solve
from imsgen.verifier import verify_schedule

BRIEF = Settings(effort=0.3, explain=False)
BEFORE = EVERYTHING - {Feature.PROGRESS}
PROMISES = ("missed", "people told", "shift")


def solved(project: Project) -> Schedule:
    """Return the schedule of a plan; plans that have none are drawn again."""
    try:
        return solve(project, BRIEF)
    except (Infeasible, NoSolution):
        reject()


def some_way(data: st.DataObject, schedule: Schedule) -> Instant:
    """Return a moment while something is under way, if there is one."""
    going = [one for one in schedule.activities.values() if one.finish > one.start + 1]
    if not going:
        return schedule.project.start
    one = data.draw(st.sampled_from(going))
    return Instant(data.draw(st.integers(one.start + 1, one.finish - 1)))


@examples(40)
@given(st.data(), projects(BEFORE))
def test_without_news_nothing_changes(data: st.DataObject, project: Project) -> None:
    """The same plan gives the same bytes; time that passes as planned moves nothing."""
    first = solved(project)
    assert to_json(replan(project, first)) == to_json(first)
    going = happened(first, some_way(data, first))
    second = replan(going, first, BRIEF)
    assert verify_schedule(second) == []
    levels = {one.name: one.value for one in second.objective}
    assert (levels["people told"], levels["shift"]) == (0, 0)
    assert to_json(replan(going, second)) == to_json(second)


@examples(80)
@given(st.data(), projects(BEFORE))
def test_every_replan_stands(data: st.DataObject, project: Project) -> None:
    """What has happened never moves, every rule holds, and putting everything off is no better."""
    first = solved(project)
    status = some_way(data, first)
    going = [one.id for one in first.activities.values() if one.start < status < one.finish]
    late = {id_: data.draw(st.sampled_from([300, 1500, 60, 0])) for id_ in going}
    plan = happened(first, status, late)
    plan = replace(
        plan, options=replace(plan.options, freeze=data.draw(st.sampled_from([None, 600])))
    )
    try:
        second = replan(plan, first, BRIEF)
    except (Infeasible, NoSolution) as error:
        event(type(error).__name__)
        return
    assert verify_schedule(second) == []
    for id_, activity in plan.activities.items():
        progress, now = activity.progress, second.activities.get(id_)
        if progress is None or now is None or activity.kind is Kind.HAMMOCK:
            continue
        assert now.start == progress.actual_start
        if progress.actual_finish is not None:
            assert now.finish == progress.actual_finish
    names = tuple(one.name for one in second.objective)
    expected = PROMISES if plan.options.freeze is None else ("frozen", *PROMISES)
    assert names == (*expected, "deadlines", "finish", "early starts")
    assert replan(plan, first, BRIEF) == second
    longer = replan(plan, first, replace(BRIEF, effort=0.8, seed=5))
    assert verify_schedule(longer) == []
    better = False
    for bound, found in zip(second.objective, longer.objective, strict=True):
        assert better or found.value >= bound.bound
        better = better or found.value < bound.value
    event("proved" if second.objective[len(expected) - 1].proved else "open")
    event("told" if second.objective[len(expected) - 2].value else "as published")
