"""Dates as written: whole days, zones, and the nights when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsgen.diagnostics import Report, Span
from imsgen.model import Instant, from_datetime
from imsgen.plan.document import At, RawInstant
from imsgen.plan.resolve.dates import Dates, local_text

PLACE = Span("plan.yaml", 1, 1, 1, 2)
NEW_YORK = ZoneInfo("America/New_York")


def at(day: date, minute: int | None = None, offset: int | None = None) -> At[RawInstant]:
    """Return a written date."""
    return At(RawInstant(day, minute, offset=offset, text=str(day)), PLACE)


def utc(text: str) -> Instant:
    """Return an instant of UTC."""
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=UTC))


def test_a_date_alone_is_the_whole_day() -> None:
    """As a start its 00:00, as an end its 24:00; the day clocks go back has 25 hours."""
    dates = Dates(Report())
    day = at(date(2026, 11, 1))
    first, last = dates.start(day, NEW_YORK), dates.end(day, NEW_YORK)
    assert (first, last) == (utc("2026-11-01 04:00"), utc("2026-11-02 05:00"))


def test_a_midnight_that_does_not_exist_is_the_next_minute_that_does() -> None:
    """In Beirut clocks went forward at midnight: the day of 2024-03-31 starts at 01:00."""
    dates = Dates(Report())
    beirut = ZoneInfo("Asia/Beirut")
    found = dates.start(at(date(2024, 3, 31)), beirut)
    assert found is not None
    assert local_text(found, beirut) == "2024-03-31 01:00"
    assert not dates.report.diagnostics


@pytest.mark.parametrize(("offset", "expected"), [(-240, "05:30"), (-300, "06:30")])
def test_an_offset_says_which_of_two(offset: int, expected: str) -> None:
    """01:30 occurs twice on 1 November 2026 in New York."""
    found = Dates(Report()).start(at(date(2026, 11, 1), 90, offset), NEW_YORK)
    assert found == utc(f"2026-11-01 {expected}")


def test_without_it_both_are_offered() -> None:
    """The help is the edit, twice."""
    dates = Dates(Report())
    assert dates.start(at(date(2026, 11, 1), 90), NEW_YORK) is None
    (one,) = dates.report.diagnostics
    assert one.code == "IMS301"
    assert "`2026-11-01 01:30-04:00`" in one.help
    assert "`2026-11-01 01:30-05:00`" in one.help


def test_a_time_left_out_offers_the_two_beside_it() -> None:
    """02:30 does not occur on 14 March 2027: an hour before or after it does."""
    dates = Dates(Report())
    assert dates.start(at(date(2027, 3, 14), 150), NEW_YORK) is None
    (one,) = dates.report.diagnostics
    assert one.code == "IMS302"
    assert one.help == "write `2027-03-14 01:30` or `2027-03-14 03:30`"


@given(
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.integers(0, 1439),
    st.sampled_from(["UTC", "America/New_York", "Europe/London", "Asia/Kolkata", "Asia/Beirut"]),
)
def test_what_is_read_is_what_was_written(day: date, minute: int, name: str) -> None:
    """Any time that occurs once comes back as written."""
    dates = Dates(Report())
    zone = ZoneInfo(name)
    found = dates.start(at(day, minute), zone)
    if found is None:
        assert dates.report.diagnostics[0].code in {"IMS301", "IMS302"}
    else:
        assert local_text(found, zone) == f"{day} {minute // 60:02}:{minute % 60:02}"
