"""`imsgen show --table forecast`, from the text of a plan on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from imsgen.cli.main import cli

PLAN = """\
imsgen: 1
name: Move
start: 2027-03-01 08:00
timezone: UTC
calendar: standard
activities:
  plan: {duration: 2d}
  pack: {duration: 3d, after: plan}
  side: {duration: 1d}
baselines: {approved: approved.schedule.json, early: early.schedule.json}
"""
PROGRESS = """\
status_date: 2027-03-03 17:00
progress:
  plan: {actual_start: 2027-03-01 08:00, actual_finish: 2027-03-03 17:00}
"""


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def move(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a plan in which a task of two days took three, beside its baseline."""
    folder = tmp_path_factory.mktemp("move")
    path = folder / "move.yaml"
    path.write_text(PLAN, encoding="utf-8")
    assert _run("solve", path, "-f", "none").exit_code == 0
    shutil.copy(folder / "move.schedule.json", folder / "approved.schedule.json")
    path.write_text(PLAN + PROGRESS, encoding="utf-8")
    assert _run("solve", path, "-f", "none").exit_code == 0
    return path


def test_in_words(move: Path) -> None:
    """Two were due, both missed, one is done late; 4 days to go, agreed for one day before."""
    shown = _run("show", move, "--table", "forecast").stdout
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert lines[0] == "Baseline approved, status date: Wed 3 Mar 2027 17:00 UTC"
    assert lines[1] == "missed tasks FLAG 100% (2 tasks due, 0 hit)"
    assert "BEI FLAG 0.50 (1 done of 2 wanted)" in lines
    assert "CPLI FLAG 0.67 (3d to the finish, -1d to the baseline)" in lines
    assert "plan Tue 2 Mar 2027 17:00 UTC Wed 3 Mar 2027 17:00 UTC 0 +1d" in lines
    assert max(map(len, shown.splitlines())) <= 96


def test_as_json(move: Path) -> None:
    """The same numbers, exact, every task with its variance."""
    found = json.loads(_run("show", move, "--table", "forecast", "--json").stdout)["forecast"]
    assert found["baseline"] == "approved"
    assert found["measures"]["bei"]["tasks"] == ["side"]
    assert found["measures"]["cpli"] == {
        "finding": "FLAG",
        "numerator": 960,
        "denominator": 1440,
        "value": 0.666667,
        "target": 0.95,
        "tasks": [],
        "reason": "",
    }
    assert {one["id"]: one["finish_variance"] for one in found["variances"]} == {
        "plan": 480,
        "pack": 480,
        "side": 1440,
    }


def test_a_baseline_that_is_not_there(move: Path) -> None:
    """The default skips it with a note; asked for by name it is an error, as is an unknown one."""
    assert "baseline `early` is left out" in _run("show", move, "--table", "forecast").stderr
    result = _run("show", move, "--table", "forecast", "--baseline", "early")
    assert (result.exit_code, "the file of baseline `early` is missing" in result.stderr) == (
        2,
        True,
    )
    result = _run("show", move, "--table", "forecast", "--baseline", "late")
    assert "it names `approved`, `early`" in result.stderr


def test_baseline_without_the_table(move: Path) -> None:
    """The option alone would be ignored, so it is refused."""
    result = _run("show", move, "--baseline", "approved")
    assert result.exit_code == 2
    assert "`--baseline` goes with `--table forecast`" in result.stderr


def test_without_a_baseline(tmp_path: Path) -> None:
    """Every measure says why it cannot be said."""
    path = tmp_path / "bare.yaml"
    path.write_text(PLAN.replace("baselines:", "notes: none  #"), encoding="utf-8")
    assert _run("solve", path, "-f", "none").exit_code == 0
    shown = _run("show", path, "--table", "forecast").stdout
    assert shown.count("NOT ASSESSABLE") == 3
    assert "Baseline  none, status date: no status date" in shown
