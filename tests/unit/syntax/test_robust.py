"""Damaged plans are answered, never met with a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imsgen.diagnostics import Report
from imsgen.diagnostics.render import FORMS, render
from imsgen.plan.syntax import read_document, read_text
from imsgen.plan.syntax.text import compose

FOLDER = Path(__file__).parent
LINES = (FOLDER / "annotated.yaml").read_text(encoding="utf-8").split("\n")
JUNK = [*"{}[]:,#&*!|>'\"%@`-? \n\t~\x00\u2028é漢", "- ", ": ", " #", "---", "<<: ", "1h", "? "]

damage = st.tuples(st.integers(0, 10_000), st.integers(0, 6), st.sampled_from(["", *JUNK]))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(LINES)), st.integers(1, 30), st.lists(damage, min_size=1, max_size=4))
def test_a_damaged_plan_is_answered(
    first: int, count: int, changes: list[tuple[int, int, str]]
) -> None:
    """Text cut, inserted and torn anywhere: no exception, every problem has a place, and a plan
    that is not read is never left without a reason.
    """
    text = "\n".join(LINES[first : first + count])
    for position, cut, junk in changes:
        at = position % (len(text) + 1)
        text = text[:at] + junk + text[at + cut :]
    report = Report()
    document = read_text(text, "plan.yaml", report)
    assert document is not None or report.failed
    for one in report.sorted():
        assert one.span is not None
        assert (one.span.line, one.span.column) <= (one.span.end_line, one.span.end_column)
    for form in FORMS:
        shown = render(report.sorted(), form, lambda _: text)
        assert "\x00" not in shown


def test_without_the_compiled_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML without libyaml reads the same document."""
    expected = read_document(FOLDER / "annotated.yaml", "plan.yaml", Report())
    monkeypatch.setattr(compose, "Loader", yaml.BaseLoader)
    # the Python parser ends plain text at a `?` inside braces: quotes help it
    text = "\n".join(LINES).replace("duration: 2d?", 'duration: "2d?"')
    report = Report()
    found = read_text(text, "plan.yaml", report)
    assert report.diagnostics == []
    assert found is not None
    assert expected is not None
    assert [one.id for one in found.activities] == [one.id for one in expected.activities]
    assert found.calendars == expected.calendars
    assert found.gates == expected.gates
