"""Every bad plan of the syntax family is answered with exactly what its first lines expect."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imsgen.diagnostics import Report
from imsgen.diagnostics.catalogue.syntax import CODES
from imsgen.plan.syntax import read_document

ERRORS = Path(__file__).parents[2] / "plans" / "errors"
PLANS = sorted(ERRORS.glob("IMS1*.yaml"))
MADE_ELSEWHERE = {"IMS112"}
"""Codes whose files are megabytes: `test_source.py` makes them."""

_EXPECT = re.compile(r"# expect: (error|warning|note) (IMS\d+) at (\d+):(\d+)")


def expected(path: Path) -> list[tuple[str, str, int, int]]:
    """Return severity, code, line and column of each expectation."""
    found = _EXPECT.findall(path.read_text(encoding="utf-8", errors="replace"))
    return sorted(
        (severity, code, int(line), int(column)) for severity, code, line, column in found
    )


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_plan_is_answered_as_its_first_lines_say(path: Path) -> None:
    """Each problem has the code, severity and place that the file expects, and no other."""
    report = Report()
    read_document(path, path.name, report)
    found = sorted(
        (str(one.severity), one.code, one.span.line, one.span.column)
        for one in report.sorted()
        if one.span is not None
    )
    assert found == expected(path)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_answer_points_into_the_file(path: Path) -> None:
    """Every span lies in the file, is not empty, and every error says what to do."""
    lines = [*re.split("\r\n|\n", path.read_text(encoding="utf-8", errors="replace")), ""]
    report = Report()
    read_document(path, path.name, report)
    for one in report.sorted():
        spans = [one.span, *(label.span for label in one.labels)]
        for span in spans:
            assert span is not None
            assert 1 <= span.line <= len(lines)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert not one.message.endswith(".")


def test_every_code_has_a_bad_plan() -> None:
    """Each syntax code is provoked by a file named after it."""
    provoked = {path.name[:6] for path in PLANS} | MADE_ELSEWHERE
    assert provoked == {code.code for code in CODES}
