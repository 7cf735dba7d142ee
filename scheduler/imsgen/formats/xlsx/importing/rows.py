"""Rows of a schedule as they stand in a sheet, and the outline they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from imsgen.formats.importing.losses import Losses
from imsgen.formats.xlsx.importing.cells import Cells
from imsgen.formats.xlsx.importing.lengths import Length, length_of

DEEPEST = 8
"""Levels of groups; a plan file has at most 20 of all kinds."""


@dataclass(slots=True)
class Row:
    """One row; ``places`` has the address of each cell by key."""

    number: int
    key: str
    """What links call it: its ID as it stands, else the number of the row."""
    name: str
    level: int
    wbs: str = ""
    uid: str = ""
    length: Length | None = None
    dates: dict[str, datetime] = field(default_factory=dict)
    percent: int | None = None
    texts: dict[str, str] = field(default_factory=dict)
    milestone: bool = False
    manual: bool = False
    inactive: bool = False
    inside: list[Row] = field(default_factory=list)
    outer: Row | None = None
    id: str = ""
    """In the plan, with the ids of its groups."""

    @property
    def is_group(self) -> bool:
        """Whether there are rows inside."""
        return bool(self.inside)

    def walk(self) -> Iterator[Row]:
        """Yield the row and all inside."""
        yield self
        for one in self.inside:
            yield from one.walk()

    def around(self) -> Iterator[Row]:
        """Yield the groups around the row, inner ones first."""
        outer = self.outer
        while outer is not None:
            yield outer
            outer = outer.outer


class RowReader:
    """Reads the rows of a layout."""

    def __init__(self, cells: Cells, losses: Losses) -> None:
        self._cells, self._losses = cells, losses
        self._keys: set[str] = set()
        self._in_phase = False

    def read(self) -> list[Row]:
        """Return the rows that have a name or an id."""
        layout = self._cells.layout
        found = []
        for number in layout.sheet.cells:
            if number > layout.heading:
                row = self._row(number)
                if row is not None:
                    found.append(row)
        return found

    def _row(self, number: int) -> Row | None:
        cells, layout = self._cells, self._cells.layout
        columns = layout.columns
        name = " ".join(cells.text(number, "name").split())
        id_ = cells.text(number, "id")
        if not name and not id_:
            said = [key for key in columns if cells.cell(number, key) is not None]
            if said:
                self._losses.add("A row without a name and an id is left out",
                                 cells.place(number, said[0]))  # fmt: skip
            return None
        key = id_ or str(number)
        if key.casefold() in self._keys:
            self._losses.add("An id that a row above has too: its links go there",
                             f"{cells.place(number, 'id' if id_ else 'name')} `{key}`")  # fmt: skip
            key = f"{key} in row {number}"
        self._keys.add(key.casefold())
        row = Row(number, key, name or id_, 0)
        row.wbs, row.uid = cells.text(number, "wbs"), cells.text(number, "uid")
        row.level = self._level(row)
        row.length = self._length(number)
        for one in ("start", "finish", "actual_start", "actual_finish", "deadline",
                    "constraint_date"):  # fmt: skip
            if one in columns:
                at = cells.date(number, one)
                if at is not None:
                    row.dates[one] = at
        row.percent = cells.percent(number, "percent")
        row.milestone = cells.truth(number, "milestone")
        row.manual = cells.text(number, "mode").casefold().startswith("manual")
        row.inactive = cells.denied(number, "active")
        for one in ("predecessors", "successors", "resources", "resource_type", "owner", "party",
                    "notes", "constraint", "remaining", "phase"):  # fmt: skip
            text = cells.text(number, one) if one in columns else ""
            if text:
                row.texts[one] = text
        return row

    def _level(self, row: Row) -> int:
        """Return how deep a row lies, by the first sign that the sheet gives."""
        cells, layout = self._cells, self._cells.layout
        columns, number = layout.columns, row.number
        if "level" in columns:
            text = cells.text(number, "level")
            return int(text) if text.isdecimal() and len(text) < 4 else 1
        if layout.kind == "imsgen" and "id" in columns:
            return row.key.count(".") + 1
        if layout.kind != "m3" and layout.sheet.levels:
            return layout.sheet.levels.get(number, 0)
        cell = layout.sheet.at(number, columns["name"]) if "name" in columns else None
        blanks = len(cell.text) - len(cell.text.lstrip(" ")) if cell is not None else 0
        # One blank is an accident; three are as deep as one step of Excel's indent.
        depth = max(3 * cell.indent if cell is not None else 0, blanks if blanks > 1 else 0)
        if layout.kind == "m3":
            return self._below_phase(number, depth)
        return depth if depth or "wbs" not in columns else row.wbs.strip(".").count(".")

    def _below_phase(self, number: int, depth: int) -> int:
        if self._cells.text(number, "phase"):
            self._in_phase = True
            return 1
        return max(depth, 2) if depth or self._in_phase else 0

    def _length(self, number: int) -> Length | None:
        text = self._cells.text(number, "duration")
        if not text:
            return None
        found = length_of(text)
        place = self._cells.place(number, "duration")
        if found is None:
            self._losses.add("No duration, left out", f"{place} `{text}`")
        elif found.rounded:
            self._losses.add("A duration is rounded to minutes", f"{place} `{text}`")
        elif found.assumed_unit and not found.is_zero:
            self._losses.add("A duration without a unit is in days", place)
        return found


def nested(rows: list[Row], losses: Losses) -> list[Row]:
    """Return the outermost rows, each with those that lie deeper below it."""
    top: list[Row] = []
    stack: list[Row] = []
    for row in rows:
        while stack and stack[-1].level >= row.level:
            stack.pop()
        if len(stack) >= DEEPEST:
            losses.add(f"Deeper than {DEEPEST} levels: moved up", f"row {row.number}")
            del stack[DEEPEST - 1 :]
        row.outer = stack[-1] if stack else None
        (row.outer.inside if row.outer else top).append(row)
        stack.append(row)
    return top
