"""The chart of how long going back takes over a window, against the time that is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from imsgen.formats.clock import local
from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Sheet, serial
from imsgen.formats.xlsx.text import clean
from imsgen.model import DAY, Instant, LastSafe
from imsgen.schedule.way_back import window_name

HIGH = 340
"""Pixels."""
_MOST_WIDE = 1100
_DATA = 30
"""Column, out of sight, from which what is only for the chart stands."""
_FONT = {"name": look.FONT, "size": 8, "color": look.FAINT}
_MARKS = (
    ("Gate decides", "diamond", look.MILESTONE),
    ("Last safe moment", "circle", look.DONE),
    ("Point of no return", "x", look.CRITICAL),
)


def draw_curve(sheet: Sheet, one: LastSafe, rows: tuple[int, int], wide: int) -> None:
    """Draw the curve of a window with its gates.

    Parameters
    ----------
    rows
        Where the chart goes, and the first row of the points, that of its data.
    wide
        Pixels there are.
    """
    at, first = rows
    name = sheet.worksheet.get_name()
    chart = sheet.book.workbook.add_chart({"type": "scatter", "subtype": "straight"})
    opens, whole = _begin(sheet, one), (one.ends - one.opens) / DAY
    points = [
        (opens + (point.at - one.opens) / DAY, (point.finish - point.at) / 60)
        for point in one.curve
        if point.finish is not None
    ]
    left = [(opens, whole * 24), (opens + whole, 0.0)]
    curves = (
        ("No-Go takes", points, {"color": look.HEAVY_LOAD, "width": 2.25}),
        ("Time left in the window", left, {"color": look.FAINT, "width": 1, "dash_type": "dash"}),
    )
    column = _DATA
    for label, values, line in curves:
        chart.add_series({**_data(sheet, (name, first, column), label, values), "line": line})
        column += 2
    for (label, shape, colour), moments in zip(_MARKS, _moments(sheet, one), strict=True):
        values = [
            (opens + (moment - one.opens) / DAY, hours_at(one, moment)) for moment in moments
        ]
        if values:
            marker = {
                "type": shape, "size": 9, "border": {"color": colour}, "fill": {"color": colour},
            }  # fmt: skip
            series = _data(sheet, (name, first, column), label, values)
            chart.add_series({**series, "line": {"none": True}, "marker": marker})
            column += 2
    _dress(sheet, chart, one, (opens, opens + whole), max(hours for _, hours in points))
    chart.set_size({"width": min(wide, _MOST_WIDE) - 8, "height": HIGH})
    place = {"x_offset": 4, "y_offset": 6, "object_position": 3}
    sheet.worksheet.insert_chart(at, 0, chart, place)
    sheet.worksheet.set_column(_DATA, column, None, None, {"hidden": True})


def _begin(sheet: Sheet, one: LastSafe) -> float:
    """Return when the window opens; from there all is counted in elapsed time."""
    return serial(one.opens, sheet.book.facts.zone)


def _moments(sheet: Sheet, one: LastSafe) -> tuple[list[Instant], list[Instant], list[Instant]]:
    rollbacks = sheet.book.facts.schedule.rollbacks
    decided = [rollbacks[gate].decided for gate in one.gates if gate in rollbacks]
    kept = [
        [moment for moment in moments if moment is not None and one.opens <= moment <= one.ends]
        for moments in (decided, [one.latest], [one.no_return])
    ]
    return kept[0], kept[1], kept[2]


def hours_at(one: LastSafe, moment: Instant) -> float:
    """Return how high a moment stands: on the line from point to point, where that is known."""
    known = [(point.at, point.length) for point in one.curve if point.length is not None]
    before = [point for point in known if point[0] <= moment]
    after = [point for point in known if point[0] >= moment]
    if not before:
        return 0.0
    at, length = before[-1]
    if after and after[0][0] > at:
        then, other = after[0]
        return (length + (other - length) * (moment - at) / (then - at)) / 60
    return length / 60


def _data(
    sheet: Sheet, place: tuple[str, int, int], label: str, values: Sequence[tuple[float, float]]
) -> dict[str, Any]:
    """Write the values out of sight, and return them as a series."""
    name, first, column = place
    sheet.worksheet.write_string(first - 1, column, label)
    for row, (moment, hours) in enumerate(values, first):
        sheet.worksheet.write_number(row, column, moment)
        sheet.worksheet.write_number(row, column + 1, hours)
    last = first + len(values) - 1
    return {
        "name": [name, first - 1, column],
        "categories": [name, first, column, last, column],
        "values": [name, first, column + 1, last, column + 1],
    }


def _dress(
    sheet: Sheet, chart: Any, one: LastSafe, span: tuple[float, float], highest: float
) -> None:
    zone = local(one.opens, sheet.book.facts.zone).tzname()
    font = {**_FONT, "size": 10, "bold": True, "color": look.INK}
    title = f"How long a No-Go takes, {clean(window_name(sheet.book.facts.project, one))}"
    chart.set_title({"name": title, "name_font": font, "overlay": False})
    step = next(hours for hours in (1, 2, 3, 4, 6, 12, 24, 24 * 7, 24 * 365)
                if (span[1] - span[0]) * 24 <= 16 * hours)  # fmt: skip
    chart.set_x_axis(
        {
            "name": f"No-Go said at ({zone}, as when the window opens)", "name_font": _FONT,
            "num_format": "ddd hh:mm", "num_font": _FONT, "min": span[0], "max": span[1],
            "major_unit": step / 24, "major_gridlines": {"visible": False},
        }
    )  # fmt: skip
    chart.set_y_axis(
        {
            "name": "hours", "name_font": _FONT, "num_font": _FONT, "num_format": "General", "min": 0,
            "max": max(1, -(-highest * 1.3 // 1)),
            "major_gridlines": {"visible": True, "line": {"color": look.LINE, "width": 0.5}},
        }
    )  # fmt: skip
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_chartarea({"border": {"color": look.LINE}})
    chart.show_hidden_data()
