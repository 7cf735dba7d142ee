"""`imsgen baseline`: what is published, where it is named, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from imsgen.cli.main import cli
from imsgen.plan import load
from imsgen.schedule import plan_hash, read_schedule

PLAN = """\
imsgen: 1
name: Move   # the move
start: 2027-03-01 08:00
timezone: Europe/London
calendar: standard
activities:
  pack: {duration: 2d}   # by hand
  move: {duration: 1d, after: pack}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("go.yaml").write_text(PLAN, encoding="utf-8")
    _run("solve", "go.yaml", "-f", "none")


def _run(*arguments: str, exit_code: int = 0) -> Result:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == exit_code, result.output
    return result


def test_a_baseline_is_a_copy_named_in_the_plan() -> None:
    """The file is the published one, byte for byte; the schedule stays that of the plan."""
    before = Path("go.schedule.json").read_bytes()
    _run("baseline", "go.yaml")
    assert Path("baselines/go.rev1.schedule.json").read_bytes() == before
    said = "baselines:\n  rev1: baselines/go.rev1.schedule.json\n"
    assert Path("go.yaml").read_text(encoding="utf-8") == PLAN + said
    project = load("go.yaml").project
    assert read_schedule("go.schedule.json").plan_hash == plan_hash(project)
    assert read_schedule("go.schedule.json").revision == 1
    _run("verify", "go.yaml")
    _run("solve", "go.yaml", "--locked", "-f", "xml,xlsx")
    assert "<Baseline>" in Path("go.xml").read_text(encoding="utf-8")


def test_several_baselines_and_one_of_them_again() -> None:
    """Names are kept apart; the same dates again are no news; others need `--replace`."""
    _run("baseline", "go.yaml", "first")
    _run("baseline", "go.yaml", "second")
    assert list(load("go.yaml").project.baselines) == ["first", "second"]
    assert "already" in _run("baseline", "go.yaml", "first").output
    text = Path("go.yaml").read_text(encoding="utf-8")
    Path("go.yaml").write_text(text.replace("duration: 2d", "duration: 3d"), encoding="utf-8")
    _run("solve", "go.yaml", "-f", "none")
    assert "add `--replace`" in _run("baseline", "go.yaml", "first", exit_code=2).output
    _run("baseline", "go.yaml", "first", "--replace")
    kept, replaced = (
        read_schedule(f"baselines/go.{name}.schedule.json").activities["pack"].finish
        for name in ("second", "first")
    )
    assert replaced > kept
    assert list(load("go.yaml").project.baselines) == ["first", "second"]


def test_a_schedule_that_is_not_the_plans_is_refused() -> None:
    """A plan that has changed, a file changed by hand, no file: nothing is published."""
    Path("go.yaml").write_text(PLAN.replace("2d", "3d"), encoding="utf-8")
    assert "IMS602" in _run("baseline", "go.yaml", exit_code=1).output
    Path("go.yaml").write_text(PLAN, encoding="utf-8")
    text = Path("go.schedule.json").read_text(encoding="utf-8")
    edited = text.replace('"finish": "2027-03-03T17:00Z"', '"finish": "2027-03-04T17:00Z"')
    Path("go.schedule.json").write_text(edited, encoding="utf-8")
    assert "changed by hand" in _run("baseline", "go.yaml", exit_code=2).output
    Path("go.schedule.json").unlink()
    assert "run `imsgen solve go.yaml` first" in _run("baseline", "go.yaml", exit_code=2).output
    assert not Path("baselines").exists()


@pytest.mark.parametrize("name", ["../up", "a b", "", "é", "x" * 65])
def test_names_that_are_none(name: str) -> None:
    """A name is part of a file name and a key of the plan; none is the revision."""
    result = _run("baseline", "go.yaml", name, exit_code=0 if not name else 2)
    assert ("is no name" in result.output) == bool(name)


def test_a_plan_in_braces_and_a_list_of_baselines_in_braces() -> None:
    """Braces are kept as braces; `--dry-run` and `--json` say what would be written."""
    Path("go.yaml").write_text(PLAN + "baselines: {}\n", encoding="utf-8")
    _run("baseline", "go.yaml", "a")
    _run("baseline", "go.yaml", "b")
    text = Path("go.yaml").read_text(encoding="utf-8")
    assert "baselines: {a: baselines/go.a.schedule.json, b: baselines/go.b.schedule.json}" in text
    document = json.loads(_run("baseline", "go.yaml", "c", "--dry-run", "--json").output)
    assert (document["name"], document["files"], document["dry_run"]) == ("c", [], True)
    assert not Path("baselines/go.c.schedule.json").exists()


def test_a_replan_goes_on_from_a_published_schedule() -> None:
    """Publishing is no news: the plan in progress keeps every byte of its dates."""
    _run("status", "go.yaml", "pack", "started@2027-03-01 08:00", "--as-of", "2027-03-01 17:00")
    _run("solve", "go.yaml", "-f", "none")
    _run("baseline", "go.yaml")
    before = Path("go.schedule.json").read_bytes()
    assert "nothing new" in _run("solve", "go.yaml", "-f", "none").output
    assert Path("go.schedule.json").read_bytes() == before
