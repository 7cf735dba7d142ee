"""The command line as a process of its own: signals, pipes and bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from imsgen.model import Status
from imsgen.schedule import read_schedule
from imsgen.verifier import verify_schedule

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


# -- a search in several processes ----------------------------------------------------------------

HARD = """\
imsgen: 1
start: 2027-03-01 08:00
timezone: Europe/Zurich
calendar: standard
resources:
  a: {capacity: 5}
  b: {capacity: 5}
activities:
""" + "".join(
    f"  job{i}: {{duration: {1 + 7 * i % 11}h, needs: {{a: {1 + 3 * i % 5}, b: {1 + 7 * i % 4}}}"
    + (f", after: job{i - 8}}}\n" if i >= 8 else "}\n")
    for i in range(90)
)
ENDLESS = ("--effort", "1000000000", "--time-limit", "600s", "--workers", "3", "-f", "csv")
PATIENCE = 60.0
"""Seconds to wait for what comes in a moment on an idle machine."""
PROCESSES = pytest.mark.skipif(sys.platform != "linux", reason="reads who started whom from /proc")


def _children(parent: int) -> list[int]:
    """Return the processes that a process has started and that are not at their end."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, starter = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue  # it has gone since
        if int(starter) == parent and state != "Z":
            found.append(int(path.parent.name))
    return sorted(found)


def _waited(what: Callable[[], bool]) -> bool:
    """Whether something comes true while there is patience."""
    ends = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > ends:
            return False
        time.sleep(0.02)
    return True


def _gone(process: int) -> bool:
    """Whether a process has ended, whether or not anybody has asked how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Start a search without end in three processes; gives the first and those it started."""
    path = tmp_path / "hard.yaml"
    path.write_text(HARD, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "imsgen", "solve", str(path), *ENDLESS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert _waited(lambda: len(_children(process.pid)) == 2 or process.poll() is not None)
        helpers = _children(process.pid)
        assert len(helpers) == 2
        yield process, helpers
        assert _waited(lambda: all(_gone(helper) for helper in helpers))
    finally:
        process.kill()
        process.communicate()


@PROCESSES
def test_ctrl_c_ends_all_processes(
    busy: tuple[subprocess.Popen[str], list[int]], tmp_path: Path
) -> None:
    """One Ctrl-C: the best is verified and written, and said; the processes that helped are gone."""
    process, _ = busy
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert "stopping with the best schedule so far" in err
    assert "best schedule found before the interruption" in out
    found = read_schedule(tmp_path / "hard.schedule.json")
    assert found.status is Status.INTERRUPTED
    assert not found.run.reproducible
    assert verify_schedule(found) == []
    assert (tmp_path / "hard.csv").exists()


@PROCESSES
def test_ctrl_c_twice_leaves_no_process(busy: tuple[subprocess.Popen[str], list[int]]) -> None:
    """The second ends it with 130 or comes after the end; either way nobody goes on searching."""
    process, _ = busy
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode in {0, 130}, err
    assert "Traceback" not in err


@PROCESSES
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_nobody_goes_on_alone(
    busy: tuple[subprocess.Popen[str], list[int]], how: signal.Signals
) -> None:
    """The first process ends without a chance to tell: those it started see it and end, too."""
    process, _ = busy
    process.send_signal(how)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == -how


@PROCESSES
def test_killed_helpers_are_done_without(busy: tuple[subprocess.Popen[str], list[int]]) -> None:
    """Both are killed: the search goes on, and ends as it should when asked to."""
    process, helpers = busy
    for helper in helpers:
        os.kill(helper, signal.SIGKILL)
    assert _waited(lambda: all(_gone(helper) for helper in helpers))
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert "Traceback" not in err


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
