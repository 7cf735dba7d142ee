"""Dates, spans, loads and deadlines in people's words."""

from __future__ import annotations

import pytest
from tests.support.projects import at, bridge, link, make_project, office, resource, task
from tests.support.schedules import dated, make_schedule

from imsgen.model import Expectation, Group
from imsgen.schedule.expectations import unmet
from imsgen.schedule.lateness import deadlines
from imsgen.schedule.load import merged, resource_use
from imsgen.schedule.views import elapsed_text, end_text, moment_text, work_text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 min"),
        (45, "45 min"),
        (60, "1 h"),
        (210, "3 h 30 min"),
        (1440, "1 day"),
        (2 * 1440 + 250, "2 days 4 h"),
        (-90, "-1 h 30 min"),
    ],
)
def test_elapsed_spans(minutes: int, text: str) -> None:
    """A span shows its two largest units, days having 24 hours."""
    assert elapsed_text(minutes) == text


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "0"), (45, "45m"), (480, "1d"), (1605, "3d 2h 45m"), (-480, "-1d")]
)
def test_working_spans(minutes: int, text: str) -> None:
    """Working time counts in the plan's days of eight hours."""
    assert work_text(minutes, 480) == text


def test_moments_are_local_with_their_zone() -> None:
    """The same instant reads differently in two zones."""
    instant = at("2026-11-02 13:00")
    assert moment_text(instant, "America/New_York") == "Mon 2 Nov 2026 08:00 EST"
    assert moment_text(instant, "Europe/London", year=False) == "Mon 2 Nov 13:00 GMT"


def test_an_end_at_midnight_is_the_end_of_the_day_before() -> None:
    """A deadline of the whole 4th does not read as the 5th."""
    assert end_text(at("2026-12-05 00:00"), "UTC") == "Fri 4 Dec 2026 24:00 UTC"
    assert end_text(at("2026-12-04 17:00"), "UTC") == "Fri 4 Dec 2026 17:00 UTC"


def test_merged_spans() -> None:
    """Spans that meet or overlap become one."""
    assert merged([(5, 7), (0, 2), (2, 3), (6, 9)]) == [(0, 3), (5, 9)]


def test_use_of_people_counts_working_time_only() -> None:
    """Two days of work over a weekend fill two days of capacity, not four."""
    project = make_project([task("a", 960, needs={"r": 50})], resources=[resource("r")])
    schedule = make_schedule(project, dated("a", "2026-11-06 08:00", "2026-11-09 17:00"))
    (use,) = resource_use(schedule)
    assert (use.held, use.available, use.activities) == (960 * 50, 960 * 100, 1)
    assert use.share == 0.5


def test_use_of_equipment_counts_the_nights() -> None:
    """What holds is taken from start to finish."""
    project = make_project(
        [task("a", 960, needs={"crane": 100})], resources=[resource("crane", holds=True)]
    )
    schedule = make_schedule(project, dated("a", "2026-11-02 08:00", "2026-11-03 17:00"))
    (use,) = resource_use(schedule)
    assert use.held == use.available == 33 * 60 * 100


def test_capacity_steps_count_from_their_date() -> None:
    """One unit on the first day and two on the second are three days of capacity."""
    project = make_project(
        [task("a", 960, needs={"r": 100})],
        resources=[resource("r", capacity=((None, 100), (at("2026-11-03 00:00"), 200)))],
    )
    schedule = make_schedule(project, dated("a", "2026-11-02 08:00", "2026-11-03 17:00"))
    (use,) = resource_use(schedule)
    assert (use.held, use.available) == (960 * 100, 480 * 100 + 480 * 200)


def test_the_busiest_resource_comes_first() -> None:
    """Resources are sorted by share, idle ones are left out."""
    project = make_project(
        [task("a", 60, needs={"half": 50}), task("b", 60, needs={"full": 100})],
        resources=[resource("half"), resource("full"), resource("idle")],
    )
    schedule = make_schedule(
        project,
        dated("a", "2026-11-02 08:00", "2026-11-02 09:00"),
        dated("b", "2026-11-02 08:00", "2026-11-02 09:00"),
    )
    assert [use.resource for use in resource_use(schedule)] == ["full", "half"]


def test_work_beyond_the_calendar_counts_as_available() -> None:
    """Someone called in for the night is busy for that hour, not above 100 %."""
    project = make_project(
        [task("a", 60, "bridge", {"r": 100}, ignore_resource_calendars=True)],
        resources=[resource("r", calendar="office")],
        calendars=[office(), bridge()],
    )
    schedule = make_schedule(project, dated("a", "2026-11-02 22:00", "2026-11-02 23:00"))
    assert resource_use(schedule)[0].share == 1.0


def test_deadlines_of_plan_group_and_activity() -> None:
    """Each deadline says how late it is, in elapsed minutes; met is 0."""
    project = make_project(
        [task("g.a", 60, deadline=at("2026-11-02 08:30"))],
        groups=[Group("g", "G", deadline=at("2026-11-02 09:00"))],
        deadline=at("2026-11-02 08:59"),
    )
    schedule = make_schedule(
        project,
        dated("g.a", "2026-11-02 08:00", "2026-11-02 09:00"),
        groups={"g": (at("2026-11-02 08:00"), at("2026-11-02 09:00"))},
    )
    assert [(one.id, one.late) for one in deadlines(schedule)] == [
        ("project", 1),
        ("g", 0),
        ("g.a", 30),
    ]


def test_expectations_that_hold_say_nothing() -> None:
    """Status, finish, a range, a start, float and critical ids all as expected."""
    day = at("2026-11-02 00:00"), at("2026-11-03 00:00")
    project = make_project(
        [task("a", 60), task("b", 60)],
        [link("a", "b")],
        expect=(
            Expectation("status", value="optimal"),
            Expectation("finish", *day),
            Expectation("a.start", at("2026-11-02 08:00"), at("2026-11-02 08:00")),
            Expectation("a.total_float", value="0"),
            Expectation("critical", ids=("a",)),
        ),
    )
    schedule = make_schedule(
        project,
        dated("a", "2026-11-02 08:00", "2026-11-02 09:00", total_float=0, critical=True),
        dated("b", "2026-11-02 09:00", "2026-11-02 10:00"),
    )
    assert unmet(schedule) == ()


def test_each_unmet_expectation_is_an_error_with_both_sides() -> None:
    """Found and expected are both said."""
    project = make_project(
        [task("a", 60)],
        expect=(
            Expectation("status", value="feasible"),
            Expectation("finish", at("2026-11-02 08:30"), at("2026-11-02 08:30")),
            Expectation("a.total_float", value="480"),
            Expectation("critical", ids=("a",)),
        ),
    )
    schedule = make_schedule(
        project, dated("a", "2026-11-02 08:00", "2026-11-02 09:00", total_float=60)
    )
    assert [one.message for one in unmet(schedule)] == [
        "the plan expects `status` to be `feasible`, found `optimal`",
        (
            "the plan expects `finish` to be Mon 2 Nov 2026 08:30 UTC, "
            "found Mon 2 Nov 2026 09:00 UTC"
        ),
        "the plan expects `a.total_float` to be `1d`, found `1h`",
        "the plan expects `critical` to be `a`, found `a` with a total float of `1h`",
    ]
