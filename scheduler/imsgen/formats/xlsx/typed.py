"""What people typed into a cell, as the plan would say it; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from imsgen.calendars.zones import candidates
from imsgen.diagnostics import Report
from imsgen.formats.clock import local
from imsgen.formats.xlsx.editable import DATED, date_text
from imsgen.formats.xlsx.read import Cell, Form
from imsgen.formats.xlsx.text import clean
from imsgen.model import Instant
from imsgen.plan.syntax.values.instants import FIRST_YEAR, LAST_YEAR

_OFFSET = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d) ?(Z|[+-]\d\d:\d\d|[A-Z]{2,5})")
"""A date that says which of two hours it means: the only one that may be text."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a cell says, and where it is."""

    text: str
    """Percent as whole numbers, dates as ``2027-03-05 17:00``, with an offset if it was typed."""
    place: str
    exact: bool = False
    """Whether a date came with its offset: then midnight is midnight, not a whole day."""
    refused: bool = False
    """Whether what it says was reported: nothing more can be said of it."""


class Typed:
    """Reads cells; what cannot be taken is reported with its address."""

    def __init__(self, report: Report, zone: ZoneInfo) -> None:
        self._report, self._zone = report, zone

    def read(self, key: str, cell: Cell, place: str) -> Answer:
        """Return what a cell says about a key of the plan."""
        if key == "percent_complete":
            return self._percent(cell, place)
        return self.date(cell, place) if key in DATED else self.text(cell, place)

    def text(self, cell: Cell, place: str) -> Answer:
        """Return text."""
        refused = Answer("", place, refused=True)
        if self._is_lost(cell, place):
            return refused
        if cell.form is Form.DATE:
            moment = cell.moment()
            self._refuse(place, f"`{moment or cell.said}` is a date, expected text",
                         "put an apostrophe before it")  # fmt: skip
            return refused
        return Answer(clean(cell.said).strip(), place)

    def _percent(self, cell: Cell, place: str) -> Answer:
        refused = Answer("", place, refused=True)
        if self._is_lost(cell, place):
            return refused
        if cell.blank:
            return Answer("", place)
        if cell.form is not Form.NUMBER:
            kind = "a date" if cell.form is Form.DATE else "text"
            self._refuse(place, f"`{cell.said}` is {kind}, expected a percentage such as `50%`",
                         "type it again as a number")  # fmt: skip
            return refused
        value = cell.number
        if not 0 <= value <= 1:
            meant = f"write `{value:g}%`" if 1 < value <= 100 else "write `0%` to `100%`"
            self._refuse(place, f"`{value:g}` is {value:.0%}, expected 0% to 100%", meant)
            return refused
        whole = round(value * 100)
        if abs(value * 100 - whole) > 1e-6:
            self._refuse(place, f"{value:.2%} is no whole percentage", f"write `{whole}%`")
            return refused
        return Answer(str(whole), place)

    def date(self, cell: Cell, place: str) -> Answer:
        """Return local time to the minute; text is read as a date only with its offset."""
        refused = Answer("", place, refused=True)
        if self._is_lost(cell, place):
            return refused
        if cell.blank:
            return Answer("", place)
        if cell.form is Form.TEXT:
            at = self._with_offset(cell.said)
            if at is not None:
                return Answer(date_text(at, self._zone), place, exact=True)
        if cell.form is not Form.DATE:
            kind = "text" if cell.form is Form.TEXT else "a number"
            self._refuse(place, f"`{cell.said}` is {kind}, expected a date",
                         "type it as your Excel writes dates")  # fmt: skip
            return refused
        moment = cell.moment()
        if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
            shown = cell.said if moment is None else f"{moment:%Y-%m-%d %H:%M}"
            hour = moment is not None and cell.number < 1
            self._refuse(place, f"`{moment:%H:%M}` has no date" if hour else
                         f"`{shown}`, expected a date of {FIRST_YEAR} to {LAST_YEAR}",
                         "type date and time" if hour else "")  # fmt: skip
            return refused
        return Answer(f"{moment:%Y-%m-%d %H:%M}", place)

    def _with_offset(self, text: str) -> Instant | None:
        found = _OFFSET.fullmatch(text)
        if found is None:
            return None
        try:
            day = date.fromisoformat(found[1])
        except ValueError:
            return None
        hour, minute = (int(part) for part in found[2].split(":"))
        if hour > 23 or minute > 59 or not FIRST_YEAR <= day.year <= LAST_YEAR:
            return None
        if found[3] == "Z" or not found[3].isalpha():
            east = "+00:00" if found[3] == "Z" else found[3]
            ahead = int(f"{east[0]}1") * (int(east[1:3]) * 60 + int(east[4:]))
            utc = candidates(day, hour * 60 + minute, ZoneInfo("UTC"))[0]
            return Instant(utc - ahead)
        here = candidates(day, hour * 60 + minute, self._zone)
        named = [at for at in here if local(at, self._zone).tzname() == found[3]]
        return named[0] if len(named) == 1 else None

    def _is_lost(self, cell: Cell, place: str) -> bool:
        """Whether the cell has a value that the file does not say."""
        if cell.formula and not cell.valued:
            self._refuse(
                place,
                "a formula without a value",
                "open the file in Excel or LibreOffice, save it, and update again",
            )
            return True
        if cell.form is Form.ERROR:
            self._refuse(place, f"`{cell.text}` is an error of a formula", "type the value")
            return True
        return False

    def _refuse(self, place: str, what: str, help_: str = "") -> None:
        self._report.add("IMS631", f"{place}: {what}", help=help_)
