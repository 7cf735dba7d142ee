"""Links with lags. 2 November 2026 is a Monday; office hours are 8-12 and 13-17 UTC."""

from __future__ import annotations

import pytest
from tests.support.projects import link, make_project, task
from tests.support.verdicts import broken, only, place

from imsgen.model import Dependency, Group, Kind, Placement, Project
from imsgen.verifier import Rule, verify

MONDAY = place("02 08:00", "02 17:00")


def pair(dependency: Dependency, calendar: str = "office", duration: int = 480) -> Project:
    return make_project([task("a", 480), task("b", duration, calendar)], [dependency])


def test_finish_to_start() -> None:
    """The successor starts when the predecessor is done."""
    good = {"a": MONDAY, "b": place("03 08:00", "03 17:00")}
    only(pair(link("a", "b")), good, {"b": place("02 16:00", "03 16:00")}, Rule.LINK)


def test_start_to_start_with_lag() -> None:
    """Four hours after Monday 08:00 are done at noon, so the successor starts at 13:00."""
    project = pair(link("a", "b", "SS", 240))
    good = {"a": MONDAY, "b": place("02 13:00", "03 12:00")}
    only(project, good, {"b": place("02 11:59", "03 11:59")}, Rule.LINK)


def test_finish_to_finish() -> None:
    """The successor does not finish before the predecessor."""
    project = pair(link("a", "b", "FF"), duration=240)
    good = {"a": MONDAY, "b": place("02 13:00", "02 17:00")}
    only(project, good, {"b": place("02 11:00", "02 16:00")}, Rule.LINK)


def test_start_to_finish() -> None:
    """The successor does not finish before the predecessor has started."""
    project = make_project([task("a", 60), task("b", 60)], [link("a", "b", "SF")])
    good = {"a": place("02 10:00", "02 11:00"), "b": place("02 09:00", "02 10:00")}
    only(project, good, {"b": place("02 08:30", "02 09:30")}, Rule.LINK)


@pytest.mark.parametrize("finish", ["06 17:00", "09 09:00"])
def test_friday_evening_satisfies_monday_morning(finish: str) -> None:
    """SF from Monday 08:00 holds for a finish on Friday 17:00: no working time lies between."""
    project = make_project([task("a", 60), task("b", 60)], [link("a", "b", "SF")])
    start = {"06 17:00": "06 16:00", "09 09:00": "09 08:00"}[finish]
    dates = {"a": place("09 08:00", "09 09:00"), "b": place(start, finish)}
    assert verify(project, dates) == []


def test_friday_16_59_does_not_satisfy_monday_morning() -> None:
    """One working minute between is one too many."""
    project = make_project([task("a", 60), task("b", 60)], [link("a", "b", "SF")])
    dates = {"a": place("09 08:00", "09 09:00"), "b": place("06 15:59", "06 16:59")}
    assert broken(project, dates) == [Rule.LINK]


def test_friday_evening_does_not_satisfy_monday_morning_on_the_bridge() -> None:
    """On a 24x7 calendar the weekend is working time."""
    project = make_project([task("a", 60), task("b", 60, "bridge")], [link("a", "b", "SF")])
    dates = {"a": place("09 08:00", "09 09:00"), "b": place("06 16:00", "06 17:00")}
    assert broken(project, dates) == [Rule.LINK]


def test_a_start_is_compared_as_it_is() -> None:
    """A start on Friday 16:00 does not satisfy a bridge predecessor that ends on Friday 16:01."""
    project = make_project([task("a", 60, "bridge"), task("b", 60)], [link("a", "b")])
    good = {"a": place("06 17:00", "06 18:00"), "b": place("09 08:00", "09 09:00")}
    only(project, good, {"b": place("06 16:00", "06 17:00")}, Rule.LINK)


def test_milestone_counts_in_wall_clock_time() -> None:
    """A milestone on Friday 17:00 comes before a bridge predecessor that ends on Friday 18:00."""
    project = make_project([task("a", 60, "bridge"), task("m", 0)], [link("a", "m")])
    good = {"a": place("06 17:00", "06 18:00"), "m": place("09 08:00")}
    only(project, good, {"m": place("06 17:00")}, Rule.LINK)


@pytest.mark.parametrize("type_", ["FF", "SF"])
def test_milestone_finish_counts_in_wall_clock_time_too(type_: str) -> None:
    """FF and SF on a milestone are no more lenient than FS."""
    project = make_project([task("a", 60, "bridge"), task("m", 0)], [link("a", "m", type_)])
    dates = {"a": place("06 17:30", "06 18:30"), "m": place("06 17:00")}
    assert broken(project, dates) == [Rule.LINK]


def test_milestone_as_predecessor_counts_as_it_is() -> None:
    """A bridge activity may follow an office milestone on Friday 17:00 at once."""
    project = make_project([task("m", 0), task("b", 60, "bridge")], [link("m", "b")])
    good = {"m": place("06 17:00"), "b": place("06 17:00", "06 18:00")}
    only(project, good, {"b": place("06 16:59", "06 17:59")}, Rule.LINK)


def test_lag_on_the_successors_calendar() -> None:
    """Eight hours after Friday 17:00 are done on Saturday 01:00 for a bridge successor."""
    project = pair(link("a", "b", lag=480), "bridge", 60)
    good = {"a": place("06 08:00", "06 17:00"), "b": place("07 01:00", "07 02:00")}
    only(project, good, {"b": place("07 00:59", "07 01:59")}, Rule.LINK)


def test_lag_on_the_predecessors_calendar() -> None:
    """On the office's calendar they are done on Monday 17:00."""
    project = pair(link("a", "b", lag=480, lag_calendar="predecessor"), "bridge", 60)
    good = {"a": place("06 08:00", "06 17:00"), "b": place("09 17:00", "09 18:00")}
    only(project, good, {"b": place("09 16:59", "09 17:59")}, Rule.LINK)


def test_lag_on_a_named_calendar() -> None:
    """Likewise when the link names the calendar."""
    project = pair(link("a", "b", lag=480, lag_calendar="office"), "bridge", 60)
    good = {"a": place("06 08:00", "06 17:00"), "b": place("09 17:00", "09 18:00")}
    only(project, good, {"b": place("09 16:59", "09 17:59")}, Rule.LINK)


def test_elapsed_lag() -> None:
    """A day of curing after Friday 17:00 is over on Saturday; the office opens on Monday."""
    project = pair(link("a", "b", lag=1440 * 3, lag_calendar="24x7"), "bridge", 60)
    good = {"a": place("06 08:00", "06 17:00"), "b": place("09 17:00", "09 18:00")}
    only(project, good, {"b": place("09 16:59", "09 17:59")}, Rule.LINK)


def test_lead() -> None:
    """Two hours before Monday 17:00, in working time: 15:00."""
    project = pair(link("a", "b", lag=-120))
    good = {"a": MONDAY, "b": place("02 15:00", "03 15:00")}
    only(project, good, {"b": place("02 14:59", "03 14:59")}, Rule.LINK)


def test_lead_over_the_weekend() -> None:
    """Eight hours before Monday 09:00 start on Friday 09:00."""
    project = make_project([task("a", 60), task("b", 480)], [link("a", "b", lag=-480)])
    good = {"a": place("09 08:00", "09 09:00"), "b": place("06 09:00", "09 09:00")}
    only(project, good, {"b": place("06 08:59", "09 08:59")}, Rule.LINK)


def test_max_lag_on_a_start() -> None:
    """At most an hour after Friday 17:00 is Monday 09:00; a minute later is too late."""
    project = pair(link("a", "b", max_lag=60), duration=60)
    good = {"a": place("06 08:00", "06 17:00"), "b": place("09 09:00", "09 10:00")}
    only(project, good, {"b": place("09 09:01", "09 10:01")}, Rule.MAX_LAG)


def test_max_lag_zero_over_the_weekend() -> None:
    """At once after Friday 17:00 is Monday 08:00: no working time lies between."""
    project = pair(link("a", "b", max_lag=0), duration=60)
    good = {"a": place("06 08:00", "06 17:00"), "b": place("09 08:00", "09 09:00")}
    only(project, good, {"b": place("09 08:01", "09 09:01")}, Rule.MAX_LAG)


def test_max_lag_elapsed() -> None:
    """An elapsed day after Friday 17:00 is Saturday: Monday 08:00 holds, a minute later not."""
    project = pair(link("a", "b", max_lag=1440, lag_calendar="24x7"), duration=60)
    good = {"a": place("06 08:00", "06 17:00"), "b": place("09 08:00", "09 09:00")}
    only(project, good, {"b": place("09 08:01", "09 09:01")}, Rule.MAX_LAG)


def test_max_lag_on_a_finish() -> None:
    """FF with a maximum of two hours: b finishes by 19:00 of working time, Tuesday 10:00."""
    project = pair(link("a", "b", "FF", max_lag=120), duration=60)
    good = {"a": MONDAY, "b": place("03 09:00", "03 10:00")}
    only(project, good, {"b": place("03 09:01", "03 10:01")}, Rule.MAX_LAG)


GROUP = [task("g.x", 60), task("g.y", 60), task("b", 60)]
INSIDE: dict[str, Placement] = {
    "g.x": place("02 09:00", "02 10:00"),
    "g.y": place("02 15:00", "02 16:00"),
}


def grouped(dependency: Dependency) -> Project:
    return make_project(GROUP, [dependency], groups=[Group("g", "G")])


def test_after_a_group() -> None:
    """FS from a group waits for the last inside."""
    good = {**INSIDE, "b": place("02 16:00", "02 17:00")}
    only(grouped(link("g", "b")), good, {"b": place("02 15:59", "02 16:59")}, Rule.LINK)


def test_with_a_group() -> None:
    """SS from a group waits for the first inside."""
    good = {**INSIDE, "b": place("02 09:00", "02 10:00")}
    only(grouped(link("g", "b", "SS")), good, {"b": place("02 08:59", "02 09:59")}, Rule.LINK)


def test_max_lag_after_a_group_counts_from_its_finish() -> None:
    """An hour after the group is 17:00, whenever its other activities end."""
    good = {**INSIDE, "b": place("03 08:00", "03 09:00")}
    project = grouped(link("g", "b", max_lag=60))
    only(project, good, {"b": place("03 08:01", "03 09:01")}, Rule.MAX_LAG)


def test_before_a_group() -> None:
    """FS to a group holds for every activity inside."""
    good = {**INSIDE, "b": place("02 08:00", "02 09:00")}
    only(grouped(link("b", "g")), good, {"g.x": place("02 08:59", "02 09:59")}, Rule.LINK)


def test_before_a_group_each_on_its_own_calendar() -> None:
    """Eight hours after Friday 17:00 end on Saturday on the bridge and on Monday in the office."""
    project = make_project(
        [task("b", 60), task("g.x", 60, "bridge"), task("g.y", 60)],
        [link("b", "g", lag=480)],
        groups=[Group("g", "G")],
    )
    good = {
        "b": place("06 16:00", "06 17:00"),
        "g.x": place("07 01:00", "07 02:00"),
        "g.y": place("10 08:00", "10 09:00"),
    }
    only(project, good, {"g.x": place("07 00:59", "07 01:59")}, Rule.LINK)
    only(project, good, {"g.y": place("09 16:00", "09 17:00")}, Rule.LINK)


def test_links_through_what_is_off_the_plan_are_void() -> None:
    """A link from an inactive activity binds nothing."""
    project = make_project([task("a", 480, active=False), task("b", 60)], [link("a", "b")])
    assert verify(project, {"b": place("02 08:00", "02 09:00")}) == []


def test_hammocks_bind_nothing() -> None:
    """A link from a hammock, or a hammock inside a group, holds nobody up."""
    hammock = task("g.ham", 0, kind=Kind.HAMMOCK)
    project = make_project(
        [*GROUP, hammock], [link("g", "b"), link("g.ham", "b")], groups=[Group("g", "G")]
    )
    assert verify(project, {**INSIDE, "b": place("02 16:00", "02 17:00")}) == []


def test_message_names_the_link() -> None:
    """A message says which link asks for what."""
    project = make_project(
        [task("a", 480), task("b", 60)], [link("a", "b", lag=120, lag_text="+2h")]
    )
    (found,) = verify(project, {"a": MONDAY, "b": place("03 08:00", "03 09:00")})
    assert found.message == (
        "`b` begins Tue 2026-11-03 08:00 UTC, but `a FS+2h` asks for"
        " Tue 2026-11-03 10:00 UTC or later"
    )
    assert found.ids == ("b", "a")
