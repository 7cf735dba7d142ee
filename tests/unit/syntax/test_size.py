"""Large plans."""

from __future__ import annotations

from tests.support.cost import calls

from imsgen.diagnostics import Report
from imsgen.plan.syntax import read_text


def _text(size: int) -> str:
    lines = ["imsgen: 1", "name: Large", "start: 2026-11-02 08:00", "activities:"]
    lines += [
        f"  a{i}: {{name: Activity number {i}, duration: {i % 9 + 1}d,"
        f" after: [a{max(i - 1, 0)} FS+2h, a{max(i - 7, 0)}],"
        f" needs: {{dba: 1, ana: 50%}}, owner: pm}}"
        for i in range(size)
    ]
    return "\n".join(lines)


def test_reading_grows_with_the_plan() -> None:
    """Four times as many one-line activities cost hardly more than four times as many calls."""
    small, large = _text(250), _text(1000)
    cost = calls(lambda: read_text(small, "small.yaml", Report()))
    assert calls(lambda: read_text(large, "large.yaml", Report())) < 4.2 * cost


def test_five_thousand_activities_are_read() -> None:
    """All of them, without a complaint."""
    report = Report()
    document = read_text(_text(5000), "large.yaml", report)
    assert report.diagnostics == []
    assert document is not None
    assert len(document.activities) == 5000
