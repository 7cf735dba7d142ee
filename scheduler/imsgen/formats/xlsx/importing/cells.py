"""Cells of a schedule as values: text, dates, percentages; what is none is listed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from imsgen.formats.importing.losses import Losses
from imsgen.formats.xlsx.importing.layout import Layout
from imsgen.formats.xlsx.read import Cell, Form
from imsgen.formats.xlsx.text import clean
from imsgen.plan.syntax.values.instants import FIRST_YEAR, LAST_YEAR

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::\d\d)?)?")
_WORDS = re.compile(
    r"(?:[a-z]{2,9},?\s+)??(?:([a-z]{3,9})\.?\s+(\d{1,2})|(\d{1,2})\.?\s+([a-z]{3,9})\.?),?\s+"
    r"(\d{4})(?:,?\s+(\d{1,2}):(\d\d)(?::\d\d)?\s*([ap]m)?)?",
    re.IGNORECASE,
)


class Cells:
    """The cells of a layout by row and key."""

    def __init__(self, layout: Layout, losses: Losses) -> None:
        self.layout = layout
        self._losses = losses

    def cell(self, row: int, key: str) -> Cell | None:
        """Return a cell; None where the layout has no such column, or the cell no value."""
        column = self.layout.columns.get(key)
        if column is None:
            return None
        cell = self.layout.sheet.at(row, column)
        if cell.formula and not cell.valued:
            self._losses.add("A formula without a value is left out", self.place(row, key))
            return None
        if cell.form is Form.ERROR:
            self._losses.add("An error of a formula is left out", self.place(row, key))
            return None
        return None if cell.blank else cell

    def place(self, row: int, key: str) -> str:
        """Return the address of a cell."""
        return self.layout.sheet.place(row, self.layout.columns[key])

    def text(self, row: int, key: str) -> str:
        """Return text, a number as it is, nothing for a date."""
        cell = self.cell(row, key)
        if cell is None:
            return ""
        if cell.form is Form.DATE:
            self._losses.add("A date where text belongs is left out", self.place(row, key))
            return ""
        return clean(cell.said)

    def truth(self, row: int, key: str) -> bool:
        """Whether a cell says yes."""
        return self.text(row, key).casefold() in {"yes", "true", "1", "x", "ja", "oui", "sí"}

    def denied(self, row: int, key: str) -> bool:
        """Whether a cell says no; an empty one says nothing."""
        return self.text(row, key).casefold() in {"no", "false", "0", "n", "nein", "non"}

    def date(self, row: int, key: str) -> datetime | None:
        """Return a date; text only where day and month cannot be mistaken."""
        cell = self.cell(row, key)
        if cell is None or cell.said.upper() in {"NA", "N/A", "-", "TBD"}:
            return None
        found = cell.moment() if cell.form is Form.DATE else None
        if cell.form is Form.TEXT:
            found = _read(cell.said)
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            kind = "A text" if cell.form is Form.TEXT else "A number"
            what = f"{kind} that is no clear date is left out"
            self._losses.add(what, f"{self.place(row, key)} `{cell.said}`")
            return None
        return found

    def percent(self, row: int, key: str) -> int | None:
        """Return a percentage: of a number up to 1 in a hundred parts, or text such as ``50%``."""
        cell = self.cell(row, key)
        if cell is None:
            return None
        text = re.fullmatch(r"(\d{1,3})\s*%", cell.said) if cell.form is Form.TEXT else None
        value = float(text[1]) / 100 if text else cell.number
        if not text and (cell.form is not Form.NUMBER or not 0 <= value <= 100):
            self._losses.add("No percentage, left out", f"{self.place(row, key)} `{cell.said}`")
            return None
        if not text and value > 1:
            what = "A number above 1 is read as so many percent"
            self._losses.add(what, f"{self.place(row, key)} `{cell.said}`")
            value /= 100
        return min(round(value * 100), 100)


def _read(text: str) -> datetime | None:
    iso = _ISO.fullmatch(text.strip())
    words = None if iso else _WORDS.fullmatch(text.strip())
    try:
        if iso:
            return datetime(*(int(part or 0) for part in iso.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
        if words is None:
            return None
        month = _MONTHS.index((words[1] or words[4])[:3].casefold()) + 1
        day, hour = int(words[2] or words[3]), int(words[6] or 0)
        half = (words[8] or "").casefold()
        hour = hour % 12 + 12 * (half == "pm") if half else hour
        moment = datetime(int(words[5]), month, day)  # noqa: DTZ001 - cells have no zone
        return moment + timedelta(hours=hour, minutes=int(words[7] or 0))
    except ValueError:
        return None
