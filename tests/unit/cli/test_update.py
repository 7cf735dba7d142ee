"""`imsgen update`: what people filled in comes back, nothing is guessed, nothing is lost."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from tests.support.placed import placed_schedule

from imsgen import formats
from imsgen.cli.main import cli
from imsgen.model import Schedule
from imsgen.plan import load

PLAN = """\
# The move; comments stay.
imsgen: 1
name: Move
start: 2027-03-01 08:00
status_date: 2027-03-03 17:00   # every Friday
timezone: Europe/London
resources:
  ana: {name: Ana}
  ben: {name: Ben}
activities:
  # what comes first
  plan: {name: Plan, duration: 2d, owner: ana}   # short
  pack:
    name: Pack
    duration: 3d    # by hand
    after: plan
    notes: >-
      Boxes are
      in the cellar
  move: {name: Move, duration: 1d, after: pack}
  lead: {name: Lead, spans: [pack.start, move.finish]}
  later: {name: Later, duration: 1d, active: false}
  inner:
    activities:
      tidy: {duration: 1d, after: move}
progress:
  plan: {actual_start: 2027-03-01 08:00, percent_complete: 50%, remaining: 1d}   # told by Ana
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with a plan and its workbook."""
    monkeypatch.chdir(tmp_path)
    Path("go.yaml").write_text(PLAN, encoding="utf-8")
    _export()


def _export(**chosen: Any) -> None:
    schedule: Schedule = placed_schedule(load("go.yaml").project)
    formats.write(schedule, "xlsx", Path(), "go", formats.Options(**chosen))


def _fill(cells: dict[tuple[str, str], Any], status: datetime | None = None) -> None:
    """Fill in cells by id and heading, as a person would, and save."""
    book = openpyxl.load_workbook("go.xlsx")
    sheet: Any = book["Schedule"]
    headings: dict[Any, Any] = {cell.value: cell.column for cell in sheet[5] if cell.value}
    rows: dict[Any, Any] = {
        row[headings["ID"] - 1].value: row[0].row for row in sheet.iter_rows(min_row=6)
    }
    for (id_, heading), value in cells.items():
        sheet.cell(rows[id_], headings[heading]).value = value
    if status is not None:
        sheet["I3"].value = status
    book.save("go.xlsx")


def _update(*more: str) -> Result:
    return CliRunner().invoke(cli, ["update", "go.yaml", "go.xlsx", *more])


def _text() -> str:
    return Path("go.yaml").read_text(encoding="utf-8")


def test_an_untouched_workbook_changes_nothing() -> None:
    """Exported and read back: no change, and the plan keeps its bytes."""
    result = _update("--write")
    assert result.exit_code == 0, result.output
    assert "Nothing was changed in the workbook" in result.stdout
    assert _text() == PLAN


PACKING = "  pack: {actual_start: 2027-03-03 08:00, percent_complete: 40%, remaining: 12h}\n"
FILLED: dict[tuple[str, str], Any] = {
    ("plan", "% complete"): 1,
    ("plan", "Actual finish"): datetime(2027, 3, 2, 17),  # noqa: DTZ001 - cells have no zone
    ("pack", "% complete"): 0.4,
    ("pack", "Actual start"): datetime(2027, 3, 3, 8),  # noqa: DTZ001
    ("pack", "Remaining"): "1d4h",
    ("pack", "Notes"): "Boxes: in the attic",
    ("move", "Owner"): "Ben",
    ("inner.tidy", "Notes"): "Brooms # two",
}


def test_a_dry_run_lists_the_changes_and_writes_nothing() -> None:
    """Each change has its old and new value and the address of its cell."""
    _fill(FILLED)
    result = _update()
    assert result.exit_code == 0, result.output
    assert "pack percent_complete  0% -> 40%  (Schedule!G7)" in result.stdout
    assert "Nothing is written: add --write" in result.stdout
    assert _text() == PLAN


def test_what_was_filled_in_is_written_and_the_rest_stays() -> None:
    """Values change in place, comments and order stay, finished work loses what is left of it."""
    _fill(FILLED, datetime(2027, 3, 5, 17))  # noqa: DTZ001
    result = _update("--write")
    assert result.exit_code == 0, result.output
    wanted = PLAN
    for old, new in (
        ("2027-03-03 17:00   # every", "2027-03-05 17:00   # every"),
        (">-\n      Boxes are\n      in the cellar\n", '"Boxes: in the attic"\n'),
        ("1d, after: pack}", "1d, after: pack, owner: ben}"),
        ("after: move}", 'after: move, notes: "Brooms # two"}'),
        (
            "08:00, percent_complete: 50%, remaining: 1d}   # told by Ana\n",
            "08:00, actual_finish: 2027-03-02 17:00}   # told by Ana\n" + PACKING,
        ),
    ):
        assert wanted.count(old) == 1
        wanted = wanted.replace(old, new)
    assert _text() == wanted


def test_written_once_a_second_update_has_nothing_to_do() -> None:
    """The plan says what the cells say: three sides, two of them equal."""
    _fill(FILLED)
    assert _update("--write").exit_code == 0
    after = _text()
    again = _update("--write")
    assert "Nothing was changed" in again.stdout
    assert _text() == after


def test_hammocks_and_what_is_not_planned_take_words_but_no_progress() -> None:
    """Owner and notes come back; a percentage is refused with its cell."""
    _fill({("lead", "Owner"): "Ana", ("later", "Notes"): "Next year"})
    assert _update("--write").exit_code == 0
    assert "move.finish], owner: ana}" in _text()
    assert "active: false, notes: Next year}" in _text()
    _export()
    _fill({("lead", "% complete"): 0.5, ("later", "% complete"): 0.5})
    said = _update().stderr
    assert "Schedule!G9: `lead` takes no `% complete`" in said
    assert "Schedule!G10: `later` takes no `% complete`" in said


def test_the_m3_layout_comes_back_too() -> None:
    """Columns are found by what was exported above them, wherever they are."""
    _export(layout="m3")
    _fill({("pack", "% Complete"): 0.4, ("pack", "Actual Start"): datetime(2027, 3, 3, 8)})  # noqa: DTZ001
    found = json.loads(_update("--json").stdout)
    assert {(one["id"], one["key"], one["new"]) for one in found["changes"]} == {
        ("pack", "percent_complete", "40"),
        ("pack", "actual_start", "2027-03-03 08:00"),
    }


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({("plan", "% complete"): 50}, "Schedule!G6: `50` is 5000%"),
        ({("plan", "% complete"): "60%"}, "Schedule!G6: `60%` is text"),
        ({("plan", "% complete"): 1}, "Schedule!G6: `plan` is 100% complete"),
        ({("plan", "Actual finish"): "02/03/2027"}, "Schedule!O6: `02/03/2027` is text"),
        ({("plan", "% complete"): "=1/2"}, "Schedule!G6: a formula without a value"),
        ({("plan", "Remaining"): "2 days"}, "Schedule!P6: `2 days` is not a duration"),
        ({("pack", "% complete"): 0.2}, "Schedule!G7: `pack` has begun"),
        ({("pack", "ID"): "plan"}, "Schedule!A7: `plan` is there twice, first in Schedule!A6"),
        ({("pack", "ID"): "paint"}, "Schedule!A7: `paint` is not in the workbook"),
        ({("pack", "ID"): None, ("pack", "Notes"): "new"}, "Schedule!A7: there is no id"),
    ],
)
def test_what_cannot_be_taken_is_an_error_with_the_cell(
    cells: dict[tuple[str, str], Any], said: str
) -> None:
    """Nothing is guessed; the plan keeps its bytes even with --write."""
    _fill(cells)
    result = _update("--write")
    assert result.exit_code == 1, result.output
    assert said in result.stderr
    assert _text() == PLAN


def test_a_cell_that_cannot_be_taken_is_reported_once() -> None:
    """50 for 50 % is one error, not also a percentage that is missing; so is a status date."""
    _fill({("plan", "% complete"): 50})
    assert _update().stderr.count("error[") == 1
    _export()
    _fill({("plan", "% complete"): 1, ("plan", "Actual finish"): "02/03/2027"})
    assert _update().stderr.count("error[") == 1


def test_a_cell_and_the_plan_that_both_changed_are_a_conflict() -> None:
    """Exported 50 %, the cell says 60 %, the plan 70 %: the person decides."""
    _fill({("plan", "% complete"): 0.6})
    Path("go.yaml").write_text(PLAN.replace("50%", "70%"), encoding="utf-8")
    result = _update("--write")
    assert result.exit_code == 1
    assert "Schedule!G6: `60`, exported as `50`; the plan says `70` by now" in result.stderr


def test_a_change_of_the_plan_alone_stays() -> None:
    """The cell is as exported: what the plan says since then is not undone."""
    _fill({("move", "Owner"): "Ben"})
    Path("go.yaml").write_text(PLAN.replace("50%", "70%"), encoding="utf-8")
    assert _update("--write").exit_code == 0
    assert "percent_complete: 70%" in _text()
    assert "owner: ben" in _text()


def test_the_workbook_of_another_plan_is_refused() -> None:
    """So is one that imsgen did not write; each says what was expected."""
    Path("go.yaml").write_text(PLAN.replace("imsgen: 1", "imsgen: 1\nid: other"), encoding="utf-8")
    assert "of plan `go`, expected `other`" in _update().stderr
    openpyxl.Workbook().save("go.xlsx")
    assert "has no sheet `_imsgen`" in _update().stderr


def test_a_date_after_the_status_date_is_the_plan_s_error() -> None:
    """The plan as it would be is checked before anything is written."""
    late = datetime(2027, 3, 8, 8)  # noqa: DTZ001
    _fill({("pack", "Actual start"): late})
    result = _update("--write")
    assert result.exit_code == 1
    assert "after the status date" in result.stderr
    assert _text() == PLAN


def test_a_row_that_was_deleted_is_named_and_kept() -> None:
    """Filtering and deleting rows loses nothing of the plan."""
    book = openpyxl.load_workbook("go.xlsx")
    book["Schedule"].delete_rows(8)
    book.save("go.xlsx")
    result = _update("--write")
    assert result.exit_code == 0
    assert "`move` has no row in the workbook" in result.stderr
    assert _text() == PLAN
