"""A cell: its value, whether a formula made it, and what kind of number it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of Excel's own formats for dates and times."""
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')
_DAYS_1904 = 1462


class Form(StrEnum):
    """What a cell holds."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TRUTH = "truth"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``number`` counts days since 1899-12-30 where it is a date."""

    form: Form
    text: str = ""
    number: float = 0.0
    formula: bool = False
    """Whether a formula made the value."""
    valued: bool = True
    """Whether the file has the value of the formula."""
    indent: int = 0

    @property
    def blank(self) -> bool:
        """Whether there is nothing to see."""
        return not self.formula and (self.form is Form.EMPTY or not self.said)

    @property
    def said(self) -> str:
        """Return what the cell says as text, the same whoever saved it."""
        if self.form in {Form.NUMBER, Form.DATE}:
            return f"{self.number:.12g}"
        return self.text.replace("\r\n", "\n").replace("\r", "\n").strip()

    def moment(self) -> datetime | None:
        """Return a date's local time to the nearest minute; None where there is none."""
        minutes = round(self.number * 1440)
        if not 1 <= minutes < 2_958_466 * 1440:
            return None
        return datetime(1899, 12, 30) + timedelta(minutes=minutes)  # noqa: DTZ001 - no zone


EMPTY = Cell(Form.EMPTY)
_FORMS = {
    "s": Form.TEXT, "str": Form.TEXT, "inlineStr": Form.TEXT, "e": Form.ERROR, "b": Form.TRUTH,
}  # fmt: skip


def is_date(number: int, code: str) -> bool:
    """Whether a number format shows a date or time."""
    if not code:
        return number in _BUILT_IN
    if code.lower() == "general":
        return False
    bare = _QUOTED.sub("", code.partition(";")[0]).lower()
    return any(letter in bare for letter in "ymdhs")


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell as the file has it: type, value, and what its format is like."""

    kind: str
    value: str | None
    formula: bool = False
    date: bool = False
    indent: int = 0


def made(raw: Raw, shared: Sequence[str], *, since_1904: bool) -> Cell:
    """Return the cell of what the file says."""
    value, formula, indent = raw.value, raw.formula, raw.indent
    if value is None or (not value and raw.kind not in {"str", "inlineStr", "s"}):
        return Cell(Form.EMPTY, formula=formula, valued=not formula, indent=indent)
    if raw.kind == "s":
        at = int(value) if value.isdecimal() else -1
        value = shared[at] if 0 <= at < len(shared) else ""
    elif raw.kind == "b":
        value = "TRUE" if value == "1" else "FALSE"
    form = _FORMS.get(raw.kind)
    number = None if form else _iso(value) if raw.kind == "d" else _number(value)
    if number is None:
        return Cell(form or Form.TEXT, value, formula=formula, indent=indent)
    dated = raw.date or raw.kind == "d"
    if dated and since_1904 and raw.kind != "d":
        number += _DAYS_1904
    return Cell(Form.DATE if dated else Form.NUMBER, "", number, formula=formula, indent=indent)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e300 else None


def _iso(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return None
    return (moment - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 - no zone


def address(row: int, column: int) -> str:
    """Return ``B7`` of a row and column that are counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def place_of(reference: str) -> tuple[int, int] | None:
    """Return row and column, counted from 1, of ``B7`` or ``$B$7``."""
    found = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", reference)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
