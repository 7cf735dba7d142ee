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
_ACROSS = 3
_WIDTH, _HEIGHT = 480, 220
"""Pixels."""
_ROW = 20
"""Pixels of a row."""
_FONT = {"name": look.FONT, "size": 8, "color": look.FAINT}


def draw_charts(sheet: Sheet, grid: Grid) -> int:
    """Draw the charts below the grid; return the last row they reach."""
    at = grid.last + 2
    lines = _by_party(grid, sheet)
    if len(lines) > 1:
        at = _totals(sheet, grid, at, lines)
    busy = _busiest(grid)
    if not busy:
        return at - 1
    sheet.text(at, 0, "The busiest, load against capacity", look.HEADING, {"text_wrap": False})
    rows_each = -(-_HEIGHT // _ROW) + 1
    for i, index in enumerate(busy):
        chart = _of_resource(sheet, grid, FIRST + ROWS * index)
        place = {"x_offset": i % _ACROSS * (_WIDTH + 12) + 4, "y_offset": 6}
        row = at + 1 + i // _ACROSS * rows_each
        sheet.worksheet.insert_chart(row, 0, chart, {**place, "object_position": 3})
    return at + -(-len(busy) // _ACROSS) * rows_each


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
    sheet.text(at, 0, "People by party, hours", look.HEADING, {"text_wrap": False})
    for row, (name, _, hours) in enumerate(lines, at + 1):
        sheet.text(row, RESOURCE, clean(name), look.CELL, look.USER)
        sheet.number(row, GRID - 1, sum(hours), look.HOURS, look.CELL)
        for column, value in enumerate(hours, GRID):
            sheet.number(row, column, value or None, look.HOURS, look.CELL)
    name = sheet.worksheet.get_name()
    chart = sheet.book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    for row, (_, colour, _) in enumerate(lines[:-1], at + 1):
        chart.add_series(_series(name, grid, row, RESOURCE, colour))
    line = sheet.book.workbook.add_chart({"type": "line"})
    line.add_series(_series(name, grid, at + len(lines), RESOURCE, look.INK, line=True))
    chart.combine(line)
    _dress(chart, [name, at, 0])
    chart.set_legend({"position": "bottom", "font": _FONT})
    width = _ACROSS * _WIDTH + 24
    chart.set_size({"width": width, "height": _HEIGHT + 40})
    below = at + len(lines) + 1
    place = {"x_offset": 4, "y_offset": 6, "object_position": 3}
    sheet.worksheet.insert_chart(below, 0, chart, place)
    return int(below + -(-(_HEIGHT + 40) // _ROW) + 1)


def _of_resource(sheet: Sheet, grid: Grid, row: int) -> Any:
    name = sheet.worksheet.get_name()
    chart = sheet.book.workbook.add_chart({"type": "column"})
    chart.add_series(_series(name, grid, row + 1, MEASURE, look.HEAVY_LOAD))
    line = sheet.book.workbook.add_chart({"type": "line"})
    line.add_series(_series(name, grid, row + 2, MEASURE, look.INK, line=True))
    chart.combine(line)
    _dress(chart, [name, row, RESOURCE])
    chart.set_legend({"none": True})
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
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
