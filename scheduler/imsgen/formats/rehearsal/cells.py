"""Cells of a CSV file, each with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass

from imsgen.diagnostics import Span

DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, without spaces around it, and where it begins."""

    text: str
    span: Span


def rows_of(text: str, file: str) -> tuple[list[list[Cell]], Span | None]:
    """Return the rows with something in them, and where a quote is left open.

    The delimiter is the one of ``, ; TAB |`` that the first row has most of, outside quotes.
    Within quotes a cell holds delimiters, line breaks and ``""`` for a quote.
    """
    reader = _Reader(text, file)
    rows = [row for row in reader.rows() if any(cell.text for cell in row)]
    return rows, reader.open_quote


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._at, self._line, self._column = 0, 1, 1
        self._delimiter = _delimiter(text)
        self.open_quote: Span | None = None

    def rows(self) -> list[list[Cell]]:
        found: list[list[Cell]] = []
        row: list[Cell] = []
        while self._at < len(self._text):
            row.append(self._cell())
            if self._at >= len(self._text) or self._text[self._at] in "\r\n":
                self._skip_break()
                found.append(row)
                row = []
            else:
                self._step()
        return [*found, row] if row else found

    def _cell(self) -> Cell:
        while self._here() in (" ", "\ufeff") and self._here() != self._delimiter:
            self._step()
        line, column = self._line, self._column
        quoted = self._here() == '"'
        said = self._quoted(line, column) if quoted else ""
        while self._at < len(self._text) and self._here() not in (self._delimiter, "\r", "\n"):
            said += self._here()
            self._step()
        said = said.strip()
        width = max(len(said) + 2 * quoted, 1)
        return Cell(said, Span(self._file, line, column, line, column + width))

    def _quoted(self, line: int, column: int) -> str:
        self._step()
        said = ""
        while self._at < len(self._text):
            here = self._here()
            if here == '"':
                self._step()
                if self._here() != '"':
                    return said
            if here == "\n":
                self._line, self._column = self._line + 1, 0
            said += here
            self._step()
        self.open_quote = Span(self._file, line, column, line, column + 1)
        return said

    def _here(self) -> str:
        return self._text[self._at] if self._at < len(self._text) else ""

    def _step(self) -> None:
        self._at += 1
        self._column += 1

    def _skip_break(self) -> None:
        if self._here() == "\r":
            self._at += 1
        if self._here() == "\n":
            self._at += 1
        self._line, self._column = self._line + 1, 1


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=outside.count)
