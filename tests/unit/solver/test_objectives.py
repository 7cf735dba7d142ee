"""What comes after the finish, on plans small enough to work out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.support.projects import at, link, make_project, resource, task

from imsgen.model import (
    Activity,
    Constraint,
    ConstraintType,
    Instant,
    Mode,
    Need,
    Options,
    Placement,
    Project,
    Schedule,
)
from imsgen.solver import Settings, solve
from imsgen.verifier import verify_schedule

BRIEF = Settings(effort=2.0, time_limit=600)


def plan(objective: str, *activities: Activity, **more: Any) -> Project:
    """Return a plan of two days whose other activities have room to move."""
    frame = task("frame", 960)
    return make_project([frame, *activities], options=Options(objective=objective), **more)


def levels(project: Project, **more: Any) -> dict[str, tuple[int, bool]]:
    """Return value and proof of every level after the finish; it is that of the frame."""
    schedule = solve(project, BRIEF, **more)
    assert verify_schedule(schedule) == []
    assert schedule.finish == at("2026-11-03 17:00")
    return {one.name: (one.value, one.proved) for one in schedule.objective[2:]}


def start_of(schedule: Schedule, id_: str) -> Instant:
    """Return when an activity starts."""
    return schedule.activities[id_].start


TWO_DAYS = (task("a", 480, needs={"team": 100}), task("b", 480, needs={"team": 100}))


def test_even_use_puts_two_days_of_one_team_one_after_the_other() -> None:
    """One of two people for 960 minutes: 960 × 100²; both at once would be 480 × 200²."""
    team = [resource("team", 200)]
    assert levels(plan("smooth", *TWO_DAYS, resources=team))["smooth use"] == (9_600_000, True)


def test_fewest_people_is_one_where_one_can_do_it() -> None:
    """Two days of work in two days: one person, not the two there are."""
    assert levels(plan("fewest_people", *TWO_DAYS, resources=[resource("team", 200)]))[
        "people"
    ] == (100, True)


def test_the_cheaper_way_is_taken_where_the_finish_allows_it() -> None:
    """12 h at 60 an hour, not 6 h at 130."""
    job = task("job", 1, modes=two_ways())
    crews = [resource("fast", rate="130"), resource("slow", rate="60")]
    assert levels(plan("least_cost", job, resources=crews))["cost"] == (72_000, True)


def test_the_dearer_way_is_taken_where_the_finish_needs_it() -> None:
    """After a day of other work 12 h are too long, so 6 h at 130 it is."""
    job = task("job", 1, modes=two_ways())
    crews = [resource("fast", rate="130"), resource("slow", rate="60")]
    project = plan(
        "least_cost",
        task("before", 480),
        job,
        dependencies=[link("before", "job")],
        resources=crews,
    )
    assert levels(project)["cost"] == (78_000, True)


def two_ways() -> tuple[Mode, ...]:
    """Return six hours of a fast crew, or twelve of a slow one."""
    return (
        Mode(360, "office", (Need("fast", 100),)),
        Mode(720, "office", (Need("slow", 100),)),
    )


def test_equipment_that_costs_at_night_waits_for_the_morning() -> None:
    """Four hours from 16:00 would take a crane for 20 h; from 08:00 the day after they take 4 h."""
    lift = task("lift", 240, needs={"crane": 100})
    project = plan(
        "least_cost",
        task("before", 420),
        lift,
        dependencies=[link("before", "lift")],
        resources=[resource("crane", holds=True, rate="10")],
    )
    assert levels(project)["cost"] == (4_000, True)
    assert start_of(solve(project, BRIEF), "lift") == at("2026-11-03 08:00")


@pytest.fixture
def published() -> dict[str, Placement]:
    """Return dates with a and b in the afternoon, and another afternoon after them."""
    return {
        "frame": Placement(at("2026-11-02 08:00"), at("2026-11-03 17:00")),
        "a": Placement(at("2026-11-02 13:00"), at("2026-11-02 15:00")),
        "b": Placement(at("2026-11-02 15:00"), at("2026-11-02 17:00")),
        "c": Placement(at("2026-11-03 13:00"), at("2026-11-03 17:00")),
    }


def changed_plan(*, longer: int) -> Project:
    """Return a before b, and c, each with somebody who hears of it."""
    return plan(
        "least_change",
        task("a", 120 + longer, owner="ann"),
        task("b", 120, owner="bob"),
        task("c", 240, owner="cy"),
        dependencies=[link("a", "b")],
    )


def test_nothing_moves_without_need(published: dict[str, Placement]) -> None:
    """All could be earlier, nothing is: nobody is told anything."""
    found = levels(changed_plan(longer=0), published=published)
    assert found["people told"] == (0, True)
    assert found["shift"] == (0, True)


def test_an_hour_more_is_told_to_one_person(published: dict[str, Placement]) -> None:
    """a begins an hour earlier and b stays, so only ann hears of a shift of 60 minutes."""
    project = changed_plan(longer=60)
    found = levels(project, published=published)
    assert found["people told"] == (1, True)
    assert found["shift"] == (60, True)
    schedule = solve(project, BRIEF, published=published)
    assert schedule.activities["b"].start == at("2026-11-02 15:00")


def test_what_slips_moves_what_follows_and_nothing_else(published: dict[str, Placement]) -> None:
    """a must not begin before 14:00: a and b move an hour each, c stays."""
    project = changed_plan(longer=0)
    not_before = Constraint(ConstraintType.SNET, at("2026-11-02 14:00"))
    slipped = replace(project.activities["a"], constraints=(not_before,))
    project = replace(project, activities={**project.activities, "a": slipped})
    found = levels(project, published=published)
    assert found["people told"] == (2, True)
    assert found["shift"] == (120, True)


def test_without_published_dates_least_change_is_early_starts() -> None:
    """Three levels as in any plan, everything at its earliest."""
    schedule = solve(changed_plan(longer=0), BRIEF)
    assert [one.name for one in schedule.objective] == ["deadlines", "finish", "early starts"]
    assert start_of(schedule, "c") == at("2026-11-02 08:00")


@pytest.mark.parametrize("objective", ["smooth", "fewest_people", "least_cost"])
def test_a_deadline_comes_first(objective: str) -> None:
    """Both by Monday evening needs both people at once, however uneven that is."""
    jobs = [replace(one, deadline=at("2026-11-02 17:00")) for one in TWO_DAYS]
    project = plan(objective, *jobs, resources=[resource("team", 200, rate="1")])
    schedule = solve(project, BRIEF)
    assert verify_schedule(schedule) == []
    assert [one.value for one in schedule.objective[:1]] == [0]
    assert all(one.proved for one in schedule.objective)
    assert {start_of(schedule, id_) for id_ in "ab"} == {at("2026-11-02 08:00")}


@pytest.mark.parametrize("objective", ["smooth", "fewest_people", "least_cost", "least_change"])
def test_no_effort_still_has_every_level(objective: str, published: dict[str, Placement]) -> None:
    """Whatever was found stands, with a bound that is no greater."""
    project = plan(objective, *TWO_DAYS, resources=[resource("team", 200, rate="1")])
    schedule = solve(project, Settings(effort=0), published=published)
    assert verify_schedule(schedule) == []
    assert len(schedule.objective) == 5 if objective == "least_change" else 4
    assert all(one.bound <= one.value and one.gap >= 0 for one in schedule.objective)


def test_an_objective_does_not_take_the_effort_of_the_finish() -> None:
    """Twenty jobs on two people and little effort: the same finish with an objective as without."""
    jobs = [task(f"j{i}", 60 + 37 * i % 240, needs={"team": 100}) for i in range(20)]
    plain = make_project(jobs, resources=[resource("team", 200)])
    asked = replace(plain, options=Options(objective="smooth"))
    brief = Settings(effort=0.02, time_limit=600)
    assert solve(asked, brief).finish == solve(plain, brief).finish
