from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.support.projects import HORIZON, at

from imsgen.formats.mspdi.wall import WallClock, date_text, duration_text, time_text

NEW_YORK = WallClock("America/New_York", *HORIZON)
INSTANTS = st.integers(HORIZON[0], HORIZON[1] - 1)


def test_instants_are_shown_on_the_plans_clock() -> None:
    """13:00 UTC is 08:00 in New York in November."""
    assert date_text(NEW_YORK.minute(at("2026-11-02 13:00"))) == "2026-11-02T08:00:00"


def test_the_second_pass_of_an_hour_is_the_moment_after_it() -> None:
    """01:30 EDT stays; 01:30 EST, an hour later, is written 02:00, and both are in order."""
    first, second = at("2026-11-01 05:30"), at("2026-11-01 06:30")
    assert date_text(NEW_YORK.minute(first)) == "2026-11-01T01:30:00"
    assert date_text(NEW_YORK.minute(second)) == "2026-11-01T02:00:00"
    assert NEW_YORK.is_second_pass(second)
    assert not NEW_YORK.is_second_pass(first)


def test_what_ends_when_the_clock_jumps_ends_before_the_jump() -> None:
    """07:00 UTC on 8 March 2026 is the end of 02:00, the start of 03:00."""
    jump = at("2026-03-08 07:00")
    assert date_text(NEW_YORK.end_minute(jump)) == "2026-03-08T02:00:00"
    assert date_text(NEW_YORK.minute(jump)) == "2026-03-08T03:00:00"


def test_work_over_a_skipped_hour_has_a_hole() -> None:
    """06:00 to 08:00 UTC is 01:00-02:00 and 03:00-04:00 on the wall."""
    image = NEW_YORK.image([(at("2026-03-08 06:00"), at("2026-03-08 08:00"))])
    shown = [(date_text(begin)[11:16], date_text(end)[11:16]) for begin, end in image]
    assert shown == [("01:00", "02:00"), ("03:00", "04:00")]


@given(INSTANTS, INSTANTS)
def test_the_wall_never_runs_backwards(one: int, two: int) -> None:
    """What is earlier is never shown later."""
    first, second = sorted((one, two))
    assert NEW_YORK.minute(first) <= NEW_YORK.minute(second)
    assert NEW_YORK.end_minute(first) <= NEW_YORK.minute(first)


def test_durations_are_hours_however_long() -> None:
    """Days in an ISO duration would be calendar days."""
    assert duration_text(2880) == "PT48H0M0S"
    assert duration_text(0.5) == "PT0H0M30S"


def test_midnight_ends_a_day_as_it_begins_one() -> None:
    """Project writes 24:00 as 00:00."""
    assert (time_text(1440), time_text(0), time_text(485)) == ("00:00:00", "00:00:00", "08:05:00")
