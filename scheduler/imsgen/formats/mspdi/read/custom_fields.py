"""Custom fields of rows: the names people see, and their values as text.

A file names only the fields somebody renamed; the others are known by their number. Numbers are
those of real files, counted from where the fields of tasks and of resources begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from imsgen.formats.mspdi.read.tree import Element
from imsgen.formats.mspdi.read.values import duration_of
from imsgen.formats.mspdi.text import one_line

_ALIAS_LIMIT, _VALUE_LIMIT = 50, 1000
_OF_TASKS = (188743680, {
    "Text": (51, 54, 57, 60, 63, *range(66, 71), *range(317, 337)),
    "Start": (52, 55, 58, 61, 64, *range(282, 292, 2)),
    "Finish": (53, 56, 59, 62, 65, *range(283, 293, 2)),
    "Flag": (*range(72, 82), *range(292, 302)),
    "Number": (*range(87, 92), *range(302, 317)),
    "Duration": (*range(103, 106), *range(275, 282)),
    "Cost": (*range(106, 109), *range(258, 265)),
    "Date": tuple(range(265, 275)),
})  # fmt: skip
_OF_RESOURCES = (205520896, {
    "Text": (8, 9, *range(30, 33), *range(97, 102), *range(225, 245)),
    "Start": (*range(102, 107), *range(220, 225)),
    "Finish": (*range(107, 112), *range(190, 195)),
    "Number": (*range(112, 117), *range(205, 220)),
    "Duration": (*range(117, 120), *range(183, 190)),
    "Cost": (*range(123, 126), *range(166, 173)),
    "Date": tuple(range(173, 183)),
})  # fmt: skip
_KIND = re.compile(r"[A-Za-z]+")
_DATES = {"Start", "Finish", "Date"}


def _names() -> Iterator[tuple[str, str]]:
    for first, kinds in (_OF_TASKS, _OF_RESOURCES):
        for kind, offsets in kinds.items():
            for number, offset in enumerate(offsets, start=1):
                yield str(first + offset), f"{kind}{number}"


_NAMES = dict(_names())


def aliases(root: Element) -> dict[str, str]:
    """Return the name people see by the number of each custom field that the file defines."""
    return {
        one.said("FieldID"): one_line(one.said("Alias") or one.said("FieldName"), _ALIAS_LIMIT)
        for one in root.all("ExtendedAttributes", "ExtendedAttribute")
        if one.said("FieldID")
    }


def fields(element: Element, known: dict[str, str]) -> dict[str, str]:
    """Return the custom fields of a row that are not empty, by name."""
    found = {}
    for one in element.all("ExtendedAttribute"):
        number, text = one.said("FieldID"), one_line(one.said("Value"), _VALUE_LIMIT)
        if number and text:
            own = _NAMES.get(number, f"Field {number}")
            found[known.get(number) or own] = _shown(text, own)
    return found


def _shown(text: str, own: str) -> str:
    """Return a value as people write it; one that cannot be read stays as it is."""
    match = _KIND.match(own)
    kind = match[0] if match else ""
    if kind in _DATES:
        try:
            return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}"
        except ValueError:
            return text
    if kind == "Duration":
        minutes = duration_of(text)
        return text if minutes is None else _hours(minutes)
    if kind == "Cost" and text.removeprefix("-").isdecimal() and len(text) < 16:
        return f"{float(Fraction(text) / 100):.2f}"  # kept in hundredths
    return text


def _hours(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    return f"{sign}{hours}h{rest}m" if rest else f"{sign}{hours}h"
