"""The sheet of the way back, the cover and the checkpoints, read by another library."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.support.gates import chain, cutover, night, step
from tests.support.projects import link

from imsgen.analysis import solve
from imsgen.formats.xlsx.way_back_chart import hours_at
from imsgen.formats.xlsx.workbook import as_bytes
from imsgen.model import CurvePoint, Instant, LastSafe, Project, Schedule
from imsgen.solver import Settings


def _rows(schedule: Schedule, name: str) -> list[tuple[object, ...]]:
    book = load_workbook(BytesIO(as_bytes(schedule)))
    return [tuple(row) for row in book[name].iter_rows(values_only=True)]


def _solved(project: Project) -> Schedule:
    return solve(project, Settings(effort=1.0))


def test_gates_curve_and_steps_of_the_cutover() -> None:
    """The gate at 375 of 600, 185 back, 40 to spare; 13 bends; six steps drive the rollback."""
    schedule = _solved(cutover())
    rows = _rows(schedule, "Way back")
    (gate,) = [row for row in rows if row[4] == "gate"]
    assert (round(float(str(gate[2])), 2), round(float(str(gate[3])), 2)) == (3.08, 0.67)
    assert str(gate[6]).startswith("Safe: No-Go takes 3 h 5 min and may be said until")
    begin = next(i for i, row in enumerate(rows) if row[0] == "No-Go said at")
    points = [row for row in rows[begin + 1 : begin + 14] if row[0] is not None]
    assert len(points) == 13
    assert [round(60 * float(str(row[2]))) for row in points][-1] == 185
    driven = [row for row in rows if row[4] == "load" and row[6]]
    assert driven[0][6] == "after `conf`"


def test_curve_is_a_native_chart() -> None:
    """The chart has the curve, what is left, the gate and the last safe moment as series."""
    schedule = _solved(cutover())
    with zipfile.ZipFile(BytesIO(as_bytes(schedule))) as file:
        charts = [file.read(name).decode() for name in file.namelist() if "charts/chart" in name]
    (chart,) = [text for text in charts if "scatterChart" in text]
    names = re.findall(
        r"<c:tx><c:strRef><c:f>[^<]*</c:f><c:strCache><c:ptCount val=\"1\"/>", chart
    )
    assert chart.count("<c:ser>") == 4
    assert len(names) == 4


def test_cover_and_checkpoints_tell_of_it() -> None:
    """The cover has the last safe moment, the checkpoints have it as a line and with the gate."""
    schedule = _solved(cutover())
    cover = [str(row[2]) for row in _rows(schedule, "Cover") if row[0] == "Way back"]
    assert cover[0].startswith("Outage: last safe moment Sat 7 Nov 2026 00:55 UTC")
    (told,) = [str(row[2]) for row in _rows(schedule, "Cover") if row[0] == "No-Go"]
    assert "safe: No-Go takes 3 h 5 min and may be said until Sat 7 Nov 2026 00:55 UTC" in told
    assert told.endswith("40 min to spare")
    rows = _rows(schedule, "Checkpoints")
    text = "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    assert "Last safe" in text
    assert "Safe: No-Go takes 3 h 5 min" in text


def test_gate_past_the_point_of_no_return_and_no_window() -> None:
    """Neither a gate without a way back nor one without a window has a curve."""
    past = _solved(night([step("a", 10, irreversible=True)], [], after=["a"]))
    rows = _rows(past, "Way back")
    assert any("PAST THE POINT OF NO RETURN" in str(row[6]) for row in rows)
    free = _solved(night([step("a", 10, 20)], [], length=None, after=["a"]))
    assert any("no window ends it" in str(row[6]) for row in _rows(free, "Way back"))


def test_plan_with_nothing_at_stake_has_no_such_sheet() -> None:
    """A gate without window, undo and contingency is worth no sheet."""
    plain = _solved(
        night([step("a", 10), step("b", 5)], chain("a", "b"), length=None, after=["b"])
    )
    assert "Way back" not in load_workbook(BytesIO(as_bytes(plain))).sheetnames
    assert link("a", "b") in plain.project.dependencies


def test_rollback_stands_below_the_hours_of_its_window() -> None:
    """Below the steps a line with the margin and the steps of a No-Go, without ids of the plan."""
    rows = _rows(_solved(cutover()), "Cutover hours")
    at = next(i for i, row in enumerate(rows) if str(row[0]).startswith("No-Go of"))
    assert "40 min to spare" in str(rows[at][0])
    assert rows[at + 1][:3] == ("Undo", None, "dns")
    assert rows[-1][:3] == ("Then", None, "back.check")


def test_lines_of_a_rollback_run_on_below_empty_cells() -> None:
    """A step of a No-Go has no id and no owner, but its line goes from the first cell to the last."""
    book = load_workbook(BytesIO(as_bytes(_solved(cutover()))))
    sheet = book["Cutover hours"]
    (first,) = [row for row in sheet.iter_rows() if str(row[0].value).startswith("No-Go of")]
    below = next(sheet.iter_rows(min_row=int(first[0].row or 0) + 1))
    assert [one.border.bottom.style for one in below[:13]] == ["thin"] * 13


def test_cover_says_a_missed_deadline_in_words_and_folds_a_long_name() -> None:
    """Ten minutes late is `10 min`; a name of 150 letters takes three lines within the page."""
    project = night([step("a", 10)], [], length=None, after=["a"])
    late = {**project.activities, "a": replace(project.activities["a"], deadline=project.start)}
    schedule = _solved(replace(project, name="long name " * 15, activities=late))
    sheet = load_workbook(BytesIO(as_bytes(schedule)))["Cover"]
    said = [str(row[2]) for row in sheet.iter_rows(values_only=True) if row[0] == "Deadlines"]
    assert said == ["missed: a by 10 min"]
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:C1"]
    assert sheet.row_dimensions[1].height == 3 * 26


def test_a_gate_stands_on_the_line_of_the_chart() -> None:
    """From 100 min at 0 the way back falls to 40 at 60: 70 half way; before the curve nothing."""
    points = tuple(
        CurvePoint(Instant(at), Instant(finish), Instant(finish))
        for at, finish in ((0, 100), (60, 100))
    )
    curve = LastSafe("outage", 0, Instant(0), Instant(200), ("gate",), curve=points)
    moments = (-10, 0, 30, 60, 90)
    found = [60 * hours_at(curve, Instant(moment)) for moment in moments]
    assert found == pytest.approx([0, 100, 70, 40, 40])
