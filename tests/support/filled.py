"""Filling in a workbook as a person would, with a program that is not ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

_ROWS = 8
"""From the top, among which the headings are."""


def table(sheet: Any, *wanted: str) -> tuple[dict[str, int], dict[str, int]] | None:
    """Return columns by heading and rows by id; None where the sheet has no such headings."""
    for row in sheet.iter_rows(max_row=_ROWS):
        columns = {str(cell.value): cell.column for cell in row if cell.value is not None}
        if {"ID", *wanted} <= set(columns):
            rows: dict[str, int] = {}
            for cells in sheet.iter_rows(min_row=row[0].row + 1):
                id_ = cells[columns["ID"] - 1].value
                if id_:
                    rows.setdefault(str(id_), cells[0].row)
            return columns, rows
    return None


def fill(
    path: Path,
    cells: Mapping[tuple[str, str], Any],
    status: datetime | None = None,
    *,
    sheet: str = "Schedule",
) -> None:
    """Fill in cells by id and heading, and the status date, and save."""
    book = openpyxl.load_workbook(path)
    page: Any = book[sheet]
    found = table(page)
    assert found is not None
    columns, rows = found
    for (id_, heading), value in cells.items():
        page.cell(rows[id_], columns[heading]).value = value
    if status is not None:
        name = book.defined_names["StatusDate"]
        ((title, place),) = name.destinations
        book[title][place.replace("$", "")].value = status
    book.save(path)
