"""Warnings of gates that decide later than people expect."""

from __future__ import annotations

from tests.support.placed import placed_schedule
from tests.support.projects import at, link, make_project, task

from imsgen.model import Activity, Gate, Instant, Kind
from imsgen.schedule.gates import gate_warnings


def warnings(
    gate: Activity,
    booked: Instant | None,
    work: int,
    start: str,
    before: str = "office",
    after: str = "office",
) -> list[str]:
    """Return the codes for a gate after work begun on Monday at 08:00, and before other work."""
    project = make_project(
        [task("work", work, before), gate, task("rest", 60, after)],
        [link("work", "gate"), link("gate", "rest")],
        gates={"gate": Gate("gate", at=booked)},
    )
    schedule = placed_schedule(
        project,
        {"work": at("2026-11-02 08:00"), "gate": at(start), "rest": at("2026-11-05 08:00")},
    )
    return [one.code for one in gate_warnings(schedule)]


def test_gate_on_time_is_silent() -> None:
    """Work until Monday 16:00, the gate at once: nothing to say."""
    gate = task("gate", 60, kind=Kind.GATE)
    assert warnings(gate, None, 420, "2026-11-02 16:00") == []


def test_gate_waits_the_night() -> None:
    """Work by night until Monday 18:00, the gate on Tuesday 08:00: fourteen hours of waiting."""
    gate = task("gate", 60, kind=Kind.GATE)
    assert warnings(gate, None, 600, "2026-11-03 08:00", before="bridge") == ["IMS607"]


def test_gate_keeps_the_night_waiting() -> None:
    """Office work until Monday 17:00 and a cutover that could begin at once: fifteen hours."""
    gate = task("gate", 60, kind=Kind.GATE)
    assert warnings(gate, None, 480, "2026-11-03 08:00", after="bridge") == ["IMS607"]


def test_gate_after_the_night_that_all_have_off() -> None:
    """Office work until Monday 17:00, the gate on Tuesday 08:00, office work then: no time lost."""
    gate = task("gate", 60, kind=Kind.GATE)
    assert warnings(gate, None, 480, "2026-11-03 08:00") == []


def test_gate_over_lunch_is_no_night() -> None:
    """Work until noon, the gate at 13:00: lunch is no surprise."""
    gate = task("gate", 60, kind=Kind.GATE)
    assert warnings(gate, None, 240, "2026-11-02 13:00") == []


def test_gate_on_its_own_calendar_does_not_wait() -> None:
    """On the bridge the gate is held at 17:00."""
    gate = task("gate", 60, "bridge", kind=Kind.GATE)
    assert warnings(gate, None, 480, "2026-11-02 17:00") == []


def test_gate_later_than_booked() -> None:
    """Booked for 16:00 while the work lasts until 17:00: held at 17:00, people must be told."""
    gate = task("gate", 60, "bridge", kind=Kind.GATE)
    assert warnings(gate, at("2026-11-02 16:00"), 480, "2026-11-02 17:00") == ["IMS606"]


def test_gate_as_booked() -> None:
    """Booked for 18:00, held at 18:00: an hour after the work is no wait but the booking."""
    gate = task("gate", 60, "bridge", kind=Kind.GATE)
    assert warnings(gate, at("2026-11-02 18:00"), 480, "2026-11-02 18:00") == []
