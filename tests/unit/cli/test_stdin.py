"""A plan on standard input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from imsgen.cli.main import cli

PLAN = """\
imsgen: 1
name: Office move
start: 2027-03-01 08:00
calendar: standard
include: people.yaml
activities:
  pack: {name: Pack, duration: 1d, needs: ana}
  move: {name: Move, duration: 4h, after: pack, needs: ana, deadline: 2027-03-01}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with the library that the plan includes."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.yaml").write_text("imsgen: 1\nresources: {ana: {name: Ana}}\n")


def _run(text: str | bytes, *arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, input=text)


def test_solve_reads_it_and_names_the_files_plan(tmp_path: Path) -> None:
    """What it includes lies in the current folder, the files do too."""
    result = _run(PLAN, "solve", "-", "-f", "csv")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "people.yaml",
        "plan.csv",
        "plan.schedule.json",
    ]


def test_the_id_of_the_plan_names_the_files(tmp_path: Path) -> None:
    """`id:` stands for the file's name, in the output folder that is named."""
    result = _run(f"id: move-7\n{PLAN}", "solve", "-", "-f", "none", "-o", "x")
    assert result.exit_code == 0, result.output
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["move-7.schedule.json"]


def test_solving_locked_and_verifying_find_the_schedule_by_the_name() -> None:
    """The files of the same text are the published ones."""
    assert _run(PLAN, "solve", "-", "-f", "none").exit_code == 0
    assert _run(PLAN, "solve", "-", "-f", "none", "--locked").exit_code == 0
    verified = _run(PLAN, "verify", "-")
    assert verified.exit_code == 0, verified.output
    assert verified.stdout == "plan.schedule.json: 2 activities, every rule of the plan holds\n"


def test_check_shows_the_line_of_a_problem() -> None:
    """The text is called <stdin>, and its line is drawn as a file's would be."""
    result = _run(PLAN.replace("after: pack", "after: pakc"), "check", "-")
    assert result.exit_code == 1
    assert "--> <stdin>:8:43\n" in result.stderr
    assert "8 |   move: {name: Move, duration: 4h, after: pakc" in result.stderr
    assert result.stdout == "<stdin>: 1 error\n"


def test_problems_after_solving_show_their_line() -> None:
    """A missed deadline is marked in the text too."""
    result = _run(PLAN, "solve", "-", "-f", "none", "--strict")
    assert result.exit_code == 1
    assert "--> <stdin>:8:" in result.stderr
    assert "deadline: 2027-03-01" in result.stderr


def test_json_names_it() -> None:
    """The JSON object has the same name for it."""
    document = json.loads(_run("name: [", "check", "-", "--json").stdout)
    assert document["plans"] == ["<stdin>"]
    assert document["diagnostics"][0]["location"]["file"] == "<stdin>"


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "IMS110"), (b"name: \xff\n", "IMS111"), (b"a\x00b\x00", "IMS111")]
)
def test_bytes_that_are_no_plan(content: bytes, code: str) -> None:
    """Nothing at all, another encoding: said as of a file."""
    result = _run(content, "check", "-")
    assert result.exit_code == 1
    assert f"[{code}]: `<stdin>`" in result.stderr


def test_named_twice_it_is_read_once() -> None:
    """`check - -` reports the same plan twice."""
    assert _run(PLAN, "check", "-", "-").stdout == "<stdin>: 2 activities, no problems\n" * 2
