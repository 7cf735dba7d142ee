"""`imsgen gates`, and what `solve` says of the way back, from the text of a plan on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result
from icalendar import Calendar

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


def _solved(folder: Path, plan: str = PLAN) -> Path:
    path = folder / "night.yaml"
    path.write_text(plan, encoding="utf-8")
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
    (back,) = json.loads(result.stdout)["rollbacks"].values()
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


def test_gates_of_a_plan_without_schedule(tmp_path: Path) -> None:
    """The plan is solved, with the figures a solve writes, and nothing is written."""
    path = tmp_path / "night.yaml"
    path.write_text(PLAN, encoding="utf-8")
    result = _run("gates", path, "--json")
    assert result.exit_code == 0, result.output
    assert [one.name for one in tmp_path.iterdir()] == ["night.yaml"]
    found = json.loads(result.stdout)
    _run("solve", path, "-f", "")
    assert json.loads(_run("gates", path, "--json").stdout)["rollbacks"] == found["rollbacks"]
    assert (found["rollbacks"]["go"]["length"], found["rollbacks"]["go"]["margin"]) == (180, 150)


def test_gates_of_a_plan_that_has_changed(tmp_path: Path) -> None:
    """The published figures are shown, with a warning, also where the plan can no longer be read."""
    path = _solved(tmp_path)
    assert "IMS602" not in _run("gates", path).stderr
    for text in (PLAN.replace("undo: 30m", "undo: 45m"), PLAN + "x: [\n"):
        path.write_text(text, encoding="utf-8")
        result = _run("gates", path)
        assert result.exit_code == 0
        assert "warning[IMS602]: the plan has changed since" in result.stderr
        assert "2 h 30 min  safe" in result.stdout
        assert "IMS602" not in _run("gates", tmp_path / "night.schedule.json").stderr


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


def test_last_safe_moment_as_json(tmp_path: Path) -> None:
    """Nothing begins after the load, so the window is safe as long as the gate, until 02:00.

    `open`, which is irreversible, starts when the gate has said Go, at 23:30: it ends that.
    """
    path = _solved(tmp_path)
    (found,) = json.loads(_run("gates", path, "--json").stdout)["last_safe"]
    assert (found["window"], found["gates"], found["proved"]) == ("outage", ["go"], True)
    assert (found["no_return"], found["irreversible"]) == ("2027-03-12T23:30Z", "night.open")
    assert (found["latest"], found["latest_bound"]) == ("2027-03-12T23:30Z",) * 2
    assert [one["length"] for one in found["curve"]] == [30, 60, 60, 180, 180]
    assert found["curve"][-1]["at"] == "2027-03-12T23:30Z"


def test_curve_as_text(tmp_path: Path) -> None:
    """A column for each span, as high as No-Go takes; gate, last moment and no return below it."""
    path = _solved(tmp_path)
    text = _run("gates", path).stdout
    assert "last safe moment Fri 12 Mar 2027 23:30 UTC; point of no return" in text
    rows = [line for line in text.splitlines() if "█" in line][:-1]
    assert len(rows) > 5
    assert [line.count("█") for line in rows] == sorted(line.count("█") for line in rows)
    assert any(line.strip() == "S" for line in text.splitlines())
    assert "after `night.data`" in text


def test_late_gate_is_a_warning_and_with_strict_an_error(tmp_path: Path) -> None:
    """From 23:30 on 7 h are undone and checked: until 06:30, 1 h 30 min after the window."""
    late = PLAN.replace("undo: 2h", "undo: 6h")
    path = tmp_path / "night.yaml"
    path.write_text(late, encoding="utf-8")
    result = _run("solve", path, "-f", "")
    assert result.exit_code == 0
    assert "warning[IMS609]: the gate `go` decides too late to go back" in result.stderr
    assert "decide 1 h 30 min earlier, let `outage` last 1 h 30 min longer" in result.stderr
    record = json.loads(_run("solve", path, "-f", "", "--json").stdout)
    assert [one["code"] for one in record["diagnostics"]] == ["IMS609"]
    (back,) = record["rollbacks"].values()
    assert (back["verdict"], back["margin"]) == ("too late", -90)
    assert _run("solve", path, "-f", "", "--strict").exit_code == 1


def test_gate_past_the_point_of_no_return(tmp_path: Path) -> None:
    """A gate after `open` has nothing to go back to."""
    past = PLAN.replace(
        "go: {name: Go/No-Go, after: night.data.load", "go: {after: night.first"
    ).replace(
        "open: {duration: 15m, after: go, calendar: bridge, irreversible: true}",
        "first: {duration: 15m, after: data.load, calendar: bridge, irreversible: true}",
    )
    path = _solved(tmp_path, past)
    result = _run("solve", path, "-f", "")
    assert "warning[IMS623]: the gate `go` is past the point of no return" in result.stderr
    assert "PAST THE POINT OF NO RETURN: `night.first` cannot be undone" in result.stdout


def test_effort_is_shared(tmp_path: Path) -> None:
    """The way back takes of the effort of the solve, not as much again, and says what it spent."""
    path = _solved(tmp_path)
    result = _run("solve", path, "-f", "", "--effort", "0.5", "-v")
    assert result.exit_code == 0
    run = json.loads((tmp_path / "night.schedule.json").read_text(encoding="utf-8"))["run"]
    assert run["effort"] == 0.5
    assert 0 < run["spent"] <= 0.5


def test_calendar_tells_the_last_safe_moment(tmp_path: Path) -> None:
    """An event of its own at the last safe moment, and the latest safe time in that of the gate."""
    path = _solved(tmp_path, PLAN.replace(", irreversible: true", ""))
    assert _run("verify", path).exit_code == 0
    assert _run("export", tmp_path / "night.schedule.json", "-f", "ics").exit_code == 0
    text = (tmp_path / "night.ics").read_bytes()
    events = {str(one["summary"]): one for one in Calendar.from_ical(text).walk("VEVENT")}
    last = events["[Night move] LAST SAFE MOMENT FOR NO-GO – outage"]
    assert last.decoded("dtstart") == datetime(2027, 3, 13, 2, 0, tzinfo=UTC)
    told = "A No-Go said now has undone all that has begun in 3 h, by Sat 13 Mar 2027 05:00 UTC"
    description = str(last["description"])
    assert told in description
    assert "before the window does, Sat 13 Mar 2027 05:00 UTC" in description
    safe = "Way back: safe: No-Go takes 3 h and may be said until Sat 13 Mar 2027 02:00 UTC"
    assert safe in str(events["[Night move] Go/No-Go"]["description"])


def test_verify_finds_a_moved_last_safe_moment(tmp_path: Path) -> None:
    """A calendar that has the last safe moment at another time does not pass."""
    path = _solved(tmp_path)
    file = tmp_path / "night.schedule.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    (one,) = [event for event in record["meetings"] if event["id"] == "last-safe:outage"]
    one["start"] = one["finish"] = "2027-03-12T23:45Z"
    file.write_text(json.dumps(record), encoding="utf-8")
    result = _run("verify", path)
    assert result.exit_code == 1
    assert "no last safe moment is then" in result.stderr
