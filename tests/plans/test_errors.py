"""Plans with mistakes, each saying in its first lines what is to be found in it.

    # expect: error IMS203 at 9:18
    # expect: error IMS224 at parts/pool.yaml:3:3

All diagnostics of a plan are expected, notes and warnings too, and no others.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imsgen.diagnostics import Diagnostic
from imsgen.errors import PlanError
from imsgen.plan import load

FOLDER = Path(__file__).parent / "errors"
PLANS = sorted(FOLDER.glob("*.yaml"))
EXPECT = re.compile(rb"# expect: (\w+) (IMS\d{3}) at (?:(\S+?):)?(\d+):(\d+)")
Found = tuple[str, str, str, int, int]


def expected(path: Path) -> list[Found]:
    """Return severity, code, file, line and column of what a plan says is wrong with it."""
    return [
        (
            severity.decode(),
            code.decode(),
            file.decode() or path.name,
            int(line),
            int(column),
        )
        for severity, code, file, line, column in EXPECT.findall(path.read_bytes())
    ]


def found(path: Path) -> list[Found]:
    """Return the same of every diagnostic of loading the plan."""
    try:
        diagnostics = load(path).diagnostics
    except PlanError as error:
        diagnostics = error.diagnostics
    return [_key(one) for one in diagnostics]


def _key(one: Diagnostic) -> Found:
    assert one.span is not None, f"{one.code} has no place"
    file = Path(one.span.file).relative_to(FOLDER).as_posix()
    return one.severity.value, one.code, file, one.span.line, one.span.column


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_plan_gets_exactly_the_diagnostics_it_expects(path: Path) -> None:
    """Code, severity and place are as stated, and nothing else is reported."""
    assert sorted(found(path)) == sorted(expected(path))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_plan_provokes_the_code_it_is_named_for(path: Path) -> None:
    """The code of the file's name is among those expected."""
    assert path.stem[:6] in {code for _, code, *_ in expected(path)}
