"""Values of MS Project XML: dates, durations, numbers; what cannot be read is said once a kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TypeVar

from imsgen.diagnostics import Report, Severity, Span
from imsgen.formats.mspdi.read.tree import Element

T = TypeVar("T")

_DURATION = re.compile(
    r"(?P<minus>-?)P(?:(?P<d>-?\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<h>-?\d+(?:\.\d+)?)H)?(?:(?P<m>-?\d+(?:\.\d+)?)M)?(?:(?P<s>-?\d+(?:\.\d+)?)S)?)?"
)
_DATE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?"
)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?")
_DIGITS = 40
_FIRST, _LAST = 1984, 2149
_MOST_MINUTES = 200 * 366 * 1440


class Values:
    """Reads the children of elements; remembers what it could not read."""

    def __init__(self, shown: str, report: Report) -> None:
        self._shown = shown
        self._report = report

    def span(self, element: Element) -> Span:
        """Return where an element begins."""
        return Span(self._shown, element.line, element.column, element.line, element.column + 1)

    def minutes(self, element: Element, tag: str) -> int | None:
        """Return a duration in whole minutes, rounded; None where there is none."""
        return self._read(element, tag, duration_of, "a duration such as `PT8H0M0S`")

    def length(self, element: Element, tag: str) -> int | None:
        """Return a duration that is not negative, in whole minutes."""
        return self._read(element, tag, _length, "a duration such as `PT8H0M0S`")

    def moment(self, element: Element, tag: str) -> datetime | None:
        """Return a local date and time to the minute, rounded to the next one up."""
        return self._read(element, tag, _moment, "a date such as `2027-03-01T08:00:00`")

    def whole(self, element: Element, tag: str) -> int | None:
        """Return a whole number."""
        return self._read(element, tag, _whole, "a whole number")

    def number(self, element: Element, tag: str) -> Fraction | None:
        """Return a number."""
        return self._read(element, tag, _number, "a number")

    def flag(self, element: Element, tag: str) -> bool:
        """Return whether a switch is on."""
        return element.said(tag).lower() in {"1", "true"}

    def _read(
        self, element: Element, tag: str, read: Callable[[str], T | None], expected: str
    ) -> T | None:
        child = element.get(tag)
        if child is None or not child.text.strip() or child.text.strip() == "NA":
            return None
        text = child.text.strip()
        value = read(text)
        if value is None:
            shown = text if len(text) <= 40 else text[:39] + "…"
            self._report.add(
                "IMS613",
                f"`{shown}` in `<{tag}>` is not {expected}: left out",
                self.span(child),
                severity=Severity.WARNING,
            )
        return value


def duration_of(text: str) -> int | None:
    """Return the whole minutes of an ISO duration, rounded; None: it is none."""
    found = _DURATION.fullmatch(text)
    if found is None or text in {"P", "-P", "PT", "-PT"}:
        return None
    parts = [Fraction(found[unit] or 0) for unit in "dhms"]
    total = parts[0] * 1440 + parts[1] * 60 + parts[2] + parts[3] / 60
    if abs(total) > _MOST_MINUTES:
        return None
    rounded = int(abs(total) + Fraction(1, 2)) * (1 if total >= 0 else -1)
    return -rounded if found["minus"] else rounded


def _length(text: str) -> int | None:
    found = duration_of(text)
    return None if found is None or found < 0 else found


def _moment(text: str) -> datetime | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    hour, minute, second = int(found[4] or 0), int(found[5] or 0), int(found[6] or 0)
    if not _FIRST <= year <= _LAST or hour > 24 or minute > 59 or second > 60:
        return None
    try:
        day_start = datetime(year, month, day)  # noqa: DTZ001 - the file names no zone
    except ValueError:
        return None
    return day_start + timedelta(minutes=hour * 60 + minute + (second >= 30))


def _whole(text: str) -> int | None:
    if text.isascii() and text.isdecimal() and len(text) <= _DIGITS:
        return int(text)
    value = _number(text)
    return None if value is None or value.denominator != 1 else int(value)


def _number(text: str) -> Fraction | None:
    return Fraction(text) if _NUMBER.fullmatch(text) and len(text) <= _DIGITS else None
