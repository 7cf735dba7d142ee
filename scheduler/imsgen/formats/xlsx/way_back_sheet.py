"""Sheet *Way back*: until when each gate may say No-Go, the curve, and the rollback step by step."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Book, Column, Sheet, pixels
from imsgen.formats.xlsx.text import clean, lines
from imsgen.formats.xlsx.way_back_chart import HIGH, draw_curve
from imsgen.model import Instant, LastSafe, Rollback, RollbackDriver, RollbackStep
from imsgen.schedule.way_back import (
    STEPS,
    driver_text,
    last_safe_text,
    rollback_text,
    told,
    told_windows,
    window_name,
)

NAME = "Way back"
ABOUT = "Until when each gate may say No-Go, how long going back takes, and its steps."
_COLUMNS = (
    Column("", 23),
    Column("", 23),
    Column("", 12),
    Column("", 12),
    Column("", 30),
    Column("", 44),
    Column("", 48),
)
_LAST = len(_COLUMNS) - 1
_GATES = (
    "Gate decides", "Latest safe", "No-Go takes h", "Margin h", "Gate", "Name", "Verdict",
)  # fmt: skip
_CURVE = ("No-Go said at", "All undone at", "Takes h", "Time left h")
_STEPS = ("Start", "Finish", "What", "Hours", "ID", "Step", "What drives the length")
_LINE = 12.0
"""Points of one more line in a wrapped cell."""
_ROW = 20
"""Pixels."""


def add_way_back(book: Book) -> None:
    """Add the sheet; a schedule without gates at which anything is at stake has none."""
    schedule = book.facts.schedule
    shown = told(schedule)
    if not shown:
        return
    sheet = book.sheet(NAME, ABOUT)
    sheet.columns(_COLUMNS)
    zone = book.facts.project.timezone
    sheet.title("Way back", f"What a No-Go takes, proved like the schedule · times are {zone}")
    row = _gates(sheet, 3, list(shown.values()))
    for one in told_windows(schedule):
        row = _window(sheet, row + 1, one)
    for id_, back in shown.items():
        if back.steps:
            heading = f"No-Go of {book.facts.project.activities[id_].name} as planned"
            row = _steps(sheet, row + 1, heading, back.steps, back.drivers)
    sheet.worksheet.print_area(0, 0, row, _LAST)


def _headings(sheet: Sheet, row: int, headings: Sequence[str]) -> None:
    for column, heading in enumerate(headings):
        sheet.text(row, column, heading, look.HEADING)
    sheet.worksheet.set_row(row, look.HEADING_HEIGHT)


def _gates(sheet: Sheet, row: int, rollbacks: Sequence[Rollback]) -> int:
    """Write a line for each gate; return the row after them."""
    project = sheet.book.facts.project
    _headings(sheet, row, _GATES)
    for row_, back in enumerate(rollbacks, row + 1):
        verdict = _sentence(rollback_text(project, back))
        high = lines(verdict, _COLUMNS[_LAST].width + 14)
        safe = back.margin is None or back.margin >= 0
        style = (look.CELL, look.WRAPPED)
        bad: look.Style = {} if safe and not back.irreversible else look.WARNING
        _moment(sheet, row_, 0, back.decided, *style)
        _moment(sheet, row_, 1, back.latest, *style)
        for column, minutes in ((2, back.length), (3, back.margin)):
            hours = None if minutes is None else minutes / 60
            sheet.number(row_, column, hours, look.HOURS, *style, bad, look.CENTRED)
        texts = (back.gate, project.activities[back.gate].name, verdict)
        for column, text in enumerate(texts, 4):
            sheet.text(
                row_, column, clean(text), *style, bad if column == _LAST else {}, look.USER
            )
        sheet.worksheet.set_row(row_, look.ROW_HEIGHT + _LINE * (high - 1))
    return row + 1 + len(rollbacks)


def _window(sheet: Sheet, row: int, one: LastSafe) -> int:
    """Write the last safe moment of a window with its curve; return the row after it."""
    project = sheet.book.facts.project
    sheet.text(row, 0, clean(window_name(project, one)), look.TITLE, look.SMALL, look.USER)
    about = _sentence(last_safe_text(project, one))
    sheet.text(row + 1, 0, clean(about), look.SUBTITLE, look.USER)
    if not one.curve:
        return row + 2
    first = row + 3 + HIGH // _ROW + 1
    _headings(sheet, first - 1, _CURVE)
    for at, point in enumerate(one.curve, first):
        _moment(sheet, at, 0, point.at, look.CELL)
        _moment(sheet, at, 1, point.finish, look.CELL)
        length = None if point.length is None else point.length / 60
        sheet.number(at, 2, length, look.HOURS, look.CELL, look.CENTRED)
        sheet.number(at, 3, (one.ends - point.at) / 60, look.HOURS, look.CELL, look.CENTRED)
    wide = sum(pixels(column.width) for column in _COLUMNS)
    draw_curve(sheet, one, (row + 2, first), wide)
    row = first + len(one.curve)
    if not one.steps:
        return row
    heading = f"No-Go at the last safe moment of {window_name(project, one)}"
    return _steps(sheet, row + 1, heading, one.steps, one.drivers)


def _steps(
    sheet: Sheet,
    row: int,
    heading: str,
    steps: Sequence[RollbackStep],
    drivers: Sequence[RollbackDriver],
) -> int:
    """Write a rollback step by step, in bold what drives its length; return the row after it."""
    project = sheet.book.facts.project
    driving = {(one.kind, one.id): one for one in drivers}
    sheet.text(row, 0, clean(heading), look.TITLE, look.SMALL, look.USER)
    _headings(sheet, row + 1, _STEPS)
    for at, one in enumerate(steps, row + 2):
        node = project.activities.get(one.id) or project.groups[one.id]
        driver = driving.get((one.kind, one.id))
        style = (look.CELL, look.GROUP if driver else {})
        _moment(sheet, at, 0, one.start, *style)
        _moment(sheet, at, 1, one.finish, *style)
        sheet.text(at, 2, STEPS[one.kind], *style)
        sheet.number(at, 3, (one.finish - one.start) / 60, look.HOURS, *style, look.CENTRED)
        texts = (one.id, node.name, "" if driver is None else driver_text(driver))
        for column, text in enumerate(texts, 4):
            sheet.text(at, column, clean(text), *style, look.USER)
    return row + 2 + len(steps)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _moment(sheet: Sheet, row: int, column: int, instant: int | None, *style: look.Style) -> None:
    moment = None if instant is None else Instant(instant)
    sheet.moment(row, column, moment, *style, look.LEFT, shown=f"ddd {look.DATE_TIME}", named=True)
