"""Local hours as UTC intervals, through nights when clocks change."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from tests.support.projects import OFFICE_WEEK, at

from imsgen.calendars import WorkCalendar, work_calendar
from imsgen.calendars.zones import after_gap, candidates, local_to_instant
from imsgen.model import CLOSED, Calendar, CalendarException

NIGHT = (((1320, 1800),),) * 7
DAILY = (((0, 1440),),) * 7


def _expanded(rules: Calendar, first: str, last: str) -> WorkCalendar:
    return work_calendar(rules, at(first), at(last))


def test_office_hours_of_new_york_in_winter_and_summer() -> None:
    """08:00 in New York is 13:00 UTC in winter, 12:00 in summer."""
    rules = Calendar("us", "US", "America/New_York", OFFICE_WEEK)
    found = _expanded(rules, "2026-10-30 00:00", "2026-11-03 00:00")
    assert list(found.intervals(found.origin, found.horizon)) == [
        (at("2026-10-30 12:00"), at("2026-10-30 16:00")),
        (at("2026-10-30 17:00"), at("2026-10-30 21:00")),
        (at("2026-11-02 13:00"), at("2026-11-02 17:00")),
        (at("2026-11-02 18:00"), at("2026-11-02 22:00")),
    ]


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", "2026-11-01", 25),
        ("America/New_York", "2027-03-14", 23),
        ("Europe/Berlin", "2026-10-25", 25),
        ("Europe/London", "2027-03-28", 23),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("Asia/Kolkata", "2026-11-01", 24),
        ("America/Santiago", "2026-09-06", 23),
    ],
)
def test_a_day_has_the_hours_the_clock_gives_it(zone: str, day: str, hours: float) -> None:
    """A whole local day has 23 or 25 hours when clocks change (half an hour on Lord Howe)."""
    midnight = local_to_instant(date.fromisoformat(day), 0, ZoneInfo(zone))
    after = local_to_instant(date.fromisoformat(day), 1440, ZoneInfo(zone))
    rules = Calendar("all", "All", zone, (DAILY[0],) * 6 + (DAILY[0],), ())
    found = work_calendar(
        Calendar(
            "x",
            "X",
            zone,
            rules.week,
            (CalendarException(date(2020, 1, 1), date(2020, 1, 1), ()),),
        ),
        midnight - 3000,
        after + 3000,
    )
    assert after - midnight == hours * 60
    assert found.work_between(midnight, after) == hours * 60


def test_a_night_shift_is_an_hour_longer_when_clocks_go_back() -> None:
    """22:00 to 06:00 is nine hours on 31 October 2026 in New York, and belongs to Saturday."""
    week = (CLOSED,) * 5 + (NIGHT[5], CLOSED)
    rules = Calendar("night", "Night", "America/New_York", week)
    found = _expanded(rules, "2026-10-30 00:00", "2026-11-04 00:00")
    assert list(found.intervals(found.origin, found.horizon)) == [
        (at("2026-11-01 02:00"), at("2026-11-01 11:00"))
    ]


def test_the_night_of_an_exceptional_day_is_that_days() -> None:
    """A closed Wednesday closes the night that starts on it, not the one that ends on it."""
    closed = CalendarException(date(2026, 11, 4), date(2026, 11, 4), CLOSED)
    rules = Calendar("night", "Night", "UTC", NIGHT, (closed,))
    found = _expanded(rules, "2026-11-03 12:00", "2026-11-06 12:00")
    assert list(found.intervals(found.origin, found.horizon)) == [
        (at("2026-11-03 22:00"), at("2026-11-04 06:00")),
        (at("2026-11-05 22:00"), at("2026-11-06 06:00")),
    ]


def test_exceptions_give_other_hours() -> None:
    """Half a day on Christmas Eve, nothing over the holidays, both ends included."""
    rules = Calendar(
        "office",
        "Office",
        "UTC",
        OFFICE_WEEK,
        (
            CalendarException(date(2026, 12, 24), date(2026, 12, 24), ((480, 720),)),
            CalendarException(date(2026, 12, 25), date(2027, 1, 3), CLOSED),
        ),
    )
    found = _expanded(rules, "2026-12-24 00:00", "2027-01-04 12:00")
    assert list(found.intervals(found.origin, found.horizon)) == [
        (at("2026-12-24 08:00"), at("2026-12-24 12:00")),
        (at("2027-01-04 08:00"), at("2027-01-04 12:00")),
    ]


def test_a_skipped_time_moves_to_the_next_that_exists() -> None:
    """02:30 does not occur in New York on 14 March 2027: the clock goes from 02:00 to 03:00."""
    zone, day = ZoneInfo("America/New_York"), date(2027, 3, 14)
    assert candidates(day, 150, zone) == ()
    assert after_gap(day, 150, zone) == at("2027-03-14 07:00")
    assert local_to_instant(day, 150, zone) == at("2027-03-14 07:00")


def test_a_repeated_time_is_the_first_of_two() -> None:
    """01:30 occurs twice in New York on 1 November 2026."""
    zone, day = ZoneInfo("America/New_York"), date(2026, 11, 1)
    assert candidates(day, 90, zone) == (at("2026-11-01 05:30"), at("2026-11-01 06:30"))
    assert local_to_instant(day, 90, zone) == at("2026-11-01 05:30")


def test_minutes_past_midnight_belong_to_the_next_date() -> None:
    """Minute 1440 of a day is midnight of the next, minute 1500 its 01:00."""
    zone = ZoneInfo("Europe/Berlin")
    assert candidates(date(2026, 11, 2), 1500, zone) == (at("2026-11-03 00:00"),)
