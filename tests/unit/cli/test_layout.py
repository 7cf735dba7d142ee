"""Text that fits the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from imsgen.cli import layout
from imsgen.cli.layout import filled, screen_width, wrapped
from imsgen.cli.summary import summary
from imsgen.cli.why import why
from imsgen.plan import load
from imsgen.solver import Settings, solve

SAMPLE = Path(__file__).parents[3] / "samples" / "minimal.yaml"


def test_lines_break_between_parts() -> None:
    """As many parts as fit; a part that is longer than the screen keeps its line."""
    assert [*filled(["abc", "def", "ghi"], 7, 2)] == ["abc def", "  ghi"]
    assert [*filled(["abc", "def"], 6, 2)] == ["abc", "  def"]
    assert [*filled(["a" * 20], 7, 2)] == ["a" * 20]


def test_words_are_not_cut() -> None:
    """An id with hyphens stays whole, the second line is indented a little more."""
    assert [*wrapped("`go-live` finish", 12, 2)] == ["  `go-live`", "    finish"]


def test_the_screen_counts_only_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """96 columns in a pipe; on a terminal its own, not more than 96, not less than 72."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: False, raising=False)
    assert screen_width() == layout.WIDTH == 96
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert screen_width() == 80
    for columns, width in (("200", 96), ("20", 72)):
        monkeypatch.setenv("COLUMNS", columns)
        assert screen_width() == width


@pytest.mark.parametrize("width", [80, 96])
def test_the_screens_of_a_sample_fit(width: int) -> None:
    """No line of the summary or of a reason is wider than the screen, and no date is cut."""
    schedule = solve(load(SAMPLE).project, Settings(effort=1))
    texts = [summary(schedule, width), *(why(schedule, id_, width) for id_ in schedule.activities)]
    for text in texts:
        assert max(map(len, text.splitlines())) <= width
        assert "…" not in text
    head = summary(schedule, width).splitlines()[1:3]
    assert head[0].startswith("Finish     Tue 9 Mar 2027 09:00 GMT,")
    assert (head[1].strip() == "3 days 15 h before the deadline Fri 12 Mar 2027 24:00 GMT") is (
        width == 80
    )
