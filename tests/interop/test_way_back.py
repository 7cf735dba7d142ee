"""Solve, fill in the workbook, update, solve again: on every sample, also through LibreOffice."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from tests.support.filled import fill
from tests.support.office import saved_again

from imsgen.cli.main import cli
from imsgen.model import Instant, Kind, Project, Schedule, to_datetime
from imsgen.schedule import read_schedule

SAMPLES = Path(__file__).parents[2] / "samples"
office = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exit_code == 0, result.output
    return result


def solve(plan: Path) -> Schedule:
    run("solve", str(plan), "--effort", "0.05", "--workers", "1", "--quiet", "-f", "xlsx,json")
    return read_schedule(plan.with_suffix(".schedule.json"))


def as_planned(project: Project, schedule: Schedule) -> tuple[dict[tuple[str, str], Any], Instant]:
    """Return what a person fills in where all went as planned until a third of the plan is done."""
    zone = ZoneInfo(project.timezone)

    def shown(at: Instant) -> datetime:
        return to_datetime(at).astimezone(zone).replace(tzinfo=None)

    placed = {
        id_: one
        for id_, one in schedule.activities.items()
        if project.activities[id_].kind is not Kind.HAMMOCK
    }
    ends = sorted(one.finish for one in placed.values())
    status = ends[len(ends) // 3]
    cells: dict[tuple[str, str], Any] = {}
    for id_, one in placed.items():
        if one.start < status and project.activities[id_].progress is None:
            cells[id_, "Actual start"] = shown(one.start)
            if one.finish <= status:
                cells[id_, "Actual finish"] = shown(one.finish)
                cells[id_, "% complete"] = 1
    return cells, status


@pytest.mark.parametrize(
    ("name", "saved_by"),
    [
        ("minimal", "openpyxl"),
        ("cutover", "openpyxl"),
        ("programme", "openpyxl"),
        pytest.param("cutover", "LibreOffice", marks=office),
    ],
)
def test_what_went_as_planned_comes_back_and_stands(
    name: str, saved_by: str, tmp_path: Path
) -> None:
    """Nothing is refused, every cell is in the plan, comments stay, and what is done stands."""
    shutil.copytree(SAMPLES, tmp_path / "samples")
    copy = tmp_path / "samples" / f"{name}.yaml"
    copy.write_text(copy.read_text(encoding="utf-8").partition("\nexpect:")[0] + "\n", "utf-8")
    before = solve(copy)
    workbook = copy.with_suffix(".xlsx")
    untouched = run("update", str(copy), str(workbook), "--json")
    assert json.loads(untouched.stdout)["changes"] == []
    assert not json.loads(untouched.stdout)["diagnostics"]
    cells, status = as_planned(before.project, before)
    told = to_datetime(status).astimezone(ZoneInfo(before.project.timezone)).replace(tzinfo=None)
    fill(workbook, cells, told)
    if saved_by == "LibreOffice":
        workbook = saved_again(workbook, tmp_path)
    text = copy.read_text(encoding="utf-8")
    found = json.loads(run("update", str(copy), str(workbook), "--write", "--json").stdout)
    assert len(found["changes"]) == len(cells) + 1
    assert not found["diagnostics"]
    lines = copy.read_text(encoding="utf-8").splitlines()
    assert [one for one in text.splitlines() if one not in lines] == []
    again = json.loads(run("update", str(copy), str(workbook), "--json").stdout)
    assert again["changes"] == []
    after = solve(copy)
    begun = {id_ for id_, _ in cells}
    assert begun == {id_ for id_, one in after.project.activities.items() if one.progress}
    for id_ in begun:
        assert after.activities[id_].start == before.activities[id_].start
    for id_, heading in cells:
        if heading == "Actual finish":
            assert after.activities[id_].finish == before.activities[id_].finish


def test_every_sample_is_tried() -> None:
    """A new sample is one more way in which a plan can be written."""
    assert {path.stem for path in SAMPLES.glob("*.yaml")} == {"minimal", "cutover", "programme"}
