"""Working-time arithmetic on an office week, by hand."""

from __future__ import annotations

import pytest
from tests.support.projects import at, office

from imsgen.calendars import CalendarExhaustedError, WorkCalendar, work_calendar

FIRST, LAST = at("2026-11-02 00:00"), at("2026-12-01 00:00")


@pytest.fixture
def hours() -> WorkCalendar:
    """Return Mon-Fri 08:00-12:00, 13:00-17:00 from Monday, 2 November 2026."""
    return work_calendar(office(), FIRST, LAST)


@pytest.mark.parametrize(
    ("instant", "work"),
    [
        ("2026-11-02 08:00", 0),
        ("2026-11-02 09:30", 90),
        ("2026-11-02 12:30", 240),
        ("2026-11-02 17:00", 480),
        ("2026-11-03 08:00", 480),
        ("2026-11-08 12:00", 2400),
        ("2026-11-09 08:01", 2401),
    ],
)
def test_work_before_an_instant(hours: WorkCalendar, instant: str, work: int) -> None:
    """Lunch, nights and the weekend add nothing."""
    assert hours.work_at(at(instant)) == work


def test_forty_hours_from_monday_end_on_friday(hours: WorkCalendar) -> None:
    """40 h from Monday 08:00 are done on Friday 17:00, not next Monday 08:00."""
    assert hours.add(at("2026-11-02 08:00"), 2400) == at("2026-11-06 17:00")
    assert hours.start_of(2400) == at("2026-11-09 08:00")


def test_work_begun_at_night_begins_in_the_morning(hours: WorkCalendar) -> None:
    """Four hours begun on Friday 20:00 are done on Monday at noon."""
    assert hours.add(at("2026-11-06 20:00"), 240) == at("2026-11-09 12:00")


def test_taking_work_away_leads_to_a_start(hours: WorkCalendar) -> None:
    """Nine hours before Tuesday 09:00 is Monday 08:00; one hour before 08:00 is 16:00."""
    assert hours.add(at("2026-11-03 09:00"), -540) == at("2026-11-02 08:00")
    assert hours.add(at("2026-11-03 08:00"), -60) == at("2026-11-02 16:00")
    assert hours.add(at("2026-11-03 13:00"), -240) == at("2026-11-03 08:00")


def test_no_work_is_no_time(hours: WorkCalendar) -> None:
    """Adding nothing on a Sunday stays on that Sunday."""
    assert hours.add(at("2026-11-08 03:00"), 0) == at("2026-11-08 03:00")


def test_neighbours_of_a_weekend(hours: WorkCalendar) -> None:
    """From Saturday, work next starts on Monday 08:00 and last ended on Friday 17:00."""
    saturday = at("2026-11-07 12:00")
    assert hours.next_start(saturday) == at("2026-11-09 08:00")
    assert hours.last_finish(saturday) == at("2026-11-06 17:00")


def test_friday_evening_touches_work(hours: WorkCalendar) -> None:
    """Friday 17:00 touches working time though nothing is worked from then on."""
    evening = at("2026-11-06 17:00")
    assert hours.touches(evening)
    assert not hours.is_working(evening)
    assert not hours.touches(evening + 1)
    assert hours.next_touch(evening + 1) == at("2026-11-09 08:00")


def test_work_between_runs_both_ways(hours: WorkCalendar) -> None:
    """Working time between two instants is negative when they are reversed."""
    monday, tuesday = at("2026-11-02 16:00"), at("2026-11-03 10:00")
    assert hours.work_between(monday, tuesday) == 180
    assert hours.work_between(tuesday, monday) == -180


def test_longest_stretch_is_half_a_day(hours: WorkCalendar) -> None:
    """Nothing longer than four hours fits without a pause."""
    assert hours.longest_interval(FIRST, LAST) == 240


def test_intervals_are_cut(hours: WorkCalendar) -> None:
    """Only the part of an interval inside the span is given, with the work before it."""
    first, last = at("2026-11-02 10:00"), at("2026-11-02 14:00")
    noon, one = at("2026-11-02 12:00"), at("2026-11-02 13:00")
    assert list(hours.intervals(first, last)) == [(first, noon), (one, last)]
    assert hours.arrays(first, last) == ([first, one], [noon, last], [120, 240])
    assert hours.arrays(noon, one) == ([], [], [])
    assert hours.arrays(last, first) == ([], [], [])


def test_past_the_horizon(hours: WorkCalendar) -> None:
    """21 working days of November are 10080 minutes; the next minute is not known."""
    assert hours.work_at(LAST) == 21 * 480
    assert hours.finish_of(21 * 480) == at("2026-11-30 17:00")
    with pytest.raises(CalendarExhaustedError):
        hours.start_of(21 * 480)
    with pytest.raises(CalendarExhaustedError):
        hours.add(FIRST, -1)
