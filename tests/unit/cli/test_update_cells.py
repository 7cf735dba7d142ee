"""`imsgen update` on workbooks that people reshaped, on several sheets, zones and files."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from tests.support.filled import fill, table
from tests.support.placed import placed_schedule

from imsgen import formats
from imsgen.cli.main import cli
from imsgen.plan import load

CUTOVER = """\
imsgen: 1
name: Move
start: 2026-10-31 08:00
status_date: 2026-11-01 12:00
timezone: America/New_York
calendar: bridge
calendars: {bridge: {work: 24x7}}
windows: {outage: {from: 2026-10-31 08:00, to: 2026-11-02 08:00}}
resources: {ana: {name: Ana}, ana2: {name: Ana}}
activities:
  ready: {milestone: true, checkpoint: true}
  cut:
    name: Cut over
    within: outage
    owner: ana
    activities:
      stop: {name: Stop, duration: 2h, after: ready,   # told twice
             notes: "a: b"}     # and here
      load: {name: Load, duration: 12h, after: stop}
      lead: {name: Lead, spans: [stop.start, load.finish]}
gates:
  go: {name: Go, after: ready, duration: 1h, decides: ana, criteria: [Done]}
checkpoints:
  call: {name: Call, at: cut.load.finish, decides: ana}
"""


def when(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - cells have no zone


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def export(plan: str = CUTOVER, **others: str) -> None:
    Path("go.yaml").write_text(plan, encoding="utf-8")
    for name, text in others.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    schedule = placed_schedule(load("go.yaml").project)
    formats.write(schedule, "xlsx", Path(), "go", formats.Options())


def update(*more: str) -> Result:
    return CliRunner().invoke(cli, ["update", "go.yaml", "go.xlsx", *more])


def changes(result: Result) -> dict[tuple[str, str], str]:
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)["changes"]
    return {(one["id"], one["key"]): one["new"] for one in found}


def filled(cells: dict[tuple[str, str], Any], **more: Any) -> None:
    fill(Path("go.xlsx"), cells, **more)


def place(id_: str, heading: str, sheet: str = "Schedule") -> str:
    """Return the address of a cell as messages name it."""
    page = openpyxl.load_workbook("go.xlsx")[sheet]
    columns, rows = table(page) or ({}, {})
    return f"{page.cell(rows[id_], columns[heading]).coordinate}"


def reshaped(edit: Any) -> None:
    """Change the workbook by a function of it and its first sheet."""
    book = openpyxl.load_workbook("go.xlsx")
    edit(book, book["Schedule"])
    book.save("go.xlsx")


HOURS = "Cutover hours"


def test_actual_dates_come_back_from_the_hours_too() -> None:
    """From either sheet; the same on both is one change; two answers are a conflict."""
    export()
    begun = when(2026, 10, 31, 8)
    filled({("cut.stop", "Actual start"): begun}, sheet=HOURS)
    filled({("cut.stop", "State"): "Running"}, sheet=HOURS)
    wanted = {("cut.stop", "actual_start"): "2026-10-31 08:00"}
    assert changes(update("--json")) == wanted
    filled({("cut.stop", "Actual start"): begun})
    assert changes(update("--json")) == wanted
    filled({("cut.stop", "Actual start"): when(2026, 10, 31, 9)})
    cells = place("cut.stop", "Actual start"), place("cut.stop", "Actual start", HOURS)
    said = "Schedule!{} says `2026-10-31 09:00`, 'Cutover hours'!{} says `2026-10-31 08:00`"
    assert said.format(*cells) in update().stderr


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("Done", "`Done`, but the actual dates of `cut.stop` say `Not started`"),
        ("Failed", "`Failed` is nothing that a plan can say of `cut.stop`"),
        ("Finished", "`Finished` is no state"),
    ],
)
def test_a_state_without_its_dates_is_refused(state: str, said: str) -> None:
    """The dates say how a step stands, and a plan has no failed steps."""
    export()
    filled({("cut.stop", "State"): state}, sheet=HOURS)
    result = update()
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_decision_is_kept_by_its_gate() -> None:
    """Written among its fields, shown by the next workbook, taken back again."""
    export()
    filled({("go", "Decision"): "no-go"}, sheet="Checkpoints")
    result = update("--write")
    assert result.exit_code == 0, result.output
    assert "IMS634" in result.stderr
    text = Path("go.yaml").read_text(encoding="utf-8")
    assert text == CUTOVER.replace("[Done]}", "[Done], fields: {decision: NO-GO}}")
    export(text)
    assert changes(update("--json")) == {}
    filled({("go", "Decision"): "PENDING"}, sheet="Checkpoints")
    assert update("--write").exit_code == 0
    assert Path("go.yaml").read_text(encoding="utf-8") == CUTOVER


def test_a_meeting_decides_nothing_that_a_plan_keeps() -> None:
    """Only gates have outcomes; a word that is no decision is refused too."""
    export()
    filled({("call", "Decision"): "GO"}, sheet="Checkpoints")
    assert "a plan keeps the decisions of gates, and `call` is none" in update().stderr
    filled({("call", "Decision"): "PENDING", ("go", "Decision"): "yes"}, sheet="Checkpoints")
    assert "`yes` is no decision" in update().stderr


def test_what_is_not_read_is_said() -> None:
    """A group's progress is an error; another column is a warning with its cells."""
    export()
    filled({("cut", "% complete"): 0.5, ("cut", "Notes"): "Late", ("cut.stop", "Task"): "Halt"})
    result = update()
    assert result.exit_code == 1
    for said in (
        f"Schedule!{place('cut', '% complete')}: `cut` is a group, its `% complete`",
        "`cut` is a group, its `Notes`",
        f"warning[IMS633]: Schedule!{place('cut.stop', 'Task')}: `Task` was changed",
    ):
        assert said in result.stderr


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("2026-11-01 01:30-04:00", "2026-11-01 01:30-04:00"),
        ("2026-11-01 01:30 EST", "2026-11-01 01:30-05:00"),
        (when(2026, 11, 1, 3, 0), "2026-11-01 03:00"),
    ],
)
def test_an_hour_that_occurs_twice_says_which(typed: Any, written: str) -> None:
    """Its offset or abbreviation is typed as text, and the same cell comes back unchanged."""
    export()
    filled({("cut.stop", "Actual start"): typed})
    assert changes(update("--json")) == {("cut.stop", "actual_start"): written}
    assert update("--write").exit_code == 0
    text = Path("go.yaml").read_text(encoding="utf-8")
    assert f"cut.stop: {{actual_start: {written}}}" in text
    export(text)
    assert changes(update("--json")) == {}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (when(2026, 11, 1, 1, 30), "occurs twice in America/New_York"),
        (when(2026, 3, 8, 2, 30), "does not occur in America/New_York"),
        ("2026-11-01 01:30", "is text, expected a date"),
        (0.25, "`06:00` has no date"),
        (when(1900, 1, 1, 6), "expected a date of 1984 to 2149"),
        (True, "is a number, expected a date"),
    ],
)
def test_a_date_that_is_none_is_refused(typed: Any, said: str) -> None:
    """With its cell; so is one after the status date."""
    export()
    filled({("cut.stop", "Actual start"): typed})
    result = update("--write")
    assert result.exit_code == 1
    assert f"Schedule!{place('cut.stop', 'Actual start')}: `" in result.stderr
    assert said in result.stderr


def test_midnight_in_work_around_the_clock_is_not_guessed() -> None:
    """A day or its first minute: with an offset it is clear."""
    export()
    filled({("cut.stop", "Actual start"): when(2026, 10, 31, 8),
            ("cut.stop", "Actual finish"): when(2026, 11, 1)})  # fmt: skip
    said = update().stderr
    assert "may be midnight or the whole day" in said
    assert "`2026-11-01 00:00-04:00` for midnight, `2026-11-02 00:00-05:00` for the whole" in said
    filled({("cut.stop", "Actual finish"): "2026-11-01 00:00-04:00"})
    assert changes(update("--json"))["cut.stop", "actual_finish"] == "2026-11-01 00:00"


def test_an_owner_whom_two_resources_could_be_is_asked_for() -> None:
    """Two people are called Ana: the id says which."""
    export()
    filled({("ready", "Owner"): "Ana"})
    assert "`Ana` is the name of 2 resources" in update().stderr
    filled({("ready", "Owner"): "Anna Lee"})
    assert "`Anna Lee` is no resource of the plan" in update().stderr
    filled({("ready", "Owner"): "ana2"})
    assert update("--write").exit_code == 0
    assert "checkpoint: true, owner: ana2}" in Path("go.yaml").read_text(encoding="utf-8")


def test_comments_in_braces_over_several_lines_stay() -> None:
    """Notes go, an owner comes, both comments stay where they are."""
    export()
    filled({("cut.stop", "Notes"): None, ("cut.stop", "Owner"): "ana2"})
    assert update("--write").exit_code == 0
    text = Path("go.yaml").read_text(encoding="utf-8")
    assert "after: ready, owner: ana2,   # told twice\n" in text
    assert "}     # and here\n" in text
    assert "notes" not in text


def _sorted(book: Any, sheet: Any) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    for at, row in enumerate(sorted(rows, key=lambda one: str(one[0]), reverse=True), 6):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column).value = value


def _moved(book: Any, sheet: Any) -> None:
    sheet.insert_cols(1, 2)
    sheet["A5"].value = "Mine"
    sheet["A7"].value = "my own remark"
    for table_ in list(sheet.tables):
        del sheet.tables[table_]
    name = book.defined_names["StatusDate"]
    ((_, place_),) = name.destinations
    cell = sheet[place_.replace("$", "")]
    name.attr_text = f"Schedule!{cell.offset(0, 2).coordinate}"


def _hidden(book: Any, sheet: Any) -> None:
    for row in range(6, 12):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["G"].hidden = True
    sheet.title = "Friday"
    del book["Cutover hours"]


@pytest.mark.parametrize("reshape", [_sorted, _moved, _hidden])
def test_sorted_moved_and_hidden_cells_come_back(reshape: Any) -> None:
    """Rows go by id, columns by heading; what is hidden is there."""
    export()
    filled({("cut.load", "Notes"): "Soon"})
    reshaped(reshape)
    found = update("--json")
    assert changes(found) == {("cut.load", "notes"): "Soon"}
    assert json.loads(found.stdout)["diagnostics"] == []


def _doubled(book: Any, sheet: Any) -> None:
    sheet.cell(5, 40).value = "Notes"


def _merged(book: Any, sheet: Any) -> None:
    sheet.merge_cells("G8:G9")


def _error(book: Any, sheet: Any) -> None:
    sheet["G8"].value = "#REF!"


def _pasted(book: Any, sheet: Any) -> None:
    sheet["A30"].value = "cut.stop"
    sheet["A31"].value = "cut.new"
    sheet["C32"].value = None
    sheet["E32"].value = "Ana"


def _copied(book: Any, sheet: Any) -> None:
    book.copy_worksheet(sheet)


def _without(book: Any, sheet: Any) -> None:
    columns, _ = table(sheet) or ({}, {})
    sheet.cell(5, columns["Notes"]).value = "Remarks"


@pytest.mark.parametrize(
    ("reshape", "code", "said"),
    [
        (_doubled, 1, ["`Notes` stands above several columns of sheet `Schedule`"]),
        (_merged, 1, ["Schedule!G8:G9: the cells are merged"]),
        (_error, 1, ["Schedule!G8: `#REF!` is an error of a formula"]),
        (_pasted, 1, ["Schedule!A30: `cut.stop` is there twice, first in Schedule!A8",
                      "Schedule!A31: `cut.new` is not in the workbook as exported",
                      "Schedule!A32: there is no id in this row"]),
        (_copied, 0, ["sheet `Schedule Copy` is not read, only `Schedule` is"]),
        (_without, 0, ["sheet `Schedule` has no column `Notes` any more"]),
    ],
)  # fmt: skip
def test_what_people_did_to_the_sheet_is_said(reshape: Any, code: int, said: list[str]) -> None:
    """All of it at once, each with its cell."""
    export()
    reshaped(reshape)
    result = update()
    assert result.exit_code == code, result.output
    for one in said:
        assert one in result.stderr


TEAM = """\
imsgen: 1
name: Team
start: 2026-10-31 08:00
day: 6h
timezone: Europe/London
activities:
  one: {duration: 2d, notes: Ours}   # ours
  two: {duration: 1d, after: one}
"""
ROOT = """\
imsgen: 1
name: Both
start: 2026-11-02 08:00
status_date: 2026-11-04 17:00
timezone: America/New_York
include: [progress.yaml]
activities:
  a: {include: team.yaml}
  b: {include: team.yaml}
"""
PROGRESS = "progress:   # by Friday\n  a.one: {actual_start: 2026-11-02 09:00}\n"


def test_a_file_included_twice_has_two_progresses() -> None:
    """Each instance an entry of its own, in the zone and the hours of the file written to."""
    export(ROOT, team=TEAM, progress=PROGRESS)
    filled({("a.one", "Remaining"): "1d", ("b.one", "Actual start"): when(2026, 11, 3, 9)})
    result = update("--write")
    assert result.exit_code == 0, result.output
    assert Path("progress.yaml").read_text(encoding="utf-8") == (
        "progress:   # by Friday\n  a.one: {actual_start: 2026-11-02 09:00, remaining: 1d}\n"
        "  b.one: {actual_start: 2026-11-03 09:00}\n"
    )
    assert Path("team.yaml").read_text(encoding="utf-8") == TEAM


def test_progress_goes_where_it_stands_in_the_terms_of_that_file() -> None:
    """Another zone is named, and days are hours where a day is another length."""
    own = (
        TEAM + "progress: {one: {actual_start: 2026-11-02 14:00}}\nstatus_date: 2026-11-04 22:00\n"
    )
    export(ROOT.replace("  b: {include: team.yaml}\n", "").replace("include: [progress.yaml]\n", ""),
           team=own)  # fmt: skip
    filled({("a.one", "Remaining"): "1d", ("a.one", "Actual start"): when(2026, 11, 3, 9)},
           status=when(2026, 11, 5, 17))  # fmt: skip
    result = update("--write")
    assert result.exit_code == 0, result.output
    assert Path("team.yaml").read_text(encoding="utf-8") == own.replace(
        "{actual_start: 2026-11-02 14:00}",
        "{actual_start: 2026-11-03 09:00 America/New_York, remaining: 8h}",
    ).replace("2026-11-04 22:00", "2026-11-05 17:00 America/New_York")


def test_words_of_a_file_included_twice_change_on_both_rows_or_not() -> None:
    """One text, two rows: the same on both is one edit, else nobody's words are lost."""
    export(ROOT, team=TEAM, progress=PROGRESS)
    filled({("a.one", "Notes"): "Yours"})
    assert "`a.one` and `b.one` are written once, in `team.yaml`" in update().stderr
    filled({("b.one", "Notes"): "Yours"})
    assert update("--write").exit_code == 0
    assert Path("team.yaml").read_text(encoding="utf-8") == TEAM.replace("Ours", "Yours")


def test_files_are_written_all_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second cannot be replaced the first has its bytes again, and no file is left."""
    export(ROOT, team=TEAM, progress=PROGRESS)
    filled({("a.one", "Notes"): "Yours", ("b.one", "Notes"): "Yours",
            ("a.one", "Remaining"): "1d"})  # fmt: skip
    replaced = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "progress.yaml":
            raise PermissionError(13, "Permission denied")
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    before = sorted(Path().iterdir())
    result = update("--write")
    assert result.exit_code == 2
    assert "nothing was changed" in result.stderr
    assert Path("team.yaml").read_text(encoding="utf-8") == TEAM
    assert Path("progress.yaml").read_text(encoding="utf-8") == PROGRESS
    assert sorted(Path().iterdir()) == before


def test_the_mark_at_the_front_and_the_breaks_of_a_file_stay() -> None:
    """A byte order mark and CR LF are the file's own."""
    raw = b"\xef\xbb\xbf" + CUTOVER.replace("\n", "\r\n").encode()
    export()
    Path("go.yaml").write_bytes(raw)
    filled({("ready", "Notes"): "Soon"})
    assert update("--write").exit_code == 0
    wanted = raw.replace(b"checkpoint: true}", b"checkpoint: true, notes: Soon}")
    assert Path("go.yaml").read_bytes() == wanted


def test_a_workbook_of_before_keeps_what_the_plan_says_since() -> None:
    """A new activity, one renamed, one that goes: only edits of the cells count."""
    export()
    filled({("cut.load", "Owner"): "ana2"})
    changed = (
        CUTOVER.replace("stop:", "halt:")
        .replace("[stop.start", "[halt.start")
        .replace("after: stop", "after: halt")
        .replace("      lead:", "      more: {duration: 1h}\n      lead:")
    )
    Path("go.yaml").write_text(changed, encoding="utf-8")
    assert changes(update("--json", "--write")) == {("cut.load", "owner"): "ana2"}
    filled({("cut.stop", "Notes"): "Gone"})
    assert "the plan has no activity `cut.stop` any more" in update().stderr


def test_a_copy_of_the_plan_is_another_plan() -> None:
    """Its id is its own; the message names both."""
    export()
    shutil.copy("go.yaml", "copy.yaml")
    result = CliRunner().invoke(cli, ["update", "copy.yaml", "go.xlsx"])
    assert "is the workbook of plan `go`, expected `copy`" in result.stderr
