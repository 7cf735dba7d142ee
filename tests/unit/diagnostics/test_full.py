"""Diagnostics for people: excerpts, marks and what must not reach a terminal."""

from __future__ import annotations

from imsgen.diagnostics import Diagnostic, Label, Severity, Span
from imsgen.diagnostics.render import as_json, render

PLAN = (
    "imsgen: 1\nname: Go-live\nactivities:\n  load: {depend_on: [stop]}\n  load: {duration: 1d}\n"
)


def at(line: int, column: int, end_column: int, file: str = "plan.yaml") -> Span:
    """Return a place on one line."""
    return Span(file, line, column, line, end_column)


def error(
    span: Span | None, message: str = "unknown key `depend_on`", **more: object
) -> Diagnostic:
    """Return an error."""
    return Diagnostic("IMS102", Severity.ERROR, message, span, **more)  # type: ignore[arg-type]


def full(*diagnostics: Diagnostic, source: str = PLAN, color: bool = False) -> list[str]:
    """Return the rows of the full form."""
    return render(diagnostics, "full", lambda _: source, color=color).split("\n")


def test_a_place_is_shown_with_its_line_and_marks() -> None:
    """Title, place, line with carets under it, an empty gutter, the edit."""
    shown = full(error(at(4, 10, 19), help="a key with a similar name exists: `after`"))
    assert shown == [
        "error[IMS102]: unknown key `depend_on`",
        " --> plan.yaml:4:10",
        "  |",
        "4 |   load: {depend_on: [stop]}",
        "  |          ^^^^^^^^^",
        "  |",
        "help: a key with a similar name exists: `after`",
        "",
    ]


def test_a_label_stands_behind_its_mark() -> None:
    """What there is to say about the place itself follows the carets."""
    assert full(error(at(2, 7, 14), label="here"))[4] == "  |       ^^^^^^^ here"


def test_second_places_are_shown_in_order() -> None:
    """A label before the place comes first, lines left out are dots, marks are dashes."""
    one = error(
        at(5, 3, 7),
        "`load` is written twice",
        label="again here",
        labels=(Label(at(2, 1, 5), "the plan"), Label(at(4, 3, 7), "first here")),
        help="remove one",
    )
    assert full(one) == [
        "error[IMS102]: `load` is written twice",
        " --> plan.yaml:5:3",
        "  |",
        "2 | name: Go-live",
        "  | ---- the plan",
        "...",
        "4 |   load: {depend_on: [stop]}",
        "  |   ---- first here",
        "5 |   load: {duration: 1d}",
        "  |   ^^^^ again here",
        "  |",
        "help: remove one",
        "",
    ]


def test_places_in_other_files_have_their_own_header() -> None:
    """A second file is shown after the first, with `:::`."""
    one = error(at(1, 1, 7), labels=(Label(at(12, 1, 3, "pool.yaml"), "there"),))
    shown = render([one], "full", {"plan.yaml": PLAN, "pool.yaml": "\n" * 11 + "dba"}.get)
    assert shown.split("\n")[1:] == [
        "  --> plan.yaml:1:1",
        "   |",
        " 1 | imsgen: 1",
        "   | ^^^^^^",
        "  ::: pool.yaml:12:1",
        "   |",
        "12 | dba",
        "   | -- there",
        "",
    ]


def test_without_a_source_the_place_is_named() -> None:
    """A file that cannot be read any more still has its line and column."""
    shown = render([error(at(4, 10, 19), help="write it")], "full", lambda _: None)
    assert shown == (
        "error[IMS102]: unknown key `depend_on`\n --> plan.yaml:4:10\nhelp: write it\n"
    )


def test_without_a_place() -> None:
    """A diagnostic of the whole plan has no excerpt; notes come before help."""
    one = error(None, "no schedule", notes=("a reason", "another"), help="do this")
    assert full(one) == [
        "error[IMS102]: no schedule",
        "note: a reason",
        "note: another",
        "help: do this",
        "",
    ]


def test_several_are_apart() -> None:
    """An empty line stands between diagnostics; none give no text."""
    assert full(error(None, "one"), error(None, "two")) == [
        "error[IMS102]: one", "", "error[IMS102]: two", "",
    ]  # fmt: skip
    assert render([], "full") == ""


def test_tabs_and_wide_characters_keep_the_mark_in_place() -> None:
    """A tab takes the columns to the next stop, a wide character two, a combining one none."""
    rows = full(error(at(1, 2, 4)), source="\tab")
    assert rows[3:5] == ["1 |     ab", "  |     ^^"]
    rows = full(error(at(1, 4, 6)), source="a漢字bc")
    assert rows[3:5] == ["1 | a漢字bc", "  |      ^^"]
    rows = full(error(at(1, 2, 3)), source="a漢b")
    assert rows[4] == "  |  ^^"
    rows = full(error(at(1, 3, 4)), source="e\u0301x")
    assert rows[4] == "  |  ^"


def test_long_lines_are_cut_around_the_mark() -> None:
    """A line above 140 columns is cut, with the mark in what is left."""
    source = "a" * 200 + "HERE" + "b" * 200
    line, marks = full(error(at(1, 201, 205)), source=source)[3:5]
    assert len(line) <= 4 + 142
    assert line.startswith("1 | …")
    assert line.endswith("…")
    assert line[marks.index("^") : marks.rindex("^") + 1] == "HERE"
    line, marks = full(error(at(1, 1, 2)), source=source)[3:5]
    assert line.startswith("1 | aaa")
    assert marks == "  | ^"
    line, marks = full(error(at(1, 404, 405)), source=source)[3:5]
    assert line.endswith("b")
    assert marks.index("^") == len(line) - 1


def test_a_mark_longer_than_the_line_shown_stays_inside() -> None:
    """The carets of a long place end with the line."""
    line, marks = full(error(at(1, 1, 301)), source="x" * 300)[3:5]
    assert len(marks) == len(line) - 1  # the line ends with a sign that it goes on
    assert marks.endswith("^")


def test_a_place_of_several_lines_shows_its_first() -> None:
    """The carets run to the end of the first line."""
    rows = full(error(Span("plan.yaml", 3, 1, 5, 20)))
    assert rows[3:5] == ["3 | activities:", "  | ^^^^^^^^^^^"]


def test_an_empty_place_has_one_caret() -> None:
    """A place at the end of a line, or of no width, still shows."""
    assert full(error(at(2, 14, 14)))[4] == "  |              ^"
    assert full(error(at(1, 1, 1)), source="")[4] == "  | ^"


def test_control_characters_are_spelled_out() -> None:
    """Escape sequences and direction marks of a plan never reach the terminal."""
    source = "name: \x1b[31mred \u202eevil\u200b"
    one = error(
        at(1, 7, 8), "bad \x1b]0;title\x07", label="\x9b31m", notes=("\r",), help="\u2066x\nz"
    )
    shown = "\n".join(full(one, source=source))
    assert not any(sign in shown for sign in "\x1b\x07\x9b\r\u202e\u200b\u2066")
    assert "name: \\x1b[31mred \\u202eevil\\u200b" in shown
    assert "^^^^ \\x9b31m" in shown
    assert "help: \\u2066x\\nz" in shown


def test_color_adds_nothing_but_color() -> None:
    """Without its escape sequences the coloured text is the plain one."""
    one = error(at(4, 10, 19), label="here", labels=(Label(at(5, 3, 7), "and here"),), help="x")
    plain, colored = "\n".join(full(one)), "\n".join(full(one, color=True))
    assert "\x1b[1;31merror[IMS102]" in colored
    for code in ("0", "1", "1;31", "1;33", "1;34", "1;36"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == plain
    assert "\x1b" not in plain


def test_other_edits_follow_the_first() -> None:
    """Each on a row of its own, with what is unsafe spelled out; JSON has them as a list."""
    one = error(None, help="write `to: 12:00`", alternatives=("write `from: 8:00`", "wait\n"))
    assert full(one)[1:] == [
        "help: write `to: 12:00`",
        "  or: write `from: 8:00`",
        "  or: wait\\n",
        "",
    ]
    assert as_json(one)["alternatives"] == ["write `from: 8:00`", "wait\n"]
