"""The fourteen points, counted by hand on weeks of five days of eight hours."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.support.placed import placed_schedule
from tests.support.projects import at, link, make_project, resource, task

from imsgen.analysis.forecast import Finding, Measure
from imsgen.analysis.health import health
from imsgen.analysis.path_check import path_test
from imsgen.model import (
    Activity,
    Constraint,
    ConstraintType,
    Group,
    Kind,
    Progress,
    Project,
    Schedule,
)
from imsgen.solver import Settings, solve

DAY = 480
FNLT = Constraint(ConstraintType.FNLT, latest=at("2027-06-30 17:00"))


def _tasks(**more: Any) -> list[Activity]:
    """Return A 5d, B 5d, C 5d, L 60d, X 3d and a milestone M."""
    lengths = {"a": 5, "b": 5, "c": 5, "l": 60, "x": 3, "m": 0}
    return [task(id_, days * DAY, **more.get(id_, {})) for id_, days in lengths.items()]


LINKS = [
    link("a", "b"), link("b", "c", "SS", 2 * DAY), link("c", "m"), link("a", "l"), link("l", "m")
]  # fmt: skip


def _solved(project: Project) -> Schedule:
    return solve(project, Settings(effort=1))


def _points(schedule: Schedule, baseline: Schedule | None = None) -> dict[int, Measure]:
    return {one.number: one.measure for one in health(schedule, baseline)}


def _counted(measure: Measure) -> tuple[str, int, int]:
    return measure.finding, measure.numerator, measure.denominator


def test_the_points_of_a_small_network() -> None:
    """A > B > C (SS+2d) > M and A > L > M, X is loose, A must be done by a date.

    Five tasks, three links that lead to tasks: M is none. C may slip by 65 - 12 = 53 days, B as
    well, X by 62: three above 44.
    """
    found = _points(_solved(make_project(_tasks(a={"constraints": (FNLT,)}), LINKS)))
    assert list(found) == [*range(1, 15)]
    assert _counted(found[1]) == ("FLAG", 2, 5)
    assert found[1].offenders == ("a", "x")
    assert _counted(found[2]) == ("PASS", 0, 3)
    assert _counted(found[3]) == ("FLAG", 1, 3)
    assert found[3].offenders == ("b > c",)
    assert _counted(found[4]) == ("FLAG", 2, 3)
    assert found[4].offenders == ("b > c",)
    assert _counted(found[5]) == ("FLAG", 1, 5)
    assert _counted(found[6]) == ("FLAG", 3, 5)
    assert found[6].offenders == ("b", "c", "x")
    assert _counted(found[7]) == ("PASS", 0, 5)
    assert _counted(found[8]) == ("FLAG", 1, 5)
    assert found[8].offenders == ("l",)
    assert found[12].finding is Finding.PASSED
    for number in (9, 10, 11, 13, 14):
        assert found[number].finding is Finding.NOT_ASSESSABLE
        assert found[number].reason


def test_done_tasks_and_their_links_do_not_count() -> None:
    """With A done, B, C, L and X are open; the links that lead to them are the same three."""
    done = Progress(at("2026-11-02 08:00"), at("2026-11-06 17:00"), 100, 0)
    project = make_project(_tasks(a={"progress": done}), LINKS, status_date=at("2026-11-06 17:00"))
    found = _points(_solved(project))
    assert found[1].denominator == 4
    assert found[1].offenders == ("x",)
    assert found[2].denominator == 3
    assert _counted(found[9]) == ("PASS", 0, 5)


def test_a_link_of_a_group_ties_what_is_inside() -> None:
    """G.P and G.Q follow A and lead to M by the links of their group: only A has none before."""
    project = make_project(
        [task("a", DAY), task("g.p", DAY), task("g.q", DAY), task("m", 0)],
        [link("a", "g"), link("g", "m")],
        groups=(Group("g", "G"),),
    )
    found = _points(_solved(project))
    assert found[1].offenders == ("a",)
    assert found[2].denominator == 1


def test_milestones_and_hammocks_are_no_tasks() -> None:
    """Nothing to count is not assessable, and neither passes nor fails."""
    found = _points(placed_schedule(make_project([task("m", 0)])))
    assert {one.finding for one in found.values()} == {Finding.NOT_ASSESSABLE}


def test_float_to_a_deadline_may_be_negative() -> None:
    """A deadline two days before the finish: what cannot be met has float below 0."""
    schedule = placed_schedule(
        make_project([task("a", 5 * DAY)]),
        details={"a": {"logic_float": 0, "deadline_float": -2 * DAY}},
    )
    assert _counted(_points(schedule)[7]) == ("FLAG", 1, 1)


def test_leads_and_resources() -> None:
    """B starts a day before A ends: 1 of 1 links; A of two days needs nobody, B somebody."""
    project = make_project(
        [task("a", 2 * DAY), task("b", DAY, needs={"r": 100})],
        [link("a", "b", "FS", -DAY)],
        [resource("r")],
    )
    found = _points(placed_schedule(project))
    assert _counted(found[2]) == ("FLAG", 1, 1)
    assert _counted(found[3]) == ("PASS", 0, 1)
    assert (found[10].finding, found[10].offenders) == (Finding.FLAG, ("a",))


def test_long_tasks_are_those_agreed_to_be_long() -> None:
    """L lasts 60 days, and was agreed for 40: no flag; agreed for 60 and now 40: a flag."""
    short, long = (placed_schedule(make_project([task("l", days * DAY)])) for days in (40, 60))
    assert _counted(_points(long, short)[8]) == ("PASS", 0, 1)
    assert _counted(_points(short, long)[8]) == ("FLAG", 1, 1)


def test_dates_on_the_wrong_side_of_the_status_date() -> None:
    """Planned work before it, actual dates after it: A and B; C begins at it."""
    ahead = Progress(at("2026-11-10 08:00"), percent_complete=50, remaining=DAY)
    project = make_project(
        [task("a", DAY), task("b", 2 * DAY, progress=ahead), task("c", DAY)],
        status_date=at("2026-11-04 08:00"),
    )
    starts = {"a": "2026-11-02 08:00", "b": "2026-11-10 08:00", "c": "2026-11-04 08:00"}
    found = _points(placed_schedule(project, starts))
    assert _counted(found[9]) == ("FLAG", 2, 3)
    assert found[9].offenders == ("a", "b")


def test_the_finish_follows_a_critical_task() -> None:
    """100 days more for A are 100 days more for all."""
    found = path_test(_solved(make_project(_tasks(), LINKS)))
    assert found.finding is Finding.PASSED
    assert found.numerator == found.denominator > 100 * 1440


def test_a_plan_that_does_not_follow_is_flagged() -> None:
    """Nothing links A to the end, and B is much longer: A only seems critical."""
    project = make_project([task("a", DAY), task("b", 200 * DAY)])
    schedule = placed_schedule(project, details={"a": {"logic_float": 0}})
    found = path_test(schedule)
    assert (found.finding, found.offenders) == (Finding.FLAG, ("a",))
    assert found.numerator == 0


def test_nothing_is_tested_where_nothing_is_to_begin() -> None:
    """All without float has begun: no task can be held up."""
    begun = Progress(at("2026-11-02 08:00"), percent_complete=10, remaining=DAY)
    project = make_project([task("a", 2 * DAY, progress=begun), task("h", DAY, kind=Kind.HAMMOCK)])
    schedule = placed_schedule(project, details={"a": {"logic_float": 0}})
    found = path_test(replace(schedule))
    assert found.finding is Finding.NOT_ASSESSABLE
