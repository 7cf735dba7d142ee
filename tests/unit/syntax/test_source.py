"""Files that are no text, and texts that are no plan."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from imsgen.diagnostics import Diagnostic, Report
from imsgen.plan.document import Document
from imsgen.plan.syntax import read_document, read_text


def read(path: Path) -> tuple[Document | None, list[Diagnostic]]:
    """Return the document of a file and what was reported."""
    report = Report()
    document = read_document(path, path.name, report)
    return document, report.diagnostics


def only(found: list[Diagnostic]) -> Diagnostic:
    """Return the single diagnostic."""
    assert len(found) == 1
    return found[0]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """A file of 100 MB is refused by its size (IMS112): its bytes are never read."""
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 100_000_000)
    document, found = read(path)
    assert document is None
    assert only(found).code == "IMS112"
    assert "100 MB" in only(found).message


def test_ten_megabytes_are_the_limit(tmp_path: Path) -> None:
    """10,000,000 bytes are read, one more is not."""
    path = tmp_path / "limit.yaml"
    path.write_bytes(b"name: x\n" + b"#" * 9_999_991 + b"\n")
    assert read(path)[1] == []
    path.write_bytes(b"name: x\n" + b"#" * 9_999_992 + b"\n")
    assert only(read(path)[1]).code == "IMS112"


def test_the_place_of_a_byte_that_is_not_utf8(tmp_path: Path) -> None:
    """Line and column count characters: the two-byte letter before counts once."""
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"imsgen: 1\r\nname: \xc3\xa9\xe9\r\n")
    document, found = read(path)
    assert document is None
    span = only(found).span
    assert only(found).code == "IMS111"
    assert span is not None
    assert (span.line, span.column) == (2, 8)
    assert only(found).label == "byte 20 of the file"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_is_recognised(tmp_path: Path, encoding: str) -> None:
    """UTF-16, as spreadsheets save it, is refused; with a byte order mark it is named."""
    path = tmp_path / "wide.yaml"
    path.write_bytes("name: x\n".encode(encoding))
    document, found = read(path)
    assert document is None
    assert {one.code for one in found} <= {"IMS111", "IMS115"}
    if encoding == "utf-16":
        assert "UTF-16" in only(found).message


def test_a_byte_order_mark_is_allowed(tmp_path: Path) -> None:
    """A UTF-8 byte order mark changes neither content nor places."""
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfname: Go-live\n")
    document, found = read(path)
    assert found == []
    assert document is not None
    assert document.name is not None
    assert document.name.value == "Go-live"
    assert document.name.span.column == 7


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# nothing yet\n", b"---\n"])
def test_an_empty_file_is_no_plan(tmp_path: Path, content: bytes) -> None:
    """Nothing, blank lines and comments are answered with how to begin."""
    path = tmp_path / "empty.yaml"
    path.write_bytes(content)
    document, found = read(path)
    assert document is None
    assert only(found).code == "IMS110"
    assert "imsgen: 1" in only(found).help


def test_a_missing_file_and_a_directory(tmp_path: Path) -> None:
    """What cannot be opened is reported, not raised."""
    assert only(read(tmp_path / "none.yaml")[1]).code == "IMS110"
    assert only(read(tmp_path)[1]).code == "IMS110"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(line_end: str) -> None:
    """Places do not depend on the line ends."""
    report = Report()
    read_text(line_end.join(["name: x", "", "strat: 2026-11-02", ""]), "plan.yaml", report)
    span = only(report.diagnostics).span
    assert span is not None
    assert (span.line, span.column) == (3, 1)


def test_line_separators_of_word_processors_are_spaces() -> None:
    """U+2028 and U+0085 end lines for YAML only; here they are spaces."""
    report = Report()
    document = read_text("name: Go\u2028live\x85now\nstrat: x\n", "plan.yaml", report)
    assert document is not None
    assert document.name is not None
    assert document.name.value == "Go live now"
    span = only(report.diagnostics).span
    assert span is not None
    assert span.line == 2


@pytest.mark.parametrize("text", ["just words\n", "- a\n- b\n", "[a, b]\n"])
def test_a_plan_is_a_map(text: str) -> None:
    """A text or list at the top is no plan."""
    report = Report()
    assert read_text(text, "plan.yaml", report) is None
    assert only(report.diagnostics).code == "IMS103"


@pytest.mark.parametrize(
    "bomb",
    ["[" * 100_000, "{a: " * 50_000, "a:\n" + "".join(" " * i + "- \n" for i in range(1, 60)),
     "- " * 5_000, "? " * 5_000],
    ids=["brackets", "braces", "block", "dashes", "questions"],
)  # fmt: skip
def test_deep_nesting_is_refused_at_once(bomb: str) -> None:
    """Thousands of levels are answered after the twentieth: no recursion, no waiting."""
    report = Report()
    assert read_text(bomb, "plan.yaml", report) is None
    assert "IMS113" in {one.code for one in report.diagnostics}


def test_an_alias_bomb_is_never_expanded() -> None:
    """Aliases are refused where they stand; a billion laughs are ten lines of errors."""
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    report = Report()
    document = read_text("\n".join(lines), "plan.yaml", report)
    assert document is not None
    assert {one.code for one in report.diagnostics} == {"IMS106", "IMS102"}
    assert sum(one.code == "IMS106" for one in report.diagnostics) == 12 + 11 * 9
