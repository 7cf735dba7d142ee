"""LibreOffice opens the workbook, recalculates it and evaluates the rules behind the bars."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from tests.support.placed import placed_schedule
from tests.support.weekend import weekend, weekend_project

from imsgen import formats
from imsgen.model import Schedule
from imsgen.plan import load
from imsgen.solver import Settings, solve

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]

SAMPLES = Path(__file__).parents[2] / "samples"
CHECK = Path(__file__).parents[3] / "shared" / "tools" / "check_xlsx.py"
"""Not ours, and not in the tree, but perhaps beside it."""
EXCEL = "xlsx:Calc MS Excel 2007 XML"
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""LibreOffice keeps cached values unless told otherwise."""


def convert(path: Path, to: str, folder: Path) -> Path:
    """Return the file that LibreOffice makes of another, everything recalculated."""
    convert_all([path], to, folder)
    return folder / f"{path.stem}.{to.partition(':')[0]}"


def convert_all(paths: Sequence[Path], to: str, folder: Path) -> None:
    """Have LibreOffice convert files of different names into a folder, all recalculated."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile.parent.as_uri()}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(folder),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=600,
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Schedule, Path]:
    schedule = weekend()
    earlier = placed_schedule(weekend_project())
    folder = tmp_path_factory.mktemp("written")
    options = formats.Options(baselines={"agreed": earlier})
    (path,) = formats.write(schedule, "xlsx", folder, "weekend", options).files
    return schedule, path


def test_libreoffice_reads_every_cell_as_written(
    written: tuple[Schedule, Path], tmp_path: Path
) -> None:
    """Recalculated and saved by LibreOffice, each sheet has the same values in the same cells.

    What formulas give is what was written beside them: for those who do not calculate.
    """
    _, path = written
    assert _differences(path, convert(path, EXCEL, tmp_path)) == []


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The workbooks of every sample in every layout."""
    folder = tmp_path_factory.mktemp("samples")
    found: list[Path] = []
    for plan in sorted(SAMPLES.glob("*.yaml")):
        schedule = solve(load(plan).project, Settings(effort=1))
        for layout in ("standard", "m3"):
            options = formats.Options(layout=layout)
            found += formats.write(
                schedule, "xlsx", folder, f"{plan.stem}-{layout}", options
            ).files
    return found


def test_libreoffice_calculates_what_the_samples_say(samples: list[Path], tmp_path: Path) -> None:
    """Each formula of every sample and layout gives the value written beside it."""
    convert_all(samples, EXCEL, tmp_path)
    assert len(samples) >= 6
    for path in samples:
        assert _differences(path, tmp_path / path.name) == []


def test_another_check_of_the_formulas_finds_no_difference(samples: list[Path]) -> None:
    """A program not ours, where it is at hand: none differs, none is without a value."""
    if not CHECK.is_file():
        pytest.skip("the check is not here")
    command = [sys.executable, str(CHECK), str(samples[1])]
    answer = subprocess.run(command, check=False, capture_output=True, text=True, timeout=500)
    assert answer.returncode == 0, answer.stdout
    assert answer.stdout.strip().endswith(" 0 differences")


def _differences(one: Path, other: Path) -> list[tuple[str, str, Any, Any]]:
    """Return the cells in which two workbooks differ."""
    before = openpyxl.load_workbook(one, data_only=True)
    after = openpyxl.load_workbook(other, data_only=True)
    assert before.sheetnames == after.sheetnames
    return [
        (sheet.title, str(cell.coordinate), cell.value, there)
        for sheet in before
        for row in sheet.iter_rows()
        for cell in row
        for there in [after[sheet.title][cell.coordinate].value]
        if (cell.value or None) != (there or None) and not _close(cell.value, there)
    ]


def _close(one: Any, two: Any) -> bool:
    numbers = isinstance(one, int | float) and isinstance(two, int | float)
    return numbers and abs(one - two) < 1e-9


def test_the_bars_stand_where_the_dates_are(
    written: tuple[Schedule, Path], tmp_path: Path
) -> None:
    """Each rule of the Gantt, calculated by LibreOffice in every cell, holds where it should.

    On the day axis the backup (Saturday 20:45 to Sunday 00:45) covers both days; the milestone
    at the end of the rehearsal is on Tuesday 20 October. The rehearsal lasts 129 hours on the
    wall clock from Thursday 08:00: half of them are over on Sunday the 18th at 00:30.
    """
    _, path = written
    milestone, done, critical, bar = _evaluated(path, (0, 2, 3, 7), tmp_path)
    assert bar["cutover.backup"] == {"31", "1"}
    assert bar["pre.plan"] == {"12", "13", "14"}
    assert bar["later"] == set()
    assert critical["cutover.backup"] == {"31", "1"}
    assert critical["pre.plan"] == set()
    assert milestone["pre.ready"] == {"20"}
    assert milestone["cutover.open"] == {"1"}
    assert milestone["pre"] == set()
    assert done["pre.plan"] == {"12", "13", "14"}
    assert done["pre.rehearse"] == {"15", "16", "17", "18"}
    assert done["pre.train"] == set()


def _evaluated(
    path: Path, indices: tuple[int, ...], folder: Path
) -> tuple[dict[str, set[str]], ...]:
    """Return, for the rule of each index and by activity, the days in which it holds."""
    book = openpyxl.load_workbook(path)
    sheet = book["Schedule"]
    first = [cell.value for cell in sheet[5]].index(None) + 3
    corner = f"{get_column_letter(first)}6"
    areas = sheet.conditional_formatting
    area = next(one for one in areas if str(one.sqref).startswith(f"{corner}:"))
    parts = [f"IF({area.rules[index].formula[0]},{2**i},0)" for i, index in enumerate(indices)]
    last = max(cell.column for cell in sheet[4] if cell.value is not None) - 1
    for row in range(6, sheet.max_row + 1):
        for column in range(first, last + 1):
            place = f"{get_column_letter(column)}{row}"
            formula = Translator(f"={'+'.join(parts)}", origin=corner)
            sheet[place] = formula.translate_formula(place)
    probe = folder / "probe.xlsx"
    book.save(probe)
    converted = convert(probe, EXCEL, folder / "out")
    result = openpyxl.load_workbook(converted, data_only=True)["Schedule"]
    days = {column: str(result.cell(5, column).value) for column in range(first, last + 1)}
    return tuple(
        {
            str(result.cell(row, 1).value): {
                days[column] for column in days if int(str(result.cell(row, column).value)) & 2**i
            }
            for row in range(6, result.max_row + 1)
        }
        for i in range(len(indices))
    )


def test_formulas_follow_what_people_type(written: tuple[Schedule, Path], tmp_path: Path) -> None:
    """Training done: 3 + 2 + 5 of 12 days are 83 %; a week later the rehearsal is overdue.

    The load ends on 1 November, five days after the new status date.
    """
    _, path = written
    book = openpyxl.load_workbook(path)
    sheet = book["Schedule"]
    columns = {str(cell.value): int(cell.column or 0) for cell in sheet[5]}
    rows = {str(row[0].value): int(row[0].row or 0) for row in sheet.iter_rows(min_row=6)}
    sheet.cell(rows["pre.train"], columns["% complete"], 1)
    status = book.defined_names["StatusDate"].attr_text.partition("!")[2]
    sheet[status.replace("$", "")] = 46322.375  # Tuesday 27 October 2026, 09:00
    book.save(tmp_path / "typed.xlsx")
    converted = convert(tmp_path / "typed.xlsx", EXCEL, tmp_path / "out")
    result = openpyxl.load_workbook(converted, data_only=True)["Schedule"]

    def shown(id_: str, name: str) -> Any:
        return result.cell(rows[id_], columns[name]).value

    assert shown("pre", "% complete") == 0.83
    assert shown("pre.train", "Status") == "Complete"
    assert shown("pre.rehearse", "Status") == "Overdue"
    assert shown("cutover.load", "Status") == "Planned"
    assert shown("cutover.load", "Days to go") == 5
    assert not shown("pre.train", "Days to go")


def test_it_prints(written: tuple[Schedule, Path], tmp_path: Path) -> None:
    """The PDF has a page for each sheet at least, and no cell too narrow for its number."""
    _, path = written
    pdf = convert(path, "pdf", tmp_path)
    assert pdf.read_bytes().startswith(b"%PDF")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "###" not in text
    assert "Load, convert, check" in text
    assert "Point of no return" in text
