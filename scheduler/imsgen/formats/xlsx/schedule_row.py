"""One row of sheet *Schedule*, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.utility import xl_rowcol_to_cell

from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Sheet, serial
from imsgen.formats.xlsx.columns import Columns
from imsgen.formats.xlsx.editable import COLUMNS
from imsgen.formats.xlsx.outline import Row
from imsgen.formats.xlsx.text import clean

_DEEPEST = 7
"""Levels of an outline in Excel."""
_MINUTE = 1 / 1440
"""Days."""


def write_row(sheet: Sheet, at: int, row: Row, columns: Columns) -> None:
    """Write a group or an activity into row ``at``."""
    _Row(sheet, at, row, columns).write()


class _Row:
    def __init__(self, sheet: Sheet, at: int, row: Row, columns: Columns) -> None:
        self._sheet, self._at, self._row, self._columns = sheet, at, row, columns
        self._base = list(_styles(row))
        self._open = {COLUMNS[key] for key in row.editable}

    def write(self) -> None:
        """Write the cells, and how deep the row lies."""
        self._texts()
        self._numbers()
        self._dates()
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
        sheet.text(*self._place("Status"), row.status, *self._base, self._late())

    def _late(self) -> look.Style:
        return look.WARNING if self._row.status == "Late" else {}

    def _numbers(self) -> None:
        row, sheet = self._row, self._sheet
        percent = self._styles("% complete")
        sheet.number(*self._place("% complete"), row.percent, look.PERCENT, *percent, look.CENTRED)
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
        late = self._late()
        sheet.deadline(*self._place("Deadline"), row.deadline, *self._base, look.LEFT, late)

    def _baseline(self) -> None:
        """Write what was agreed, and by how many days the finish is later: live, on the wall."""
        row, sheet = self._row, self._sheet
        begun, done = row.baseline or (None, None)
        sheet.moment(*self._place("Baseline start"), begun, *self._base, look.LEFT)
        sheet.moment(*self._place("Baseline finish"), done, *self._base, look.LEFT)
        finish, agreed = (
            xl_rowcol_to_cell(*self._place(name), col_abs=True)
            for name in ("Finish", "Baseline finish")
        )
        place = self._place("Finish variance (d)")
        if row.finish is None or done is None:
            sheet.number(*place, None, look.VARIANCE, *self._base)
            return
        zone = sheet.book.facts.zone
        later = serial(row.finish, zone) - serial(done, zone)
        shown = 0.0 if abs(later) < _MINUTE / 2 else later
        formula = f'=IF(COUNT({finish},{agreed})=2,ROUND({finish}-{agreed},5),"")'
        sheet.formula(*place, formula, round(shown, 5), look.VARIANCE, *self._base, look.CENTRED)


def _styles(row: Row) -> Iterator[look.Style]:
    yield look.CELL
    if row.is_group:
        yield look.GROUP
    if not row.on_plan:
        yield look.OFF_PLAN
