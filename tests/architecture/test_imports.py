"""What is loaded when, and who may know whom."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "scheduler" / "imsgen"

LIGHT = {"click", "imsgen"}
"""The packages beyond the standard library that `imsgen --help` may load."""
LIGHT_ROOMS = {"imsgen.cli", "imsgen.diagnostics", "imsgen.errors"}
"""The rooms of ours that it may load."""
HEAVY = {"ortools", "yaml", "icalendar", "xlsxwriter", "holidays", "dateutil", "numpy", "pandas"}

_LIST = """
import sys
before = set(sys.modules)
sys.argv = ["imsgen", {argument!r}]
from imsgen.cli.main import main
try:
    main()
except SystemExit:
    pass
print()
print("LOADED", *sorted(set(sys.modules) - before))
"""


def _loaded(argument: str) -> set[str]:
    """Return the modules that a command loads, as they are named in `sys.modules`."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _LIST.format(argument=argument)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    line = done.stdout.splitlines()[-1]
    assert line.startswith("LOADED ")
    return set(line.split()[1:])


def test_help_loads_click_and_the_standard_library_only() -> None:
    """`imsgen --help` answers before anything heavy could be loaded."""
    loaded = _loaded("--help")
    packages = {name.partition(".")[0] for name in loaded}
    assert packages - set(sys.stdlib_module_names) <= LIGHT


def test_help_loads_few_rooms_of_ours() -> None:
    """Neither model nor calendars are needed to print the help."""
    ours = {name for name in _loaded("--help") if name.startswith("imsgen.")}
    outside = {
        name for name in ours if not any(f"{name}.".startswith(f"{room}.") for room in LIGHT_ROOMS)
    }
    assert outside == set()


def test_listing_templates_loads_nothing_heavy() -> None:
    """`imsgen new` needs no library beyond click."""
    assert {name.partition(".")[0] for name in _loaded("new")} & HEAVY == set()


def test_one_package_loads_the_solver_library() -> None:
    """Before any module of `solver/cpsat` runs, its first one sees whether the library fits."""
    loads = re.compile(r"^\s*(?:from|import) ortools\b", re.MULTILINE)
    loading = [
        path.relative_to(SOURCES).as_posix()
        for path in sorted(SOURCES.rglob("*.py"))
        if loads.search(path.read_text(encoding="utf-8"))
    ]
    assert loading
    assert [name for name in loading if not name.startswith("solver/cpsat/")] == []


def test_the_import_contracts_hold() -> None:
    """Arrows run one way; only the solver knows its library; the verifier knows no solver."""
    pytest.importorskip("importlinter")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
