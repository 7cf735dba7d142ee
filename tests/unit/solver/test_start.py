"""Going on from the dates of an earlier schedule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.support.projects import at, link, make_project, resource, task
from tests.support.strategies import EVERYTHING, projects

from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Constraint, ConstraintType, Placement, Project, Schedule, Status
from imsgen.solver import Settings, Watch, solve
from imsgen.solver.problem import compiled
from imsgen.solver.replay import replayed
from imsgen.verifier import verify_schedule


def crowded(count: int = 24) -> Project:
    """Return a plan whose optimum takes a while to find."""
    lengths = [60 * (1 + (7 * i) % 11) for i in range(count)]
    jobs = [
        task(f"a{i}", length, "office", {f"r{i % 3}": 100, "all": 100})
        for i, length in enumerate(lengths)
    ]
    links = [link(f"a{i}", f"a{i + 5}") for i in range(count - 5)]
    return make_project(
        jobs, links, [resource("r0"), resource("r1"), resource("r2"), resource("all", 200)]
    )


def placements(schedule: Schedule) -> dict[str, Placement]:
    """Return the dates of a schedule."""
    return {
        one.id: Placement(one.start, one.finish, one.mode) for one in schedule.activities.values()
    }


def level_values(schedule: Schedule) -> list[int]:
    """Return what the schedule scores, level by level."""
    return [level.value for level in schedule.objective]


def test_no_effort_from_a_good_schedule_keeps_it() -> None:
    """With no effort left the good schedule comes back as it was, not the first one of a rule."""
    good = solve(crowded(), Settings(effort=2.0))
    plain = solve(crowded(), Settings(effort=0.0))
    again = solve(crowded(), Settings(effort=0.0), start=placements(good))
    assert level_values(again) <= level_values(good) <= level_values(plain)
    assert not verify_schedule(again)


def test_interrupted_at_once_keeps_the_start() -> None:
    """Who asks to end before the search began has the schedule they came with."""
    good = solve(crowded(), Settings(effort=1.0))
    watch = Watch()
    watch.interrupt()
    again = solve(crowded(), Settings(), watch, start=placements(good))
    assert level_values(again) == level_values(good)
    assert again.run.method == "given"


def test_a_start_that_breaks_a_rule_is_left_aside() -> None:
    """Dates on top of each other on one person: the search starts afresh."""
    plan = make_project(
        [task("a", 480, needs={"r": 100}), task("b", 480, needs={"r": 100})], (), [resource("r")]
    )
    wrong = {id_: Placement(at("2026-11-02 08:00"), at("2026-11-02 17:00")) for id_ in ("a", "b")}
    found = solve(plan, start=wrong)
    assert found.status is Status.OPTIMAL
    assert not verify_schedule(found)
    assert found.finish == at("2026-11-03 17:00")


@pytest.mark.parametrize(
    ("changed", "culprit"),
    [
        ({}, None),
        ({"b": ("2026-11-02 13:00", "2026-11-02 17:00")}, "b"),
        ({"b": ("2026-11-03 07:00", "2026-11-03 12:00")}, "b"),
        ({"b": ("2026-11-03 13:00", "2026-11-03 17:00")}, "b"),
        ({"c": ("2026-11-03 08:00", "2026-11-03 12:00")}, "b"),
        ({"d": ("2026-11-04 08:00", "2026-11-04 17:00")}, "d"),
    ],
    ids=["good", "before its predecessor", "no working time", "max_lag", "person", "FNLT"],
)
def test_every_rule_is_replayed(changed: dict[str, tuple[str, str]], culprit: str | None) -> None:
    """Each broken rule is found with the activity that breaks it, of two the later in order."""
    plan = make_project(
        [
            task("a", 480),
            task("b", 240, needs={"r": 100}),
            task("c", 240, needs={"r": 100}),
            task(
                "d",
                480,
                constraints=(Constraint(ConstraintType.FNLT, latest=at("2026-11-03 17:00")),),
            ),
        ],
        [link("a", "b", max_lag=60)],
        [resource("r")],
    )
    dates = {
        "a": ("2026-11-02 08:00", "2026-11-02 17:00"),
        "b": ("2026-11-03 08:00", "2026-11-03 12:00"),
        "c": ("2026-11-03 13:00", "2026-11-03 17:00"),
        "d": ("2026-11-02 08:00", "2026-11-02 17:00"),
    } | changed
    given_dates = {id_: Placement(at(one), at(two)) for id_, (one, two) in dates.items()}
    outcome = replayed(compiled(plan), given_dates)
    assert (outcome if isinstance(outcome, str) else None) == culprit


def test_an_activity_without_dates_is_named() -> None:
    """A plan that grew since: the new activity is what keeps the dates from standing."""
    assert replayed(compiled(make_project([task("new", 60)])), {}) == "new"


@settings(max_examples=60, deadline=None)
@given(projects(EVERYTHING))
def test_every_schedule_of_ours_replays_and_is_not_made_worse(plan: Project) -> None:
    """Whatever the plan: its schedule stands, and going on from it never loses anything."""
    try:
        first = solve(plan, Settings(effort=0.02, time_limit=600))
    except (Infeasible, NoSolution):
        return
    outcome = replayed(compiled(plan), placements(first))
    assert not isinstance(outcome, str), outcome
    again = solve(plan, Settings(effort=0.02, time_limit=600), start=placements(first))
    assert level_values(again)[:2] <= level_values(first)[:2]
    assert not verify_schedule(again)
    assert replace(again.run, spent=0.0).reproducible == first.run.reproducible
