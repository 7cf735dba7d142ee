"""Calendars of a plan: which statement about a day wins."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from imsgen.model import Calendar, Hours
from imsgen.plan import load

MORNING = ((480, 720),)
OFFICE = ((480, 720), (780, 1020))


def calendar(tmp_path: Path, text: str, id_: str = "crew") -> Calendar:
    """Return a calendar of a plan that defines it."""
    plan = tmp_path / "plan.yaml"
    body = "".join(f"  {line}\n" for line in text.strip().splitlines())
    plan.write_text(
        "imsgen: 1\nstart: 2026-11-02 08:00\ntimezone: Europe/Berlin\n"
        f"calendar: standard\ncalendars:\n{body}activities: {{a: {{duration: 4h}}}}\n"
    )
    return load(plan).project.calendars[id_]


def hours(rules: Calendar, day: date) -> Hours:
    """Return the hours worked on a day."""
    for one in rules.exceptions:
        if one.first <= day <= one.last:
            return one.hours
    return rules.week[day.weekday()]


def test_the_narrower_of_two_wins(tmp_path: Path) -> None:
    """A date beats a range around it, in whatever order they are written."""
    rules = calendar(
        tmp_path,
        "crew: {base: standard, exceptions: {2026-12-24: 08:00-12:00, 2026-12-21..2026-12-31: none}}",
    )
    assert hours(rules, date(2026, 12, 23)) == ()
    assert hours(rules, date(2026, 12, 24)) == MORNING
    assert hours(rules, date(2027, 1, 4)) == OFFICE


def test_an_exception_beats_a_holiday(tmp_path: Path) -> None:
    """Christmas Day is worked when the plan says so; other holidays are closed."""
    rules = calendar(
        tmp_path,
        "crew: {base: standard, holidays: DE, exceptions: {2026-12-25: 08:00-12:00}}",
    )
    assert hours(rules, date(2026, 12, 25)) == MORNING
    assert hours(rules, date(2027, 1, 1)) == ()


def test_a_date_beats_a_recurrence(tmp_path: Path) -> None:
    """A typed date is meant for that very day."""
    rules = calendar(
        tmp_path,
        "crew: {base: standard, exceptions: [{dates: 2026-12-07, work: 08:00-12:00},"
        " {rrule: FREQ=MONTHLY;BYDAY=1MO, work: none}]}",
    )
    assert hours(rules, date(2026, 12, 7)) == MORNING
    assert hours(rules, date(2027, 1, 4)) == ()


def test_every_second_week_counts_from_its_first_date(tmp_path: Path) -> None:
    """A rule with an interval says where it starts; 9 November 2026 is a Monday."""
    rules = calendar(
        tmp_path,
        "crew: {base: standard, exceptions: [{work: none,"
        ' rrule: "DTSTART:20261109 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"}]}',
    )
    assert hours(rules, date(2026, 11, 9)) == ()
    assert hours(rules, date(2026, 11, 16)) == OFFICE
    assert hours(rules, date(2026, 11, 23)) == ()


def test_a_calendar_beats_its_base(tmp_path: Path) -> None:
    """What a calendar says itself holds, however narrow the statement of its base."""
    text = """
office: {base: standard, timezone: America/New_York, exceptions: {2026-12-24: 08:00-12:00}}
crew:   {base: office, work: {fri: 08:00-12:00}, exceptions: {2026-12-21..2026-12-31: none}}
"""
    rules = calendar(tmp_path, text)
    assert hours(rules, date(2026, 12, 24)) == ()
    assert hours(rules, date(2026, 11, 6)) == MORNING
    assert hours(rules, date(2026, 11, 5)) == OFFICE
    assert rules.timezone == "America/New_York"


def test_exceptions_do_not_overlap_and_are_sorted(tmp_path: Path) -> None:
    """Whatever the plan says, what is loaded is a list of dates without a question left."""
    rules = calendar(
        tmp_path,
        "crew: {base: standard, holidays: [DE, US], exceptions: [{dates: 2026-12-24..2027-01-02,"
        " work: none}, {rrule: FREQ=WEEKLY;BYDAY=WE, work: 08:00-12:00}]}",
    )
    for one, two in zip(rules.exceptions, rules.exceptions[1:], strict=False):
        assert one.first <= one.last < two.first
    assert rules.holidays == ("DE", "US")


@pytest.mark.parametrize("years", [1, 6, 40])
def test_the_horizon_holds_all_work_in_series(tmp_path: Path, years: int) -> None:
    """Twelve activities of a month for each year: capped at 30 years after the start."""
    plan = tmp_path / "plan.yaml"
    work = "".join(f"  a{i}: {{duration: 20d}}\n" for i in range(12 * years))
    plan.write_text(f"imsgen: 1\nstart: 2026-11-02 08:00\ncalendar: standard\nactivities:\n{work}")
    project = load(plan).project
    first, last = project.horizon
    span = timedelta(minutes=last - project.start).days / 365.25
    assert first < project.start
    assert min(years * 0.9, 30) <= span <= min(years + 3, 31.3)
