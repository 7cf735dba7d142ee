"""Large plans."""

from __future__ import annotations

import time

from imsgen.diagnostics import Report
from imsgen.plan.syntax import read_text

SIZE = 5_000


def test_five_thousand_activities_take_about_a_second() -> None:
    """A plan of 5,000 one-line activities is read in about a second of processor time.

    The limit is four times that, so that a slow machine does not fail the test.
    """
    lines = ["imsgen: 1", "name: Large", "start: 2026-11-02 08:00", "activities:"]
    lines += [
        f"  a{i}: {{name: Activity number {i}, duration: {i % 9 + 1}d,"
        f" after: [a{max(i - 1, 0)} FS+2h, a{max(i - 7, 0)}],"
        f" needs: {{dba: 1, ana: 50%}}, owner: pm}}"
        for i in range(SIZE)
    ]
    report = Report()
    before = time.process_time()
    document = read_text("\n".join(lines), "large.yaml", report)
    assert time.process_time() - before < 4
    assert report.diagnostics == []
    assert document is not None
    assert len(document.activities) == SIZE
