"""`imsgen import schedule.xlsx`: a plan of a PMO's own sheet, with a list of what was assumed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner, Result
from tests.support.placed import placed_schedule

from imsgen import formats
from imsgen.cli.main import cli
from imsgen.formats.xlsx.importing.lengths import Reference, length_of, references
from imsgen.model import Kind, Project
from imsgen.plan import load

M3 = ("Phase", "Task Name", "Duration", "% Complete", "Start", "Finish", "Actual Start",
      "Actual Finish", "Predecessors", "Successors", "Resource Type")  # fmt: skip
PROJECT = ("ID", "Unique_ID", "Task_Mode", "Name", "Duration", "Start", "Finish", "Predecessors",
           "Outline_Level", "Percent_Complete", "Resource_Names", "Cost")  # fmt: skip


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def when(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - cells have no zone


def sheet(rows: Sequence[Sequence[Any]], name: str = "Plan", file: str = "s.xlsx") -> None:
    """Write a workbook of one sheet, dates as dates, text starting with `=` as formulas."""
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet(name)
    date = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, datetime):
                page.write_datetime(r, c, value, date)
            elif value not in {None, ""}:
                page.write(r, c, value)
    book.close()


def run(*more: str) -> Result:
    return CliRunner().invoke(cli, ["import", "s.xlsx", "-o", "s.yaml", "--force", *more])


def project(*more: str) -> Project:
    """Return the imported plan, which has no errors."""
    result = run(*more)
    assert result.exit_code == 0, result.output
    return load("s.yaml").project


def test_cells_one_below_the_other_are_listed_as_a_range() -> None:
    """Three rows without a duration and one further down: two places, not four; JSON has all."""
    names = [["a"], ["b"], ["c"], ["d", "2d"], ["e"]]
    sheet([("Task_Name", "Duration", "Outline_Level"), *names], "Task_Table1")
    said = run().stderr
    assert "one day, assumed: Task_Table1!A2:A4, Task_Table1!A6\n" in said
    losses = json.loads(run("--json").stdout)["losses"]
    (days,) = [one["things"] for one in losses if "one day" in one["text"]]
    assert days == [f"Task_Table1!A{row}" for row in (2, 3, 4, 6)]


def test_a_task_that_is_not_active_stays_out_of_the_schedule() -> None:
    """MS Project's column Active says No: the plan keeps the task, and does not schedule it."""
    sheet([
        ("ID", "Active", "Name", "Duration", "Outline_Level"),
        [1, "Yes", "Build", "2 days", 1],
        [2, "No", "Extra", "3 days", 1],
        [3, None, "Ship", "1 day", 1],
    ], "Task_Table1")  # fmt: skip
    found = project()
    assert [one.id for one in found.activities.values() if not one.active] == ["extra"]
    assert "Active" not in run().stderr


def test_the_m3_template_becomes_phases_with_tasks() -> None:
    """The title names the plan, phases are groups, blanks and indents both mean depth."""
    sheet([
        M3,
        [None, "Migration of payroll"],
        [0, "   Assessment", None, "=SUM(D4:D5)"],
        [None, "      Define Vision ", "5d", 1, when(2027, 3, 1), when(2027, 3, 5), None, None, None,
         5, "Customer"],
        [None, "      Develop Business Case", None, None, when(2027, 3, 8), when(2027, 3, 12)],
        [1, "   Readiness"],
        [None, "      Assess", 3, None, None, None, None, None, "5FS+2 days"],
    ], "Schedule Template")  # fmt: skip
    found = project()
    assert found.name == "Migration of payroll"
    assert list(found.groups) == ["assessment", "readiness"]
    business, assess = "assessment.develop-business-case", "readiness.assess"
    assert list(found.activities) == ["assessment.define-vision", business, assess]
    assert found.activities[business].modes[0].duration == 5 * 480
    assert found.activities[business].assumed
    assert found.activities[assess].modes[0].duration == 3 * 480
    links = {(one.predecessor, one.successor, one.lag) for one in found.dependencies}
    assert links == {(business, assess, 960), ("assessment.define-vision", business, 0)}
    said = run().stderr
    assert "Read as the M3 Master Schedule Template" in said
    assert "A duration without a unit is in days: 'Schedule Template'!C7" in said
    assert "Begun, without an actual start: at its planned start: 'Schedule Template'!B4" in said


def test_projects_table_becomes_a_plan_with_what_it_says() -> None:
    """Outline levels, unique ids, links in its notation, units, progress; losses by cell."""
    sheet([
        PROJECT,
        [1, 11, "Auto Scheduled", "Design", "10 days", when(2027, 3, 1, 8), when(2027, 3, 12, 17), "", 1, .5, "", 9],
        [2, 12, "Auto Scheduled", "Require", "5 days", when(2027, 3, 1, 8), when(2027, 3, 5, 17), "", 2, 1, "Ana,Ben[50%]"],
        [3, 13, "Auto Scheduled", "Review", "2.5 days?", when(2027, 3, 8, 8), when(2027, 3, 10, 12), "2FS+1 day", 2, .5, "Ana[50%]"],
        [4, 14, "Auto Scheduled", "Approved", "0 days", when(2027, 3, 10, 12), when(2027, 3, 10, 12), "3", 2, 0],
        [5, 15, "Auto Scheduled", "Build", "15 days", None, None, "4", 1, 0],
        [6, 16, "Manually Scheduled", "Code", "2 wks", "March 15, 2027 8:00 AM", None, "4SS+50%;3FF-2 edays", 2, 0, "Ben"],
        [7, 17, "Auto Scheduled", "Test", "1 mon", "15/03/27", None, "6;9;7;5", 2, 0, "Testers[300%]"],
    ], "Task_Table1")  # fmt: skip
    found = project("--timezone", "Europe/London")
    assert list(found.groups) == ["design", "build"]
    assert found.activities["design.approved"].kind is Kind.MILESTONE
    assert found.activities["build.code"].uid == "16"
    assert [need.units for need in found.activities["design.require"].modes[0].needs] == [100, 50]
    assert found.activities["design.require"].progress is not None
    progress = found.activities["design.review"].progress
    assert progress is not None
    assert progress.percent_complete == 50
    text = Path("s.yaml").read_text(encoding="utf-8")
    assert "after: [design.approved SS+50%, design.review FF-2ed]" in text
    assert "constraint: SNET 2027-03-15 08:00" in text
    said = run().stderr
    for one in (
        "A column is left out: `Cost` (Task_Table1!L1)",
        "A text that is no clear date is left out: Task_Table1!F8 `15/03/27`",
        "A link is left out: no row is called so: Task_Table1!H8 `9`",
        "A link is left out: a row after itself: Task_Table1!H8",
        "A link is left out: between a group and what is inside: Task_Table1!H8",
        "The status date is that of the last thing done, 2027-03-08 08:00",
    ):
        assert one in said


PLAN = """\
imsgen: 1
name: Own
start: 2027-03-01 08:00
timezone: Europe/London
resources: {ana: {name: Ana Lee, capacity: 2}}
activities:
  a: {duration: 2d, needs: {ana: 2}, owner: ana}
  g:
    name: Group
    after: a
    activities:
      b: {name: Bee, duration: 1h30m, notes: "=1+1"}
      c: {milestone: true, after: b SS+1h}
"""


@pytest.mark.parametrize("layout", ["standard", "m3"])
def test_a_workbook_of_ours_gives_its_plan_again(layout: str) -> None:
    """Ids, outline, durations, links, people and zone are those of the plan."""
    Path("own.yaml").write_text(PLAN, encoding="utf-8")
    before = load("own.yaml").project
    formats.write(placed_schedule(before), "xlsx", Path(), "s", formats.Options(layout=layout))
    after = project()
    assert after.timezone == "Europe/London"
    assert after.outline == before.outline
    for id_, one in before.activities.items():
        again = after.activities[id_]
        assert (one.kind, one.modes[0].duration) == (again.kind, again.modes[0].duration)
        assert (one.name, one.notes) == (again.name, again.notes)
        assert [need.units for need in one.modes[0].needs] == [
            need.units for need in again.modes[0].needs
        ]
    assert [
        (one.predecessor, one.successor, one.type, one.lag) for one in before.dependencies
    ] == [(one.predecessor, one.successor, one.type, one.lag) for one in after.dependencies]


TEMPLATE = (
    Path(__file__).parents[4] / "shared" / "data" / "m3" / "workbooks"
) / "M3-Playbook-Master-Schedule-Template.xlsx"


@pytest.mark.skipif(not TEMPLATE.exists(), reason="the template is not beside us")
def test_the_template_itself_is_a_plan() -> None:
    """Six phases, 64 tasks, all assumed to take a day; its sums of percentages are no trouble."""
    Path("s.xlsx").write_bytes(TEMPLATE.read_bytes())
    found = project("--start", "2027-02-01")
    assert len(found.groups) == 6
    assert len(found.activities) == 64
    assert all(one.assumed for one in found.activities.values())


OTHER = [
    ["Our project"],
    [],
    ["Nr", "Aufgabe", "Dauer", "Nach", "Wer"],
    ["A1", "Anfang", "3 Tage", "", "Eva"],
    ["A2", "Mitte", "2 Wo", "A1EA+2 Tage", "Eva"],
    ["A3", "Ende", "0", "A2;A1AA", ""],
]


def test_other_sheets_are_asked_about() -> None:
    """The headings are listed with their letters; a map names columns by either."""
    sheet(OTHER)
    result = run()
    assert result.exit_code == 1
    assert "IMS636" in result.stderr
    assert "sheet `Plan`, row 3: A `Nr`, B `Aufgabe`, C `Dauer`" in result.stderr
    found = project("--columns", 'id=A,name="Aufgabe",duration=Dauer,predecessors=D,owner=wer')
    assert list(found.activities) == ["A1", "A2", "A3"]
    assert found.activities["A2"].modes[0].duration == 10 * 480
    assert found.activities["A1"].owner == "eva"
    assert [str(one.type) for one in found.dependencies] == ["FS", "FS", "SS"]
    assert "no row with the columns `Preis`" in run("--columns", "name=Aufgabe,notes=Preis").stderr
    for wrong in ("name", "nom=A", "name=A,name=B", "name="):
        assert run("--columns", wrong).exit_code == 2


def test_circles_doubles_and_depth_are_left_out_and_listed() -> None:
    """What is left is a plan without errors, and says by cell what is not in it."""
    rows: list[list[Any]] = [["ID", "Name", "Duration", "Predecessors", "Level"]]
    rows += [["1", "A", "1d", "3", 1], ["2", "B", "1d", "1,1", 1], ["3", "C", "1d", "2", 1],
             ["3", "D", "2 d", "", 1]]  # fmt: skip
    rows += [[str(10 + i), "Deep", "1d", "", i] for i in range(1, 22)]
    sheet(rows)
    result = run("--columns", "id=A,name=B,duration=C,predecessors=D,level=E", "--json")
    assert result.exit_code == 0, result.output
    losses = {one["text"]: one["things"] for one in json.loads(result.stdout)["losses"]}
    assert len(losses["A link is left out: it closes a circle"]) == 1
    assert losses["A link is left out: the same a second time"] == ["Plan!D3"]
    assert losses["An id that a row above has too: its links go there"] == ["Plan!A5 `3`"]
    assert "Deeper than 8 levels: moved up" in losses
    load("s.yaml")


def test_hostile_text_stays_text() -> None:
    """Names that look like YAML, formulas or ids of ours make a plan all the same."""
    names = ["- a: [b", "=1+1", "start", "finish", "{x}", "# c", "a" * 300, "\x07bell", "是", "no"]
    sheet([["ID", "Name", "Notes"], *([str(i), name.replace("=", " ="), f"{name}: #\n&x"]
                                     for i, name in enumerate(names, 1))])  # fmt: skip
    found = project("--columns", "id=A,name=B,notes=C")
    assert len(found.activities) == len(names)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "it is empty"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "the format of Excel 97")],
)
def test_what_is_no_workbook_is_refused(content: bytes, said: str) -> None:
    """In words, and nothing is written."""
    Path("s.xlsx").write_bytes(content)
    result = run()
    assert result.exit_code == 1
    assert "IMS635" in result.stderr
    assert said in result.stderr
    assert not Path("s.yaml").exists()


def test_an_empty_sheet_is_refused() -> None:
    """Headings without rows; no headings at all."""
    sheet([M3])
    assert "has no rows below its headings in row 1" in run().stderr
    sheet([])
    assert "has no headings" in run().stderr


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3 days", "3d"), ("1,5 Std.", "1.5h"), ("2 edays?", "2ed?"), ("1 mon", "1mo"),
        ("4h30m", "4h30m"), ("0.001d", "1m"), ("7", "7d"), ("2 wks", "2w"), ("soon", None),
        ("3 x", None),
    ],
)  # fmt: skip
def test_durations_as_people_write_them(text: str, wanted: str | None) -> None:
    """In the notation of a plan, None where it is none."""
    found = length_of(text)
    assert (found.text if found else None) == wanted


def test_links_as_project_writes_them() -> None:
    """Types of four languages, lags and leads, percent, ids with hyphens, decimals with commas."""
    known = {"1", "12", "a-1", "1.2"}
    assert references("12FS+2d;1", known) == [Reference("12", "FS", "+2d"), Reference("1")]
    assert references("1AA-1,5 Tage,a-1", known) == [
        Reference("1", "SS", "-1.5d"),
        Reference("a-1"),
    ]
    assert references("1.2 SS+50%", known) == [Reference("1.2", "SS", "+50%")]
    assert references("12ff+0d", known) == [Reference("12", "FF")]
    assert [one.odd for one in references("13", known)] == ["no row is called so"]
