"""Formulas of sheet *Schedule*, each with the value it has: live, and right when nobody calculates.

A formula reads its own row, or looks rows up by id: sorting and filtering change nothing. None is
volatile.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from imsgen.formats.facts import Facts
from imsgen.formats.xlsx.book import serial
from imsgen.formats.xlsx.columns import DONE, WEIGHT, Columns

STATUS_DATE = "StatusDate"
"""Name of the cell that holds the status date."""
HALF_MINUTE = 1 / 2880
"""Days: typed and written times differ by less."""
_LONGEST = 200
"""Characters of an id that a formula looks for: Excel allows 255 and a few are ours."""

Formula = tuple[str, float | str | None]
"""The formula and its value, None for an empty text."""


@dataclass(frozen=True, slots=True)
class Dates:
    """What the formulas of a row read, as cells hold it: dates in Excel's days."""

    percent: float
    finish: float
    deadline: float | None
    """A whole number: the end of that day."""
    status_date: float | None


class Formulas:
    """The formulas of a table whose rows are ``first`` to ``last``, both included."""

    def __init__(self, columns: Columns, first: int, last: int) -> None:
        self._columns = columns
        self._first, self._last = first, last

    def _cell(self, row: int, name: str) -> str:
        return str(xl_rowcol_to_cell(row, self._columns.at(name), col_abs=True))

    def _all(self, name: str) -> str:
        at = self._columns.at(name)
        return str(xl_range_abs(self._first, at, self._last, at))

    def rolled_up(self, row: int, percent: float) -> Formula:
        """Return the percentage of a group: of the minutes inside, those done, never rounded up.

        Of milestones alone, it is the mean of theirs.
        """
        ids, inside = self._all("ID"), f'{self._cell(row, "ID")}&".*"'
        minutes, done = self._all(WEIGHT), self._all(DONE)

        def whole(value: str) -> str:
            return f"ROUNDDOWN(100*{value}+1E-9,0)/100"

        worked = f"SUMIFS({done},{ids},{inside})/SUMIFS({minutes},{ids},{inside})"
        counted = f"AVERAGEIFS({self._all('% complete')},{ids},{inside},{minutes},0)"
        return f"=IFERROR({whole(worked)},IFERROR({whole(counted)},0))", percent

    def done(self, row: int, minutes: int, percent: float) -> Formula:
        """Return the minutes done of an activity."""
        product = f"{self._cell(row, WEIGHT)}*N({self._cell(row, '% complete')})"
        return f"={product}", minutes * percent

    def status(self, row: int, dates: Dates) -> Formula:
        """Return how a row stands: what misses its deadline is late, also when it is to begin."""
        percent, finish = self._cell(row, "% complete"), self._cell(row, "Finish")
        due = self._cell(row, "Deadline")
        e = f"{HALF_MINUTE:.6f}"
        late = f"AND(ISNUMBER({due}),{finish}>{due}+({due}=INT({due}))+{e})"
        overdue = f"AND(ISNUMBER({STATUS_DATE}),{finish}<{STATUS_DATE}-{e})"
        formula = (
            f'=IF({percent}>=1,"Complete",IF({late},"Late",IF({overdue},"Overdue",'
            f'IF({percent}>0,"In progress","Planned"))))'
        )
        return formula, _status(dates)

    def days_to_go(self, row: int, dates: Dates) -> Formula:
        """Return the calendar days from the status date to the finish, of what is not complete."""
        percent, finish = self._cell(row, "% complete"), self._cell(row, "Finish")
        days = f"INT({finish}-{HALF_MINUTE:.6f})-INT({STATUS_DATE})"
        formula = f'=IF(OR({percent}>=1,NOT(ISNUMBER({STATUS_DATE}))),"",{days})'
        if dates.percent >= 1 or dates.status_date is None:
            return formula, None
        return formula, floor(dates.finish - HALF_MINUTE) - floor(dates.status_date)

    def later(self, row: int, name: str, agreed: str, days: float) -> Formula:
        """Return by how many days on the wall a date is later than what was agreed."""
        now, was = self._cell(row, name), self._cell(row, agreed)
        return f'=IF(COUNT({now},{was})=2,ROUND({now}-{was},5),"")', round(days, 5)


def days_until(at: float, facts: Facts, cell: str) -> Formula:
    """Return the calendar days from the status date to what a cell says, less if it is past."""
    status = facts.project.status_date
    formula = f'=IF(ISNUMBER({STATUS_DATE}),INT({cell})-INT({STATUS_DATE}),"")'
    return formula, None if status is None else floor(at) - floor(serial(status, facts.zone))


def _status(dates: Dates) -> str:
    if dates.percent >= 1:
        return "Complete"
    due = dates.deadline
    if due is not None and dates.finish > due + (due == floor(due)) + HALF_MINUTE:
        return "Late"
    if dates.status_date is not None and dates.finish < dates.status_date - HALF_MINUTE:
        return "Overdue"
    return "In progress" if dates.percent > 0 else "Planned"


def is_findable(id_: str) -> bool:
    """Whether a formula can look for what is inside a group of that id."""
    return len(id_) <= _LONGEST
