"""`imsgen show --board`, once and with `--watch`, from the text of a plan on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from imsgen.cli.console import Console
from imsgen.cli.main import cli
from imsgen.cli.watching import Source, watch

PLAN = """\
imsgen: 1
id: night
name: Night move
start: 2027-03-13 23:00
timezone: America/New_York
calendar: bridge
include: [progress.yaml]
calendars: {bridge: {work: 24x7}}
windows: {outage: {from: 2027-03-13 23:00, to: 2027-03-14 08:00}}
resources: {dba: {name: Dana}, ana: {name: Ana}}
activities:
  stop: {name: Stop *all* interfaces, duration: 1h, owner: ana, undo: 30m}
  load: {duration: 2h, after: stop, needs: dba, undo: 1h}
  open: {milestone: true, after: go, deadline: 2027-03-14 04:00}
gates:
  go: {name: Go/No-Go, after: load, duration: 15m, decides: ana, within: outage}
"""
STATUS = "status_date: 2027-03-14 00:30\n"
PROGRESS = "progress: {stop: {actual_start: 2027-03-13 23:00, remaining: 1h}}\n"


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a plan solved before anything was reported."""
    folder = tmp_path_factory.mktemp("night")
    (folder / "night.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "progress.yaml").write_text("progress: {}\n", encoding="utf-8")
    assert _run("solve", folder / "night.yaml", "-f", "none").exit_code == 0
    return folder


@pytest.fixture
def night(solved: Path, tmp_path: Path) -> Path:
    """Return the plan at 00:30, stop still with an hour to go and not solved again."""
    shutil.copytree(solved, tmp_path, dirs_exist_ok=True)
    (tmp_path / "night.yaml").write_text(PLAN + STATUS, encoding="utf-8")
    (tmp_path / "progress.yaml").write_text(PROGRESS, encoding="utf-8")
    return tmp_path / "night.yaml"


def test_the_board(night: Path) -> None:
    """Stop ends at 01:30 instead of midnight; the clocks go forward at 02:00."""
    assert _run("show", night, "--board").stdout.splitlines() == [
        "Night move",
        "Sun 14 Mar 2027 00:30 EST, reported up to 00:30, 0 of 4 activities done",
        "Finish expected Sun 14 Mar 2027 04:45 EDT, 1 h 30 min later than planned",
        "",
        "Late (1)",
        "  Stop *all* interfaces (stop), Ana: takes longer, 1 h 30 min late; costs: misses deadline of",
        "    open by 45 min, finish 1 h 30 min later, gate go 1 h 30 min later, 4 activities later",
        "",
        "Running now (1)",
        "  until 01:30 (planned 00:00)  Stop *all* interfaces (stop), Ana, since Sat 23:00, 60% expected",
        "",
        "Next 4 h (3)",
        "  01:30 (planned 00:00)  load, Dana, after stop",
        "  04:30 EDT (planned 03:00 EDT)  Go/No-Go (go), Ana, after load",
        "  04:45 EDT (planned 03:15 EDT)  open, after go",
        "",
        "Gates (1)",
        "  04:45 EDT  Go/No-Go (go) (planned 03:15 EDT): 1 h 45 min to its latest safe time 06:30 EDT",
        "",
        "Handovers (2)",
        "  01:30  Ana (stop) → Dana (load)",
        "  04:30 EDT  Dana (load) → Ana (go)",
    ]


def test_json(night: Path) -> None:
    """The same in UTC and minutes."""
    board = json.loads(_run("show", night, "--board", "--json").stdout)["board"]
    assert board["at"] == board["reported"] == "2027-03-14T05:30Z"
    assert board["finish"] == {"planned": "2027-03-14T07:15Z", "expected": "2027-03-14T08:45Z"}
    (late,) = board["late"]
    assert (late["id"], late["kind"], late["late"]) == ("stop", "takes longer", 90)
    assert late["cost"]["deadlines"] == {"open": 45}
    assert late["cost"]["finish"] == {"work": 90, "clock": 90}
    assert [one["id"] for one in board["next"]] == ["load", "go", "open"]


def test_another_time_and_span(night: Path) -> None:
    """At 03:30 by the clock, an hour ahead: a time alone is the one nearest to the status date."""
    board = json.loads(
        _run("show", night, "--board", "--at", "03:30", "--hours", 1, "--json").stdout
    )["board"]
    assert (board["at"], board["until"]) == ("2027-03-14T07:30Z", "2027-03-14T08:30Z")
    assert board["late"][0]["late"] == 150


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--at", "25:99", "--board"], "IMS124"),
        (["--at", "2027-03-13 22:00", "--board"], "before the status date"),
        (["--at", "03:30"], "go with `--board`"),
        (["--board", "-t", "critical"], "a view of its own"),
        (["--board", "--hours", "0"], "0 is not in the range"),
    ],
)
def test_what_makes_no_board(night: Path, options: list[str], message: str) -> None:
    """Each refused with what is wrong."""
    result = _run("show", night, *options)
    assert result.exit_code in {1, 2}
    assert message in result.stderr


def test_without_a_status_date_there_is_no_now(solved: Path) -> None:
    """It is never guessed; with a time the plan alone is shown."""
    result = _run("show", solved / "night.yaml", "--board")
    assert result.exit_code == 2
    assert "no time is now" in result.stderr
    shown = _run("show", solved / "night.schedule.json", "--board", "--at", "2027-03-14 00:30")
    assert "as planned: the plan has no status date, 1 of 4 activities done" in " ".join(
        shown.stdout.split()
    )


def test_the_schedule_of_another_plan(night: Path) -> None:
    """A file of another plan beside the plan is not taken for its own."""
    night.write_text(PLAN.replace("id: night", "id: other") + STATUS, encoding="utf-8")
    assert "is one of the plan `night`" in _run("show", night, "--board").stderr


def test_colour_only_where_it_is_wanted(night: Path) -> None:
    """Late is red when asked for; NO_COLOR and a file get plain text."""
    colored = CliRunner().invoke(cli, ["show", str(night), "--board", "--color", "always"])
    assert "\x1b[31m\x1b[1m" in colored.stdout
    plain = CliRunner().invoke(cli, ["show", str(night), "--board"], env={"NO_COLOR": "1"})
    assert "\x1b" not in plain.stdout


def test_names_reach_the_terminal_as_text(night: Path) -> None:
    """A name with control characters moves no cursor."""
    text = PLAN.replace("Stop *all* interfaces", '"Stop\\u001b[2J"')
    night.write_text(text + STATUS, encoding="utf-8")
    assert "\x1b" not in _run("show", night, "--board").stdout


# -- watching --------------------------------------------------------------------------------


def _watched(path: Path, capsys: pytest.CaptureFixture[str], steps: list[str]) -> Iterator[str]:
    """Yield what is written at first and after each new text of the progress file."""
    left = list(steps)
    shown: list[str] = []

    def wait(_seconds: float) -> None:
        shown.append(capsys.readouterr().out)
        if not left:
            raise KeyboardInterrupt
        text = left.pop(0)
        if text:
            (path.parent / "progress.yaml").write_text(text, encoding="utf-8")

    watch(Console(), Source(path), wait)
    yield from shown


def test_watching_shows_what_changes(night: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once at first, not again while nothing changes, and again with each report."""
    done = "progress: {stop: {actual_start: 2027-03-13 23:00, actual_finish: 2027-03-14 00:10}}\n"
    first, nothing, then = _watched(night, capsys, ["", done])
    assert "takes longer" in first
    assert nothing == ""
    assert then.startswith("\nNight move\n")
    assert "not begun, 30 min late" in " ".join(then.split())


def test_watching_outlives_a_broken_plan(night: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A half-written file is told and waited for, not the end."""
    first, broken, mended = _watched(night, capsys, ["progress: {stop: {", PROGRESS])
    assert "Night move" in first
    assert "Night move" not in broken
    assert "Night move" in mended


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT for one process there")
def test_ctrl_c_ends_it_cleanly(night: Path) -> None:
    """As a process whose output is no terminal: one board, then the signal, exit code 0."""
    process = subprocess.Popen(
        [sys.executable, "-m", "imsgen", "show", str(night), "--board", "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "Night move\n"
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Night move" not in rest
    assert errors == ""


def test_a_watched_terminal_is_drawn_anew_by_the_clock(
    night: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen is cleared before each board, whose time is the clock's, not the status date."""
    minute = 30_083_410  # 2027-03-14 06:10 UTC, 01:10 in New York
    monkeypatch.setattr("imsgen.cli.live.this_minute", lambda: minute)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")

    def wait(_seconds: float) -> None:
        raise KeyboardInterrupt

    watch(Console(), Source(night, live=True), wait)
    shown = capsys.readouterr().out
    assert shown.startswith("\x1b[H\x1b[2J\x1b[3JNight move\n")
    assert "Sun 14 Mar 2027 01:10 EST, reported up to 00:30" in shown
    assert all(len(line) <= 80 for line in shown.splitlines()[1:])


def test_days_further_off_are_said_by_date(night: Path) -> None:
    """Within two days a weekday will do; the same weekday of another week is another day."""
    text = PLAN.replace("duration: 1h, owner", "duration: 7ed, owner").replace(
        "outage: {from: 2027-03-13 23:00, to: 2027-03-14 08:00}",
        "outage: {from: 2027-03-13 23:00, to: 2027-03-24 08:00}",
    )
    night.write_text(text, encoding="utf-8")
    (night.parent / "progress.yaml").write_text("progress: {}\n", encoding="utf-8")
    assert _run("solve", night, "-f", "none").exit_code == 0
    shown = " ".join(_run("show", night, "--board", "--at", "2027-03-20 12:00").stdout.split())
    assert "until Sun 00:00 Stop *all* interfaces (stop), Ana, since Sat 13 Mar 23:00" in shown
