"""Bounds of links and their inverses, by hand on an office week."""

from __future__ import annotations

import pytest
from tests.support.projects import at, office

from imsgen.calendars import CalendarExhaustedError, WorkCalendar, work_calendar
from imsgen.network.bounds import (
    earliest_event,
    latest_event,
    latest_same_work,
    latest_start,
    shift,
    start_for_finish,
)


@pytest.fixture
def hours() -> WorkCalendar:
    """Return Mon-Fri 08:00-12:00, 13:00-17:00 for November 2026."""
    return work_calendar(office(), at("2026-11-02 00:00"), at("2026-12-01 00:00"))


def test_a_friday_finish_satisfies_monday_morning(hours: WorkCalendar) -> None:
    """A finish bound of Monday 08:00 is met on Friday 17:00: the day begins on Friday 08:00."""
    monday = at("2026-11-09 08:00")
    assert start_for_finish(hours, monday, 480) == at("2026-11-06 08:00")
    assert start_for_finish(hours, monday + 1, 480) == at("2026-11-06 08:01")


def test_starts_and_finishes_of_work(hours: WorkCalendar) -> None:
    """From Saturday, a day of work lies on Monday; to be done by Sunday, on Friday."""
    saturday = at("2026-11-07 12:00")
    assert hours.next_start(saturday) == at("2026-11-09 08:00")
    assert hours.add(at("2026-11-09 08:00"), 480) == at("2026-11-09 17:00")
    assert latest_start(hours, saturday, 480) == at("2026-11-06 08:00")
    with pytest.raises(CalendarExhaustedError):
        latest_start(hours, at("2026-11-02 10:00"), 480)


def test_lags_stop_at_the_ends_of_what_is_known(hours: WorkCalendar) -> None:
    """A lag beyond the horizon leads to it, a lead before the origin to that."""
    assert shift(hours, at("2026-11-30 16:00"), 600) == hours.horizon
    assert shift(hours, at("2026-11-02 09:00"), -600) == hours.origin


def test_the_latest_event_before_a_lag(hours: WorkCalendar) -> None:
    """Two hours before Tuesday 09:00 is Monday 16:00; a lead allows the evening as well."""
    assert latest_event(hours, at("2026-11-03 09:00"), 120) == at("2026-11-02 16:00")
    assert latest_event(hours, at("2026-11-03 08:00"), 60) == at("2026-11-02 16:00")
    assert latest_event(hours, at("2026-11-02 17:00"), -60) == at("2026-11-03 08:59")
    assert latest_event(hours, at("2026-11-07 12:00"), 0) == at("2026-11-07 12:00")
    assert latest_event(hours, at("2026-11-02 09:00"), 120) == hours.origin


def test_the_earliest_event_before_a_lag(hours: WorkCalendar) -> None:
    """An hour after Monday 16:00 is 17:00; Tuesday 08:00 is only reached after a minute more."""
    assert earliest_event(hours, at("2026-11-02 17:00"), 60) == at("2026-11-02 16:00")
    assert earliest_event(hours, at("2026-11-03 08:00"), 60) == at("2026-11-02 16:01")
    assert earliest_event(hours, at("2026-11-03 08:00"), -60) == at("2026-11-03 09:00")
    assert earliest_event(hours, at("2026-11-07 12:00"), 0) == at("2026-11-07 12:00")


def test_the_last_instant_of_the_same_work(hours: WorkCalendar) -> None:
    """From Friday 17:00 on, nothing is worked until Monday 08:00."""
    assert latest_same_work(hours, at("2026-11-06 17:00")) == at("2026-11-09 08:00")
    assert latest_same_work(hours, at("2026-11-30 17:00")) is None
