"""`imsgen roster`, and the roster in the workbook and in people's calendars."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from imsgen.cli.main import cli

PLAN = """imsgen: 1
start: 2026-11-06 08:00
calendar: 24x7
timezone: America/New_York
windows: {night: {name: The night, from: 2026-11-06 20:00, to: 2026-11-07 08:00}}
parties: {us: Our team}
resources: {dba: {name: Databases, capacity: 2}}
people:
  ana: {name: Ana Ruiz, roles: dba, party: us, email: ana@us.example}
  ben: {name: Ben Otto, roles: dba, party: us}
  cem: {name: "=Cem", roles: dba}
roster: {longest_shift: 8h, handover: 1h}
activities:
  load: {duration: 12h, needs: dba, within: night}
"""


def run(*words: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(cli, words)


@pytest.fixture(name="plan")
def _plan(tmp_path: Path) -> Path:
    path = tmp_path / "night.yaml"
    path.write_text(PLAN)
    return path


def test_the_roster_is_found_with_the_schedule(plan: Path) -> None:
    """Two shifts of 6 h 30 min each, an hour of them together, the third person stands by."""
    solved = run("solve", str(plan), "--effort", "2")
    assert solved.exit_code == 0, solved.output
    assert "2 shifts of 2 people, 13 h on duty, at most 6 h 30 min a person; proved" in (
        " ".join(solved.output.split())
    )
    shown = run("roster", str(plan))
    assert shown.exit_code == 0
    assert "Fri  6 Nov 2026 20:00 EST  Sat  7 Nov 02:30 EST  6 h 30 min  Databases" in shown.output
    found = json.loads(run("roster", str(plan), "--json").output)
    assert found["status"] == "optimal"
    assert [one["value"] for one in found["roster"]["objective"]] == [2, 780, 390, 0]
    assert found["roster"]["rules"]["longest_shift"] == 480
    verified = run("verify", str(plan))
    assert verified.exit_code == 0, verified.output


def test_each_person_has_a_calendar_with_shifts(plan: Path) -> None:
    """With a UID that stays, also when the shift moves; who stands by is not busy."""
    run("solve", str(plan), "--effort", "2")
    folder = plan.parent / "night.ical" / "by-owner"
    texts = {path.stem: path.read_text().replace("\r\n ", "") for path in folder.glob("*.ics")}
    assert set(texts) == {"ana", "ben", "cem"}
    duty = [name for name, text in texts.items() if "ON DUTY – Databases" in text]
    assert len(duty) == 2
    (backup,) = (name for name, text in texts.items() if "BACKUP – Databases" in text)
    assert backup not in duty
    assert "BUSYSTATUS:BUSY" in texts[duty[0]]
    assert "BUSYSTATUS:BUSY" not in texts[backup]
    first = texts[duty[0]]
    assert f"UID:night.shift.-{duty[0]}.1@imsgen.invalid" in first
    assert "On duty too: " in first
    plan.write_text(
        PLAN.replace("2026-11-06 20:00", "2026-11-06 21:00").replace("08:00}}", "09:00}}")
    )
    run("solve", str(plan), "--effort", "2")
    moved = (folder / f"{duty[0]}.ics").read_text()
    uids = [re.findall(r"UID:(night\.shift\S+)", text) for text in (first, moved)]
    assert uids[0] == uids[1]


def test_the_workbook_has_a_sheet(plan: Path) -> None:
    """A row for each shift by start, texts are texts."""
    run("solve", str(plan), "--effort", "2")
    sheet = openpyxl.load_workbook(plan.with_name("night.xlsx"))["Roster"]
    assert [cell.value for cell in sheet[4]][:9] == [
        "Start local", "Finish local", "Start UTC", "Hours", "Role", "On duty", "Party", "Backup", "ID",
    ]  # fmt: skip
    assert [sheet.cell(row, 4).value for row in (5, 6)] == [6.5, 6.5]
    assert str(sheet["A5"].value) == "2026-11-06 20:00:00"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_what_nobody_can_cover_is_explained(plan: Path) -> None:
    """The schedule stands, with a warning; `roster` says who is missing when and exits with 3."""
    plan.write_text(PLAN.replace('  cem: {name: "=Cem", roles: dba}\n', ""))
    solved = run("solve", str(plan), "--effort", "2")
    assert solved.exit_code == 0
    assert "IMS654" in solved.output
    shown = run("roster", str(plan))
    assert shown.exit_code == 3
    assert "dba: 1 more backup, " in shown.output
    assert "  `handover: 0m`\n  `backups: 0`\n  add people who can come at any hour: 1 `dba`" in (
        shown.output
    )
    assert run("solve", str(plan), "--effort", "2", "--strict").exit_code == 1


def test_a_plan_without_a_roster_says_how_to_ask_for_one(plan: Path) -> None:
    """Not an empty table."""
    plan.write_text(PLAN.replace("roster: {longest_shift: 8h, handover: 1h}\n", ""))
    run("solve", str(plan), "-f", "none")
    shown = run("roster", str(plan))
    assert shown.exit_code == 2
    assert "asks for no roster: add `roster: {window: ID}` and `people:`" in shown.output
