"""Sheet *Schedule*: the outline with dates, floats and logic, and the Gantt beside it.

Dates are values, as solved: no formula can reproduce what calendars and resources decided. The
bars read the date cells, so a changed date moves its bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Book, Column, Sheet, serial
from imsgen.formats.xlsx.gantt import Area, draw_axis, draw_bars
from imsgen.formats.xlsx.outline import Row, outline_rows
from imsgen.formats.xlsx.parties import marks_of
from imsgen.formats.xlsx.scale import Scale, scale_of
from imsgen.formats.xlsx.text import clean
from imsgen.schedule.views import end_text

NAME = "Schedule"
STATUS_DATE = "StatusDate"
"""Name of the cell that holds the status date."""
TABLE = "tblSchedule"

HEADINGS = (
    "ID", "WBS", "Task", "Party", "Owner", "Duration", "% complete", "Start", "Finish",
    "Total float (d)", "Critical", "Status", "Predecessors", "Successors", "Resources",
    "Deadline", "Hours", "Backup", "Driven by", "Notes",
)  # fmt: skip
_AT = {heading: i for i, heading in enumerate(HEADINGS)}
_WIDTHS: dict[str, tuple[float, float]] = {
    "ID": (9, 25),
    "WBS": (5, 10),
    "Task": (24, 46),
    "Party": (8, 17),
    "Owner": (8, 19),
    "Predecessors": (13, 36),
    "Successors": (12, 36),
    "Resources": (11, 36),
    "Backup": (8, 19),
    "Driven by": (11, 40),
    "Notes": (8, 40),
}
"""Least and most characters of columns as wide as their text."""
_FIXED = {
    "Duration": 10.0,
    "% complete": 9.5,
    "Start": 16.5,
    "Finish": 16.5,
    "Total float (d)": 9.5,
    "Critical": 8.0,
    "Status": 10.5,
    "Deadline": 16.5,
    "Hours": 8.0,
}
_LATER = HEADINGS[HEADINGS.index("Predecessors") :]
"""Collapsed at first, so that the bars stand beside the dates."""
_NAMED_ZONE = 5.0
"""More width where an hour occurs twice and shows its zone."""

_BAND, _AXIS, _HEAD, _FIRST = 2, 3, 4, 5
_GAP = len(HEADINGS)
_KEY = _GAP + 1
_GRID = _KEY + 1
_DEEPEST = 7
"""Levels of an outline in Excel."""


def add_schedule(book: Book) -> None:
    """Add the sheet to the workbook."""
    sheet = book.sheet(NAME)
    rows = tuple(outline_rows(book.facts))
    scale = _scale(book, rows)
    _head(sheet, rows)
    columns = _columns(sheet, rows)
    marks = marks_of(book.facts.project)
    for at, row in enumerate(rows, _FIRST):
        _write(sheet, at, row)
        mark = marks.get(row.party)
        if mark is not None and row.start is not None:
            style: look.Style = {"bg_color": mark.colour, "font_color": "#FFFFFF", "bold": True}
            sheet.text(at, _KEY, mark.letter, style, look.CENTRED)
    last = max(_FIRST + len(rows) - 1, _FIRST)
    _table(sheet, last)
    area = Area(
        band=_BAND,
        axis=_AXIS,
        tick=_HEAD,
        first_row=_FIRST,
        last_row=last,
        column=_GRID,
        start=_AT["Start"],
        finish=_AT["Finish"],
        length=_AT["Hours"],
        critical=_AT["Critical"],
        party=_KEY,
        percent=_AT["% complete"],
    )
    zone = book.facts.zone
    width = sheet.print_with_grid(columns, scale, _GAP, _AT["Task"])
    instants = [slot.start for slot in scale.slots] + [scale.end]
    draw_axis(sheet, area, scale, [serial(at, zone) for at in instants], width)
    resting = _resting(book, scale)
    draw_bars(sheet, area, scale, marks.values(), resting=resting, now=STATUS_DATE)
    worksheet = sheet.worksheet
    worksheet.set_row(_AXIS, None, None, {"hidden": True})
    worksheet.set_row(_HEAD, look.HEADING_HEIGHT)
    worksheet.freeze_panes(_FIRST, _AT["Party"])
    worksheet.repeat_rows(_BAND, _HEAD)
    worksheet.print_area(0, 0, last, _GRID + len(scale.slots) - 1)
    worksheet.outline_settings(True, False, True, False)
    worksheet.set_zoom(90)
    worksheet.activate()


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


def _head(sheet: Sheet, rows: Sequence[Row]) -> None:
    facts = sheet.book.facts
    schedule, project = facts.schedule, facts.project
    tasks = sum(row.hours is not None and row.start is not None for row in rows)
    critical = sum(row.critical == "Yes" for row in rows)
    proof = "proved optimal" if schedule.status == "optimal" else f"{schedule.gap:.1%} gap"
    sheet.title(
        project.name,
        f"Finish {end_text(schedule.finish, project.timezone)} · {proof} · {tasks} activities, "
        f"{critical} critical · times in {project.timezone} · revision {schedule.revision}",
    )
    at = _AT["Start"]
    label = "Status date" if project.status_date is not None else "No status date"
    sheet.text(1, at, label, look.SUBTITLE, look.RIGHT)
    sheet.moment(1, at + 1, project.status_date, {"bold": True})
    cell = f"='{NAME}'!${chr(ord('A') + at + 1)}$2"
    sheet.book.workbook.define_name(STATUS_DATE, cell)
    sheet.text(_BAND, 0, "Links, resources, deadlines, notes: + above the columns", look.BAND)


def _columns(sheet: Sheet, rows: Sequence[Row]) -> list[Column]:
    twice = any(row.named_zone for row in rows)
    found = []
    for heading in HEADINGS:
        if heading in _FIXED:
            width = _FIXED[heading]
            if twice and heading in {"Start", "Finish", "Deadline"}:
                width += _NAMED_ZONE
        else:
            least, most = _WIDTHS[heading]
            texts = (row.texts[heading] for row in rows)
            widest = max((len(text) for text in texts), default=0)
            width = min(max(widest * 0.95 + 1, least), most)
        found.append(Column(heading, width, heading in _LATER))
    sheet.columns(found)
    sheet.worksheet.set_column(_GAP, _GAP, 2, None, {"collapsed": True})
    sheet.worksheet.set_column(_KEY, _KEY, 2.7)
    return found


def _table(sheet: Sheet, last: int) -> None:
    heading = sheet.book.style(look.HEADING)
    sheet.worksheet.add_table(
        _HEAD,
        0,
        last,
        len(HEADINGS) - 1,
        {
            "name": TABLE,
            "style": None,
            "columns": [{"header": name, "header_format": heading} for name in HEADINGS],
        },
    )


def _write(sheet: Sheet, at: int, row: Row) -> None:
    styles = list(_styles(row))
    for heading, text in row.texts.items():
        more: list[look.Style] = [look.USER]
        if heading == "Task" and row.depth:
            more.append({"indent": min(row.depth, 15)})
        sheet.text(at, _AT[heading], clean(text), *styles, *more)
    sheet.text(at, _AT["Duration"], row.duration, *styles, look.RIGHT)
    sheet.number(at, _AT["% complete"], row.percent, look.PERCENT, *styles, look.CENTRED)
    sheet.moment(at, _AT["Start"], row.start, *styles, look.LEFT)
    sheet.moment(at, _AT["Finish"], row.finish, *styles, look.LEFT)
    sheet.number(at, _AT["Total float (d)"], row.total_float, look.DAYS, *styles)
    critical = look.WARNING if row.critical else {}
    sheet.text(at, _AT["Critical"], row.critical, *styles, critical, look.CENTRED)
    late = look.WARNING if row.status == "Late" else {}
    sheet.text(at, _AT["Status"], row.status, *styles, late)
    sheet.deadline(at, _AT["Deadline"], row.deadline, *styles, look.LEFT, late)
    sheet.number(at, _AT["Hours"], row.hours, look.HOURS, *styles)
    level = min(row.depth, _DEEPEST)
    sheet.worksheet.set_row(at, look.ROW_HEIGHT, None, {"level": level} if level else {})


def _styles(row: Row) -> Iterator[look.Style]:
    yield look.CELL
    if row.is_group:
        yield look.GROUP
    if not row.on_plan:
        yield look.OFF_PLAN
