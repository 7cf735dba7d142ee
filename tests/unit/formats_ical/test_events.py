from __future__ import annotations

from pathlib import Path
from typing import Any

from icalendar import Calendar
from tests.support.placed import make_meeting, placed_schedule
from tests.support.projects import at, link, make_project, resource, task

from imsgen.formats.ical import write
from imsgen.formats.ical.calendar import calendar_bytes
from imsgen.model import (
    Checkpoint,
    Every,
    Gate,
    Kind,
    Meeting,
    MeetingKind,
    Party,
    Project,
    Window,
)


def _project(**more: Any) -> Project:
    gate = task(
        "go-live", 60, kind=Kind.GATE, name="Go live?", owner="pm", party=("cust",), backup="Zoe"
    )
    return make_project(
        [task("work", 480), gate, task("done", 0, checkpoint=True)],
        [link("work", "go-live"), link("go-live", "done")],
        [resource("pm", name="Program manager")],
        gates={
            "go-live": Gate(
                "go-live",
                decides=("pm",),
                criteria=("No open severity 1", "Backup verified"),
                who=("pm", "Legal"),
                location="Bridge 1, room 2",
            )
        },
        checkpoints={
            "standup": Checkpoint("standup", "Stand-up", every=Every((0, 1), 540), owner="pm")
        },
        windows={"freeze": Window("freeze", "Freeze", (), notes="No releases")},
        parties={"cust": Party("cust", "Agency; west")},
        **more,
    )


def _calendar(*meetings: Meeting, revision: int = 1, **more: Any) -> Any:
    schedule = placed_schedule(_project(**more), meetings=meetings, revision=revision)
    return Calendar.from_ical(calendar_bytes(schedule))


def _event(*meetings: Meeting, **more: Any) -> Any:
    (event,) = _calendar(*meetings, **more).events
    return event


GATE = make_meeting(
    "go-live", "2026-11-03 08:00", "2026-11-03 09:00", MeetingKind.GATE, name="Go live?"
)


def test_a_gate_says_who_decides_what_on_which_criteria() -> None:
    """Everything a decision maker needs is in the description."""
    assert str(_event(GATE)["description"]).split("\n") == [
        "Tue 3 Nov 2026 08:00-09:00 UTC",
        "T-1h (T-0 is Go live?)",
        "Decides: Program manager",
        "Criteria:",
        "- No open severity 1",
        "- Backup verified",
        "People: Program manager, Legal",
        "Where: Bridge 1, room 2",
        "Owner: Program manager",
        "Backup: Zoe",
        "After: work (Mon 2 Nov 2026 17:00 UTC)",
        "Plan: Test plan",
    ]


def test_a_gate_is_busy_and_important() -> None:
    """It blocks time, has one alarm half an hour before, and the first priority."""
    event = _event(GATE)
    assert event["summary"] == "[Test plan] GO/NO-GO – Go live?"
    assert (event["transp"], event["x-microsoft-cdo-busystatus"]) == ("OPAQUE", "BUSY")
    assert event["priority"] == 1
    assert event["location"] == "Bridge 1, room 2"
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].to_ical() == b"-PT30M"


def test_a_gate_named_so_is_not_marked_twice() -> None:
    """A name with No-Go in it needs no prefix."""
    event = _event(make_meeting("x", "2026-11-03 08:00", "2026-11-03 09:00", MeetingKind.GATE,
                                name="Final Go/No-Go"))  # fmt: skip
    assert event["summary"] == "[Test plan] Final Go/No-Go"


def test_categories_are_kind_party_and_plan() -> None:
    """The plan's category selects all its events; separators are gone."""
    assert _event(GATE).categories == ["Go/No-Go", "Agency  west".replace("  ", " "), "IMS-test"]


def test_a_milestone_gets_fifteen_minutes_and_blocks_nothing() -> None:
    """Zero length is hard to see, and nobody has to be there."""
    event = _event(
        make_meeting("done", "2026-11-03 09:00", "2026-11-03 09:00", MeetingKind.MILESTONE)
    )
    assert event["dtend"].to_ical() == b"20261103T091500Z"
    assert event["transp"] == "TRANSPARENT"


def test_a_cancelled_event_is_free_and_silent() -> None:
    """It stays to tell calendars, with a raised sequence, without alarm."""
    event = _event(
        make_meeting("old", "2026-11-05 09:00", "2026-11-05 10:00", cancelled=True, sequence=3)
    )
    assert event["status"] == "CANCELLED"
    assert event["summary"].startswith("CANCELLED – ")
    assert event["sequence"] == 3
    assert event["x-microsoft-cdo-busystatus"] == "FREE"
    assert not event.walk("VALARM")


def test_the_stamp_is_the_revision_not_the_clock() -> None:
    """DTSTAMP and LAST-MODIFIED are the meeting's, so bytes repeat."""
    changed = make_meeting(
        "x", "2026-11-05 09:00", "2026-11-05 10:00", last_modified=at("2026-10-01 12:07")
    )
    event = _event(changed)
    assert event["dtstamp"].to_ical() == event["last-modified"].to_ical() == b"20261001T120700Z"


def test_a_window_of_whole_days_is_an_all_day_event() -> None:
    """The end is the day after the last; the day stays free."""
    event = _event(
        make_meeting("window:freeze", "2026-12-01 05:00", "2026-12-08 05:00", MeetingKind.WINDOW,
                     series="freeze", timezone="America/New_York")
    )  # fmt: skip
    assert event["dtstart"].to_ical() == b"20261201"
    assert event["dtend"].to_ical() == b"20261208"
    assert event["x-microsoft-cdo-busystatus"] == "FREE"
    assert "2026-12-01 to 2026-12-07" in event["description"]
    assert "No releases" in event["description"]
    assert not event.walk("VALARM")


def test_a_window_of_hours_is_in_utc() -> None:
    """An outage that starts at 20:00 is no matter of days."""
    event = _event(
        make_meeting("window:freeze", "2026-12-04 20:00", "2026-12-07 04:00", MeetingKind.WINDOW,
                     series="freeze")
    )  # fmt: skip
    assert event["dtstart"].to_ical() == b"20261204T200000Z"


def test_past_events_do_not_ring() -> None:
    """Before the status date an alarm would ring on import."""
    event = _event(GATE, status_date=at("2026-11-03 12:00"))
    assert not event.walk("VALARM")


def test_nobody_is_invited() -> None:
    """No METHOD, ORGANIZER or ATTENDEE: importing mails nothing."""
    calendar = _calendar(GATE, revision=7)
    assert "method" not in calendar
    assert not {"organizer", "attendee"} & {key.lower() for key in calendar.events[0]}
    assert calendar["x-wr-calname"] == calendar["name"] == "Test plan rev 7"
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"


def test_text_stays_text() -> None:
    """A line break in a name adds no property, to events or to the calendar."""
    bad = "x\r\nATTENDEE:mailto:a@b.example\nEND:VEVENT"
    meeting = make_meeting("x", "2026-11-05 09:00", "2026-11-05 10:00", name=bad)
    calendar = _calendar(meeting, name=bad)
    (event,) = calendar.events
    assert "attendee" not in event
    assert event["summary"].startswith("[x ATTENDEE:mailto:a@b.example END:VEVENT] x ATTENDEE")


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """The file is a pure function of the schedule."""
    schedule = placed_schedule(_project(), meetings=(GATE,))
    once = write(schedule, tmp_path / "once" / "plan.ics")
    twice = write(schedule, tmp_path / "twice" / "plan.ics")
    assert [one.read_bytes() for one in once] == [two.read_bytes() for two in twice]
    calendars = [one for one in once if one.suffix == ".ics"]
    assert all(b"\n" not in one.read_bytes().replace(b"\r\n", b"") for one in calendars)
