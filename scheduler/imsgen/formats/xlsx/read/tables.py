"""Tables of a sheet, found by what stands above their columns, wherever people moved them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from imsgen.formats.xlsx.read.cells import Cell, address
from imsgen.formats.xlsx.read.workbook import Sheet, Workbook

HEADING_ROWS = 40
"""Rows from the top among which the headings are looked for."""


@dataclass(slots=True)
class Table:
    """Rows below headings, and the columns asked for by key."""

    sheet: Sheet
    heading: int
    columns: dict[str, int]
    doubled: list[str] = field(default_factory=list)
    """Keys whose heading stands above several columns."""

    def rows(self) -> Iterator[int]:
        """Yield the rows below the headings that say anything."""
        return (row for row in self.sheet.cells if row > self.heading)

    def cell(self, row: int, key: str) -> Cell:
        """Return a cell."""
        return self.sheet.at(row, self.columns[key])

    def place(self, row: int, key: str) -> str:
        """Return the address of a cell."""
        return self.sheet.place(row, self.columns[key])

    def merged(self) -> Iterator[str]:
        """Yield the merged cells in the columns asked for, with their sheet."""
        for top, left, bottom, right in self.sheet.merged:
            inside = any(left <= column <= right for column in self.columns.values())
            if bottom > self.heading and inside and (top, left) != (bottom, right):
                yield f"{self.sheet.place(top, left)}:{address(bottom, right)}"


def plain(text: str) -> str:
    """Return a heading on one line."""
    return " ".join(text.split())


def find_tables(book: Workbook, wanted: Mapping[str, str], needed: Collection[str]) -> list[Table]:
    """Return the first table of each sheet that has all headings needed, in sheet order.

    Parameters
    ----------
    wanted
        Heading by key.
    needed
        Keys without which it is no such table.
    """
    found = (table_of(sheet, wanted, needed) for sheet in book.visible())
    return [one for one in found if one is not None]


def table_of(sheet: Sheet, wanted: Mapping[str, str], needed: Collection[str]) -> Table | None:
    """Return the table of a sheet whose row of headings has most of those wanted."""
    best: Table | None = None
    for row, cells in sheet.cells.items():
        if row > HEADING_ROWS:
            break
        named: dict[str, list[int]] = {}
        for column, cell in sorted(cells.items()):
            named.setdefault(plain(cell.said), []).append(column)
        here = {key: named[plain(name)] for key, name in wanted.items() if plain(name) in named}
        if not set(needed) <= set(here) or (best and len(here) <= len(best.columns)):
            continue
        columns = {key: places[0] for key, places in here.items()}
        best = Table(sheet, row, columns, [key for key, all_ in here.items() if len(all_) > 1])
    return best
