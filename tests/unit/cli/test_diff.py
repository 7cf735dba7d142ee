"""`imsgen diff`, from the text of plans on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from imsgen.cli.main import cli

PLAN = """\
imsgen: 1
id: night
name: Night move
start: 2027-03-12 19:00
timezone: UTC
calendar: bridge
calendars: {bridge: {work: 24x7}}
resources: {dba: {name: Dana, email: dana@x.example}}
baselines: {agreed: agreed.schedule.json, lost: lost.schedule.json}
activities:
  stop: {duration: 1h, owner: ops}
  load: {duration: 2h, after: stop, needs: dba}
  open: {milestone: true, after: load, checkpoint: true, owner: pm}
"""


def _run(*arguments: object, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments], input=given)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a plan whose stop takes 40 minutes longer than in its baseline."""
    folder = tmp_path_factory.mktemp("night")
    path = folder / "night.yaml"
    path.write_text(PLAN, encoding="utf-8")
    assert _run("solve", path, "-f", "none").exit_code == 0
    shutil.copy(folder / "night.schedule.json", folder / "agreed.schedule.json")
    path.write_text(PLAN.replace("1h, owner", "100m, owner"), encoding="utf-8")
    assert _run("solve", path, "-f", "none").exit_code == 0
    return path


def test_a_baseline_by_name(plan: Path) -> None:
    """From what was agreed to what is: the finish, why, and who must be told."""
    result = _run("diff", "agreed", plan)
    assert result.exit_code == 0
    assert "Finish    Fri 12 Mar 2027 22:40 UTC, 40 min later" in result.stdout
    assert "stop: it takes 1h40m instead of 1h; it moved 2 more" in result.stdout
    assert "Dana <dana@x.example>" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 96
    other = _run("diff", plan, "agreed").stdout
    assert "40 min earlier" in other


def test_exit_code_only_when_asked(plan: Path) -> None:
    """0 with differences; with the option 1 with, 0 without."""
    assert _run("diff", "agreed", plan).exit_code == 0
    assert _run("diff", "agreed", plan, "--exit-code").exit_code == 1
    same = _run("diff", plan, plan, "--exit-code")
    assert (same.exit_code, same.stdout) == (0, "Night move: nothing moved\n")


def test_json(plan: Path) -> None:
    """One object with everything."""
    found = json.loads(_run("diff", "agreed", plan, "--json").stdout)
    assert (found["command"], found["status"], found["changed"]) == ("diff", "changed", True)
    assert [one["id"] for one in found["moved"]] == ["stop", "load", "open"]
    assert {one["id"] for one in found["told"]} == {"ops", "dba", "pm"}
    same = json.loads(_run("diff", plan, plan, "--json").stdout)
    assert (same["status"], same["moved"], same["told"]) == ("same", [], [])


def test_told_only(plan: Path) -> None:
    """By id or name; somebody unknown is refused, somebody with nothing to hear is told so."""
    shown = _run("diff", "agreed", plan, "--told", "Dana", "-f", "markdown").stdout
    assert shown.startswith("# Night move\n\n### Dana `dana@x.example`\n")
    assert "pm" not in shown
    assert _run("diff", plan, plan, "--told", "pm").stdout == "nothing to tell `pm`\n"
    refused = _run("diff", "agreed", plan, "--told", "nobody")
    assert refused.exit_code == 2
    assert "`nobody` is no resource, owner or party" in refused.stderr
    record = json.loads(_run("diff", "agreed", plan, "--told", "dba", "--json").stdout)
    assert [one["id"] for one in record["told"]] == ["dba"]


def test_calendars_of_the_changes(plan: Path, tmp_path: Path) -> None:
    """One for all, one for each owner whose steps moved."""
    result = _run("diff", "agreed", plan, "--calendar", tmp_path / "out", "--json")
    files = [Path(one).relative_to(tmp_path / "out") for one in json.loads(result.stdout)["files"]]
    assert [str(one) for one in files] == [
        "changes-rev1-to-2.ics",
        "changes-rev1-to-2/by-owner/ops.ics",
        "changes-rev1-to-2/by-owner/pm.ics",
    ]
    text = (tmp_path / "out" / files[0]).read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == 1
    assert "SEQUENCE:1" in text
    none = _run("diff", plan, plan, "--calendar", tmp_path / "none")
    assert "no event changed" in none.stderr
    assert not list((tmp_path / "none").glob("*"))


def test_standard_input(plan: Path) -> None:
    """A schedule as git shows it."""
    text = (plan.parent / "agreed.schedule.json").read_text(encoding="utf-8")
    result = _run("diff", "-", plan, given=text)
    assert "40 min later" in result.stdout
    assert "both" in _run("diff", "-", "-").stderr
    assert "expected JSON" in _run("diff", "-", plan, given="a: 1").stderr


def test_a_plan_that_is_not_solved(plan: Path, tmp_path: Path) -> None:
    """Only the plans are compared, and that is said; calendars need dates."""
    other = tmp_path / "night.yaml"
    other.write_text(PLAN.replace("2h", "3h"), encoding="utf-8")
    result = _run("diff", plan, other)
    assert "only the plans are compared" in result.stderr
    assert "Night move: two plans" in result.stdout
    assert "`load` duration: 2h → 3h" in result.stdout
    assert "two schedules" in _run("diff", plan, other, "--calendar", tmp_path / "x").stderr
    shutil.copy(plan.with_suffix(".schedule.json"), tmp_path / "night.schedule.json")
    stale = _run("diff", plan, other)
    assert "has changed since" in stale.stderr
    assert "Night move: two plans" in stale.stdout


def test_schedules_of_another_plan(plan: Path, tmp_path: Path) -> None:
    """Nothing in common is an error; another id for much the same is a warning."""
    strange = tmp_path / "strange.yaml"
    strange.write_text(
        "imsgen: 1\nstart: 2027-03-12\ntimezone: UTC\nactivities: {x: {duration: 1h}}\n",
        encoding="utf-8",
    )
    result = _run("diff", plan, strange)
    assert result.exit_code == 2
    assert "error[IMS670]" in result.stderr
    renamed = tmp_path / "renamed.yaml"
    renamed.write_text(PLAN.replace("id: night", "id: evening"), encoding="utf-8")
    result = _run("diff", plan, renamed)
    assert result.exit_code == 0
    assert "warning[IMS671]" in result.stderr
    assert _run("solve", renamed, "-f", "none").exit_code == 0
    refused = _run("diff", plan, renamed, "--calendar", tmp_path / "x")
    assert refused.exit_code == 2
    assert "calendars know events by the id of their plan" in refused.stderr


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("approved", "PLAN", "it names `agreed`, `lost`"),
        ("lost", "PLAN", "the file of baseline `lost` is missing"),
        ("agreed", "approved", "there is no file `agreed`, nor `approved`"),
        ("gone.yaml", "PLAN", "there is no file `gone.yaml`"),
        ("FOLDER", "PLAN", "is a folder"),
    ],
)
def test_what_is_not_there(plan: Path, old: str, new: str, message: str) -> None:
    """Said by name, with what there is."""
    known = {"PLAN": plan, "FOLDER": plan.parent}
    result = _run("diff", known.get(old, old), known.get(new, new))
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_baseline_is_no_change_of_the_plan(tmp_path: Path) -> None:
    """What was just published differs in nothing from the plan that now names it."""
    path = tmp_path / "night.yaml"
    path.write_text(PLAN.replace(PLAN.splitlines()[8] + "\n", ""), encoding="utf-8")
    assert _run("solve", path, "-f", "none").exit_code == 0
    assert _run("baseline", path, "said").exit_code == 0
    result = _run("diff", "said", path, "--exit-code")
    assert result.exit_code == 0
    assert "Plan changes" not in result.stdout
