"""`imsgen gates`, and what `solve` says of the way back, from the text of a plan on."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from imsgen.cli.main import cli

PLAN = """\
imsgen: 1
name: Night move
start: 2027-03-12 19:00
timezone: UTC
calendar: bridge
calendars: {bridge: {work: 24x7}, late: {work: {mon-sun: 22:00-06:00}}}
windows: {outage: {from: 2027-03-12 19:00, to: 2027-03-13 05:00}}
resources: {dba: {name: Dana}}
activities:
  night:
    within: outage
    activities:
      stop: {duration: 1h, undo: 30m}
      data:
        calendar: late
        undo: 2h
        activities:
          load: {duration: 1h, after: stop, needs: dba, undo: 9h}
      open: {duration: 15m, after: go, calendar: bridge, irreversible: true}
  back: {activities: {check: {duration: 30m}}}
gates:
  go: {name: Go/No-Go, after: night.data.load, duration: 30m, else: back}
"""


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def _solved(folder: Path) -> Path:
    path = folder / "night.yaml"
    path.write_text(PLAN, encoding="utf-8")
    result = _run("solve", path, "-f", "")
    assert result.exit_code == 0, result.output
    return path


def test_gates_as_json(tmp_path: Path) -> None:
    """The load, 22:00 to 23:00, is restored with its group: 2 h on the calendar handed down.

    The gate decides at 23:30; 2 h restore, 30 min undo and 30 min check take 3 h, until 05:00
    there are 5 h 30 min.
    """
    path = _solved(tmp_path)
    result = _run("gates", path, "--json")
    (back,) = json.loads(result.stdout)["gates"].values()
    assert (back["decided"], back["length"]) == ("2027-03-12T23:30Z", 180)
    assert (back["latest"], back["margin"]) == ("2027-03-13T02:00Z", 150)
    assert (back["verdict"], back["proved"], back["window"]) == ("safe", True, "outage")
    assert [one["id"] for one in back["steps"]] == ["night.data", "night.stop", "back.check"]


def test_gates_as_a_table_and_in_the_summary(tmp_path: Path) -> None:
    """The same in words, with the steps of the rollback."""
    path = _solved(tmp_path)
    result = _run("gates", path)
    assert "2 h 30 min  safe" in result.stdout
    assert "undo  night.data" in result.stdout
    shown = " ".join(_run("show", path).stdout.split())
    assert (
        "Go/No-Go: safe: No-Go takes 3 h and may be said until Sat 13 Mar 2027 02:00 UTC, "
        "2 h 30 min to spare" in shown
    )


def test_verify_reads_the_way_back(tmp_path: Path) -> None:
    """A schedule file that claims a later safe time than there is does not pass."""
    path = _solved(tmp_path)
    file = tmp_path / "night.schedule.json"
    assert _run("verify", path).exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert '"latest": "2027-03-13T02:00Z"' in text
    changed = text.replace('"latest": "2027-03-13T02:00Z"', '"latest": "2027-03-13T03:00Z"')
    file.write_text(changed, encoding="utf-8")
    result = _run("verify", path)
    assert result.exit_code == 1
    assert "gate `go`" in result.stderr
