"""Activities by themselves. 2 November 2026 is a Monday; office hours are 8-12 and 13-17 UTC."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.projects import at, bridge, make_project, office, resource, task
from tests.support.verdicts import broken, only, place

from imsgen.model import Kind, Mode, Placement
from imsgen.verifier import Rule, verify


def test_missing_activity() -> None:
    """An activity of the plan without dates is missed."""
    project = make_project([task("a", 60), task("b", 60)])
    good = {"a": place("02 08:00", "02 09:00"), "b": place("02 08:00", "02 09:00")}
    assert verify(project, good) == []
    assert broken(project, {"a": good["a"]}) == [Rule.PRESENT]


def test_stray_activity() -> None:
    """Dates of an id that the plan does not know are noticed."""
    project = make_project([task("a", 60)])
    hour = place("02 08:00", "02 09:00")
    only(project, {"a": hour}, {"ghost": hour}, Rule.PRESENT)


@pytest.mark.parametrize("off", [{"active": False}, {"branch": "gate"}])
def test_off_the_plan_of_record(off: dict[str, Any]) -> None:
    """What is inactive, or done only on No-Go, has no dates."""
    project = make_project([task("a", 60), task("b", 60, **off)])
    hour = place("02 08:00", "02 09:00")
    only(project, {"a": hour}, {"b": hour}, Rule.PRESENT)


def test_mode_that_does_not_exist() -> None:
    """The second of two modes is number 1; number 2 is none."""
    project = make_project([task("a", 0, modes=(Mode(60, "office"), Mode(120, "office")))])
    good = {"a": place("02 08:00", "02 10:00", mode=1)}
    only(project, good, {"a": place("02 08:00", "02 09:00", mode=2)}, Rule.MODE)


def test_mode_gives_the_duration() -> None:
    """One hour in mode 0 is two in mode 1."""
    project = make_project([task("a", 0, modes=(Mode(60, "office"), Mode(120, "office")))])
    good = {"a": place("02 08:00", "02 09:00", mode=0)}
    only(project, good, {"a": place("02 08:00", "02 09:00", mode=1)}, Rule.DURATION)


@pytest.mark.parametrize(
    ("start", "finish"),
    [("02 17:00", "03 09:00"), ("02 12:00", "02 14:00"), ("07 08:00", "09 09:00")],
)
def test_start_outside_working_time(start: str, finish: str) -> None:
    """Work does not start at 17:00, at noon or on Saturday, though it would be done in time."""
    project = make_project([task("a", 60)])
    only(project, {"a": place("02 08:00", "02 09:00")}, {"a": place(start, finish)}, Rule.START)


def test_finish_at_the_end_of_the_last_minute() -> None:
    """Eight hours from Friday 08:00 are done on Friday 17:00, not on Monday 08:00."""
    project = make_project([task("a", 480)])
    good = {"a": place("06 08:00", "06 17:00")}
    only(project, good, {"a": place("06 08:00", "09 08:00")}, Rule.DURATION)


def test_pause_over_lunch_and_night() -> None:
    """Nine hours from Monday 09:00 pause at noon and at night and are done on Tuesday 10:00."""
    project = make_project([task("a", 540)])
    good = {"a": place("02 09:00", "03 10:00")}
    only(project, good, {"a": place("02 09:00", "02 18:00")}, Rule.DURATION)


def test_elapsed_duration_runs_round_the_clock() -> None:
    """A day of curing ends a day later, whatever the calendar says."""
    project = make_project([task("a", 1440, elapsed=True)])
    good = {"a": place("06 16:00", "07 16:00")}
    only(project, good, {"a": place("06 16:00", "09 08:00")}, Rule.DURATION)


def test_effective_calendar_has_the_hours_of_all() -> None:
    """An office worker on a bridge activity works office hours."""
    ana = resource("ana", calendar="office")
    project = make_project([task("a", 480, "bridge", {"ana": 100})], resources=[ana])
    good = {"a": place("02 08:00", "02 17:00")}
    only(project, good, {"a": place("02 08:00", "02 16:00")}, Rule.DURATION)


def test_leave_is_no_working_time() -> None:
    """Ana is away on Tuesday: sixteen hours from Monday 08:00 are done on Wednesday."""
    leave = ((at("2026-11-03 00:00"), at("2026-11-04 00:00")),)
    ana = resource("ana", leave=leave)
    project = make_project([task("a", 960, needs={"ana": 100})], resources=[ana])
    good = {"a": place("02 08:00", "04 17:00")}
    only(project, good, {"a": place("02 08:00", "03 17:00")}, Rule.DURATION)


def test_ignored_resource_calendar() -> None:
    """On call, Ana works on the bridge by night; but nobody is called from leave."""
    leave = ((at("2026-11-03 02:00"), at("2026-11-03 04:00")),)
    ana = resource("ana", calendar="office", leave=leave)
    night = task("a", 240, "bridge", {"ana": 100}, ignore_resource_calendars=True)
    project = make_project([night], resources=[ana])
    good = {"a": place("03 00:00", "03 06:00")}
    only(project, good, {"a": place("03 00:00", "03 04:00")}, Rule.DURATION)


def test_unbroken_work_does_not_pause() -> None:
    """Four hours from 10:00 rest over lunch; from 13:00 they do not."""
    project = make_project([task("a", 240, unbroken=True)])
    only(
        project,
        {"a": place("02 13:00", "02 17:00")},
        {"a": place("02 10:00", "02 15:00")},
        Rule.UNBROKEN,
    )


@pytest.mark.parametrize("stands", ["06 17:00", "06 12:00", "09 08:00", "09 10:30"])
def test_milestone_touches_working_time(stands: str) -> None:
    """A milestone stands in working time or at the very end of it."""
    project = make_project([task("m", 0)])
    only(project, {"m": place(stands)}, {"m": place("06 17:01")}, Rule.MILESTONE)


@pytest.mark.parametrize("stands", ["06 12:30", "07 12:00", "09 07:59"])
def test_milestone_outside_working_time(stands: str) -> None:
    """Neither lunch nor the weekend touches working time."""
    project = make_project([task("m", 0)])
    assert broken(project, {"m": place(stands)}) == [Rule.MILESTONE]


def test_milestone_is_one_instant() -> None:
    """A milestone has no length."""
    project = make_project([task("m", 0, kind=Kind.GATE)])
    only(project, {"m": place("02 09:00")}, {"m": place("02 09:00", "02 10:00")}, Rule.MILESTONE)


def test_night_when_clocks_go_back() -> None:
    """New York's Sunday 1 November 2026 has 25 hours: midnight to midnight is 1500 minutes."""
    zone = bridge("east")
    local = type(zone)("east", "East", "America/New_York", zone.week)
    project = make_project([task("a", 1500, "east")], calendars=[local], start="2026-10-30 08:00")
    dates = {"a": Placement(at("2026-11-01 04:00"), at("2026-11-02 05:00"))}
    assert verify(project, dates) == []


def test_office_keeps_its_local_hours_when_clocks_go_back() -> None:
    """Berlin's 08:00 is 06:00 UTC on Friday 23 October 2026 and 07:00 UTC on Monday."""
    project = make_project(
        [task("a", 960)],
        calendars=[office(timezone="Europe/Berlin")],
        start="2026-10-20 08:00",
    )
    good = {"a": Placement(at("2026-10-23 06:00"), at("2026-10-26 16:00"))}
    bad = {"a": Placement(at("2026-10-23 06:00"), at("2026-10-26 15:00"))}
    only(project, good, bad, Rule.DURATION)


def test_message_speaks_local_time() -> None:
    """A message gives times as the plan's people read them."""
    project = make_project([task("a", 60)], timezone="America/New_York")
    (found,) = verify(project, {"a": place("02 17:00", "03 09:00")})
    assert found.message == "`a` starts Mon 2026-11-02 12:00 EST, outside its working time"
    assert str(found) == f"start: {found.message}"
    assert found.ids == ("a",)
    assert found.instants == (at("2026-11-02 17:00"),)


def test_dates_past_the_horizon() -> None:
    """Work that the calendars no longer cover is not accepted."""
    project = make_project([task("a", 60)])
    late = Placement(at("2036-02-01 08:00"), at("2036-02-01 09:00"))
    assert Rule.START in broken(project, {"a": late})
