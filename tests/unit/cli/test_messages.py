"""What is said where a command cannot begin, and the exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from imsgen.cli.main import cli

PLAN = """\
imsgen: 1
name: Office move
start: 2027-03-01 08:00
calendar: standard
deadline: 2027-03-01
activities: {pack: {duration: 1d}, move: {duration: 4h, after: pack}}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with a plan, its schedule, a folder and a file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "move.yaml").write_text(PLAN)
    (tmp_path / "teams").mkdir()
    (tmp_path / "notes.txt").write_text("nothing")
    (tmp_path / "cut.schedule.json").write_text('{"kind": ')
    (tmp_path / "list.schedule.json").write_text("[1]")
    _run("solve", "move.yaml", "-f", "xlsx")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="imsgen")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("check moves.yaml", "there is no file `moves.yaml`: did you mean `move.yaml`?"),
        ("solve office.yaml", "there is no file `office.yaml`"),
        (
            "solve move.schedule.json",
            "`move.schedule.json` is made from a plan, expected the plan itself: did you mean",
        ),
        (
            "check other.xlsx",
            "`other.xlsx` is made from a plan, expected the plan itself",
        ),
        (
            "solve move.yaml -o notes.txt/out",
            "`notes.txt` is a file, expected a folder to write to",
        ),
        ("solve move.yaml -f docx", "`docx` is not a format: choose from xlsx, ics, xml"),
        ("export move.yaml -f excel", "`excel` is not a format: did you mean `xlsx`?"),
        ("export office.yaml", "there is no file `office.yaml`"),
        ("show office", "there is no file `office`"),
        ("export cut.schedule.json", "`cut.schedule.json` is not a schedule file: expected JSON"),
        ("show list.schedule.json", "`list.schedule.json` is not a schedule file: expected a"),
        ("verify move.yaml gone.schedule.json", "cannot read `gone.schedule.json`"),
        ("show gone.schedule.json", "there is no file `gone.schedule.json`"),
        (
            "solve move.yaml -o teams --locked",
            "there is no `teams/move.schedule.json` yet: solve without `--locked` first",
        ),
        ("schema -o notes.txt/x", "`notes.txt/x` cannot be written: `notes.txt` is not a folder"),
    ],
)
def test_what_cannot_be_read_or_written(command: str, said: str) -> None:
    """One line that names the file and what was expected; exit code 2, nothing on stdout."""
    result = _run(*command.split())
    assert result.exit_code == 2
    assert result.stderr.replace("\\", "/").startswith(f"error: {said}")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("solve", "missing argument `PLAN`"),
        ("solve teams", "invalid value for `PLAN`: `teams` is a folder, expected a file"),
        ("solve move.yaml --gap 200%", "invalid value for `--gap`: `200%` is not a share"),
        ("show move.yaml -t x", "invalid value for `-t` / `--table`: `x` is not one of `activi"),
        ("solve move.yaml --fromat x", "no such option `--fromat` (Did you mean one of: `--"),
        ("rule IMS999", "`IMS999` is not a code: `imsgen rule` lists them"),
    ],
)
def test_wrong_usage_looks_like_every_other_error(command: str, said: str) -> None:
    """The error first, then how the command is called; `--json` has the same words."""
    result = _run(*command.split())
    assert result.exit_code == 2
    first, *rest = result.stderr.splitlines()
    assert first.startswith(f"error: {said}")
    name = command.split(maxsplit=1)[0]
    assert rest[0] == ""
    assert rest[1].startswith(f"Usage: imsgen {name} ")
    assert rest[-1] == f"`imsgen {name} --help` tells more"
    if " " in command:
        document = json.loads(_run(name, "--json", *command.split()[1:]).stdout)
        assert f"error: {document['message']}" == first


def test_a_folder_that_may_not_be_written_to_is_told_before_the_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No minute is spent on a schedule that cannot be kept."""
    monkeypatch.setattr(os, "access", lambda _, mode: mode & os.W_OK == 0)
    result = _run("solve", "move.yaml", "-o", "teams/new/out", "-v")
    assert result.exit_code == 2
    assert "`teams` is a folder you may not write to" in result.stderr
    assert "solved in" not in result.stderr


def test_check_goes_on_after_a_file_that_is_not_there() -> None:
    """The others are checked all the same, every missing one is named, and the code is 2."""
    result = _run("check", "office.yaml", "move.yaml", "desk.yaml")
    assert result.exit_code == 2
    assert result.stdout == "move.yaml: 2 activities, no problems\n"
    assert result.stderr == (
        "error: there is no file `office.yaml`\nerror: there is no file `desk.yaml`\n"
    )


def test_a_schedule_of_another_plan_is_told_apart_from_an_older_one(tmp_path: Path) -> None:
    """Verifying says which plan the schedule is of."""
    (tmp_path / "desk.yaml").write_text(PLAN.replace("4h", "5h"))
    other = _run("verify", "desk.yaml", "move.schedule.json")
    assert other.stderr.startswith(
        "note: `move.schedule.json` is a schedule of the plan `move`, this plan is `desk`\n"
    )
    (tmp_path / "move.yaml").write_text(PLAN.replace("4h", "5h"))
    older = _run("verify", "move.yaml")
    assert older.stderr.startswith("note: the plan has changed since `move.schedule.json` was")


def test_an_empty_line_sets_problems_apart() -> None:
    """Before and after a block of diagnostics, not at the start and not at the end."""
    result = CliRunner().invoke(cli, ["solve", "move.yaml", "--strict", "-f", "xml"])
    assert result.exit_code == 1
    before, _, after = result.output.partition("\n\nerror[IMS603]")
    assert before.startswith("Office move")
    assert not after.endswith("\n\n")
    checked = CliRunner().invoke(cli, ["check", "--strict", "move.yaml", "-v"]).output
    assert not checked.startswith("\n")
