"""Gates that must leave time for No-Go: hand-computed plans, costs, order of objectives, refusals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.support import gates
from tests.support.gates import night, step
from tests.support.projects import at, link, resource

from imsgen.analysis import with_rollbacks
from imsgen.diagnostics import Diagnostic
from imsgen.errors import Infeasible
from imsgen.model import (
    Gate,
    Options,
    Project,
    Schedule,
    Verdict,
    Window,
    Within,
)
from imsgen.plan import load
from imsgen.solver import Settings, solve
from imsgen.verifier import verify_schedule

TEAMS = ("dba", "net", "lead")
SMALL = Settings(effort=1)


def cutover(length: int = 600, protect: str | None = "rollback", dba: int = 100) -> Project:
    """Return the network of ten steps whose undoing takes 185 min, the check included."""
    project = gates.cutover(length, dba)
    return replace(project, options=Options(protect=protect))


def protected(project: Project, objective: str = "finish") -> Project:
    """Return the plan with safe gates asked for."""
    return replace(project, options=Options(objective, protect="rollback"))


def values(schedule: Schedule) -> dict[str, int]:
    """Return the value of each level of the objective."""
    return {level.name: level.value for level in schedule.objective}


def solved(project: Project) -> Schedule:
    """Return the best schedule with its way back; the verifier has nothing against it."""
    schedule = with_rollbacks(solve(project, SMALL))
    assert verify_schedule(schedule) == []
    return schedule


def refused(project: Project) -> Diagnostic:
    """Return why a plan has no schedule with safe gates."""
    with pytest.raises(Infeasible) as caught:
        solve(project, SMALL)
    (only,) = caught.value.diagnostics
    return only


# -- the network of the cutover --------------------------------------------------------------------


def test_a_gate_that_is_safe_anyway_costs_nothing() -> None:
    """Undoing takes 185 min: planned at 375 the gate is safe until 415, as without the rule."""
    plain, kept = solved(cutover(protect=None)), solved(cutover())
    assert kept.activities == plain.activities
    assert values(kept)["margin"] == 40
    assert all(level.proved for level in kept.objective)
    assert "margin" not in values(plain)


@pytest.mark.parametrize(("length", "margin"), [(560, 0), (561, 1), (700, 140)])
def test_the_margin_is_what_the_window_leaves(length: int, margin: int) -> None:
    """The gate decides at 375 at the earliest and 185 min follow: 560 is just enough."""
    schedule = solved(cutover(length))
    assert values(schedule)["margin"] == margin == schedule.rollbacks["gate"].margin


def test_a_window_that_is_too_short_is_told_by_how_much() -> None:
    """In 515 min there are 45 too few; ten minutes' undoing of `freeze` cannot give them."""
    problem = refused(cutover(515))
    assert problem.code == "IMS507"
    assert "`outage` is 45 min too short" in problem.message
    assert "No-Go takes 3 h 5 min" in problem.label
    assert problem.help.endswith("for the window `outage`, 45 min later")


def test_one_more_unit_is_told_with_what_it_gives() -> None:
    """Two more tasks of the one dba: 60 and 45 min of undoing beside 185; a second dba does it."""
    project = cutover(600)
    more = [step("tune", 25, 60, "dba"), step("grants", 25, 45, "dba")]
    links = [link(one, two) for one in ("freeze",) for two in ("tune", "grants")]
    links += [link(one, "verify") for one in ("tune", "grants")]
    activities = {**project.activities, **{one.id: one for one in more}}
    project = replace(
        project,
        activities=activities,
        dependencies=(*project.dependencies, *links),
        outline=tuple(activities),
    )
    problem = refused(project)
    assert "`outage` is 1 h 15 min too short" in problem.message
    dba = next(text for text in problem.alternatives if "`dba`" in text)
    assert dba.startswith("write `capacity: 2` for `dba`, in use")
    assert dba.endswith("gives 1 h 55 min")
    two = replace(project, resources={**project.resources, "dba": resource("dba", 200)})
    assert values(solved(two))["margin"] == 40


# -- what safety costs, and what comes after the finish --------------------------------------------


def beside(length: int, undo: int = 60, **more: object) -> Project:
    """Return a step before the gate, and one beside it that may begin before or after."""
    return protected(
        night(
            [step("a", 30, 30, "dba"), step("b", 60, undo, "net", **more)],
            [],
            [resource("dba"), resource("net")],
            length=length,
            after=["a"],
        )
    )


def test_what_may_wait_waits_for_the_gate() -> None:
    """Undoing `b` takes 60 min and only 50 are left at 30: it begins when the gate has decided."""
    schedule = solved(beside(80))
    assert schedule.activities["b"].start == schedule.activities["gate"].finish
    assert schedule.finish - schedule.project.start == 90
    assert schedule.status.value == "optimal"


def test_what_need_not_wait_does_not() -> None:
    """With 60 min left at 30 the gate is safe with `b` begun: the finish stays 60."""
    schedule = solved(beside(90))
    assert schedule.finish - schedule.project.start == 60
    assert values(schedule)["margin"] == 0


def test_the_point_of_no_return_is_as_late_as_the_finish_lets_it() -> None:
    """`wipe` could start at 30; the plan takes 120 by `long`, so it starts at 110."""
    project = protected(
        night(
            [step("a", 30, 30), step("wipe", 10, irreversible=True), step("long", 120)],
            [link("gate", "wipe")],
            length=600,
            after=["a"],
        )
    )
    schedule = solved(project)
    assert schedule.activities["wipe"].start - project.start == 110
    assert values(schedule)["point of no return"] - project.start == 110


def test_the_margin_grows_where_it_costs_no_time() -> None:
    """`b` may begin at 0 or at 30 without a later finish: later, it is not undone at the gate."""
    project = protected(
        night(
            [step("a", 30, 30), step("b", 60, 50), step("c", 90)],
            [],
            length=200,
            after=["a"],
        )
    )
    schedule = solved(project)
    assert schedule.finish - project.start == 90
    assert schedule.activities["b"].start - project.start == 30
    assert values(schedule)["margin"] == 140


def test_the_objective_comes_after_the_margin() -> None:
    """Evened out, `b` would begin at 0 beside nobody; it still waits for the gate."""
    project = protected(
        night(
            [step("a", 30, 30, "net"), step("b", 60, 50, "net"), step("c", 90, needs="net")],
            [],
            [resource("net", 300)],
            length=200,
            after=["a"],
        ),
        objective="smooth",
    )
    schedule = solved(project)
    assert list(values(schedule)) == [
        "deadlines",
        "finish",
        "margin",
        "smooth use",
        "early starts",
    ]
    assert schedule.activities["b"].start - project.start == 30


def test_a_deadline_comes_first() -> None:
    """`b` beside the gate has a deadline at 60 and priority: the gate decides once it is undone."""
    project = beside(80)
    due = replace(project.activities["b"], deadline=at("2026-11-06 19:00"))
    project = replace(project, activities={**project.activities, "b": due})
    schedule = solved(project)
    # Both cannot be: b begun by the gate at 30 is not safe, so it is late all the same.
    assert values(schedule)["deadlines"] == 30 * due.priority
    assert schedule.objective[0].bound <= 30 * due.priority


# -- several gates, windows, states ----------------------------------------------------------------


def two_gates(first: int, second: int) -> Project:
    """Return two steps with a gate after each; each has to be safe on its own."""
    project = night(
        [step("a", 30, 30, "dba"), step("b", 30, 40, "dba")],
        [link("gate", "b"), link("b", "last")],
        [resource("dba")],
        length=first,
        after=["a"],
    )
    opens = project.start
    last = replace(project.activities["gate"], id="last", within=(Within("later"),))
    outline = (*project.outline, "last")
    return protected(
        replace(
            project,
            activities={**project.activities, "last": last},
            gates={"gate": Gate("gate", window="outage"), "last": Gate("last", window="later")},
            windows={
                **project.windows,
                "later": Window("later", "Later", ((opens, type(opens)(opens + second)),)),
            },
            outline=outline,
        )
    )


def test_every_gate_has_its_own_window() -> None:
    """The first decides at 30 and needs 30, the second at 60 and needs 70: the least margin counts."""
    schedule = solved(two_gates(100, 135))
    margins = {gate: back.margin for gate, back in schedule.rollbacks.items()}
    assert margins == {"gate": 40, "last": 5}
    assert values(schedule)["margin"] == 5


def test_only_the_gate_in_the_way_is_named() -> None:
    """The second window is 10 min too short; the first gate is safe whatever happens."""
    problem = refused(two_gates(100, 120))
    assert problem.message.startswith("no schedule leaves time to say No-Go at `last`: `later` is")
    assert "10 min too short" in problem.message


def test_a_gate_after_an_irreversible_step_is_refused() -> None:
    """There is no schedule in which it could still say No-Go."""
    project = protected(
        night(
            [step("wipe", 10, irreversible=True), step("look", 10)],
            [link("wipe", "look")],
            after=["look"],
        )
    )
    problem = refused(project)
    assert problem.code == "IMS508"
    assert "`wipe` comes before it" in problem.message
    assert problem.help.startswith("put `wipe` after `gate`")


def test_an_irreversible_step_beside_the_gate_waits_for_it() -> None:
    """Nothing but the rule keeps `wipe` from starting at once."""
    project = protected(
        night([step("a", 30, 30), step("wipe", 10, irreversible=True)], [], after=["a"])
    )
    schedule = solved(project)
    assert schedule.activities["wipe"].start >= schedule.activities["gate"].finish


def test_a_gate_without_a_window_is_not_asked_to_be_safe() -> None:
    """Any time to go back is time enough, and nothing is lost by not having it."""
    project = protected(
        night([step("wipe", 10, irreversible=True)], [], length=None, after=["wipe"])
    )
    schedule = solved(project)
    assert schedule.rollbacks["gate"].verdict is Verdict.PAST
    assert "margin" not in values(schedule)


def test_what_is_finished_on_no_go_counts() -> None:
    """`b` would have 30 min left when the gate decides at 30, then 20 of undoing: 50, not 20."""
    late = beside(70, 20, on_abort="finish")
    schedule = solved(late)
    assert schedule.activities["b"].start >= schedule.activities["gate"].finish
    assert solved(beside(80, 20, on_abort="finish")).finish - late.start == 60


# -- the same again --------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_the_schedule_is_the_same_for_any_number_of_workers(workers: int) -> None:
    """Cuts, edits and levels are the same work, whoever does it."""
    one = solve(beside(80), replace(SMALL, workers=1))
    again = solve(beside(80), replace(SMALL, workers=workers))
    assert one.activities == again.activities
    assert one.objective == again.objective


def test_the_verifier_refuses_what_is_not_safe() -> None:
    """A schedule solved without the rule is none with it, nor is one without its way back."""
    plan = beside(80)
    plain = with_rollbacks(solve(replace(plan, options=Options()), SMALL))
    assert plain.rollbacks["gate"].verdict is Verdict.TOO_LATE
    assert verify_schedule(plain) == []
    assert verify_schedule(replace(plain, project=plan)) != []
    bare = solve(plan, SMALL)
    assert any("not shown to be safe" in one.message for one in verify_schedule(bare))


PLAN = """\
imsgen: 1
start: 2026-11-06 18:00
timezone: UTC
calendar: bridge
calendars: {bridge: {work: 24x7}}
windows: {outage: {from: 2026-11-06 18:00, to: 2026-11-06 21:15}}
options: {protect: rollback}
resources: {dba: {}}
activities:
  load: {duration: 2h, undo: 1h30m, needs: dba}
  check: {duration: 30m, undo: 0, after: load}
gates: {commit: {after: check, window: outage}}
"""


def test_all_that_is_involved_is_shown_in_the_text(tmp_path: Path) -> None:
    """The gate, its window, the longest undo and the option that asks for it."""
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN)
    problem = refused(load(path).project)
    assert problem.span is not None
    lines = {problem.span.line, *(label.span.line for label in problem.labels)}
    assert lines == {6, 7, 10, 12}
    assert "45 min too short" in problem.message
    texts = (problem.help, *problem.alternatives)
    assert any("`to: 2026-11-06 22:00`" in text for text in texts)
    assert any("write `undo: 45m` for `load`, 45 min less" in text for text in texts)


def test_with_no_effort_a_schedule_is_still_judged() -> None:
    """What the rules of the serial schedule find is safe, and its way back is shown."""
    schedule = with_rollbacks(solve(cutover(), Settings(effort=0)), effort=0)
    assert schedule.rollbacks["gate"].verdict is Verdict.SAFE
    assert verify_schedule(schedule) == []
