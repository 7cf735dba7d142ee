"""Charts of load against capacity: everyone by party, and each of the busiest resources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Sheet
from imsgen.formats.xlsx.load_grid import (
    FIRST,
    GRID,
    HEAD,
    MEASURE,
    RESOURCE,
    ROWS,
    Grid,
)
from imsgen.formats.xlsx.parties import marks_of
from imsgen.formats.xlsx.text import clean
from imsgen.formats.xlsx.workload import Workload

MOST = 12
"""Charts of single resources: the busiest, for many small pictures say nothing."""
_MOST_ACROSS, _LEAST_WIDTH, _MOST_WIDTH = 3, 320, 480
_HEIGHT, _TALL = 220, 260
_GAP = 12
_ROW = 20
"""Pixels, of a row too."""
_FONT = {"name": look.FONT, "size": 8, "color": look.FAINT}


Part = tuple[int, int]
"""First row of what stays together on a page, and its pixels down."""


def draw_charts(sheet: Sheet, grid: Grid) -> tuple[int, list[Part]]:
    """Draw the charts below the grid; return the row after them, and what stays together."""
    at, parts = grid.last + 2, []
    lines = _by_party(grid, sheet)
    if lines:
        after = _totals(sheet, grid, at, lines)
        parts.append((at, (after - at) * _ROW))
        at = after
    busy = _busiest(grid)
    if not busy:
        return at, parts
    sheet.text(at, 0, "The busiest, load against capacity", look.TITLE, look.SMALL)
    across = max(min(grid.pixels // _LEAST_WIDTH, _MOST_ACROSS), 1)
    width = min((grid.pixels - _GAP) // across - _GAP, _MOST_WIDTH)
    for i, index in enumerate(busy):
        row = at + 1 + i // across * _rows(_HEIGHT)
        if i % across == 0:
            parts.append((row if i else at, (_rows(_HEIGHT) + (not i)) * _ROW))
        chart = _of_resource(sheet, grid, FIRST + ROWS * index, width)
        _insert(sheet, row, i % across * (width + _GAP), chart)
    return at + 1 + -(-len(busy) // across) * _rows(_HEIGHT), parts


def _rows(high: int) -> int:
    """Return the rows that a chart takes, and one below it."""
    return -(-high // _ROW) + 1


def _insert(sheet: Sheet, row: int, left: int, chart: Any) -> None:
    place = {"x_offset": left + 4, "y_offset": 6, "object_position": 3}
    sheet.worksheet.insert_chart(row, 0, chart, place)


def _busiest(grid: Grid) -> list[int]:
    """Return the indices of resources with load, the highest peak first, then the most hours."""

    def peak(load: Workload) -> tuple[float, float]:
        parts = [h / c for h, c in zip(load.load, load.capacity, strict=True) if c]
        return max(parts, default=0.0), sum(load.load)

    loaded = [i for i, load in enumerate(grid.loads) if sum(load.load) > 0]
    return sorted(loaded, key=lambda i: peak(grid.loads[i]), reverse=True)[:MOST]


_Line = tuple[str, str, Sequence[float]]
"""Name, colour and hours by period."""


def _by_party(grid: Grid, sheet: Sheet) -> list[_Line]:
    """Return the load of people by party, and last what all of them could do."""
    project = sheet.book.facts.project
    people = [load for load in grid.loads if not load.resource.holds]
    marks = marks_of(project)
    found: list[_Line] = []
    for id_ in (*project.parties, None):
        mine = [load.load for load in people if load.resource.party == id_]
        hours = [sum(each) for each in zip(*mine, strict=True)]
        if sum(hours):
            name = project.parties[id_].name if id_ else "No party"
            found.append((name, marks[(id_,)].colour if id_ else look.NOBODY, hours))
    if found:
        there = [sum(each) for each in zip(*(load.capacity for load in people), strict=True)]
        found.append(("Capacity of all people", look.INK, there))
    return found


def _totals(sheet: Sheet, grid: Grid, at: int, lines: Sequence[_Line]) -> int:
    """Write the hours by party and their chart; return the row after them."""
    sheet.text(at, 0, "People by party, hours", look.TITLE, look.SMALL)
    for row, (name, _, hours) in enumerate(lines, at + 1):
        for column in range(GRID - 1):
            text = clean(name) if column == RESOURCE else ""
            sheet.text(row, column, text, look.CELL, look.USER)
        sheet.number(row, GRID - 1, sum(hours), look.HOURS, look.CELL)
        for column, value in enumerate(hours, GRID):
            sheet.number(row, column, value or None, grid.hours, look.CELL)
    name = sheet.worksheet.get_name()
    chart = sheet.book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    for row, (_, colour, _) in enumerate(lines[:-1], at + 1):
        chart.add_series(_series(name, grid, row, RESOURCE, colour))
    line = sheet.book.workbook.add_chart({"type": "line"})
    line.add_series(_series(name, grid, at + len(lines), RESOURCE, look.INK, line=True))
    chart.combine(line)
    _dress(chart, [name, at, 0])
    chart.set_legend({"position": "bottom", "font": _FONT})
    width = min(grid.pixels, _MOST_ACROSS * (_MOST_WIDTH + _GAP)) - _GAP
    chart.set_size({"width": width, "height": _TALL})
    below = at + len(lines) + 1
    _insert(sheet, below, 0, chart)
    return below + _rows(_TALL)


def _of_resource(sheet: Sheet, grid: Grid, row: int, width: int) -> Any:
    name = sheet.worksheet.get_name()
    chart = sheet.book.workbook.add_chart({"type": "column"})
    chart.add_series(_series(name, grid, row + 1, MEASURE, look.HEAVY_LOAD))
    line = sheet.book.workbook.add_chart({"type": "line"})
    line.add_series(_series(name, grid, row + 2, MEASURE, look.INK, line=True))
    chart.combine(line)
    _dress(chart, [name, row, RESOURCE])
    chart.set_legend({"none": True})
    chart.set_size({"width": width, "height": _HEIGHT})
    return chart


def _series(
    name: str, grid: Grid, row: int, label: int, colour: str, *, line: bool = False
) -> dict[str, Any]:
    """Return a row as a series; its name is that of a cell, never text of a plan by itself."""
    shown: dict[str, Any] = (
        {"line": {"color": colour, "width": 1.5}} if line else {"fill": {"color": colour}}
    )
    return {
        "name": [name, row, label],
        "categories": [name, HEAD, GRID, HEAD, grid.last_column],
        "values": [name, row, GRID, row, grid.last_column],
        **({} if line else {"gap": 40}),
        **shown,
    }


def _dress(chart: Any, title: list[Any]) -> None:
    """Give a chart the looks of the workbook; its title is that of a cell."""
    font = {**_FONT, "size": 10, "bold": True, "color": look.INK}
    chart.set_title({"name": title, "name_font": font, "overlay": False})
    chart.set_x_axis({"num_font": _FONT, "line": {"color": look.LINE}})
    chart.set_y_axis(
        {
            "num_font": _FONT, "line": {"none": True}, "num_format": "#,##0", "min": 0,
            "major_gridlines": {"visible": True, "line": {"color": look.LINE, "width": 0.5}},
        }
    )  # fmt: skip
    chart.set_chartarea({"border": {"color": look.LINE}})
    chart.show_hidden_data()
