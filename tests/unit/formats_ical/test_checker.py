"""The tests' own reader catches what a calendar file must not have."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.support.ics import differences, faults
from tests.support.reissued import revised

from imsgen.formats.ical.calendar import calendar_bytes

GOOD = calendar_bytes(revised(work=480 * 14, gap=True))
_LINE = b"STATUS:CONFIRMED\r\n"


def _after(line: bytes) -> Callable[[bytes], bytes]:
    """Return what puts a line into the first event."""
    return lambda content: content.replace(_LINE, _LINE + line + b"\r\n", 1)


def _without(start: bytes) -> Callable[[bytes], bytes]:
    def cut(content: bytes) -> bytes:
        lines = content.split(b"\r\n")
        first = next(n for n, line in enumerate(lines) if line.startswith(start))
        return b"\r\n".join([*lines[:first], *lines[first + 1 :]])

    return cut


def test_nothing_is_wrong_with_ours() -> None:
    """The file the faults are put into has none."""
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda text: text.replace(b"\r\n", b"\n"), "line ends"),
        (lambda text: text.replace(b"\r\n ", b""), "long line"),
        (_after(b"LOCATION:a\x07b"), "control character"),
        (_after(b"ATTENDEE:mailto:a@b.example"), "unexpected ATTENDEE"),
        (_after(b"LOCATION:"), "empty LOCATION"),
        (_after(b"LOCATION:a;b"), "escapes in LOCATION"),
        (_after(b"no property"), "no property"),
        (_without(b"DTSTAMP"), "no DTSTAMP"),
        (_without(b"DTEND"), "no DTEND"),
        (lambda text: text.replace(b"test.go@", b"test.ready@"), "UID twice"),
        (lambda text: text.replace(b"TZID:America", b"TZID:Amerika"), "no VTIMEZONE"),
        (lambda text: text.replace(b";TZID=America/New_York", b""), "floating"),
        (lambda text: text.replace(b"FREQ=WEEKLY", b"FREQ=WORKDAYS"), "RRULE"),
        (lambda text: text.replace(b"BYDAY=MO,TU,WE,TH,FR", b"BYDAY=SA"), "the first occurrence"),
        (_without(b"RRULE:FREQ=YEARLY"), "zone without yearly rule"),
        (lambda text: text.replace(b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:REQUEST"), "METHOD"),
        (lambda text: text.replace(b"T140000Z;BYDAY", b"T090000;BYDAY"), "RRULE"),
        (
            lambda text: text.replace(
                b"EXDATE;TZID=America/New_York:202611", b"EXDATE;TZID=America/New_York:202612"
            ),
            "EXDATE",
        ),
        (lambda text: text.replace(b"EXDATE;TZID=America/New_York", b"EXDATE"), "EXDATE"),
        (lambda text: text.replace(b"DTEND:2026", b"DTEND:2025"), "ends before"),
        (
            lambda text: text.replace(
                b"RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", b"RDATE:20270314T020000"
            ),
            "zone without",
        ),
    ],
)
def test_a_fault_is_found(spoil: Callable[[bytes], bytes], fault: str) -> None:
    """Each thing that breaks calendars in practice."""
    spoiled = spoil(GOOD)
    assert spoiled != GOOD
    assert any(one.startswith(fault) for one in faults(spoiled)), faults(spoiled)


def test_what_a_next_file_must_not_do() -> None:
    """Let an event vanish, change it in silence, raise it for nothing."""
    gone = GOOD.replace(b"UID:test.ready@", b"UID:test.other@")
    assert differences(GOOD, gone) == ["vanished test.ready@imsgen.invalid"]
    louder = GOOD.replace(b"SEQUENCE:0", b"SEQUENCE:1")
    assert len(differences(GOOD, louder)) == GOOD.count(b"BEGIN:VEVENT")
    moved = GOOD.replace(b"LOCATION:Bridge 1", b"LOCATION:Bridge 2")
    found = differences(GOOD, moved)
    assert [one.split(" test.")[0] for one in found] == [
        "changed, SEQUENCE 0 to 0",
        "changed, LAST-MODIFIED not later",
    ]
    assert differences(GOOD, GOOD) == []
