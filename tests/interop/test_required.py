"""Nothing is skipped in silence where the programs were installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
_TESTS = """
import pytest

@pytest.mark.skipif(True, reason="a program is not installed")
def test_by_mark(): pass

def test_by_import(): pytest.importorskip("no_such_package")

@pytest.fixture
def program(): pytest.skip("a program is not installed")

def test_by_fixture(program): pass

@pytest.mark.skipif(True, reason="the independent checker is not beside us")
def test_checker(): pass

@pytest.mark.xfail
def test_known(): assert False

def test_runs(): pass
"""
_MODULE = 'import pytest\npytest.skip("a program is missing", allow_module_level=True)\n'


@pytest.mark.parametrize(
    ("required", "folder", "summary"),
    [
        ("", "interop", "1 passed, 5 skipped, 1 xfailed"),
        ("required", "unit", "1 passed, 5 skipped, 1 xfailed"),
        ("required", "interop", "1 failed, 1 passed, 1 skipped, 1 xfailed, 3 errors"),
    ],
)
def test_a_missing_program_fails_where_it_is_required(
    required: str, folder: str, summary: str, tmp_path: Path
) -> None:
    """By mark, import, fixture or module; the checker and tests elsewhere may be missing."""
    tests = tmp_path / "tests"
    (tests / folder).mkdir(parents=True)
    shutil.copy(CONFTEST, tests)
    (tests / folder / "test_some.py").write_text(_TESTS, encoding="utf-8")
    (tests / folder / "test_module.py").write_text(_MODULE, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:randomly",
            "--continue-on-collection-errors",
        ],
        cwd=tmp_path,
        env={**os.environ, "IMSGEN_INTEROP": required},
        capture_output=True,
        check=False,
        text=True,
        timeout=600,
    )
    assert summary in done.stdout
    assert done.returncode == ("failed, " in summary)
