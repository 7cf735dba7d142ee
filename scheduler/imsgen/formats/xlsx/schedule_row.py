"""One row of sheet *Schedule*, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Sheet, day_due, serial
from imsgen.formats.xlsx.columns import DAYS_TO_GO, DONE, NUMBER, WEIGHT
from imsgen.formats.xlsx.editable import COLUMNS
from imsgen.formats.xlsx.formulas import Dates, Formulas, is_findable
from imsgen.formats.xlsx.outline import Row
from imsgen.formats.xlsx.text import clean

_DEEPEST = 7
"""Levels of an outline in Excel."""
_MINUTE = 1 / 1440
"""Days."""


def write_row(sheet: Sheet, at: int, row: Row, formulas: Formulas) -> None:
    """Write a group or an activity into row ``at``."""
    _Row(sheet, at, row, formulas).write()


class _Row:
    def __init__(self, sheet: Sheet, at: int, row: Row, formulas: Formulas) -> None:
        self._sheet, self._at, self._row = sheet, at, row
        self._columns, self._formulas = sheet.book.columns, formulas
        self._base = list(_styles(row))
        self._open = {COLUMNS[key] for key in row.editable}

    def write(self) -> None:
        """Write the cells, and how deep the row lies."""
        self._texts()
        self._numbers()
        self._dates()
        self._progress()
        if "Baseline start" in self._columns.names:
            self._baseline()
        level = min(self._row.depth, _DEEPEST)
        options = {"level": level} if level else {}
        self._sheet.worksheet.set_row(self._at, look.ROW_HEIGHT, None, options)

    def _place(self, name: str) -> tuple[int, int]:
        return self._at, self._columns.at(name)

    def _styles(self, name: str) -> list[look.Style]:
        """Return the styles of a cell: those that people fill in have a colour of their own."""
        return [*self._base, {"bg_color": look.EDITABLE}] if name in self._open else self._base

    def _texts(self) -> None:
        row, sheet = self._row, self._sheet
        for name, text in row.texts.items():
            if name not in self._columns.names:
                continue
            more: list[look.Style] = [look.USER]
            if name == "Task" and row.depth:
                more.append({"indent": min(row.depth, 15)})
            sheet.text(*self._place(name), clean(text), *self._styles(name), *more)
        sheet.text(*self._place("Duration"), row.duration, *self._base, look.RIGHT)
        styles = self._styles("Remaining")
        sheet.text(*self._place("Remaining"), row.remaining, *styles, look.CENTRED)
        critical = look.WARNING if row.critical else {}
        sheet.text(*self._place("Critical"), row.critical, *self._base, critical, look.CENTRED)

    def _numbers(self) -> None:
        row, sheet = self._row, self._sheet
        number = sheet.book.facts.numbers[row.id]
        sheet.number(*self._place(NUMBER), number, look.COUNT, *self._base, look.CENTRED)
        sheet.number(*self._place("Total float (d)"), row.total_float, look.DAYS, *self._base)
        sheet.number(*self._place("Hours"), row.hours, look.HOURS, *self._base)

    def _dates(self) -> None:
        row, sheet = self._row, self._sheet
        begun, done = row.actual
        for name, instant in (
            ("Start", row.start),
            ("Finish", row.finish),
            ("Actual start", begun),
            ("Actual finish", done),
        ):
            sheet.moment(*self._place(name), instant, *self._styles(name), look.LEFT)
        sheet.deadline(*self._place("Deadline"), row.deadline, *self._base, look.LEFT)

    def _progress(self) -> None:
        """Write how far the work is, and what follows: live, where the row is on the plan."""
        row, sheet = self._row, self._sheet
        place, style = self._place("% complete"), (*self._styles("% complete"), look.CENTRED)
        if row.is_group and row.percent is not None and is_findable(row.id):
            rolled = self._formulas.rolled_up(self._at, row.percent)
            sheet.formula(*place, *rolled, look.PERCENT, *style)
        else:
            sheet.number(*place, row.percent, look.PERCENT, *style)
        sheet.number(*self._place(WEIGHT), row.minutes, look.COUNT, *self._base)
        if row.minutes is None:
            sheet.number(*self._place(DONE), None, look.COUNT, *self._base)
        else:
            done = self._formulas.done(self._at, row.minutes, row.percent or 0.0)
            sheet.formula(*self._place(DONE), *done, look.COUNT, *self._base)
        self._state()

    def _state(self) -> None:
        row, sheet, place = self._row, self._sheet, self._place("Status")
        to_go = self._place(DAYS_TO_GO)
        if not row.live or row.finish is None or row.percent is None:
            sheet.text(*place, row.status, *self._base)
            sheet.number(*to_go, None, look.COUNT, *self._base)
            return
        zone, status = sheet.book.facts.zone, sheet.book.facts.project.status_date
        dates = Dates(
            row.percent,
            serial(row.finish, zone),
            None if row.deadline is None else day_due(row.deadline, zone),
            None if status is None else serial(status, zone),
        )
        sheet.formula(*place, *self._formulas.status(self._at, dates), "General", *self._base)
        days = self._formulas.days_to_go(self._at, dates)
        sheet.formula(*to_go, *days, look.COUNT, *self._base, look.CENTRED)

    def _baseline(self) -> None:
        """Write what was agreed, and by how many days the finish is later: live, on the wall."""
        row, sheet = self._row, self._sheet
        begun, done = row.baseline or (None, None)
        sheet.moment(*self._place("Baseline start"), begun, *self._base, look.LEFT)
        sheet.moment(*self._place("Baseline finish"), done, *self._base, look.LEFT)
        place = self._place("Finish variance (d)")
        if row.finish is None or done is None:
            sheet.number(*place, None, look.VARIANCE, *self._base)
            return
        zone = sheet.book.facts.zone
        later = serial(row.finish, zone) - serial(done, zone)
        shown = 0.0 if abs(later) < _MINUTE / 2 else later
        formula = self._formulas.later(self._at, "Finish", "Baseline finish", shown)
        sheet.formula(*place, *formula, look.VARIANCE, *self._base, look.CENTRED)


def _styles(row: Row) -> Iterator[look.Style]:
    yield look.CELL
    if row.is_group:
        yield look.GROUP
    if not row.on_plan:
        yield look.OFF_PLAN
