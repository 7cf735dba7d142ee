"""The way back from gates: cases worked out by hand, in minutes from the start of the window."""

from __future__ import annotations

from dataclasses import replace

from tests.support.gates import START, chain, cutover, needing, night, step
from tests.support.projects import at, link, resource

from imsgen.analysis import with_rollbacks
from imsgen.model import (
    Group,
    Progress,
    Project,
    Rollback,
    Schedule,
    StepKind,
    Undo,
    Verdict,
)
from imsgen.solver import Settings, solve
from imsgen.verifier import verify_schedule


def assessed(project: Project) -> Schedule:
    """Return the schedule with its way back, which the verifier has nothing against."""
    schedule = with_rollbacks(solve(project, Settings(effort=2.0)))
    assert verify_schedule(schedule) == []
    return schedule


def back_of(project: Project) -> Rollback:
    """Return the way back from the gate."""
    return assessed(project).rollbacks["gate"]


def minute(instant: int | None) -> int | None:
    """Return minutes from the start of the window."""
    return None if instant is None else instant - at(START)


def test_cutover_of_ten_steps() -> None:
    """Undoing everything and the check take 185: planned at 375, the gate is safe until 415."""
    back = back_of(cutover())
    assert (minute(back.decided), back.length, minute(back.latest)) == (375, 185, 415)
    assert (back.margin, back.verdict, back.proved) == (40, Verdict.SAFE, True)
    driving = tuple(one.id for one in back.drivers)
    assert driving == ("dns", "conf", "load", "export", "freeze", "back.check")


def test_shared_people_make_the_critical_path_unsafe() -> None:
    """Three undos of 60 in parallel need the one `dba`: 180, though each path takes 60."""
    ids = ("a", "b", "c")
    project = night(
        [step(id_, 10, Undo(60, needs=needing(dba=1))) for id_ in ids],
        [],
        [resource("dba")],
        length=150,
        after=ids,
    )
    back = back_of(project)
    assert (back.length, minute(back.latest), back.margin) == (180, -30, -40)
    assert back.verdict is Verdict.TOO_LATE


def test_order_passes_through_what_needs_no_undoing() -> None:
    """`c` is undone before `a` although only `b`, which needs no undoing, links the two."""
    project = night(
        [step("a", 10, 20), step("b", 10), step("c", 10, 30)], chain("a", "b", "c"), after=["c"]
    )
    back = back_of(project)
    assert [(one.id, minute(one.start)) for one in back.steps] == [("c", 30), ("a", 60)]


def test_verification_is_part_of_undoing() -> None:
    """An undo of 30 with 15 to verify takes 45 before the next begins."""
    project = night([step("a", 10, Undo(30, 15))], [], after=["a"])
    assert back_of(project).length == 45


def test_nothing_to_undo_is_safe_until_the_window_ends() -> None:
    """With neither undo nor contingency the latest safe time is the end of the window."""
    back = back_of(night([step("a", 10)], [], after=["a"]))
    assert (back.length, minute(back.latest), back.margin) == (0, 600, 590)


def test_calendars_that_pause() -> None:
    """An undo of an hour in office hours, window until Monday 12:30.

    Said on Friday at 18:10 it is done on Monday from 08:00; begun at 11:00 it ends at 12:00, at
    any later minute it would go on after lunch, at 13:00.
    """
    undo = Undo(60, calendar="office")
    back = back_of(night([step("a", 10, undo)], [], length=3990, after=["a"]))
    assert minute(back.finish) == 3780  # Monday 09:00
    assert minute(back.latest) == 3900  # Monday 11:00
    assert back.proved


def test_under_way_is_undone_in_full() -> None:
    """`long` runs until 100; at 10 it is stopped, and undoing it takes its 50."""
    project = night([step("a", 10), step("long", 100, 50)], [], after=["a"])
    assert back_of(project).length == 50


def test_under_way_is_finished_first_where_it_says_so() -> None:
    """With `on_abort: finish` the 90 minutes left come before the undo of 50."""
    project = night([step("a", 10), step("long", 100, 50, on_abort="finish")], [], after=["a"])
    back = back_of(project)
    assert [(one.kind, minute(one.start), minute(one.finish)) for one in back.steps] == [
        (StepKind.FINISH, 10, 100),
        (StepKind.UNDO, 100, 150),
    ]


def test_group_is_restored_as_one() -> None:
    """One restore of 25 replaces the undos of 100 and 200 inside as soon as one has begun."""
    group = Group("db", "Database", undo=Undo(25, calendar="bridge"))
    project = night(
        [step("db.x", 10, 100), step("db.y", 10, 200), step("out", 10, 5)],
        [link("db.x", "out"), link("gate", "db.y")],
        after=["out"],
        groups=[group],
    )
    back = back_of(project)
    assert [(one.id, minute(one.start)) for one in back.steps] == [("out", 20), ("db", 25)]


def test_logic_into_a_group_and_out_again() -> None:
    """`out` lies between two steps of a group: it is undone before the group is."""
    group = Group("db", "Database", undo=Undo(25, calendar="bridge"))
    project = night(
        [step("db.x", 10), step("out", 10, 5), step("db.y", 10)],
        chain("db.x", "out", "db.y"),
        after=["db.y"],
        groups=[group],
    )
    assert [one.id for one in back_of(project).steps] == ["out", "db"]


def test_no_way_back_after_an_irreversible_step() -> None:
    """What has begun and cannot be undone leaves no rollback at all."""
    back = back_of(night([step("a", 10, irreversible=True)], [], after=["a"]))
    assert back.verdict is Verdict.PAST
    assert (back.finish, back.latest, back.irreversible) == (None, None, ("a",))


def test_irreversible_step_behind_the_gate_is_no_hindrance() -> None:
    """A step that begins when the gate decides has not begun on No-Go."""
    project = night(
        [step("a", 10, 20), step("switch", 10, irreversible=True)],
        [link("gate", "switch")],
        after=["a"],
    )
    assert back_of(project).verdict is Verdict.SAFE


def test_no_window() -> None:
    """Without a window there is a rollback, but no time that is the latest."""
    back = back_of(night([step("a", 10, 20)], [], length=None, after=["a"]))
    assert (back.verdict, back.length, back.latest) == (Verdict.NO_WINDOW, 20, None)


def test_more_of_a_resource_and_longer_undos() -> None:
    """For the same executed set a second dba is no loss, and a longer undo is no gain."""
    schedule = assessed(cutover())
    base = schedule.rollbacks["gate"].latest
    assert base is not None
    project = schedule.project
    more = replace(project, resources={**project.resources, "dba": resource("dba", 200)})
    longer = {
        **project.activities,
        "load": replace(project.activities["load"], undo=Undo(100)),
    }
    wider = with_rollbacks(replace(schedule, project=more)).rollbacks["gate"].latest
    later = with_rollbacks(replace(schedule, project=replace(project, activities=longer)))
    slower = later.rollbacks["gate"].latest
    assert wider is not None
    assert slower is not None
    assert slower == base - 20
    assert wider >= base


def test_decided_gates_have_no_way_back() -> None:
    """A gate that is finished has said Go: the schedule is left as it is."""
    project = night([step("a", 10, 20)], [], after=["a"])
    done = Progress(actual_start=at(START), actual_finish=at(START), percent_complete=100)
    gate = replace(project.activities["gate"], progress=done)
    decided = replace(
        project, status_date=at(START), activities={**project.activities, "gate": gate}
    )
    schedule = solve(decided, Settings(effort=1.0))
    assert with_rollbacks(schedule) is schedule
