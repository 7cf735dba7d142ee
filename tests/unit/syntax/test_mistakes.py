"""Lines that are no YAML: what is wrong with them, where, and the edit."""

from __future__ import annotations

import pytest

from imsgen.diagnostics import Report
from imsgen.plan.syntax import read_text


@pytest.mark.parametrize(
    ("text", "code", "place", "edit"),
    [
        ("name: Phase 1: design", "IMS116", (1, 7, 22), 'write `name: "Phase 1: design"`'),
        ("a: {name: Team [A], x: 1}", "IMS116", (1, 11, 19), 'write `"Team [A]"`'),
        ("a: {name: Load: x}", "IMS116", (1, 11, 18), 'write `"Load: x"`'),
        ("a: {name: - x, y: 1}", "IMS116", (1, 11, 14), 'write `"- x"`'),
        ("name: - x", "IMS116", (1, 7, 10), 'write `"- x"`'),
        ("name: @x", "IMS116", (1, 7, 9), 'write `"@x"`'),
        ("name: `x`", "IMS116", (1, 7, 10), 'write `"`x`"`'),
        ("name: %x", "IMS116", (1, 7, 9), 'write `"%x"`'),
        ("name: >5 days", "IMS116", (1, 7, 14), 'write `">5 days"`'),
        ("name: * all", "IMS116", (1, 7, 12), 'write `"* all"`'),
        ("name: & co", "IMS116", (1, 7, 11), 'write `"& co"`'),
        ("name: 'it's", "IMS116", (1, 7, 12), 'write `"it\'s"`'),
        ('name: "x" y', "IMS116", (1, 7, 12), "write `'\"x\" y'`"),
        ('name: "x', "IMS117", (1, 7, 8), 'add `"` at the end of the text'),
        ("a: {b: 1\nc: 2", "IMS117", (1, 4, 5), "add `}` where it ends"),
        ("a: [b, c\nd: e\nf: g", "IMS117", (1, 4, 5), "add `]` where it ends"),
        ("a: {b: 1}}", "IMS117", (1, 10, 11), "remove the `}`"),
        ("a: {b: 1]", "IMS117", (1, 9, 10), "write `}`, or quote the text it belongs to"),
        ("a: [b, c}", "IMS117", (1, 9, 10), "write `]`, or quote the text it belongs to"),
        ("a: {b: load #1}", "IMS117", (1, 13, 16), 'write `"load #1"`'),
        ("a: {b: 1,, c: 2}", "IMS101", (1, 10, 11), "remove the comma"),
        ("a:b\nc: d", "IMS101", (1, 1, 4), "write `a: b`"),
        (
            "a:\n  b\n  c: d",
            "IMS101",
            (2, 3, 4),
            "write `b: …`, or make it part of the line above",
        ),
        ("a:\n\tb: 1", "IMS109", (2, 1, 2), "replace each tab by two spaces"),
        (
            "a:\n    b: 1\n  c: 2",
            "IMS118",
            (3, 3, 7),
            "give it the indentation of the lines it belongs with, by two spaces a level",
        ),
    ],
)
def test_mistakes(text: str, code: str, place: tuple[int, int, int], edit: str) -> None:
    """Each mistake has one first answer, in our words."""
    report = Report()
    assert read_text(text, "plan.yaml", report) is None
    first = next(one for one in report.sorted() if one.code == code)
    assert first.span is not None
    assert (first.span.line, first.span.column, first.span.end_column) == place
    assert first.help == edit


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("a: {duration 1d}", "write `duration: 1d`"),
        ("a: {duration:1d}", "write `duration: 1d`"),
        ("after: {load SS, test}", "write `after: [load SS, test]`"),
        ("work {mon: none}", "write `work: {…`"),
        ("work:{mon: none}", "write `work: {…`"),
        ("x: {needs: {dba: 1, ana}}", "write `needs: {dba: 1, ana: 1}`"),
        ("x: {after: a FS+2h, b}", "write `after: [a FS+2h, b]`"),
        ("x: {name: Load, convert and check}", 'write `name: "Load, convert and check"`'),
    ],
)
def test_good_yaml_that_means_something_else(text: str, edit: str) -> None:
    """What YAML reads as a key without a value is answered with what was meant."""
    report = Report()
    read_text(text, "plan.yaml", report)
    assert edit in [one.help for one in report.diagnostics]


def test_reading_stops_after_a_dozen_lines() -> None:
    """A file that is no YAML at all is not answered for ever."""
    report = Report()
    assert read_text("name: a: b\n" * 500, "plan.yaml", report) is None
    assert 5 <= len(report.diagnostics) <= 30


def test_what_follows_a_lost_colon_is_still_read() -> None:
    """A group that lacks its colon keeps what is inside."""
    report = Report()
    text = "activities:\n  cutover\n    activities:\n      load: {duration: 3 days}\n"
    assert read_text(text, "plan.yaml", report) is None
    assert [one.code for one in report.sorted()] == ["IMS101", "IMS120"]
