"""Reading a workbook that people filled in: what each editable cell says, as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from imsgen.diagnostics import Report
from imsgen.formats.xlsx.editable import COLUMNS, DATED, MINUTE
from imsgen.formats.xlsx.formulas import STATUS_DATE
from imsgen.formats.xlsx.state_sheet import NAME, VERSION
from imsgen.formats.xlsx.text import clean

_HEADING_ROWS = 40
"""Rows from the top among which the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a cell says, and where it is."""

    text: str
    place: str


@dataclass(slots=True)
class Answers:
    """A workbook as it was exported, and as it is now."""

    plan: str = ""
    revision: str = ""
    exported: dict[str, dict[str, str]] = field(default_factory=dict)
    """Texts by key of the plan, by activity; ``mode`` too."""
    given: dict[str, dict[str, Answer]] = field(default_factory=dict)
    status_exported: str = ""
    status: Answer | None = None
    missing: list[str] = field(default_factory=list)
    """Activities that were exported and have no row now."""


def read_answers(path: Path, groups: Mapping[str, object], report: Report) -> Answers | None:
    """Return what a workbook says; None if it cannot be read, after reporting why.

    ``groups`` has the ids of rows that nobody fills in.
    """
    try:
        formulas = openpyxl.load_workbook(path)
        values = openpyxl.load_workbook(path, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no workbook"
        report.add("IMS630", f"`{path}` cannot be read: {reason}", help="save it as .xlsx")
        return None
    if NAME not in values.sheetnames:
        report.add(
            "IMS630",
            f"`{path}` has no sheet `{NAME}`: imsgen did not write it",
            help="export a workbook with `imsgen export`, and fill in that one",
        )
        return None
    return _Reader(formulas, values, report, path).read(groups)


class _Reader:
    def __init__(self, formulas: Any, values: Any, report: Report, path: Path) -> None:
        self._formulas, self._values = formulas, values
        self._report, self._path = report, path
        self._found = Answers()

    def read(self, groups: Mapping[str, object]) -> Answers | None:
        head = self._state()
        if head.get("imsgen") != VERSION:
            self._report.add(
                "IMS630",
                f"`{self._path}` was written by another version of imsgen: format "
                f"`{head.get('imsgen', '')}`, expected `{VERSION}`",
            )
            return None
        found = self._found
        found.plan, found.revision = head["plan"], head["revision"]
        found.status_exported = head.get("status_date", "")
        wanted = {key: head[key] for key in ("id", *COLUMNS)}
        place = self._headings(wanted)
        if place is None:
            return None
        sheet, row, columns = place
        self._rows(sheet, row, columns, groups)
        self._status_date()
        found.missing = [id_ for id_ in found.exported if id_ not in found.given]
        return found

    def _state(self) -> dict[str, str]:
        """Return the facts of the hidden sheet, and keep what was exported."""
        head: dict[str, str] = {}
        keys: list[str] = []
        for cells in self._values[NAME].iter_rows(values_only=True):
            texts = ["" if value is None else str(value) for value in cells]
            if keys:
                line = dict(zip(keys, texts, strict=False))
                self._found.exported[line["id"]] = line
            elif texts[:2] == ["id", "mode"]:
                keys = texts
            elif texts and texts[0]:
                head[texts[0]] = texts[1] if len(texts) > 1 else ""
        return head

    def _headings(self, wanted: Mapping[str, str]) -> tuple[str, int, dict[str, int]] | None:
        """Return sheet, row and column of each heading, wherever people moved them."""
        best: dict[str, int] = {}
        for sheet in self._values:
            for row in sheet.iter_rows(max_row=_HEADING_ROWS):
                named = {cell.value: cell.column for cell in row if isinstance(cell.value, str)}
                here = {key: named[name] for key, name in wanted.items() if name in named}
                if len(here) == len(wanted):
                    return sheet.title, row[0].row, here
                best = max(best, here, key=len)
        lost = ", ".join(f"`{name}`" for key, name in wanted.items() if key not in best)
        self._report.add("IMS630", f"`{self._path}` has no column {lost}, expected its heading")
        return None

    def _rows(
        self, sheet: str, heading: int, columns: Mapping[str, int], groups: Mapping[str, object]
    ) -> None:
        seen: dict[str, str] = {}
        for row in range(heading + 1, self._values[sheet].max_row + 1):
            if self._is_group(sheet, row, columns["id"], groups, seen):
                continue
            cells = {key: self._cell(sheet, row, column) for key, column in columns.items()}
            id_, place = self._text(*cells["id"]), cells["id"][1]
            if not id_:
                if any(value not in (None, "") for value, _ in cells.values()):
                    self._refuse(place, "there is no id, new rows are written in the plan")
                continue
            if id_ in seen:
                self._refuse(place, f"`{id_}` is there twice, first in {seen[id_]}")
                continue
            seen[id_] = place
            if id_ not in self._found.exported:
                self._refuse(place, f"`{id_}` is not in the workbook as exported")
                continue
            self._found.given[id_] = {
                key: Answer(self._said(key, *cells[key]), cells[key][1]) for key in COLUMNS
            }

    def _is_group(
        self, sheet: str, row: int, column: int, groups: Mapping[str, object], seen: dict[str, str]
    ) -> bool:
        """Whether a row is that of a group: its cells are calculated, nobody fills them in."""
        id_ = str(self._values[sheet].cell(row, column).value)
        if id_ not in groups:
            return False
        place = f"{sheet}!{get_column_letter(column)}{row}"
        if id_ in seen:
            self._refuse(place, f"`{id_}` is there twice, first in {seen[id_]}")
        seen.setdefault(id_, place)
        return True

    def _cell(self, sheet: str, row: int, column: int) -> tuple[Any, str]:
        """Return the value of a cell, and its address."""
        place = f"{sheet}!{get_column_letter(column)}{row}"
        value = self._values[sheet].cell(row, column).value
        written = self._formulas[sheet].cell(row, column)
        if written.data_type == "f" and value is None:
            self._refuse(
                place,
                "a formula without a value",
                "open the file in Excel or LibreOffice, save it, and update again",
            )
        elif written.data_type == "e" or (isinstance(value, str) and value.startswith("#REF!")):
            self._refuse(place, f"`{value}` is an error")
            value = None
        return value, place

    def _refuse(self, place: str, what: str, help_: str = "") -> None:
        self._report.add("IMS631", f"{place}: {what}", help=help_)

    def _said(self, key: str, value: Any, place: str) -> str:
        if key == "percent_complete":
            return self._percent(value, place)
        if key in DATED:
            return self._date(value, place)
        return self._text(value, place)

    def _text(self, value: Any, place: str) -> str:
        if isinstance(value, datetime | date | timedelta):
            self._refuse(place, f"`{value}` is a date, expected text")
            return ""
        return "" if value is None else clean(str(value)).strip()

    def _percent(self, value: Any, place: str) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._refuse(place, f"`{value}` is text, expected a percentage such as `50%`")
            return ""
        if not 0 <= value <= 1:
            meant = f"write `{value:g}%`" if 1 < value <= 100 else "write `0%` to `100%`"
            self._refuse(place, f"`{value:g}` is {value:.0%}, expected 0% to 100%", meant)
            return ""
        whole = round(value * 100)
        if abs(value * 100 - whole) > 1e-6:
            self._refuse(place, f"{value:.2%} is no whole percentage", f"write `{whole}%`")
        return str(whole)

    def _date(self, value: Any, place: str) -> str:
        """Return local time to the minute; text is never read as a date."""
        if value is None or value == "":
            return ""
        if isinstance(value, datetime):
            nearest = value + timedelta(seconds=30)
            return nearest.strftime(MINUTE)
        if isinstance(value, date):
            return value.strftime("%Y-%m-%d 00:00")
        kind = "text" if isinstance(value, str) else "a number"
        self._refuse(
            place, f"`{value}` is {kind}, expected a date", "type it as your Excel writes dates"
        )
        return ""

    def _status_date(self) -> None:
        name = self._values.defined_names.get(STATUS_DATE)
        for sheet, reference in name.destinations if name is not None else ():
            if sheet not in self._values.sheetnames:
                continue
            cell = self._values[sheet][reference.replace("$", "")]
            value, place = self._cell(sheet, cell.row, cell.column)
            self._found.status = Answer(self._date(value, place), place)
