"""What an activity waits for after what drives it: the hours that rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.support.networks import analysed
from tests.support.projects import at, bridge, link, make_project, office, resource, task

from imsgen.model import Activity, Calendar, Constraint, ConstraintType, Driver

NIGHT = Calendar("night", "Night shift", "UTC", (((1200, 1680),),) * 7)
"""20:00 to 04:00."""
LATE = Calendar("late", "Late shift", "UTC", (((840, 1320),),) * 7)
"""14:00 to 22:00."""


def _driver(activities: Sequence[Activity], **more: Any) -> Driver:
    """Return what drives the activity `b` of a plan on these calendars."""
    project = make_project(
        activities,
        more.pop("links", [link("a", "b")]),
        calendars=[office(), bridge(), NIGHT, LATE],
        **more,
    )
    driver = analysed(project).activities["b"].driver
    assert driver is not None
    return driver


def test_a_shift_that_begins_later_is_waited_for() -> None:
    """Office work ends at 12:00, the night shift begins at 20:00."""
    driver = _driver([task("a", 240), task("b", 60, "night")])
    assert driver.text == "`a` finish, then waits for the hours of `night`"
    assert driver.waits == "the hours of `night`"


def test_the_lag_comes_first() -> None:
    """Twelve hours after 12:00 the shift has begun: nothing is waited for."""
    lag = [link("a", "b", lag=720, lag_calendar="24x7")]
    assert _driver([task("a", 240), task("b", 60, "night")], links=lag).waits == ""
    lag = [link("a", "b", lag=60, lag_calendar="24x7")]
    assert (
        _driver([task("a", 240), task("b", 60, "night")], links=lag).text
        == "`a` finish + 1eh, then waits for the hours of `night`"
    )


def test_a_night_off_of_both_is_not_worth_a_word() -> None:
    """17:00 to 08:00 on one calendar is simply the next morning, over a weekend too."""
    assert _driver([task("a", 480), task("b", 60)]).text == "`a` finish"
    assert _driver([task("a", 2400), task("b", 60)]).text == "`a` finish"


def test_work_that_ends_at_night_waits_for_the_morning() -> None:
    """A predecessor that works round the clock ends at 20:00: the office is waited for."""
    driver = _driver([task("a", 720, "bridge"), task("b", 60)])
    assert driver.waits == "the hours of `office`"


def test_a_milestone_waits_too() -> None:
    """It stands where its calendar works or ends."""
    driver = _driver([task("a", 720, "bridge"), task("b", 0)])
    assert driver.waits == "the hours of `office`"


def test_the_calendar_of_the_resource_is_named() -> None:
    """The activity works in the office, its person on the late shift: 14:00."""
    driver = _driver(
        [task("a", 240), task("b", 60, needs={"eve": 100})],
        resources=[resource("eve", calendar="late")],
    )
    assert driver.waits == "the hours of `late`"
    ignoring = task("b", 60, needs={"eve": 100}, ignore_resource_calendars=True)
    eve = [resource("eve", calendar="late")]
    assert _driver([task("a", 240), ignoring], resources=eve).waits == ""


def test_hours_that_only_meet_later_are_all_named() -> None:
    """From 17:00 on the late shift works and the office does not; they meet at 14:00 next day."""
    driver = _driver(
        [task("a", 540, "bridge"), task("b", 60, needs={"eve": 100})],
        resources=[resource("eve", calendar="late")],
    )
    assert driver.waits == "the hours of `office` and `late`"


def test_leave_is_named_as_such() -> None:
    """Ana is away from Monday 10:00 to Wednesday 10:00."""
    away = ((at("2026-11-02 10:00"), at("2026-11-04 10:00")),)
    driver = _driver(
        [task("a", 180), task("b", 60, needs={"ana": 100})],
        resources=[resource("ana", leave=away)],
    )
    assert driver.text == "`a` finish, then waits for `ana` to be back"


def test_unbroken_work_waits_for_room() -> None:
    """At 10:00 two hours are left before lunch: three hours without a pause begin at 13:00."""
    driver = _driver([task("a", 120), task("b", 180, unbroken=True)])
    assert driver.waits == "3h without a pause"


def test_a_resource_that_comes_free_at_night() -> None:
    """The giver ends at 20:00, the taker works in the office."""
    driver = _driver(
        [task("a", 720, "bridge", needs={"ana": 100}), task("b", 60, needs={"ana": 100})],
        resources=[resource("ana")],
        links=[link("a", "b")],
    )
    assert driver.waits == "the hours of `office`"


@pytest.mark.parametrize(("calendar", "waits"), [("office", ""), ("late", "the hours of `late`")])
def test_without_a_predecessor_the_plans_calendar_is_expected(calendar: str, waits: str) -> None:
    """A plan that starts at 08:00 has office hours then: only other hours are waited for."""
    assert _driver([task("b", 60, calendar)], links=[]).waits == waits


def test_a_bound_on_the_finish_waits_for_nothing() -> None:
    """How early the start is follows from the finish then."""
    constraint = Constraint(ConstraintType.FNET, at("2026-11-04 03:00"))
    driver = _driver([task("b", 60, constraints=(constraint,))], links=[])
    assert (driver.text, driver.waits) == ("FNET 2026-11-04 03:00", "")
