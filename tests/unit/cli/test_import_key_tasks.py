"""`imsgen import` of key tasks: options, files, the report, and another methodology."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support.key_tasks import CUTOVER, key_task, written

from imsgen.cli.main import cli
from imsgen.plan import load

CIRCLES = """
name: Circles
plan: {start: 2028-03-01, timezone: Europe/London, hours: {mon-thu: [09:00-17:00]}}
fields:
  phase: ring
  task: step
  name: title
  objective: why
  party: by
  activities: work
  sections: parts
  section: part
  text: say
  inputs: reads
  outputs: makes
  stakeholders: people
  practices: advice
  criteria: done_when
parties: {us: Our firm, them: Their firm}
shared: {all of us: [us, them]}
kinds:
  dig: {verbs: [dig], S: [1h, 2h, 3h], M: [2h, 3h, 4h], L: [1d, 2d, 3d]}
  other: {S: [1d, 1d, 1d], M: [2d, 2d, 2d], L: [3d, 3d, 3d]}
roles: [{match: digger, units: 100%}, {units: 10%}]
registers: [Site book]
monitoring: [Guard]
aliases: {Map: [Plan of the site]}
gates: {style: soft, duration: 30m, decides: [Foreman]}
decision: {}
checkpoints: [{name: Morning talk, match: every morning, every: "day 09:00", duration: 10m}]
"""
"""Rules of a methodology that is none of M3's."""

INNER = """---
ring: inner
step: a
title: Survey
by: all of us
work: [Dig a trial hole, {say: Draw the map, by: us}]
makes: [Map]
people: [Digger, Foreman]
advice: [Talk every morning]
---
"""
OUTER = """---
ring: outer
step: b
title: Dig the pond
by: them
work: [Dig]
reads: [Plan of the site, Site book]
people: [Digger]
---
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with a folder of key tasks."""
    monkeypatch.chdir(tmp_path)
    written(
        tmp_path / "tasks",
        {
            "3.3.md": key_task(3, 3, "Rehearse", outputs=["Rehearsal Report"]),
            "3.4.md": CUTOVER,
        },
    )


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def test_a_folder_becomes_a_plan_without_a_complaint() -> None:
    """The plan is named for the folder, checked, and its assumptions are counted."""
    result = _run("import", "tasks", "--size", "s", "--start", "2027-02-01")
    assert result.exit_code == 0, result.output
    assert "Assumed" in result.stderr
    assert "imsgen check tasks.yaml" in result.stdout
    text = Path("tasks.yaml").read_text(encoding="utf-8")
    assert "start: 2027-02-01\n" in text
    assert "{id: 3-3-rehearse, reason: Rehearsal Report}" in text
    checked = _run("check", "tasks.yaml")
    assert checked.exit_code == 0, checked.output
    assert "10 durations are assumed, of 10" in checked.stderr


def test_one_file_on_standard_output() -> None:
    """The cutover alone is a plan; with `--json` the assumptions are data."""
    result = _run("import", "tasks/3.4.md", "-o", "-")
    assert result.exit_code == 0, result.output
    assert "  go-no-go:" in result.stdout
    as_json = _run("import", "tasks/3.4.md", "-o", "-", "--json")
    assert not as_json.stderr
    document = json.loads(as_json.stdout)
    assert document["plan"] == result.stdout
    assert any("Go/No-Go" in one["text"] for one in document["losses"])


def test_a_plan_of_the_same_name_is_kept() -> None:
    """Only `--force` replaces it."""
    Path("tasks.yaml").write_text("mine", encoding="utf-8")
    refused = _run("import", "tasks")
    assert refused.exit_code == 2
    assert "whatever was edited" in refused.stderr
    assert Path("tasks.yaml").read_text(encoding="utf-8") == "mine"
    assert _run("import", "tasks", "--force").exit_code == 0


def test_the_folder_it_stands_in_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """`import .` writes the plan beside the files, and its first line says what it is of."""
    monkeypatch.chdir("tasks")
    assert _run("import", ".").exit_code == 0
    assert Path("tasks.yaml").read_text(encoding="utf-8").startswith("# From tasks, by the rules")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("plan.xml", "--size", "S"), "`--size` is for key tasks"),
        (("nowhere.md",), "`nowhere.md` does not exist"),
        (("tasks", "--start", "soon"), "`--start`"),
        (("tasks", "--timezone", "Mars"), "no time zone"),
    ],
)
def test_what_does_not_fit_is_refused(arguments: tuple[str, ...], message: str) -> None:
    """Nothing is written."""
    result = _run("import", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not list(Path().glob("*.yaml"))


def test_another_methodology_is_a_file_of_rules() -> None:
    """Other fields, phases with names, other parties, hours and lengths."""
    written(Path("pond"), {"a.md": INNER, "b.md": OUTER})
    Path("circles.rules").write_text(CIRCLES, encoding="utf-8")
    result = _run("import", "pond", "--rules", "circles.rules", "--size", "L")
    assert result.exit_code == 0, result.output
    text = Path("pond.yaml").read_text(encoding="utf-8")
    assert "{name: Dig a trial hole, duration: [1d?, 2d?, 3d?]" in text
    assert "after: [{id: inner-a-survey, reason: Plan of the site}]" in text
    assert "parties: {us: Our firm, them: Their firm}" in text
    assert "office: {work: {mon-thu: [09:00-17:00]}}" in text
    project = load(Path("pond.yaml")).project
    assert list(project.checkpoints) == ["inner-a-morning-talk"]
    assert str(project.activities["gate-outer"].id) == "gate-outer"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("S: [1h, 2h, 3h]", "S: [1h, 2h]", "`S` is not three durations"),
        ("S: [1h, 2h, 3h]", "S: [1h, 2h, soon]", "`soon` is not a duration"),
        ("units: 10%", "units: some", "a role has `units`"),
        ("  task: step\n", "", "`fields` does not say what `task` is called"),
        ("registers: [Site book]", "registers: Site book", "`registers` is not a list"),
        ("match: every morning", "match: '('", "is not a pattern"),
        ("name: Circles", "", "`name` is missing"),
        ("name: Circles", "name: Circles\ntitle: Circles", "`title` is no key here"),
        ("S: [1h, 2h, 3h]", "S: [1h, 3h, 2h]", "three durations that grow"),
        ("S: [1h, 2h, 3h]", "S: [1h, 2h, 3h?]", "the question mark is added"),
        ("style: soft", "style: firm", "`hard` or `soft`"),
        ("start: 2028-03-01", "start: soon", "is not a date"),
        ("{Map: [Plan of the site]}", "{Map: [Plan], Chart: [plan]}", "an alias of two documents"),
        ("checkpoints:", "file_name: '(x)'\ncheckpoints:", "names no groups"),
        ("decision: {}", "decision: {waits_for: all}", "`phase` or `documents`"),
        ("checkpoints:", "stated: [{match: x, unit: d}]\ncheckpoints:", "one group, the number"),
        (
            "checkpoints:",
            "stated: [{match: 'for (\\d{1,3})', unit: y}]\ncheckpoints:",
            "`unit` is one of",
        ),
        ("style: soft", "style: [soft]", "`style` is not text"),
        (", {units: 10%}", "", "the last of `roles` has no `match`"),
    ],
)
def test_a_wrong_rule_is_shown_where_it_stands(old: str, new: str, message: str) -> None:
    """Each is an error with its line, and nothing is written."""
    written(Path("pond"), {"a.md": INNER})
    assert old in CIRCLES
    Path("circles.rules").write_text(CIRCLES.replace(old, new), encoding="utf-8")
    result = _run("import", "pond", "--rules", "circles.rules")
    assert result.exit_code == 1
    assert message in result.stderr
    assert "IMS621" in result.stderr
    assert not Path("pond.yaml").exists()
