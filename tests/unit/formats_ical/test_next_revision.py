from __future__ import annotations

from dataclasses import replace
from typing import Any

from icalendar import Calendar
from tests.support.placed import placed_schedule
from tests.support.projects import link, make_project, resource, task

from imsgen.formats.ical.calendar import calendar_bytes
from imsgen.model import Checkpoint, Event, Every, Gate, Kind, Project, Schedule, When
from imsgen.model.activity import End
from imsgen.schedule import carry


def _project(work: int = 480 * 15, **more: Any) -> Project:
    return make_project(
        [task("work", work), task("go", 60, kind=Kind.GATE, owner="pm")],
        [link("work", "go")],
        [resource("pm", name=more.pop("pm", "Pat"))],
        gates={"go": Gate("go")},
        checkpoints={
            "standup": Checkpoint(
                "standup",
                "Stand-up",
                every=Every((0, 1, 2, 3, 4), 540),
                until=When(event=Event("go", End.FINISH)),
            )
        },
        **more,
    )


def _events(schedule: Schedule) -> dict[str, Any]:
    calendar: Any = Calendar.from_ical(calendar_bytes(schedule))
    return {str(event["uid"]): event for event in calendar.events}


def test_a_longer_series_is_one_change_of_one_event() -> None:
    """Two more days of work: the recurring stand-up keeps its UID, its sequence rises by one."""
    first = carry(placed_schedule(_project()), None)
    second = carry(placed_schedule(_project(480 * 17)), first)
    before, after = _events(first), _events(second)
    uid = "test.standup@imsgen.invalid"
    assert before[uid]["sequence"] == 0
    assert after[uid]["sequence"] == 1
    assert after[uid]["last-modified"].dt > before[uid]["last-modified"].dt
    assert before.keys() == after.keys()


def test_a_shorter_series_changes_again() -> None:
    """Back to the first length: the sequence goes on rising, nothing is left behind."""
    first = carry(placed_schedule(_project()), None)
    second = carry(placed_schedule(_project(480 * 17)), first)
    third = _events(carry(placed_schedule(_project()), second))
    assert third["test.standup@imsgen.invalid"]["sequence"] == 2


def test_an_unchanged_plan_changes_no_event() -> None:
    """The same plan again gives the same calendar."""
    first = carry(placed_schedule(_project()), None)
    second = carry(placed_schedule(_project()), first)
    assert calendar_bytes(first) == calendar_bytes(second)


def test_a_new_name_of_a_person_is_told() -> None:
    """The description shows it, so the sequence rises."""
    first = carry(placed_schedule(_project()), None)
    renamed = replace(placed_schedule(_project(pm="Pam")), plan_hash="1" * 64)
    second = _events(carry(renamed, first))
    assert second["test.go@imsgen.invalid"]["sequence"] == 1
