"""Plans of nothing and limits of nothing at the command line: a clear end, the right code."""

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
"""
NONE = "activities: {}\n"
ONE = "activities: {a: {duration: 1d}}\n"
MILESTONES = "activities: {a: {milestone: true}, b: {milestone: true, after: a}}\n"
AWAY = """\
resources: {r: {capacity: {2027-03-01: 1, 2027-03-02: 0, 2027-03-04: 1}}}
activities: {a: {duration: 2d, needs: r}, b: {duration: 1d, needs: r}}
"""
GONE = """\
resources: {r: {capacity: {2027-03-01: 1, 2027-03-02: 0}}}
activities: {a: {duration: 2d, needs: r}}
"""
TOO_LONG = """\
calendars: {bridge: {work: 24x7}}
windows: {nights: {every: mon-fri 22:00-04:00, from: 2027-03-01, until: 2027-03-12}}
activities: {a: {duration: 8h, calendar: bridge, within: nights}}
"""
TOGETHER = """\
calendars: {bridge: {work: 24x7}}
windows: {nights: {every: mon-fri 22:00-04:00, from: 2027-03-01, until: 2027-03-12}}
activities:
  move:
    calendar: bridge
    within: {window: nights, together: true}
    activities: {a: {duration: 4h}, b: {duration: 4h, after: a}}
"""
CLASH = """\
resources: {r: {}}
activities:
  a: {duration: 4h, needs: r, constraint: MSO 2027-03-01 10:00}
  b: {duration: 3h, needs: r, constraint: FNLT 2027-03-01}
"""


def _solve(folder: Path, text: str, *options: str) -> Result:
    path = folder / "plan.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    result = CliRunner().invoke(cli, ["solve", str(path), *options])
    assert "Traceback" not in result.output
    assert "bug in imsgen" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.mark.parametrize("options", [(), ("--effort", "0"), ("--time-limit", "1s")], ids=str)
@pytest.mark.parametrize("as_data", [False, True])
@pytest.mark.parametrize(
    ("text", "code", "status"),
    [
        (ONE, 0, "optimal"),
        (MILESTONES, 0, "optimal"),
        (AWAY, 0, "optimal"),
        (TOO_LONG, 1, "error"),
        (TOGETHER, 3, "infeasible"),
    ],
    ids=["one", "milestones", "away", "too-long", "together"],
)
def test_a_clear_end(
    tmp_path: Path, text: str, code: int, status: str, options: tuple[str, ...], *, as_data: bool
) -> None:
    """Exit code and status say what happened; files are there only with a schedule."""
    result = _solve(tmp_path, text, *options, *(["--json"] if as_data else []))
    assert result.exit_code == code, result.output
    if as_data:
        assert json.loads(result.stdout)["status"] == status
    assert (tmp_path / "plan.schedule.json").exists() == (code == 0)


@pytest.mark.parametrize("as_data", [False, True])
def test_no_activity(tmp_path: Path, *, as_data: bool) -> None:
    """An empty plan is done as it starts, or is said to be empty: no fault of the program."""
    result = _solve(tmp_path, NONE, *(["--json"] if as_data else []))
    assert result.exit_code in {0, 1}
    if as_data:
        assert json.loads(result.stdout)["status"] in {"optimal", "error"}


@pytest.mark.parametrize("as_data", [False, True])
def test_nobody_ever_again(tmp_path: Path, *, as_data: bool) -> None:
    """Capacity that ends for good before the work is done: said with the resource, exit code 3."""
    result = _solve(tmp_path, GONE, *(["--json"] if as_data else []))
    assert result.exit_code == 3, result.output
    assert "`a` cannot be done with the capacity of `r`" in result.output


@pytest.mark.parametrize("as_data", [False, True])
def test_no_effort_to_know(tmp_path: Path, *, as_data: bool) -> None:
    """Without effort nothing is claimed: what has no place is named, and what to allow; code 4."""
    result = _solve(tmp_path, CLASH, "--effort", "0", *(["--json"] if as_data else []))
    assert result.exit_code == 4
    text = json.loads(result.stdout)["message"] if as_data else result.output
    assert "nor a proof that there is none; `b` found no place by Mon 1 Mar 2027 24:00" in text
    assert "help: allow `--effort 10`" in text


@pytest.mark.parametrize("option", ["--effort=-1", "--time-limit=0", "--workers=0", "--effort=x"])
@pytest.mark.parametrize("as_data", [False, True])
def test_limits_that_are_none(tmp_path: Path, option: str, *, as_data: bool) -> None:
    """They are refused as wrong calls before anything is solved."""
    result = _solve(tmp_path, ONE, option, *(["--json"] if as_data else []))
    assert result.exit_code == 2
    if as_data:
        assert json.loads(result.stdout)["status"] == "usage"
