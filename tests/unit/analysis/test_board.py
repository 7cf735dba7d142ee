"""The night board of a night of five steps, worked out by hand.

As published, in minutes after midnight: stop 0-30 (Ana), load 30-90 (Ben, with the one `dba`),
scrub 90-150 (Ana, with the `dba`), check 90-120 (Ana), open 120 (pm).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.changed import NIGHT, begun, done, night_schedule, states
from tests.support.profiles import examples
from tests.support.projects import at

from imsgen.analysis.board import Board, night_board, with_progress
from imsgen.analysis.board.model import Lateness
from imsgen.analysis.board.projection import Projection
from imsgen.model import (
    Constraint,
    ConstraintType,
    Gate,
    Instant,
    Kind,
    Placement,
    Progress,
    Rollback,
    Schedule,
    Verdict,
    Window,
    Within,
)

OLD = night_schedule()
STOPPED = done("00:00", "00:30")


def _night(minutes: int) -> Instant:
    return Instant(at(NIGHT) + minutes)


def _minutes(instant: Instant) -> int:
    return instant - at(NIGHT)


def _board(
    now: int, reported: dict[str, Progress] | None, schedule: Schedule = OLD, span: int = 240
) -> Board:
    """Return the board at a minute of the night, with what is reported up to then."""
    plan = schedule.project
    if reported is not None:
        activities = {
            id_: replace(one, progress=reported.get(id_)) for id_, one in plan.activities.items()
        }
        plan = replace(plan, activities=activities, status_date=_night(now))
    return night_board(schedule, with_progress(schedule, plan), _night(now), span)


def test_as_planned_without_reports() -> None:
    """At 00:45 load is a quarter done; scrub, check and open are next; nothing is late."""
    board = _board(45, None)
    (load,) = board.running
    assert (load.id, load.who, _minutes(load.since), _minutes(load.until)) == (
        "load", "Ben", 30, 90,
    )  # fmt: skip
    assert (load.expected, load.reported) == (25, None)
    assert [(one.id, _minutes(one.start)) for one in board.next] == [
        ("check", 90), ("scrub", 90), ("open", 120),
    ]  # fmt: skip
    assert (board.late, board.cost, board.done, board.total) == ((), None, 1, 5)
    assert [one.waits_for for one in board.next] == [("load",), (), ("check",)]


def test_the_span_limits_what_is_next() -> None:
    """Within 60 minutes of 00:45 check and scrub begin, open does not."""
    assert [one.id for one in _board(45, None, span=60).next] == ["check", "scrub"]


def test_who_hands_over_to_whom() -> None:
    """Ben's load ends for Ana's check, and gives the `dba` to her scrub."""
    found = [
        (one.giver, one.given, one.taker, one.taken, one.resource)
        for one in _board(45, None).handovers
    ]
    assert found == [
        ("Ben", "load", "Ana", "check", ""),
        ("Ben", "load", "Ana", "scrub", "dba"),
        ("Ana", "check", "pm", "open", ""),
    ]


def test_work_that_takes_longer() -> None:
    """At 01:00 load has 70 minutes left: until 02:10, and all behind it is 40 minutes later."""
    board = _board(60, {"stop": STOPPED, "load": begun("00:30", 70)})
    (late,) = board.late
    assert (late.id, late.kind, late.minutes) == ("load", Lateness.LONGER, 40)
    assert late.cost is not None
    assert late.cost == board.cost
    assert (late.cost.finish.clock, late.cost.moved) == (40, 4)
    assert [_minutes(one) for one in board.finish] == [150, 190]
    assert [(one.id, _minutes(one.start), _minutes(one.planned)) for one in board.next] == [
        ("check", 130, 90), ("scrub", 130, 90), ("open", 160, 120),
    ]  # fmt: skip


def test_work_that_should_be_done_and_is_not_reported() -> None:
    """At 01:50 load, with 60 minutes left at 00:30, is still running: not before now it ends."""
    plan = replace(
        OLD.project,
        activities={
            **OLD.project.activities,
            "stop": replace(OLD.project.activities["stop"], progress=STOPPED),
            "load": replace(OLD.project.activities["load"], progress=begun("00:30", 60)),
        },
        status_date=_night(30),
    )
    board = night_board(OLD, with_progress(OLD, plan), _night(110), 240)
    (late,) = board.late
    assert (late.id, late.kind, late.minutes) == ("load", Lateness.LONGER, 20)
    assert board.running[0].expected == 100


def test_what_could_have_begun_and_has_not() -> None:
    """At 00:50 stop is done and load not begun: 20 minutes late; what waits for it is not late."""
    board = _board(50, {"stop": STOPPED})
    (late,) = board.late
    assert (late.id, late.kind, late.minutes) == ("load", Lateness.NOT_BEGUN, 20)
    assert board.cost is not None
    assert board.cost.finish.clock == 20


def test_what_waits_for_late_work_is_not_late_itself() -> None:
    """At 01:40 check could have begun but for load, which still has 20 minutes."""
    board = _board(100, {"stop": STOPPED, "load": begun("00:30", 20)})
    assert [one.id for one in board.late] == ["load"]
    assert [(one.id, _minutes(one.start)) for one in board.next][:2] == [
        ("check", 120), ("scrub", 120),
    ]  # fmt: skip


def test_done_late_and_what_each_costs() -> None:
    """Stop ended 10 late; load began then and takes 20 longer: 30 minutes together.

    Stop has load behind it, as late as that is; load pushes all but stop.
    """
    board = _board(60, {"stop": done("00:00", "00:40"), "load": begun("00:40", 60)})
    kinds = {one.id: (one.kind, one.minutes) for one in board.late}
    assert kinds == {"load": (Lateness.LONGER, 30), "stop": (Lateness.DONE_LATE, 10)}
    assert board.cost is not None
    assert board.cost.finish.clock == 30
    moved = {one.id: one.cost.moved for one in board.late if one.cost is not None}
    assert moved == {"stop": 5, "load": 4}


def test_two_late_strands_are_told_apart() -> None:
    """At 02:00 scrub has 40 left and ends at 02:40, check has not begun: 10 and 0 for the finish."""
    reported = {
        "stop": STOPPED,
        "load": done("00:30", "01:30"),
        "scrub": begun("01:30", 40),
    }
    board = _board(120, reported)
    costs = {one.id: one.cost for one in board.late}
    assert costs["scrub"] is not None
    assert costs["check"] is not None
    assert (costs["scrub"].finish.clock, costs["scrub"].moved) == (10, 1)
    assert (costs["check"].finish.clock, costs["check"].moved) == (0, 2)
    assert board.cost is not None
    assert board.cost.finish.clock == 10


def test_work_begun_late_behind_late_work_is_not_late_of_itself() -> None:
    """Stop ended 10 late, load began then and takes as long as planned: stop alone is late."""
    board = _board(60, {"stop": done("00:00", "00:40"), "load": begun("00:40", 40)})
    assert [one.id for one in board.late] == ["stop"]


def test_deadlines_windows_and_gates_in_the_cost() -> None:
    """40 minutes late, open misses 02:30 by 10, scrub leaves the window that ends at 03:00."""
    activities = OLD.project.activities
    opens = replace(activities["open"], deadline=at("2026-11-07 02:30"), kind=Kind.GATE)
    window = Window("outage", "Outage", ((_night(0), _night(180)),))
    scrub = replace(activities["scrub"], within=(Within("outage"),))
    schedule = night_schedule(
        activities={"open": opens, "scrub": scrub},
        windows={"outage": window},
        gates={"open": Gate("open")},
    )
    back = Rollback("open", _night(120), Verdict.SAFE, latest=_night(150))
    schedule = replace(schedule, rollbacks={"open": back})
    board = _board(60, {"stop": STOPPED, "load": begun("00:30", 70)}, schedule)
    assert board.cost is not None
    assert board.cost.deadlines == (("open", 10),)
    assert board.cost.gates == (("open", 40),)
    assert board.cost.outside == ("scrub",)
    (gate,) = board.gates
    assert (_minutes(gate.planned), _minutes(gate.expected), gate.margin) == (120, 160, -10)


def test_a_date_that_must_hold() -> None:
    """Check has to end by 02:10: pushed to 02:40 it does not, and that is said."""
    until = Constraint(ConstraintType.FNLT, latest=at("2026-11-07 02:10"))
    check = replace(OLD.project.activities["check"], constraints=(until,))
    schedule = night_schedule(activities={"check": check})
    board = _board(60, {"stop": STOPPED, "load": begun("00:30", 70)}, schedule)
    assert board.cost is not None
    assert board.cost.outside == ("check",)


def test_a_milestone_is_reached_when_all_before_it_is_done() -> None:
    """Nobody reports a milestone: after check, at its time, open is done; a gate is not."""
    reported = {
        "stop": STOPPED,
        "load": done("00:30", "01:30"),
        "check": done("01:30", "02:00"),
        "scrub": begun("01:30", 20),
    }
    board = _board(130, reported)
    assert (board.done, board.late) == (4, ())


def test_reports_the_schedule_knows_are_no_news() -> None:
    """Solved again after a late stop, nothing is late any more."""
    stop = replace(OLD.project.activities["stop"], progress=done("00:00", "00:50"))
    new = night_schedule(activities={"stop": stop}, status_date=_night(50))
    board = night_board(new, new.project, _night(50), 240)
    assert (board.late, board.cost) == ((), None)
    assert board.finish[0] == board.finish[1]


def test_only_progress_is_taken_from_the_plan() -> None:
    """An activity added since the schedule was solved is not on the board, nor is one gone."""
    plan = OLD.project
    edited: Any = dict(plan.activities)
    del edited["scrub"]
    edited["new"] = replace(plan.activities["stop"], id="new")
    found = with_progress(OLD, replace(plan, activities=edited, status_date=_night(10)))
    assert list(found.activities) == list(plan.activities)
    assert found.status_date == _night(10)


@examples(25)
@given(states(), st.integers(0, 600))
def test_without_anything_late_the_projection_is_the_schedule(
    pair: tuple[Schedule, Schedule], later: int
) -> None:
    """Nobody is moved for nothing, and whoever is held up only moves others later."""
    schedule = pair[0]
    projection = Projection(schedule, schedule.project)
    still = projection.of({}, {})
    assert still.places == projection.published
    assert still.outside == ()
    first = min(projection.published, key=lambda id_: projection.published[id_].start)
    held = Instant(projection.published[first].start + later)
    moved = projection.of({first: held}, {}).places
    place: Placement
    for id_, place in projection.published.items():
        assert moved[id_].start >= place.start
        assert id_ in projection.downstream(first) or moved[id_] == place


@pytest.mark.parametrize("now", [0, 45, 90, 150, 400])
def test_the_parts_are_apart(now: int) -> None:
    """Nothing is both running and next, done or late, at any time."""
    board = _board(now, None)
    running, soon = {one.id for one in board.running}, {one.id for one in board.next}
    assert not running & soon
    assert board.done + len(running) <= board.total
