"""Sheets that are one list: a heading row that stays and repeats, filters, rows as high as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Column, Sheet
from imsgen.formats.xlsx.text import lines

HEAD, FIRST = 3, 4
"""Rows of the headings and of the first line."""
_LINE = 12.0
"""Points of one more line in a wrapped cell."""
_FITTING = 1.2
"""Letters of this font to a character of width, at least."""
_EVEN = 8
"""In so many lines wide and narrow letters even out, and one line fewer is enough."""
_HIGHEST = 400.0
"""Excel allows 409."""


def begin(sheet: Sheet, title: str, below: str, columns: Sequence[Column]) -> None:
    """Write the title, set the widths and write the headings."""
    sheet.title(title, below)
    sheet.columns(columns)
    for i, column in enumerate(columns):
        sheet.text(HEAD, i, column.heading, look.HEADING)
    sheet.worksheet.set_row(HEAD, look.HEADING_HEIGHT)


def end(sheet: Sheet, columns: Sequence[Column], last: int, keep: int) -> None:
    """Filter and print the lines up to row ``last``; the first ``keep`` columns stay in sight."""
    worksheet = sheet.worksheet
    worksheet.autofilter(HEAD, 0, last, len(columns) - 1)
    worksheet.freeze_panes(FIRST, keep)
    worksheet.repeat_rows(HEAD)
    worksheet.print_area(0, 0, last, len(columns) - 1)


def height(cells: Iterable[tuple[str, float]]) -> float:
    """Return the points of a row that shows every line of texts in columns of such widths."""
    tallest = max((lines(text, width * _FITTING) for text, width in cells), default=1)
    tallest -= tallest // _EVEN
    return min(look.ROW_HEIGHT + _LINE * (tallest - 1), _HIGHEST)
