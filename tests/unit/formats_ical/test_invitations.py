"""Meeting requests: who is asked by whom, again and no longer."""

from __future__ import annotations

from typing import Any

import pytest
from icalendar import Calendar
from tests.support.ics import faults
from tests.support.reissued import revised

from imsgen.errors import UsageError
from imsgen.formats.ical.invitations import (
    Invitation,
    Invited,
    Method,
    Person,
    invitable,
    invitations,
    invited,
    person,
)
from imsgen.model import Schedule
from imsgen.schedule.diary.wording import Wording

PMO = Person("pmo@agency.example", "PMO")


def _asked(schedule: Schedule, id_: str = "go", before: Invited | None = None) -> list[Invitation]:
    words = Wording.of(schedule)
    (entry,) = invitable(schedule, words)[id_]
    return invitations(entry, words, PMO, before)


def _event(invitation: Invitation) -> Any:
    calendar: Any = Calendar.from_ical(invitation.content)
    assert calendar["method"] == invitation.method
    (event,) = calendar.events
    return event


def test_a_request_asks_each_once_with_their_role() -> None:
    """Ana decides and owns the gate, Ben takes part; both are to answer."""
    (request,) = _asked(revised())
    event = _event(request)
    assert faults(request.content, invitation=True) == []
    assert request.file == "go.ics"
    assert event["organizer"] == "mailto:pmo@agency.example"
    assert [(one, dict(one.params)) for one in event["attendee"]] == [
        (f"mailto:{name}@{party}.example",
         {"CN": name.title(), "ROLE": role, "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"})
        for name, party, role in (
            ("ana", "cust", "CHAIR"), ("ben", "prov", "REQ-PARTICIPANT"),
        )
    ]  # fmt: skip
    assert event["uid"] == "test.go@imsgen.invalid"


def test_a_series_is_one_request() -> None:
    """A regular stand-up of many days is one repeating event with its time zone."""
    (request,) = _asked(revised(work=480 * 14), "standup")
    assert faults(request.content, invitation=True) == []
    assert b"BEGIN:VTIMEZONE" in request.content
    assert b"RRULE:" in request.content
    assert request.file == "standup.ics"


def test_an_update_is_the_same_request_with_a_higher_sequence() -> None:
    """The gate moved: same UID, SEQUENCE 1."""
    first = revised()
    (old,) = _asked(first)
    (new,) = _asked(revised(first, work=480 * 10), before=invited(old.content))
    assert (old.sequence, new.sequence) == (0, 1)
    assert _event(old)["uid"] == _event(new)["uid"]
    assert new.method is Method.REQUEST


def test_what_is_off_is_cancelled_with_all_who_were_asked() -> None:
    """The milestone is no checkpoint any more; its file tells those it asked."""
    first = revised()
    (old,) = _asked(first, "ready")
    (off,) = _asked(revised(first, ready=False), "ready", invited(old.content))
    event = _event(off)
    assert off.method is Method.CANCEL
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert [one.address for one in off.attendees] == ["ben@prov.example"]
    assert "rsvp" not in event["attendee"].params
    assert faults(off.content, invitation=True) == []


def test_who_is_no_longer_asked_gets_a_cancellation() -> None:
    """The checkpoint goes to Ben; Ana gets a file of her own that takes it back."""
    first = revised()
    (old,) = _asked(first, "half")
    request, off = _asked(revised(first, owner="ben"), "half", invited(old.content))
    assert [one.address for one in request.attendees] == ["ben@prov.example"]
    assert [one.address for one in off.attendees] == ["ana@cust.example"]
    assert off.file == "half.cancel.ics"
    assert _event(off)["summary"].startswith("NO LONGER YOURS – ")


def test_the_organizer_is_not_asked() -> None:
    """Outlook bins a request from oneself."""
    schedule = revised()
    words = Wording.of(schedule)
    (entry,) = invitable(schedule, words)["go"]
    (request,) = invitations(entry, words, Person("Ana@Cust.example"), None)
    assert [one.address for one in request.attendees] == ["ben@prov.example"]


def test_who_has_no_address_is_not_asked() -> None:
    """An owner who is no resource; nobody left means no file."""
    assert _asked(revised(owner="Zoë, night desk"), "half") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pmo@agency.example", Person("pmo@agency.example")),
        ("Ana Diaz <ana@x.example>", Person("ana@x.example", "Ana Diaz")),
        (' "Diaz, Ana" <ana@x.example> ', Person("ana@x.example", '"Diaz, Ana"')),
    ],
)
def test_an_organizer_is_an_address(text: str, expected: Person) -> None:
    """With a name or without."""
    found = person(text)
    assert (found.address, found.name) == (expected.address, expected.name)


@pytest.mark.parametrize(
    "text", ["", "Ana", "ana@", "a b@c.example", "a@b.example\r\nATTENDEE:mailto:x@y.example",
             "x <a@b.example> y", "<a@b.example>\nX:y", "a@b.example;c@d.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    """Nothing of it gets into a file."""
    with pytest.raises(UsageError, match="is no address"):
        person(text)


def test_another_file_is_no_invitation() -> None:
    """A published calendar, or what is none, asked nobody."""
    assert invited(b"nothing") is None
    assert invited(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n") is None
