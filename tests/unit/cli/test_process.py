"""The command line as a process of its own: signals, pipes and bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PLAN = """\
imsgen: 1
name: Umzug — Zürich
start: 2027-03-01 08:00
timezone: Europe/Zurich
calendar: standard
activities:
  pack: {name: Kisten füllen, duration: 1d}
"""

# A solver that searches until it is told to stop, or for ever when it is deaf.
PATIENT = """
import sys, time
import imsgen.solver
from imsgen.cli.main import main
real, deaf = imsgen.solver.solve, {deaf}
def search(project, settings, observer):
    found = real(project, settings, None)
    print("searching", flush=True)
    while deaf or not observer.stop():
        time.sleep(0.01)
    return found
imsgen.solver.solve = search
main()
"""
SIGNALS = pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a whole group")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Write the plan."""
    path = tmp_path / "umzug.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def _start(plan: Path, *, deaf: bool) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", PATIENT.format(deaf=deaf), "solve", str(plan), "-f", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "searching\n"
    process.send_signal(signal.SIGINT)
    return process


@SIGNALS
def test_ctrl_c_keeps_the_best_schedule(plan: Path) -> None:
    """One Ctrl-C ends the search; the files are written and the exit code is 0."""
    process = _start(plan, deaf=False)
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    assert "stopping with the best schedule so far" in err
    assert "Written" in out
    assert plan.with_suffix(".csv").exists()


@SIGNALS
def test_ctrl_c_twice_stops_at_once(plan: Path) -> None:
    """The second one ends the program with 130, whatever the search does; nothing is written."""
    process = _start(plan, deaf=True)
    assert process.stderr is not None
    assert "stopping" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=600)
    assert process.returncode == 130
    assert "nothing was written" in err
    assert [path.name for path in plan.parent.iterdir()] == [plan.name]


def test_output_is_utf_8_whatever_the_console_says(plan: Path) -> None:
    """Names with umlauts come out as UTF-8 where the locale knows only ASCII."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "imsgen", "solve", str(plan), "-f", "none"],
        capture_output=True,
        env=environment,
        check=True,
    )
    assert "Umzug — Zürich" in done.stdout.decode("utf-8")
    assert "Kisten füllen" in done.stdout.decode("utf-8")


@SIGNALS
def test_a_closed_pipe_is_no_error(plan: Path) -> None:
    """`imsgen rule | head -1` ends quietly."""
    command = f"{sys.executable} -m imsgen rule | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
