"""Messages: which event sends them, in which hours, and how a communications plan lists them."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from tests.support.placed import placed_schedule
from tests.support.projects import at, bridge, make_project, office, task

from imsgen.formats.facts import Facts
from imsgen.formats.messages import deliveries, frequency
from imsgen.formats.xlsx import as_bytes
from imsgen.model import (
    Checkpoint,
    Communication,
    End,
    Event,
    Every,
    Gate,
    Instant,
    Kind,
    Progress,
    Schedule,
    When,
)
from imsgen.schedule.diary.wording import Wording
from imsgen.verifier import Rule, verify_schedule


def _message(
    id_: str, event: Event, offset: int = 0, calendar: str | None = None
) -> Communication:
    when = When(event=event, offset=offset)
    return Communication(id_, id_.title(), when, message=f"About {id_}", calendar=calendar)


def _schedule(*messages: Communication, decided: bool = False) -> Schedule:
    """Work around the clock from Monday 08:00 to Tuesday 20:00; a gate on Monday, 08:00-09:00."""
    actuals = Progress(at("2026-11-02 08:00"), at("2026-11-02 09:00")) if decided else None
    project = make_project(
        [
            task("work", 36 * 60, "bridge"),
            task("go-live", 60, kind=Kind.GATE, progress=actuals),
        ],
        calendars=[office(), bridge()],
        gates={"go-live": Gate("go-live")},
        checkpoints={"call": Checkpoint("call", "Call", every=Every(interval=720), duration=15)},
        communications={one.id: one for one in messages},
    )
    return placed_schedule(project)


def _sent(schedule: Schedule) -> list[tuple[str, Instant]]:
    return [(one.id, one.start) for one in schedule.meetings if one.id.startswith("comms:")]


def _faults(schedule: Schedule) -> list[str]:
    return [one.ids[0] for one in verify_schedule(schedule) if one.rule is Rule.MEETING]


@pytest.mark.parametrize(
    ("offset", "sent"),
    [
        # Work ends on Tuesday 20:00, after the office has closed at 17:00.
        (0, "2026-11-04 08:00"),
        (60, "2026-11-04 08:00"),
        (-60, "2026-11-03 17:00"),
        # 12:30 is lunch: what announces goes out before it, at its very start.
        (-450, "2026-11-03 12:00"),
        (-540, "2026-11-03 11:00"),
    ],
)
def test_a_message_keeps_to_the_hours_in_which_it_can_be_sent(offset: int, sent: str) -> None:
    """Ahead of its event it goes out before the hours end, otherwise when they begin again."""
    schedule = _schedule(_message("told", Event("work", End.FINISH), offset, "office"))
    assert _sent(schedule) == [("comms:told", at(sent))]
    assert _faults(schedule) == []
    (meeting,) = (one for one in schedule.meetings if one.id == "comms:told")
    moved = replace(meeting, start=Instant(meeting.start + 5), finish=Instant(meeting.finish + 5))
    others = tuple(one for one in schedule.meetings if one is not meeting)
    assert _faults(replace(schedule, meetings=(*others, moved))) == ["comms:told"]


def test_both_outcomes_of_a_gate_have_their_message() -> None:
    """Go and No-Go are dated by the decision at 09:00; the subject says which is conditional."""
    on_go = _message("on-go", Event("go-live", End.GO))
    on_no_go = _message("on-no-go", Event("go-live", End.NO_GO), 30)
    schedule = _schedule(on_go, on_no_go)
    assert _sent(schedule) == [
        ("comms:on-go", at("2026-11-02 09:00")),
        ("comms:on-no-go", at("2026-11-02 09:30")),
    ]
    assert _faults(schedule) == []
    words = Wording.of(schedule)
    titles = [words.title(one) for one in schedule.meetings if one.id.startswith("comms:")]
    assert titles == ["MESSAGE – On-Go", "MESSAGE IF NO-GO – On-No-Go"]


def test_a_gate_that_has_decided_sends_no_message_for_no_go() -> None:
    """The plan goes on, so it said Go."""
    on_no_go = _message("on-no-go", Event("go-live", End.NO_GO))
    assert _sent(_schedule(on_no_go, decided=True)) == []


def test_the_communications_plan_has_the_nine_columns_of_the_template() -> None:
    """By date; calls at 08:00 and 20:00 on both days end a quarter of an hour later."""
    schedule = _schedule(
        _message("done", Event("work", End.FINISH)),
        _message("minutes", Event("call", End.FINISH)),
        _message("on-no-go", Event("go-live", End.NO_GO)),
    )
    facts = Facts(schedule)
    told = [(one.message.id, frequency(facts, one)) for one in deliveries(facts)]
    assert told == [
        ("minutes", "Every 12h, 3 times"),
        ("on-no-go", "Once, if No-Go"),
        ("done", "Once"),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(as_bytes(schedule)))["Communications"]
    headings = [cell.value for cell in sheet[4]]
    assert headings[:9] == [
        "Communication Name",
        "Primary Message",
        "Stakeholder Group/Target Audience",
        "Vehicle",
        "Responsibility for Preparation",
        "Frequency",
        "Delivery Date",
        "Feedback Mechanism",
        "Status",
    ]
    assert [cell.value for cell in sheet[7]][:2] == ["Done", "About done"]
    assert str(sheet["G7"].value) == "2026-11-03 20:00:00"
    assert sheet["I7"].value == "Open"
