"""Sheet *Schedule*: the outline with dates, floats and logic, and the Gantt beside it.

Dates are values, as solved: no formula can reproduce what calendars and resources decided. The
bars read the date cells, so a changed date moves its bar.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from xlsxwriter.utility import xl_rowcol_to_cell

from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Book, Column, Sheet
from imsgen.formats.xlsx.columns import AFTER, DAYS_TO_GO, DONE, MARK, NUMBER, WEIGHT, Columns
from imsgen.formats.xlsx.formulas import STATUS_DATE, Formulas
from imsgen.formats.xlsx.gantt import (
    AXIS,
    BAND,
    FIRST,
    TICK,
    Area,
    Reads,
    colour_marks,
    draw_axis,
    draw_bars,
    draw_mark,
)
from imsgen.formats.xlsx.outline import Row, outline_rows
from imsgen.formats.xlsx.parties import marks_of
from imsgen.formats.xlsx.scale import Scale, scale_of
from imsgen.formats.xlsx.schedule_row import write_row
from imsgen.schedule.views import counted, end_text

NAME = "Schedule"
TABLE = "tblSchedule"

_WIDTHS: dict[str, tuple[float, float]] = {
    "ID": (9, 25),
    "WBS": (5, 10),
    "Task": (24, 46),
    "Party": (8, 26),
    "Owner": (8, 26),
    "Predecessors": (13, 36),
    "Successors": (12, 36),
    AFTER: (13, 36),
    "Resources": (11, 36),
    "Backup": (8, 26),
    "Driven by": (11, 40),
    "Notes": (8, 40),
    "Phase": (7, 7),
    "Remaining": (10, 14),
}
"""Least and most characters of columns as wide as their text."""
_FIXED = {
    "Duration": 10.0,
    "% complete": 11.0,
    "Start": 16.5,
    "Finish": 16.5,
    "Total float (d)": 9.5,
    "Critical": 8.0,
    "Status": 10.5,
    "Deadline": 16.5,
    "Hours": 8.0,
    "Finish variance (d)": 9.5,
    DAYS_TO_GO: 10.0,
    NUMBER: 6.0,
    MARK: 5.0,
    WEIGHT: 9.5,
    DONE: 9.5,
    "Actual start": 16.5,
    "Actual finish": 16.5,
    "Baseline start": 16.5,
    "Baseline finish": 16.5,
}
_ALIGNED: dict[str, look.Style] = {
    **dict.fromkeys(("Duration", "Total float (d)", "Hours", WEIGHT, DONE), look.RIGHT),
    **dict.fromkeys(
        ("% complete", "Critical", DAYS_TO_GO, NUMBER, "Finish variance (d)", "Remaining"),
        look.CENTRED,
    ),
}
"""Headings stand where the values do."""
_NAMED_ZONE = 5.0
"""More width where an hour occurs twice and shows its zone."""


ABOUT = (
    "The outline with dates, float and bars. + and − fold groups; the + above the columns "
    "shows links, resources, deadlines, drivers and notes."
)


def add_schedule(book: Book) -> None:
    """Add the sheet to the workbook."""
    sheet, columns = book.sheet(NAME, ABOUT), book.columns
    rows = tuple(outline_rows(book.facts, book.baseline))
    scale = _scale(book, rows)
    sheet.watch(FIRST, [columns.heading(name) for name in columns.names])
    _head(sheet, rows, columns)
    fitted = _fitted(sheet, rows, columns)
    gap = len(columns.names)
    key, grid = gap + 1, gap + 2
    marks = marks_of(book.facts.project)
    last = max(FIRST + len(rows) - 1, FIRST)
    formulas = Formulas(columns, FIRST, last)
    for at, row in enumerate(rows, FIRST):
        write_row(sheet, at, row, formulas)
        mark = marks.get(row.party) if row.start is not None else None
        draw_mark(sheet, at, key, mark, columns.at(MARK))
    colour_marks(sheet, last, key, marks.values())
    _table(sheet, last, columns)
    _alarm(sheet, last, columns)
    _validate(sheet, last, columns)
    area = Area(last, grid, _reads(columns, key))
    width = sheet.print_with_grid(fitted, scale, gap, columns.at("Task"))
    draw_axis(sheet, area, scale, book.facts.zone, width, tints=_tints(book, scale))
    resting = _resting(book, scale)
    draw_bars(sheet, area, scale, marks.values(), resting=resting, now=STATUS_DATE)
    worksheet = sheet.worksheet
    worksheet.set_row(AXIS, None, None, {"hidden": True})
    worksheet.set_row(TICK, look.HEADING_HEIGHT)
    worksheet.freeze_panes(FIRST, columns.at("Task") + 1)
    worksheet.repeat_rows(BAND, TICK)
    worksheet.print_area(0, 0, last, grid + len(scale.slots) - 1)
    worksheet.outline_settings(True, False, True, False)
    worksheet.set_zoom(90)
    worksheet.activate()


def _reads(columns: Columns, key: int) -> Reads:
    agreed = "Baseline start" in columns.names
    return Reads(
        start=columns.at("Start"),
        finish=columns.at("Finish"),
        length=columns.at("Hours"),
        critical=columns.at("Critical"),
        party=key,
        percent=columns.at("% complete"),
        baseline=(columns.at("Baseline start"), columns.at("Baseline finish")) if agreed else None,
    )


def _tints(book: Book, scale: Scale) -> dict[int, str]:
    """Return the colours of slots that a window touches: to work in, or to keep out of."""
    found: dict[int, str] = {}
    ends = [slot.start for slot in scale.slots] + [scale.end]
    for window in book.facts.project.windows.values():
        if 2 * len(window.occurrences) > len(scale.slots):
            continue  # a window of nearly every slot says nothing
        colour = look.CLOSED_WINDOW if window.forbids else look.OPEN_WINDOW
        for opens, closes in window.occurrences:
            if scale.end <= opens or closes <= ends[0]:
                continue
            for i in range(max(bisect_right(ends, opens) - 1, 0), len(scale.slots)):
                if ends[i] >= closes:
                    break
                if window.forbids or i not in found:
                    found[i] = colour
    return found


def _scale(book: Book, rows: Sequence[Row]) -> Scale:
    schedule = book.facts.schedule
    starts = [row.start for row in rows if row.start is not None]
    first = min(starts, default=schedule.project.start)
    return scale_of(first, max(schedule.finish, first), book.facts.zone)


def _resting(book: Book, scale: Scale) -> list[int]:
    """Return the days on which the plan's calendar does not work."""
    if scale.unit != "day":
        return []
    calendar = book.facts.book.calendar(book.facts.project.calendar)
    ends = [slot.start for slot in scale.slots] + [scale.end]
    return [i for i, (a, b) in enumerate(pairwise(ends)) if not calendar.work_between(a, b)]


def _head(sheet: Sheet, rows: Sequence[Row], columns: Columns) -> None:
    facts = sheet.book.facts
    schedule, project = facts.schedule, facts.project
    tasks = sum(row.hours is not None and row.start is not None for row in rows)
    critical = sum(row.critical == "Yes" for row in rows)
    proof = "proved optimal" if schedule.status == "optimal" else f"{schedule.gap:.1%} gap"
    size = counted(tasks, "activity")
    sheet.title(
        project.name,
        f"Finish {end_text(schedule.finish, project.timezone)} · {proof} · {size}, "
        f"{critical} critical · times in {project.timezone} · revision {schedule.revision}",
    )
    at = columns.at("Start")
    label = "Status date" if project.status_date is not None else "No status date"
    sheet.text(BAND, at, label, look.BAND, look.RIGHT)
    filled: look.Style = {"bold": True, "bg_color": look.EDITABLE}
    sheet.moment(BAND, at + 1, project.status_date, filled, look.LEFT)
    cell = f"='{NAME}'!{xl_rowcol_to_cell(BAND, at + 1, row_abs=True, col_abs=True)}"
    sheet.book.workbook.define_name(STATUS_DATE, cell)
    folded = [name for name in columns.names if name in columns.collapsed]
    named = ", ".join(folded[:3])
    sheet.text(BAND, 0, f"{named} and more: + above the columns" if named else "", look.BAND)


def _fitted(sheet: Sheet, rows: Sequence[Row], columns: Columns) -> list[Column]:
    """Set the widths of the columns to what they hold, and return them."""
    twice = any(row.named_zone for row in rows)
    found = []
    for name in columns.names:
        if name in _FIXED:
            width = _FIXED[name]
            if twice and width == _FIXED["Start"]:
                width += _NAMED_ZONE
        else:
            least, most = _WIDTHS[name]
            texts = (row.remaining if name == "Remaining" else row.texts[name] for row in rows)
            widest = max((len(text) for text in texts), default=0)
            width = min(max(widest * 0.95 + 1, least), most)
        found.append(Column(columns.heading(name), width, name in columns.collapsed))
    sheet.columns(found)
    gap = len(found)
    sheet.worksheet.set_column(gap, gap, 2, None, {"collapsed": True})
    sheet.worksheet.set_column(gap + 1, gap + 1, 2.7)
    return found


def _table(sheet: Sheet, last: int, columns: Columns) -> None:
    sheet.worksheet.add_table(
        TICK,
        0,
        last,
        len(columns.names) - 1,
        {
            "name": TABLE,
            "style": None,
            "columns": [
                {
                    "header": columns.heading(name),
                    "header_format": sheet.book.style(look.HEADING, _ALIGNED.get(name, {})),
                }
                for name in columns.names
            ],
        },
    )


def _alarm(sheet: Sheet, last: int, columns: Columns) -> None:
    """Colour the words that ask for attention; they stand there in any case."""
    column = columns.at("Status")
    for word in ("Late", "Overdue"):
        sheet.worksheet.conditional_format(
            FIRST, column, last, column,
            {
                "type": "cell", "criteria": "==", "value": f'"{word}"',
                "format": sheet.book.rule(font_color=look.CRITICAL, bold=True),
            },
        )  # fmt: skip


def _validate(sheet: Sheet, last: int, columns: Columns) -> None:
    """Have Excel refuse what `update` would: percent above 100, dates that are text."""
    percent = columns.at("% complete")
    sheet.worksheet.data_validation(
        FIRST, percent, last, percent,
        {
            "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1,
            "error_title": "% complete", "error_message": "Type 0% to 100%.",
        },
    )  # fmt: skip
    for name in ("Actual start", "Actual finish"):
        column = columns.at(name)
        sheet.worksheet.data_validation(
            FIRST, column, last, column,
            {
                "validate": "date", "criteria": ">=", "value": date(1984, 1, 1),
                "error_title": name, "error_message": "Type a date and time.",
            },
        )  # fmt: skip
