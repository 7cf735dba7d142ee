"""The benchmark scripts, run as a reader would run them, on an instance made by hand."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TWO_IN_TURN = """\
4 1
1
0 0 2 2 3
3 1 1 4
2 1 1 4
0 0 0
"""
"""Two activities of 3 and 2 periods that need the one unit there is: 5 periods."""


def _run(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "benchmarks" / script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the instance as ``t4_1_1`` and its bounds in ``bounds.json``."""
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "t4_1_1.rcp").write_text(TWO_IN_TURN, encoding="ascii")
    _known(tmp_path, 5, 5)
    return tmp_path


def _known(folder: Path, low: int, high: int) -> None:
    text = json.dumps({"bounds": {"t4_1_1": [low, high]}})
    (folder / "bounds.json").write_text(text, encoding="utf-8")


def test_psplib_prints_and_writes_what_it_found(folder: Path) -> None:
    """5 periods, proved, nothing over the best known, 2 over the critical path of 3."""
    out = folder / "out.json"
    done = _run(
        "psplib.py", folder, "--bounds", folder / "bounds.json", "--seconds", "5", "--json", out
    )
    assert done.returncode == 0, done.stderr
    assert "| best known reached | 1 of 1 |" in done.stdout
    assert "| mean over best known | 0.00 % |" in done.stdout
    assert "| mean over critical path | 66.67 % |" in done.stdout
    assert "| proved optimal | 1 of 1 |" in done.stdout
    (one,) = json.loads(out.read_text(encoding="utf-8"))["instances"]
    assert (one["name"], one["makespan"], one["bound"]) == ("t4_1_1", 5, 5)
    assert one["best"] == [5, 5]
    assert one["violations"] == []


def test_psplib_without_bounds(folder: Path) -> None:
    """Nothing is said of a best known makespan."""
    done = _run("psplib.py", folder, "--seconds", "5")
    assert done.returncode == 0, done.stderr
    assert "best known" not in done.stdout


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(6, 7, "shorter than the bound 6"), (3, 4, "bound above a known schedule of 4")],
)
def test_psplib_contradicts_nothing_that_is_known(
    folder: Path, low: int, high: int, said: str
) -> None:
    """A makespan under the lower bound, or a proof over a known schedule, is an error."""
    _known(folder, low, high)
    done = _run("psplib.py", folder, "--bounds", folder / "bounds.json", "--seconds", "5")
    assert done.returncode == 1
    assert f"WRONG: t4_1_1: {said}" in done.stdout


def test_psplib_says_when_there_is_nothing_to_solve(folder: Path) -> None:
    """Neither an unknown name nor a pattern that fits nothing passes for a result."""
    names = folder / "names.txt"
    names.write_text("t4_1_1 t4_1_2\n", encoding="utf-8")
    done = _run("psplib.py", folder, "--list", names)
    assert done.returncode == 1
    assert "no file for t4_1_2" in done.stderr
    done = _run("psplib.py", folder, "--only", "j30_*")
    assert done.returncode == 1
    assert "no .rcp files named j30_*" in done.stderr


def test_peers_goes_on_without_those_that_are_missing(folder: Path) -> None:
    """Who is not installed is named, and the table has the others."""
    done = _run(
        "peers.py", folder, "--seconds", "5", "--pyjobshop", "no-python", "--tj3", "no-tj3"
    )
    assert done.returncode == 0, done.stderr
    assert "note: without PyJobShop" in done.stdout
    assert "note: without TaskJuggler" in done.stdout
    assert "| t4_1_1 |  | 5 proved |" in done.stdout


@pytest.mark.skipif(shutil.which("tj3") is None, reason="TaskJuggler is not installed")
def test_peers_asks_taskjuggler(folder: Path) -> None:
    """Its task of 3 periods and its task of 2 take one person in turn as well."""
    done = _run("peers.py", folder, "--seconds", "5", "--pyjobshop", "no-python")
    assert done.returncode == 0, done.stderr
    assert "| t4_1_1 |  | 5 proved | 5 |" in done.stdout
