"""Safe gates on random plans: against every schedule there is, and against the verifier."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.test_rollbacks import nights
from tests.support import guarded
from tests.support.gates import night, step
from tests.support.projects import link, resource

from imsgen.analysis import with_rollbacks
from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Need, Options, Project, Undo
from imsgen.solver import Settings, solve
from imsgen.verifier import verify_schedule

NAMES = ("a", "b", "c", "d")
LAST = 150


@st.composite
def guarded_nights(draw: st.DrawFn) -> Project:
    """Draw a night of three or four steps around a gate that must be safe."""
    ids = NAMES[: draw(st.integers(2, 4))]
    steps, links = [], []
    for i, id_ in enumerate(ids):
        team = draw(st.sampled_from(["", "dba", "net"]))
        undo = None
        if draw(st.integers(0, 3)):
            others = draw(st.sampled_from([None, None, "dba", "net"]))
            needs = None if others is None else (Need(others, 100),)
            undo = Undo(draw(st.integers(1, 3)) * 10, 0, None, needs)
        steps.append(step(id_, draw(st.integers(1, 3)) * 10, undo, team))
        for j in range(i):
            kind = draw(st.sampled_from([None, None, None, "FS", "SS"]))
            if kind is not None:
                links.append(link(ids[j], id_, kind))
    gated = [draw(st.sampled_from(["before", "beside", "behind"])) for _ in ids]
    after = [id_ for id_, where in zip(ids, gated, strict=True) if where == "before"]
    before = {one.predecessor for one in links}
    for id_, where in zip(ids, gated, strict=True):
        if where == "behind" and not after and id_ not in before:
            links.append(link("gate", id_))
    if draw(st.booleans()):
        steps[-1] = replace(steps[-1], undo=None, irreversible=True)
    project = night(
        steps,
        links,
        [resource("dba", draw(st.sampled_from([100, 200]))), resource("net")],
        length=draw(st.integers(2, 12)) * 10,
        after=after,
        contingency=[step("back.check", 10, branch="gate")] if draw(st.booleans()) else (),
    )
    return replace(project, options=Options(protect="rollback"))


@settings(max_examples=8, deadline=None)
@given(guarded_nights())
def test_no_schedule_with_safe_gates_is_better(project: Project) -> None:
    """Finish, point of no return and margin are those of the best of all schedules."""
    start = project.start
    expected = guarded.best(project, LAST)
    try:
        schedule = with_rollbacks(solve(project, Settings(effort=1, explain=False)))
    except Infeasible:
        assert expected is None
        return
    assert expected is not None
    value = {level.name: level.value for level in schedule.objective}
    assert all(level.proved for level in schedule.objective[:-1])
    point = value.get("point of no return", start) - start
    assert (value["finish"] - start, point, value["margin"]) == expected
    assert verify_schedule(schedule) == []


@settings(max_examples=8, deadline=None)
@given(nights())
def test_whatever_is_found_is_safe(plan: Project) -> None:
    """Groups undone as one, pauses, work finished first: the verifier takes what comes out."""
    project = replace(plan, options=Options(protect="rollback"))
    try:
        schedule = with_rollbacks(solve(project, Settings(effort=0.5, explain=False)))
    except (Infeasible, NoSolution):
        return
    assert verify_schedule(schedule) == []
    assert schedule.finish >= solve(plan, Settings(effort=0.5, levels=2)).bound
