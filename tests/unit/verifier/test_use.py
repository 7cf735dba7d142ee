"""What resources do and people hear, counted from dates by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.placed import placed_schedule
from tests.support.projects import at, make_project, resource, task

from imsgen.model import ObjectiveLevel, Placement, Project, Schedule
from imsgen.verifier import Rule, verify_schedule

PROJECT = make_project(
    [
        task("a", 480, needs={"team": 100}, owner="ann"),
        task("b", 480, needs={"team": 200}, owner="bob", backup="ann"),
        task("lift", 480, needs={"crane": 50}),
    ],
    resources=[
        resource("team", 300, rate="10.25"),
        resource("crane", holds=True, rate="2"),
    ],
)
STARTS = {"a": "2026-11-02 08:00", "b": "2026-11-02 13:00", "lift": "2026-11-02 13:00"}
"""b and the lift pause at night and end the next day at noon; a and b meet for four hours."""


def schedule(project: Project = PROJECT) -> Schedule:
    """Return the plan at those starts."""
    return placed_schedule(project, STARTS)


def wrong(level: str, value: int, found: Schedule) -> list[str]:
    """Return what the verifier says of a level."""
    told = replace(found, objective=(ObjectiveLevel(level, value, 0, False),))
    return [one.message for one in verify_schedule(told) if one.rule is Rule.OBJECTIVE]


@pytest.mark.parametrize(
    ("level", "value"),
    [
        # 240 min × 100² + 240 × 300² + 240 × 200², and a crane's half for 23 h: 1380 × 50²
        ("smooth use", 2_400_000 + 21_600_000 + 9_600_000 + 3_450_000),
        # three at once; the crane is equipment
        ("people", 300),
        # 8 h + 2 × 8 h at 10.25 = 246, half a crane for 23 h at 2 = 23: 269.00
        ("cost", 26_900),
    ],
)
def test_the_value_is_counted_from_the_dates(level: str, value: int) -> None:
    """The value worked out by hand is accepted, one more is a violation."""
    assert wrong(level, value, schedule()) == []
    assert wrong(level, value + 1, schedule()) != []


def test_change_counts_each_person_once_and_the_greater_shift() -> None:
    """b was published a working hour earlier: bob, his backup and the team; a stays, crane moves.

    60 minutes of b and 120 of the lift, which nobody owns: one more who is told.
    """
    published = {
        "a": Placement(at("2026-11-02 08:00"), at("2026-11-02 17:00")),
        "b": Placement(at("2026-11-02 11:00"), at("2026-11-03 11:00")),
        "lift": Placement(at("2026-11-02 15:00"), at("2026-11-03 15:00")),
    }
    found = replace(schedule(), published=published)
    assert wrong("people told", 4, found) == []
    assert wrong("shift", 180, found) == []
    assert wrong("shift", 120, found) == [
        "`shift` is given as 120, but the dates make it 180",
    ]


def test_a_level_nobody_knows_is_a_violation() -> None:
    """`beauty` is no objective."""
    assert wrong("beauty", 1, schedule()) == ["`beauty` is no level of an objective"]
