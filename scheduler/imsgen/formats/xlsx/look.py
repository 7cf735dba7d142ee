"""Colours, type scale and number formats: the one place that says how the workbook looks.

Quiet greys, one accent. Colour never stands alone: parties have letters, what is critical says
so in its column.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Style = Mapping[str, Any]

INK = "#1F2933"
FAINT = "#6B7785"
LINE = "#D5DBE1"
SHADE = "#F3F5F8"
ACCENT = "#1F5F8B"
EDITABLE = "#FFFBE6"
OPEN_WINDOW = "#F6DFB3"
CLOSED_WINDOW = "#DCD3EA"
"""Labels of slots in which a window is open, or keeps work out."""

CRITICAL = "#C00000"
MILESTONE = "#111827"
SUMMARY = "#5B6673"
DONE = "#3E6B4F"
CAUTION = "#B45309"
NON_WORKING = "#E9ECF0"
PARTIES = ("#4A86B8", "#D9843B", "#7C6BA6", "#4D9A8C", "#A88C3A", "#B5657F")
"""By order of declaration, again from the first when they run out."""
SHARED = "#7F8891"
NOBODY = "#9FB4C7"

LIGHT_LOAD = "#E3EDF4"
MEDIUM_LOAD = "#A9C6DB"
HEAVY_LOAD = "#5C93B8"

DATE = "yyyy-mm-dd"
DATE_TIME = "yyyy-mm-dd hh:mm"
WEEKDAY_TIME = "ddd dd hh:mm"
PERCENT = "0%"
USED = '0%;-0%;"–"'
DAYS = "0.0#"
HOURS = "#,##0.0#"
SHORT_HOURS = "[>=100]#,##0;0.0#"
"""In narrow columns: a half hour of more than a hundred is not seen."""
COUNT = "0"
THOUSANDS = "#,##0"
SHARE = "0.0%"
INDEX = "0.00"
VARIANCE = '+0.0#;-0.0#;"–"'

FONT = "Arial"
"""There, or a font of the same widths, on every system: columns are as wide as meant."""
NORMAL: Style = {"font_name": FONT, "font_size": 10}
"""The font that widths count in: a digit is seven pixels wide."""
BASE: Style = {
    "font_name": FONT,
    "font_size": 9,
    "font_color": INK,
    "valign": "vcenter",
}
TITLE: Style = {"font_size": 16, "bold": True, "font_color": ACCENT}
SMALL: Style = {"font_size": 11}
"""With TITLE: of a part of a sheet."""
SUBTITLE: Style = {"font_color": FAINT}
HEADING: Style = {
    "bold": True,
    "bg_color": SHADE,
    "bottom": 1,
    "bottom_color": ACCENT,
    "text_wrap": True,
    "valign": "vcenter",
}
CELL: Style = {"bottom": 1, "bottom_color": LINE}
USER: Style = {"quote_prefix": True}
"""Text of the plan stays text when somebody edits the cell."""
GROUP: Style = {"bold": True, "bg_color": SHADE}
OFF_PLAN: Style = {"font_color": FAINT, "italic": True}
WARNING: Style = {"font_color": CRITICAL, "bold": True}
BAND: Style = {"font_size": 9, "font_color": FAINT, "valign": "bottom"}
TICK: Style = {
    "font_size": 8,
    "font_color": FAINT,
    "bottom": 1,
    "bottom_color": ACCENT,
    "bg_color": SHADE,
    "align": "left",
    "valign": "bottom",
}
CENTRED: Style = {"align": "center"}
LEFT: Style = {"align": "left"}
RIGHT: Style = {"align": "right"}
WRAPPED: Style = {"text_wrap": True, "valign": "top"}
ROW_HEIGHT = 15.0
"""Points of a row of one line."""
TITLE_HEIGHT = 26.0
HEADING_HEIGHT = 32.0
