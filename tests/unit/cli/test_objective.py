"""What a planner reads of the objective, and where least change takes its dates from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.support.projects import make_project, resource, task
from tests.support.schedules import dated, make_schedule

from imsgen.cli.main import cli
from imsgen.cli.objective import objective_lines
from imsgen.model import ObjectiveLevel

PLAN = """\
imsgen: 1
name: Move
start: 2027-03-01 08:00
timezone: Europe/London
calendar: standard
resources: {ana: {rate: 40}, bea: {rate: 30}}
options: {objective: OBJECTIVE}
activities:
  frame: {duration: 5d}
  first: {duration: 4h, needs: ana}
  then: {duration: 4h, needs: bea, after: first}
"""


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def _solve(folder: Path, text: str, *more: object) -> Result:
    plan = folder / "move.yaml"
    plan.write_text(text, encoding="utf-8")
    result = _run("solve", plan, "-f", "none", *more)
    assert result.exit_code == 0, result.output
    return result


def _levels(folder: Path) -> dict[str, dict[str, Any]]:
    document = json.loads((folder / "move.schedule.json").read_text(encoding="utf-8"))
    return {one["name"]: one for one in document["objective"]}


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (
            ObjectiveLevel("smooth use", 1_200_000_000, 600_000_000, False),
            (
                "use evened out to 2,000 person-hours, each counted times all of its team then "
                "busy; none has less than 1,000 (gap 50.0%)"
            ),
        ),
        (ObjectiveLevel("people", 250, 250, True), "fewest people at once: 2.5, proved"),
        (
            ObjectiveLevel("people", 300, 300, False),
            "fewest people at once: 3, proved for this finish",
        ),
        (
            ObjectiveLevel("people", 400, 300, False),
            "fewest people at once: 4; fewer than 3 cannot do it (gap 25.0%)",
        ),
        (ObjectiveLevel("people told", 0, 0, True), "nothing changes from the published dates"),
        (ObjectiveLevel("people told", 1, 1, True), "1 person is told a new time, proved"),
        (
            ObjectiveLevel("people told", 4, 3, False),
            "4 people are told a new time; at least 3 must be (gap 25.0%)",
        ),
        (
            ObjectiveLevel("shift", 1200, 600, False),
            "dates move by 2d 4h of work in all; by 1d 2h at least (gap 50.0%)",
        ),
        (
            ObjectiveLevel("cost", 123_456_705, 123_456_705, True),
            "cost of what is to be done: 1,234,567.05 GBP, proved",
        ),
        (
            ObjectiveLevel("cost", 1_000, 750, False),
            "cost of what is to be done: 10.00 GBP; none costs less than 7.50 GBP (gap 25.0%)",
        ),
    ],
)
def test_each_level_is_said_in_a_planners_units(level: ObjectiveLevel, words: str) -> None:
    """Person-hours, people, days and hours of work, money; proof or bound with its gap."""
    project = make_project([task("a", 60, needs={"team": 100})], resources=[resource("team")])
    project = replace(project, currency="GBP")
    schedule = make_schedule(project, dated("a", "2026-11-02 08:00", "2026-11-02 09:00"))
    assert list(objective_lines(replace(schedule, objective=(level,)))) == [words]


@pytest.mark.parametrize(
    ("objective", "level", "value"),
    [
        ("smooth", "smooth use", 480 * 100**2),
        ("fewest_people", "people", 200),
        ("least_cost", "cost", 28_000),
    ],
)
def test_value_bound_and_gap_stand_in_the_file(
    tmp_path: Path, objective: str, level: str, value: int
) -> None:
    """Two half days of one person each: proved, so bound and value are the same."""
    result = _solve(tmp_path, PLAN.replace("OBJECTIVE", objective))
    assert "proved" in result.output.split("Objective")[1]
    assert _levels(tmp_path)[level] == {
        "name": level,
        "value": value,
        "bound": value,
        "proved": True,
        "gap": 0,
    }
    assert _run("verify", tmp_path / "move.yaml", tmp_path / "move.schedule.json").exit_code == 0


def test_the_first_run_of_least_change_has_nothing_to_stay_close_to(tmp_path: Path) -> None:
    """A note says so, and the plan is solved for early starts."""
    result = _solve(tmp_path, PLAN.replace("OBJECTIVE", "least_change"))
    assert "has no schedule to stay close to" in result.stderr
    assert "people told" not in _levels(tmp_path)


def test_dates_are_kept_close_to_those_of_the_file_that_is_replaced(tmp_path: Path) -> None:
    """Four hours more for the first: both people hear of it, each of four hours."""
    text = PLAN.replace("OBJECTIVE", "least_change")
    _solve(tmp_path, text)
    again = _solve(tmp_path, text)
    assert "nothing changes from the published dates" in again.output
    assert "stay close" not in again.stderr
    longer = _solve(tmp_path, text.replace("first: {duration: 4h", "first: {duration: 8h"))
    assert "2 people are told a new time, proved" in longer.output
    assert _levels(tmp_path)["shift"]["value"] == 480


def test_dates_are_kept_close_to_those_asked_for(tmp_path: Path) -> None:
    """The file of ``--improve`` counts, not the one replaced; of another plan it has no dates."""
    text = PLAN.replace("OBJECTIVE", "least_change")
    _solve(tmp_path, text)
    earlier = tmp_path / "told.json"
    earlier.write_bytes((tmp_path / "move.schedule.json").read_bytes())
    longer = text.replace("first: {duration: 4h", "first: {duration: 8h")
    _solve(tmp_path, longer)
    assert "nothing changes" in _solve(tmp_path, longer).output
    asked = _solve(tmp_path, longer, "--improve", earlier)
    assert "2 people are told a new time" in asked.output
    renamed = longer.replace("frame", "f").replace("first", "g").replace("then", "h")
    other = _solve(tmp_path, renamed, "--improve", earlier)
    assert "has dates of none of its activities" in other.stderr
