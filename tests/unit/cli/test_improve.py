"""`imsgen solve --improve`: going on from a schedule file; and limits that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from imsgen.cli.main import cli

HEAD = """\
imsgen: 1
start: 2027-03-01 08:00
timezone: Europe/London
calendar: standard
resources:
  ana: {name: Ana}
activities:
"""
JOBS = "".join(f"  job{i}: {{duration: {i}h, needs: ana}}\n" for i in range(2, 8))


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def _solved(folder: Path) -> tuple[Path, Path]:
    plan = folder / "jobs.yaml"
    plan.write_text(HEAD + JOBS, encoding="utf-8")
    assert _run("solve", plan, "-f", "none").exit_code == 0
    return plan, folder / "jobs.schedule.json"


def test_no_effort_goes_on_from_the_file(tmp_path: Path) -> None:
    """Without effort the finish of the file is kept; no note."""
    plan, schedule = _solved(tmp_path)
    before = json.loads(schedule.read_text(encoding="utf-8"))["finish"]
    result = _run("solve", plan, "-f", "none", "--effort", 0, "--improve", schedule)
    assert result.exit_code == 0
    assert "afresh" not in result.stderr
    assert json.loads(schedule.read_text(encoding="utf-8"))["finish"] == before


@pytest.mark.parametrize(
    "changed", [JOBS.replace("7h", "9h"), JOBS + "  late: {duration: 1h, needs: ana}\n"]
)
def test_dates_of_another_plan_are_left_aside_with_a_note(tmp_path: Path, changed: str) -> None:
    """A longer job or a new one: the note names what does not fit, the search starts afresh."""
    plan, schedule = _solved(tmp_path)
    plan.write_text(HEAD + changed, encoding="utf-8")
    result = _run("solve", plan, "-f", "none", "--improve", schedule)
    assert result.exit_code == 0
    assert "starts afresh" in result.stderr
    assert "`job7`" in result.stderr or "`late`" in result.stderr


def test_an_activity_less_still_fits(tmp_path: Path) -> None:
    """What the plan dropped is dropped from the dates."""
    plan, schedule = _solved(tmp_path)
    plan.write_text(HEAD + JOBS.replace("  job7: {duration: 7h, needs: ana}\n", ""))
    result = _run("solve", plan, "-f", "none", "--improve", schedule)
    assert result.exit_code == 0
    assert "afresh" not in result.stderr


def test_what_is_no_schedule_file_is_an_error(tmp_path: Path) -> None:
    """A plan, or nothing at all, in place of the schedule: exit code 2, the file named."""
    plan, schedule = _solved(tmp_path)
    result = _run("solve", plan, "--improve", plan)
    assert result.exit_code == 2
    assert "jobs.yaml" in result.stderr
    assert _run("solve", plan, "--improve", tmp_path / "none.json").exit_code == 2
    assert _run("solve", plan, "--locked", "--improve", schedule).exit_code == 2


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--effort", "nan"),
        ("--effort", "-1"),
        ("--effort", "inf"),
        ("--effort", "1e999"),
        ("--time-limit", "nan"),
        ("--time-limit", "-1"),
        ("--time-limit", "0"),
        ("--time-limit", "9" * 400),
        ("--gap", "nan"),
        ("--gap", "-1%"),
        ("--gap", "101%"),
        ("--workers", "0"),
        ("--seed", "-1"),
    ],
)
def test_limits_that_are_none_are_refused(tmp_path: Path, option: str, value: str) -> None:
    """Each is an error of use, exit code 2, that names the option; nothing is written."""
    plan = tmp_path / "jobs.yaml"
    plan.write_text(HEAD + JOBS, encoding="utf-8")
    result = _run("solve", plan, option, value)
    assert result.exit_code == 2
    assert option.lstrip("-").replace("-", "_") in result.stderr.replace("-", "_")
    assert [path.name for path in tmp_path.iterdir()] == ["jobs.yaml"]


def test_a_time_limit_too_short_for_anything_still_gives_a_schedule(tmp_path: Path) -> None:
    """A thousandth of a second: what the rules give is kept, verified and written."""
    plan, schedule = _solved(tmp_path)
    schedule.unlink()
    result = _run("solve", plan, "-f", "none", "--time-limit", "0.001")
    assert result.exit_code == 0
    assert schedule.exists()
