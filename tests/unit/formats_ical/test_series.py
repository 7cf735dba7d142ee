from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from tests.support.placed import placed_schedule
from tests.support.projects import make_project, task

from imsgen.formats.ical.calendar import calendar_bytes
from imsgen.model import Instant, Meeting, MeetingKind, from_datetime
from imsgen.schedule.diary.series import joined

NEW_YORK = "America/New_York"


def _standups(
    first: date, days: int, timezone: str = NEW_YORK, clock: str = "09:00", every: int = 1
) -> list[Meeting]:
    """Return one meeting a weekday."""
    hour, minute = map(int, clock.split(":"))
    found = []
    for n in range(0, days, every):
        day = first + timedelta(days=n)
        if day.weekday() > 4 and clock == "09:00":
            continue
        start = from_datetime(
            datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(timezone))
        )
        id_ = f"standup.{day:%Y%m%d}"
        found.append(
            Meeting(id_, MeetingKind.CHECKPOINT, "Stand-up", start, Instant(start + 15), timezone,
                    series="standup", uid=f"test.{id_}@imsgen.invalid")
        )  # fmt: skip
    return found


def _events(meetings: Sequence[Meeting]) -> list[Any]:
    schedule = placed_schedule(make_project([task("a", 480)]), meetings=joined("test", meetings))
    events: list[Any] = Calendar.from_ical(calendar_bytes(schedule)).events
    return events


def test_a_long_regular_series_recurs_in_local_time() -> None:
    """Weekdays 09:00 in New York over the clock change: one event, UNTIL in UTC."""
    (event,) = _events(_standups(date(2026, 10, 19), 28))
    assert event["uid"] == "test.standup@imsgen.invalid"
    assert event["dtstart"].to_ical() == b"20261019T090000"
    assert event["dtstart"].params["TZID"] == NEW_YORK
    assert event["rrule"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261113T140000Z;BYDAY=MO,TU,WE,TH,FR"
    assert str(event["description"]).startswith("Mon, Tue, Wed, Thu, Fri 09:00-09:15 (America/")


def test_a_holiday_is_an_exception_date() -> None:
    """The pattern has a hole on 11 November."""
    meetings = [one for one in _standups(date(2026, 10, 19), 28) if "1111" not in one.id]
    (event,) = _events(meetings)
    assert event["exdate"].to_ical() == b"20261111T090000"


def test_ten_occurrences_are_ten_events() -> None:
    """Few occurrences are simplest as they are: in UTC, with their own identity."""
    events = _events(_standups(date(2026, 11, 2), 12))
    assert len(events) == 10
    assert events[0]["dtstart"].to_ical() == b"20261102T140000Z"
    assert events[0]["uid"] == "test.standup.20261102@imsgen.invalid"
    assert all("rrule" not in event for event in events)


def test_the_hour_that_occurs_twice_is_written_in_utc() -> None:
    """A daily call at 01:30 meets the night when clocks go back: single events."""
    events = _events(_standups(date(2026, 10, 25), 14, clock="01:30"))
    assert len(events) == 14
    assert all(event["dtstart"].to_ical().endswith(b"Z") for event in events)


def test_a_zone_without_yearly_rule_is_written_in_utc() -> None:
    """Casablanca cannot be said as a rule: single events."""
    assert len(_events(_standups(date(2026, 2, 2), 60, "Africa/Casablanca"))) > 40


def test_an_irregular_series_is_written_in_utc() -> None:
    """Every fifth day has more holes on its weekdays than occurrences."""
    events = _events(_standups(date(2026, 11, 2), 100, clock="10:00", every=5))
    assert len(events) == 20


def test_a_series_in_utc_recurs_in_utc() -> None:
    """UTC needs no zone component."""
    meetings = joined("test", _standups(date(2026, 11, 2), 28, "UTC"))
    schedule = placed_schedule(make_project([task("a", 480)]), meetings=meetings)
    content = calendar_bytes(schedule)
    assert b"VTIMEZONE" not in content
    assert b"DTSTART:20261102T090000Z" in content
    assert datetime(2026, 11, 27, 9, tzinfo=UTC) in Calendar.from_ical(content).events[0].rrules[
        0
    ].get("UNTIL")


def test_a_cancelled_occurrence_is_a_hole() -> None:
    """The series goes on without it."""
    meetings = _standups(date(2026, 10, 19), 28)
    meetings[3] = replace(meetings[3], cancelled=True)
    (event,) = _events(meetings)
    assert event["exdate"].to_ical() == b"20261022T090000"
    assert event["status"] == "CONFIRMED"


def test_a_cancelled_series_is_one_cancelled_event() -> None:
    """Calendars learn that all of it is off."""
    meetings = [
        replace(one, cancelled=True, sequence=1) for one in _standups(date(2026, 10, 19), 28)
    ]
    (event,) = _events(meetings)
    assert event["status"] == "CANCELLED"
    assert "rrule" in event
    assert not event.walk("VALARM")
