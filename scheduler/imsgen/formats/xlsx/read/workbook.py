"""Sheets of a workbook, by name, with every cell that says something."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers.expat import ExpatError

from imsgen.formats.xlsx.read.cells import (
    EMPTY,
    Cell,
    Form,
    Raw,
    address,
    is_date,
    made,
    place_of,
)
from imsgen.formats.xlsx.read.package import Package, Unreadable, attribute, local

MOST_CELLS = 4_000_000
"""Cells that say something, in all sheets."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Za-z]{1,3}\$?\d{1,7})")


@dataclass(slots=True)
class Sheet:
    """One sheet; rows and columns are counted from 1."""

    name: str
    hidden: bool = False
    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    """By row, then by column; rows in order."""
    levels: dict[int, int] = field(default_factory=dict)
    """Outline level of rows that have one."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Top, left, bottom and right of merged cells."""

    def at(self, row: int, column: int) -> Cell:
        """Return a cell, an empty one where there is none."""
        return self.cells.get(row, {}).get(column, EMPTY)

    def place(self, row: int, column: int) -> str:
        """Return the address of a cell as Excel writes it, with its sheet."""
        plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", self.name)
        name = self.name if plain else "'" + self.name.replace("'", "''") + "'"
        return f"{name}!{address(row, column)}"


@dataclass(slots=True)
class Workbook:
    """Sheets in their order, and names of cells."""

    sheets: list[Sheet]
    names: dict[str, tuple[str, int, int]]
    """Sheet, row and column of the names of single cells."""

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of a name."""
        return next((one for one in self.sheets if one.name == name), None)

    def visible(self) -> Iterator[Sheet]:
        """Yield the sheets that people see."""
        return (one for one in self.sheets if not one.hidden)


def read_workbook(path: Path) -> Workbook:
    """Return what a workbook says.

    Raises
    ------
    Unreadable
        If it is none, or none that can be read.
    """
    package = Package(path)
    try:
        return _Reader(package).read()
    except (ExpatError, KeyError, IndexError, OverflowError, MemoryError) as error:
        raise Unreadable("it is damaged") from error
    finally:
        package.close()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._shared: list[str] = []
        self._dates: list[bool] = []
        self._indents: list[int] = []
        self._since_1904 = False
        self._count = 0

    def read(self) -> Workbook:
        whole = [name for kind, name in self._package.related("").values()
                 if kind == "officeDocument"]  # fmt: skip
        if not whole:
            raise Unreadable("it is no workbook")
        named: list[tuple[str, str, bool]] = []
        names: dict[str, tuple[str, int, int]] = {}
        self._head(whole[0], named, names)
        parts = self._package.related(whole[0])
        for kind, name in parts.values():
            if kind == "sharedStrings" and self._package.has(name):
                self._strings(name)
            elif kind == "styles" and self._package.has(name):
                self._styles(name)
        sheets = [
            self._sheet(Sheet(name, hidden), parts[id_][1])
            for name, id_, hidden in named
            if id_ in parts and parts[id_][0] == "worksheet"
        ]
        if not sheets:
            raise Unreadable("it has no sheet with cells")
        return Workbook(sheets, names)

    def _head(
        self,
        part: str,
        named: list[tuple[str, str, bool]],
        names: dict[str, tuple[str, int, int]],
    ) -> None:
        inside: list[str] = []
        said: list[str] = []

        def start(tag: str, given: dict[str, str]) -> None:
            kind = local(tag)
            if kind == "sheet":
                hidden = given.get("state", "visible") != "visible"
                named.append((given.get("name", ""), attribute(given, "id"), hidden))
            elif kind == "workbookPr":
                self._since_1904 = given.get("date1904") in {"1", "true"}
            elif kind == "definedName":
                inside[:] = [given.get("name", "")]
                said.clear()
            elif kind == "workbook" and "spreadsheetml" not in tag:
                raise Unreadable("it is no workbook")

        def end(tag: str) -> None:
            if local(tag) == "definedName" and inside:
                found = _REFERENCE.fullmatch("".join(said).lstrip("="))
                place = place_of(found[3]) if found else None
                if found and place:
                    sheet = found[1].replace("''", "'") if found[1] else found[2]
                    names[inside[0]] = (sheet, *place)
                inside.clear()

        self._package.parse(part, start, end, said.append)

    def _strings(self, part: str) -> None:
        said: list[str] = []
        state = {"t": False, "skip": False}

        def start(tag: str, _: dict[str, str]) -> None:
            kind = local(tag)
            if kind == "si":
                said.clear()
            elif kind == "rPh":  # how to pronounce it
                state["skip"] = True
            elif kind == "t":
                state["t"] = not state["skip"]

        def end(tag: str) -> None:
            kind = local(tag)
            if kind == "si":
                self._shared.append(_plain("".join(said)))
            elif kind == "rPh":
                state["skip"] = False
            elif kind == "t":
                state["t"] = False

        def text(part: str) -> None:
            if state["t"]:
                said.append(part)

        self._package.parse(part, start, end, text)

    def _styles(self, part: str) -> None:
        codes: dict[int, str] = {}
        state = {"formats": False}

        def start(tag: str, given: dict[str, str]) -> None:
            kind = local(tag)
            if kind == "numFmt":
                codes[_whole(given.get("numFmtId"))] = given.get("formatCode", "")
            elif kind == "cellXfs":
                state["formats"] = True
            elif kind == "xf" and state["formats"]:
                number = _whole(given.get("numFmtId"))
                self._dates.append(is_date(number, codes.get(number, "")))
                self._indents.append(0)
            elif kind == "alignment" and state["formats"] and self._indents:
                self._indents[-1] = _whole(given.get("indent"))

        def end(tag: str) -> None:
            if local(tag) == "cellXfs":
                state["formats"] = False

        self._package.parse(part, start, end)

    def _sheet(self, sheet: Sheet, part: str) -> Sheet:
        _SheetReader(sheet, self._cell).read(self._package, part)
        sheet.cells = dict(sorted(sheet.cells.items()))
        return sheet

    def _cell(self, kind: str, value: str | None, style: int, *, formula: bool) -> Cell:
        self._count += 1
        if self._count > MOST_CELLS:
            raise Unreadable(
                f"it has more than {MOST_CELLS:,} cells",
                "copy the cells that matter to a new workbook",
            )
        known = 0 <= style < len(self._dates)
        text = value if value is None or kind not in {"str", "inlineStr"} else _plain(value)
        date, indent = (self._dates[style], self._indents[style]) if known else (False, 0)
        raw = Raw(kind, text, formula, date, indent)
        return made(raw, self._shared, since_1904=self._since_1904)


class _SheetReader:
    """Reads the XML of one sheet; cells that say nothing take no room."""

    def __init__(self, sheet: Sheet, make: Callable[..., Cell]) -> None:
        self._sheet = sheet
        self._make = make
        self._row = self._column = 0
        self._kind, self._style = "n", -1
        self._value: list[str] | None = None
        self._formula = False
        self._open = ""

    def read(self, package: Package, part: str) -> None:
        package.parse(part, self._start, self._end, self._text)

    def _start(self, tag: str, given: dict[str, str]) -> None:
        kind = local(tag)
        if kind == "c":
            place = place_of(given.get("r", ""))
            self._row, self._column = place or (self._row, self._column + 1)
            self._kind = given.get("t", "n")
            self._style = _whole(given.get("s"), 0)
            self._value, self._formula = None, False
        elif kind == "row":
            self._row = _whole(given.get("r"), self._row + 1)
            self._column = 0
            level = _whole(given.get("outlineLevel"))
            if level:
                self._sheet.levels[self._row] = level
        elif kind == "v" or (kind == "t" and self._kind == "inlineStr"):
            self._value = [] if self._value is None else self._value
            self._open = kind
        elif kind == "f":
            self._formula = True
        elif kind == "mergeCell":
            top, _, bottom = given.get("ref", "").partition(":")
            first, last = place_of(top), place_of(bottom)
            if first and last:
                self._sheet.merged.append((*first, *last))

    def _end(self, tag: str) -> None:
        kind = local(tag)
        if kind == self._open:
            self._open = ""
        if kind == "c" and (self._value is not None or self._formula):
            value = None if self._value is None else "".join(self._value)
            cell = self._make(self._kind, value, self._style, formula=self._formula)
            if cell.form is not Form.EMPTY or cell.formula:
                self._sheet.cells.setdefault(self._row, {})[self._column] = cell

    def _text(self, part: str) -> None:
        if self._open and self._value is not None:
            self._value.append(part)


def _plain(text: str) -> str:
    """Return text with what XML cannot hold, as Excel writes it, put back."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _whole(text: str | None, default: int = 0) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else default
