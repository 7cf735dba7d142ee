"""Rules of dates, and times of day on weekdays."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from tests.support.projects import at

from imsgen.calendars.recurrence import rule_dates, weekly_occurrences

FIRST, LAST = date(2026, 1, 1), date(2026, 4, 30)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=1MO", ["01-05", "02-02", "03-02", "04-06"]),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1FR", ["01-30", "02-27", "03-27", "04-24"]),
        ("freq=monthly;bymonthday=31", ["01-31", "03-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20260301", ["01-31", "02-28"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=14", ["02-14"]),
        ("FREQ=YEARLY;BYYEARDAY=100", ["04-10"]),
        ("FREQ=WEEKLY;BYDAY=SA;UNTIL=20260117T235959Z", ["01-03", "01-10", "01-17"]),
        (
            "DTSTART:20260105 RRULE:FREQ=WEEKLY;INTERVAL=4;BYDAY=MO",
            ["01-05", "02-02", "03-02", "03-30", "04-27"],
        ),
        ("DTSTART:2025-12-31 FREQ=DAILY;COUNT=3", ["01-01", "01-02"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20260228", ["01-30", "02-27"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_dates_of_a_rule(rule: str, expected: list[str]) -> None:
    """Dates worked out on a calendar sheet."""
    found = rule_dates(rule, FIRST, LAST)
    assert found == tuple(date.fromisoformat(f"2026-{day}") for day in expected)


def test_a_rule_does_not_depend_on_the_span_asked_for() -> None:
    """The second half of a span is what the whole gives there."""
    rule = "DTSTART:20260107 RRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=WE"
    whole = rule_dates(rule, FIRST, LAST)
    assert rule_dates(rule, date(2026, 2, 20), LAST) == tuple(
        day for day in whole if day >= date(2026, 2, 20)
    )


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("", "expected `FREQ=`"),
        ("every monday", "expected one rule without spaces"),
        ("FREQ=HOURLY", "`FREQ=HOURLY` is not usable: expected one of YEARLY"),
        ("FREQ=DAILY;BYHOUR=3", "`BYHOUR` is not usable for whole days"),
        ("FREQ=MONTHLY;BYDAY=XX", "expected days like `MO`"),
        ("FREQ=WEEKLY;BYDAY=1MO", "needs `FREQ=MONTHLY` or `FREQ=YEARLY`"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "other than 0, found `0`"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "from -31 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=X", "found `X`"),
        ("FREQ=MONTHLY;FREQ=DAILY", "`FREQ` occurs twice"),
        ("FREQ=MONTHLY;BYDAY", "expected `KEY=VALUE`, found `BYDAY`"),
        ("FREQ=MONTHLY", "names no day: add `BYDAY=` or `BYMONTHDAY=`"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "write `DTSTART:20260105 RRULE:FREQ=WEEKLY"),
        ("FREQ=DAILY;COUNT=3", "`COUNT=3` counts from a first date"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20260201", "exclude each other"),
        ("FREQ=DAILY;UNTIL=20260230", "expected a date like `20261231`"),
        ("FREQ=DAILY;UNTIL=tomorrow", "expected a date like `20261231`"),
        ("EXDATE:20260101 FREQ=DAILY", "expected `DTSTART:` or `RRULE:`"),
    ],
)
def test_an_unusable_rule_says_why(rule: str, message: str) -> None:
    """What was found and what was expected."""
    with pytest.raises(ValueError, match=message):
        rule_dates(rule, FIRST, LAST)


def test_a_rule_has_an_end() -> None:
    """A rule of a hundred years of days is refused, not computed for ever."""
    with pytest.raises(ValueError, match="more than 20000 dates"):
        rule_dates("FREQ=DAILY", FIRST, date(2126, 1, 1))


def test_weekly_times_move_with_the_clock() -> None:
    """Sunday 02:30 in New York: repeated hours once, skipped ones at the next minute there is."""
    zone = ZoneInfo("America/New_York")
    assert weekly_occurrences([6], 90, zone, date(2026, 10, 25), date(2026, 11, 8)) == (
        at("2026-10-25 05:30"),
        at("2026-11-01 05:30"),
        at("2026-11-08 06:30"),
    )
    assert weekly_occurrences([6], 150, zone, date(2027, 3, 14), date(2027, 3, 14)) == (
        at("2027-03-14 07:00"),
    )


def test_weekly_times_on_several_days() -> None:
    """Friday and Saturday at 22:00, both ends of the span included."""
    found = weekly_occurrences(
        [4, 5], 1320, ZoneInfo("UTC"), date(2026, 11, 6), date(2026, 11, 13)
    )
    assert found == (at("2026-11-06 22:00"), at("2026-11-07 22:00"), at("2026-11-13 22:00"))
