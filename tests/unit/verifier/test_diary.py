"""What goes to calendars is checked too: messages, stand-ups in blackouts, people's work."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.support.placed import placed_schedule
from tests.support.projects import at, make_project, task

from imsgen.model import (
    Checkpoint,
    Communication,
    End,
    Event,
    Every,
    Instant,
    Schedule,
    When,
    Window,
)
from imsgen.schedule import tasks
from imsgen.verifier import Rule, verify_schedule


def _good(**more: Any) -> Schedule:
    project = make_project(
        [task("a", 480 * 3)],
        checkpoints={"call": Checkpoint("call", "Call", every=Every((0, 1, 2), 600))},
        communications={
            "closing": Communication(
                "closing", "We close", When(event=Event("a", End.START), offset=-60)
            ),
            "minutes": Communication(
                "minutes", "Minutes", When(event=Event("call", End.FINISH), offset=30)
            ),
        },
        **more,
    )
    placed = placed_schedule(project)
    work = tasks(project, placed.activities, placed.groups, placed.finish)
    return replace(placed, tasks=work)


def _meeting_faults(schedule: Schedule) -> list[str]:
    return [one.ids[0] for one in verify_schedule(schedule) if one.rule is Rule.MEETING]


def _moved(schedule: Schedule, start: str) -> Schedule:
    """Return the schedule with every meeting whose id begins so an hour later."""
    late = [
        replace(one, start=Instant(one.start + 60), finish=Instant(one.finish + 60))
        if one.id.startswith(start)
        else one
        for one in schedule.meetings
    ]
    return replace(schedule, meetings=tuple(late))


def test_nothing_is_wrong_with_what_we_make() -> None:
    """Three calls, their minutes, one message and one piece of work."""
    schedule = _good()
    assert len(schedule.meetings) == 7
    assert len(schedule.tasks) == 1
    assert _meeting_faults(schedule) == []


@pytest.mark.parametrize(("id_", "amount"), [("comms:closing", 1), ("comms:minutes", 3)])
def test_a_message_at_another_time(id_: str, amount: int) -> None:
    """Sent an hour late, each occurrence counts."""
    assert len(_meeting_faults(_moved(_good(), id_))) == amount


def test_work_on_other_days_than_the_schedule_has() -> None:
    """The diary of its owner must say what the schedule says."""
    schedule = _good()
    (work,) = schedule.tasks
    wrong = replace(work, finish=Instant(work.finish - 60))
    assert _meeting_faults(replace(schedule, tasks=(wrong,))) == ["a"]
    assert _meeting_faults(replace(schedule, tasks=(replace(wrong, cancelled=True),))) == []


@pytest.mark.parametrize(("forbids", "amount"), [(("all",), 1), (("call",), 1), (("release",), 0)])
def test_a_stand_up_in_a_blackout(forbids: tuple[str, ...], amount: int) -> None:
    """The calls of a plan without the window are wrong in the plan with it."""
    span = (at("2026-11-03 00:00"), at("2026-11-04 00:00"))
    shut = {"shut": Window("shut", "Shut", (span,), forbids=forbids)}
    without, with_ = _good(), _good(windows=shut)
    kept = tuple(one for one in with_.meetings if not one.id.startswith(("call", "comms:minutes")))
    calls = tuple(one for one in without.meetings if one.id.startswith(("call", "comms:minutes")))
    assert len(_meeting_faults(replace(with_, meetings=kept + calls))) == amount
    assert _meeting_faults(with_) == []
