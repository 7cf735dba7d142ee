"""Counts, units, percentages, booleans."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from imsgen.plan.syntax.values.misread import Misread

_UNITS = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")
_WHOLE = re.compile(r"\d+")
_YES = frozenset({"yes", "on", "y", "t", "1"})
_NO = frozenset({"no", "off", "n", "f", "0"})


def parse_boolean(text: str) -> bool:
    """Return true or false.

    Raises
    ------
    Misread
        If it is anything else, with the edit.
    """
    if text == "true":
        return True
    if text == "false":
        return False
    folded = text.lower()
    edit = (
        "true" if folded in _YES or folded == "true"
        else "false" if folded in _NO or folded == "false" else None
    )  # fmt: skip
    raise Misread(
        "IMS134",
        f"`{text}` is neither `true` nor `false`",
        help=f"write `{edit}`" if edit else "write `true` or `false`",
    )


@lru_cache(maxsize=512)
def parse_units(text: str) -> int:
    """Return units in percent of one: ``2`` is 200, ``50%`` is 50.

    Raises
    ------
    Misread
        If it is not a number or percentage, or finer than one percent.
    """
    found = _UNITS.fullmatch(text)
    if found is None:
        if re.fullmatch(r"\d+,\d+", text):
            raise Misread(
                "IMS131", f"`{text}` are no units", help=f"write `{text.replace(',', '.')}`"
            )
        raise Misread("IMS131", f"`{text}` are no units; expected `2`, `0.5` or `50%`")
    percent = Fraction(found[1]) * (1 if found[2] else 100)
    if percent.denominator != 1:
        raise Misread(
            "IMS131",
            f"`{text}` is finer than one percent of a unit",
            help=f"write `{round(percent)}%`",
        )
    if percent > 10_000_000:
        raise Misread("IMS131", f"`{text}` is more than 100000 units")
    return int(percent)


def parse_needed(text: str) -> int:
    """Return units above zero, in percent."""
    units = parse_units(text)
    if units == 0:
        raise Misread("IMS131", f"`{text}` needs nothing", help="remove it, or write `1`")
    return units


def parse_percent(text: str) -> int:
    """Return a percentage from 0 to 100: ``40%`` or ``40``.

    Raises
    ------
    Misread
        If it is none; a fraction of one is answered with the percentage it looks like.
    """
    found = _UNITS.fullmatch(text)
    if found is None:
        raise Misread("IMS136", f"`{text}` is not a percentage; expected `40%`")
    number = Fraction(found[1])
    if not found[2] and "." in found[1] and number <= 1:
        raise Misread(
            "IMS136",
            f"`{text}` could be {text} % or {round(number * 100)} %",
            help=f"write `{round(number * 100)}%`",
        )
    if number.denominator != 1:
        raise Misread(
            "IMS136", f"`{text}` is not a whole percentage", help=f"write `{round(number)}%`"
        )
    if number > 100:
        raise Misread("IMS136", f"`{text}` is more than 100 %", help="write `100%`")
    return int(number)


def parse_count(text: str, least: int, most: int) -> int:
    """Return a whole number in ``[least, most]``.

    Raises
    ------
    Misread
        If it is none.
    """
    if _WHOLE.fullmatch(text) is None or not least <= int(text[:12]) <= most:
        raise Misread("IMS136", f"`{text}` is not a whole number from {least} to {most}")
    return int(text)
