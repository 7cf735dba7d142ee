"""Durations and links as people and MS Project write them in cells."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

_UNITS = {
    "m": "m min mins minute minutes minuten",
    "h": "h hr hrs hour hours std stunde stunden heure heures",
    "d": "d dy day days t tag tage j jour jours día días",
    "w": "w wk wks week weeks w wo woche wochen sem semaine semaines semana semanas",
    "mo": "mo mon mons month months monat monate mois mes meses",
    "em": "em emin emins eminute eminutes",
    "eh": "eh ehr ehrs ehour ehours",
    "ed": "ed edy eday edays",
    "ew": "ew ewk ewks eweek eweeks",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_LONG = {"m": 1, "h": 60, "d": 480, "w": 2400, "mo": 9600, "em": 1, "eh": 60, "ed": 1440,
         "ew": 10080}  # fmt: skip
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)?\.?\s*(\?)?")
_OWN = re.compile(r"(?:(?:\d+(?:mo|[wdhm]))+|(?:\d+e[wdhm])+)\??")
"""Whole numbers in the plan's own notation, which stay as they are."""
_TYPES = {
    "FS": "FS", "SS": "SS", "FF": "FF", "SF": "SF", "EA": "FS", "AA": "SS", "EE": "FF", "AE": "SF",
    "FD": "FS", "DD": "SS", "DF": "SF", "FC": "FS", "CC": "SS", "CF": "SF",
}  # fmt: skip
"""MS Project's types, also in German, French and Spanish."""
_LINK = re.compile(rf"(.*?)\s*({'|'.join(_TYPES)})?\s*([+-]\s*\d.*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Length:
    """A duration in the plan's notation."""

    text: str
    assumed_unit: bool = False
    """Whether the cell names none: then days."""
    rounded: bool = False

    @property
    def is_zero(self) -> bool:
        """Whether it takes no time."""
        return not self.text.strip("0emhdwo?")

    @property
    def is_elapsed(self) -> bool:
        """Whether nights and weekends count."""
        return "e" in self.text


def length_of(text: str) -> Length | None:
    """Return what a cell says about a duration, None if nothing that is one."""
    plain = text.strip()
    if _OWN.fullmatch(plain):
        return Length(plain)
    found = _LENGTH.fullmatch(plain)
    if found is None:
        return None
    unit = _UNIT_OF.get((found[2] or "d").casefold())
    if unit is None:
        return None
    amount = Fraction(found[1].replace(",", "."))
    minutes = amount * _LONG[unit]
    rounded = minutes.denominator != 1
    if rounded:
        unit = "em" if unit.startswith("e") else "m"
        amount = Fraction(max(round(minutes), 1))
    return Length(f"{_decimal(amount)}{unit}{found[3] or ''}", found[2] is None, rounded)


@dataclass(frozen=True, slots=True)
class Reference:
    """One link as a cell names it: to what, of what type, with what lag of the plan's notation."""

    to: str
    type: str = "FS"
    lag: str = ""
    odd: str = ""
    """What of it cannot be said."""


def references(text: str, known: Collection[str]) -> list[Reference]:
    """Return the links of a cell.

    Parameters
    ----------
    known
        What rows are called, in lower case: a link names one of these.
    """
    parts = [part.strip() for part in re.split(r"[;,\n]", _joined(text)) if part.strip()]
    return [_reference(part.replace("\0", ","), known) for part in parts]


def _joined(text: str) -> str:
    """Return the text with commas inside numbers and brackets kept from parting it."""
    text = re.sub(r"([+-]\s*\d+),(\d+\s*[^\W\d_])", "\\1\0\\2", text)
    return re.sub(r"\([^)]*\)", "", text)


def _reference(part: str, known: Collection[str]) -> Reference:
    if part.casefold() in known:
        return Reference(part)
    found = _LINK.fullmatch(part)
    if found is None or found[1].casefold() not in known:
        return Reference(part, odd="no row is called so")
    type_ = _TYPES[(found[2] or "FS").upper()]
    if not found[3]:
        return Reference(found[1], type_)
    sign, amount = found[3][0], found[3][1:].strip()
    percent = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(e?)%", amount)
    if percent is not None:
        whole = round(Fraction(percent[1].replace(",", ".")))
        odd = "elapsed percent" if percent[2] else ""
        return Reference(found[1], type_, f"{sign}{whole}%", odd)
    length = length_of(amount)
    if length is None:
        return Reference(found[1], type_, odd=f"its lag `{found[3]}`")
    return Reference(found[1], type_, "" if length.is_zero else f"{sign}{length.text.rstrip('?')}")


def _decimal(amount: Fraction) -> str:
    text = f"{float(amount):.6f}".rstrip("0").rstrip(".")
    return text or "0"
