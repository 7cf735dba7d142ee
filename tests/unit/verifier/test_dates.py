"""Hard date constraints. 6 November 2026 is a Friday; office hours are 8-12 and 13-17 UTC."""

from __future__ import annotations

import pytest
from tests.support.projects import at, make_project, task
from tests.support.verdicts import broken, only, place

from imsgen.model import Constraint, ConstraintType, Group, Project
from imsgen.verifier import Rule, verify


def bound(type_: str, earliest: str | None = None, latest: str | None = None) -> Constraint:
    return Constraint(
        ConstraintType(type_),
        None if earliest is None else at(f"2026-11-{earliest}"),
        None if latest is None else at(f"2026-11-{latest}"),
    )


def held(constraint: Constraint, duration: int = 60, calendar: str = "office") -> Project:
    return make_project([task("a", duration, calendar, constraints=(constraint,))])


EARLY, DUE, LATE = (
    place("03 09:00", "03 10:00"),
    place("04 09:00", "04 10:00"),
    place("05 09:00", "05 10:00"),
)


@pytest.mark.parametrize(
    ("constraint", "bad"),
    [
        (bound("SNET", "04 09:00"), EARLY),
        (bound("SNLT", latest="04 09:00"), LATE),
        (bound("MSO", "04 09:00", "04 09:00"), EARLY),
        (bound("MSO", "04 09:00", "04 09:00"), LATE),
        (bound("MSO", "04 00:00", "05 00:00"), LATE),
        (bound("FNET", "04 10:00"), EARLY),
        (bound("FNLT", latest="04 10:00"), LATE),
        (bound("MFO", "04 10:00", "04 10:00"), EARLY),
        (bound("MFO", "04 10:00", "04 10:00"), LATE),
        (bound("MFO", "04 00:00", "05 00:00"), EARLY),
    ],
)
def test_each_type(constraint: Constraint, bad: object) -> None:
    """Wednesday 09:00 to 10:00 meets each; a day earlier or later does not."""
    assert isinstance(bad, type(DUE))
    only(held(constraint), {"a": DUE}, {"a": bad}, Rule.CONSTRAINT)


def test_a_minute_counts() -> None:
    """SNET and FNLT are exact to the minute."""
    one = held(bound("SNET", "04 09:00"))
    only(one, {"a": DUE}, {"a": place("04 08:59", "04 09:59")}, Rule.CONSTRAINT)
    other = held(bound("FNLT", latest="04 10:00"))
    only(other, {"a": DUE}, {"a": place("04 09:01", "04 10:01")}, Rule.CONSTRAINT)


@pytest.mark.parametrize("type_", ["FNET", "MFO"])
def test_friday_evening_satisfies_monday_morning(type_: str) -> None:
    """A finish on Friday 17:00 is no earlier than Monday 08:00, in working time."""
    project = held(bound(type_, "09 08:00"))
    good = {"a": place("06 16:00", "06 17:00")}
    only(project, good, {"a": place("06 15:59", "06 16:59")}, Rule.CONSTRAINT)


def test_but_not_the_other_way_round() -> None:
    """A finish on Monday 08:01 is later than Friday 17:00, and so is a start on Monday."""
    project = held(bound("FNLT", latest="06 17:00"))
    good = {"a": place("06 16:00", "06 17:00")}
    only(project, good, {"a": place("06 16:01", "09 08:01")}, Rule.CONSTRAINT)
    project = held(bound("SNLT", latest="06 17:00"))
    assert broken(project, {"a": place("09 08:00", "09 09:00")}) == [Rule.CONSTRAINT]


def test_nor_for_starts() -> None:
    """A start on Friday 16:59 does not satisfy SNET Saturday, though little work lies between."""
    project = held(bound("SNET", "07 00:00"))
    good = {"a": place("09 08:00", "09 09:00")}
    only(project, good, {"a": place("06 16:59", "09 08:59")}, Rule.CONSTRAINT)


def test_nor_on_the_bridge() -> None:
    """Where weekends are worked, Friday 17:00 is earlier than Monday 08:00."""
    project = held(bound("FNET", "09 08:00"), calendar="bridge")
    good = {"a": place("09 07:00", "09 08:00")}
    only(project, good, {"a": place("06 16:00", "06 17:00")}, Rule.CONSTRAINT)


@pytest.mark.parametrize("type_", ["SNET", "MSO", "FNET", "MFO"])
def test_lower_bounds_of_a_milestone_are_on_the_instant(type_: str) -> None:
    """A milestone on Friday 17:00 is before Monday 08:00."""
    project = held(bound(type_, "09 08:00"), duration=0)
    only(project, {"a": place("09 08:00")}, {"a": place("06 17:00")}, Rule.CONSTRAINT)


def test_latest_finish_of_a_milestone_is_compared_in_working_time() -> None:
    """FNLT Saturday holds for a milestone on Monday 08:00, not a minute later."""
    project = held(bound("FNLT", latest="07 00:00"), duration=0)
    only(project, {"a": place("09 08:00")}, {"a": place("09 08:01")}, Rule.CONSTRAINT)


@pytest.mark.parametrize("type_", ["SNLT", "MSO"])
def test_latest_start_of_a_milestone_is_on_the_instant(type_: str) -> None:
    """SNLT and MSO Saturday hold for Friday 17:00, not for Monday 08:00."""
    project = held(bound(type_, latest="07 00:00"), duration=0)
    only(project, {"a": place("06 17:00")}, {"a": place("09 08:00")}, Rule.CONSTRAINT)


def test_constraints_of_groups_hold_inside() -> None:
    """A group's SNET and FNLT hold for every activity inside, at any depth."""
    constraints = (bound("SNET", "04 08:00"), bound("FNLT", latest="05 17:00"))
    project = make_project(
        [task("g.a", 60), task("g.h.b", 60)],
        groups=[Group("g", "G", constraints=constraints), Group("g.h", "H", group="g")],
    )
    good = {"g.a": DUE, "g.h.b": LATE}
    only(project, good, {"g.h.b": EARLY}, Rule.CONSTRAINT)
    only(project, good, {"g.a": place("06 08:00", "06 09:00")}, Rule.CONSTRAINT)


@pytest.mark.parametrize("type_", ["ASAP", "ALAP"])
def test_wishes_forbid_nothing(type_: str) -> None:
    """ASAP and ALAP are no rules."""
    assert verify(held(bound(type_)), {"a": DUE}) == []
