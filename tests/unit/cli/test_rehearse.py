"""`imsgen rehearse`: beside the plan, solved again, written with comments kept."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from imsgen.cli.main import cli

PLAN = """imsgen: 1
start: 2026-11-06 20:00
calendar: 24x7
windows: {night: {from: 2026-11-06 20:00, to: 2026-11-07 02:00}}
activities:
  stop:  {duration: 30m?, within: night}   # the vendor's word
  load:
    # twice the size of last year
    duration: 4h
    within: night
    after: stop
  check: {duration: 1h, within: night, after: load}
"""


def run(*words: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(cli, words)


@pytest.fixture(name="plan")
def _plan(tmp_path: Path) -> Path:
    path = tmp_path / "night.yaml"
    path.write_text(PLAN)
    return path


def _timings(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text)
    return str(folder / name)


def test_a_rehearsal_beside_the_plan(plan: Path) -> None:
    """30 -> 40 and 240 -> 250 min: the night ends 20 min later, 10 min before the window does."""
    one = _timings(plan.parent, "r1.csv", "id,minutes\nstop,40\nload,250\n")
    shown = run("rehearse", str(plan), one, "--effort", "1")
    assert shown.exit_code == 0, shown.output
    assert "Driving chain    planned 4h30m, taken 4h50m, 107% of planned" in shown.output
    assert "Not timed: 1 step of the same windows (check)" in shown.output
    assert "30 min spare" in shown.output
    assert "10 min spare" in shown.output
    assert "Nothing is written: add --write to change" in shown.output
    assert plan.read_text() == PLAN


def test_writing_keeps_comments_and_layout(plan: Path) -> None:
    """Two rehearsals; the mark of an assumption goes, everything else stays."""
    one = _timings(plan.parent, "r1.csv", "id,minutes\nstop,40\nload,250\n")
    two = _timings(plan.parent, "r2.csv", "id;minutes\nload;230\n")
    shown = run("rehearse", str(plan), one, two, "--write", "--json", "--effort", "1")
    assert shown.exit_code == 0, shown.output
    found = json.loads(shown.output)
    assert [step["actual"] for step in found["steps"]] == [[40, None], [250, 230]]
    expected = PLAN.replace("30m?", "40m").replace(
        "duration: 4h\n", "duration: [3h50m, 3h50m, 4h10m]\n"
    )
    assert plan.read_text() == expected
    again = run("rehearse", str(plan), one, two, "--effort", "1")
    assert "--write" not in again.output


def test_a_night_that_no_longer_fits(plan: Path) -> None:
    """5 h 40 min of loading and an hour of checks do not fit into six hours: exit 3, explained."""
    one = _timings(plan.parent, "r1.csv", "id,minutes\nload,340\n")
    shown = run("rehearse", str(plan), one, "--effort", "1")
    assert shown.exit_code == 3
    assert "does not fit" in shown.output
    assert "IMS5" in shown.output


def test_nothing_is_half_written(plan: Path) -> None:
    """One bad cell in one of two files, and the plan stays as it is."""
    one = _timings(plan.parent, "r1.csv", "id,minutes\nstop,40\n")
    two = _timings(plan.parent, "r2.csv", "id,minutes\nload,4 hours\nchek,10\n")
    shown = run("rehearse", str(plan), one, two, "--write")
    assert shown.exit_code == 1
    assert "r2.csv:2:6" in shown.output
    assert "r2.csv:3:1" in shown.output
    assert "did you mean `check`?" in shown.output
    assert plan.read_text() == PLAN


def test_the_workbook_with_its_actual_dates(plan: Path) -> None:
    """The columns that people fill in in the night count as a rehearsal too."""
    run("solve", str(plan), "-f", "xlsx", "--effort", "1")
    path = plan.with_suffix(".xlsx")
    book = openpyxl.load_workbook(path)
    sheet: Any = book["Schedule"]
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (head,) = (row for row in table if "Actual start" in row)
    (at,) = (i for i, row in enumerate(table, 1) if row[head.index("ID")] == "load")
    for name, text in (
        ("Actual start", "2026-10-10 20:00"),
        ("Actual finish", "2026-10-11 00:10"),
    ):
        sheet.cell(at, head.index(name) + 1).value = datetime.fromisoformat(text)
    book.save(path)
    found = json.loads(run("rehearse", str(plan), str(path), "--json", "--effort", "1").output)
    assert [(step["id"], step["actual"]) for step in found["steps"]] == [("load", [250])]


def test_two_copies_of_one_file_are_not_torn_apart(tmp_path: Path) -> None:
    """A step included twice has one text: two timings that differ cannot both be written."""
    (tmp_path / "team.yaml").write_text(
        "imsgen: 1\nstart: 2026-11-06 20:00\ncalendar: 24x7\nactivities: {load: {duration: 4h}}\n"
    )
    plan = tmp_path / "all.yaml"
    text = PLAN[: PLAN.index("activities:")] + (
        "activities:\n  east: {include: team.yaml}\n  west: {include: team.yaml}\n"
    )
    plan.write_text(text)
    one = _timings(tmp_path, "r.csv", "id,minutes\neast.load,250\nwest.load,260\n")
    shown = run("rehearse", str(plan), one, "--write", "--effort", "1")
    assert shown.exit_code == 0, shown.output
    assert "(its file is included twice)" in shown.output
    assert "duration: 4h10m" in (tmp_path / "team.yaml").read_text()
