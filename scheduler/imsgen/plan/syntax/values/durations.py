"""Durations: ``4h``, ``1h30m``, ``2ed``, ``3d?``."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from imsgen.plan.document import RawDuration, RawLag
from imsgen.plan.syntax.values.misread import Misread

UNIT = "mo|em|eh|ed|ew|m|h|d|w"
FORM = rf"(?:\d+(?:\.\d+)?(?:{UNIT}))+\??"
_AMOUNT = re.compile(rf"(\d+(?:\.\d+)?)({UNIT})")
_DURATION = re.compile(FORM)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_LOOSE = re.compile(r"(\d+(?:[.,]\d+)?|\d*[.,]\d+)\s*-?\s*([A-Za-z]+)\.?")
_ISO = re.compile(
    r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+)M)?(?:\d+S)?)?", re.IGNORECASE
)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_WORDS = {
    "m": "minute minutes min mins mns",
    "h": "hour hours hr hrs",
    "d": "day days dy dys workday workdays",
    "w": "week weeks wk wks",
    "mo": "month months mon mons mth mths",
    "em": "emin emins eminute eminutes",
    "eh": "ehour ehours ehr ehrs",
    "ed": "eday edays edy",
    "ew": "eweek eweeks ewk ewks",
}
_UNIT_OF = {word: unit for unit, words in _WORDS.items() for word in [unit, *words.split()]}
_MINUTES = {"m": 1, "h": 60, "em": 1, "eh": 60, "ed": 1440, "ew": 10080}
"""Minutes of the units that the plan cannot redefine."""

EXPECTED = "expected a duration such as `4h`, `1h30m`, `3d` or elapsed `2ed`"


@lru_cache(maxsize=4096)
def parse_duration(text: str) -> RawDuration:
    """Return a duration as written; ``0`` is the only number without a unit.

    Raises
    ------
    Misread
        If it is not a duration, with the edit that makes it one.
    """
    if _DURATION.fullmatch(text) is None:
        if text == "0":
            return RawDuration(((Fraction(0), "m"),), text=text)
        raise _not_a_duration(text)
    amounts = tuple((Fraction(number), unit) for number, unit in _AMOUNT.findall(text))
    units = [unit for _, unit in amounts]
    elapsed = sum(unit.startswith("e") for unit in units)
    if 0 < elapsed < len(units):
        raise Misread(
            "IMS120",
            f"`{text}` mixes working and elapsed units",
            help="use one family: `m h d w mo` or `em eh ed ew`",
        )
    if len(set(units)) < len(units):
        raise Misread("IMS120", f"`{text}` names a unit twice", help="add them up")
    fixed = sum(
        (number * _MINUTES[unit] for number, unit in amounts if unit in _MINUTES), Fraction(0)
    )
    if fixed.denominator != 1:
        raise Misread("IMS120", f"`{text}` is not a whole number of minutes")
    return RawDuration(amounts, text.endswith("?"), text)


def _not_a_duration(text: str) -> Misread:
    edit = suggest(text)
    if edit is not None:
        return Misread("IMS120", f"`{text}` is not a duration", help=f"write `{edit}`")
    if _NUMBER.fullmatch(text):
        return Misread(
            "IMS120",
            f"`{text}` has no unit",
            label="minutes, hours, days?",
            help=f"write `{text}h` for hours or `{text}d` for days",
        )
    if re.search(r"\d\s*(y|yr|year)s?$", text, re.IGNORECASE):
        return Misread(
            "IMS120", f"`{text}` is not a duration: there is no unit for years",
            help="write months, `12mo`, or elapsed days, `365ed`",
        )  # fmt: skip
    if text.startswith("-"):
        return Misread("IMS120", f"`{text}` is negative, a duration is not", help="remove the `-`")
    return Misread("IMS120", f"`{text}` is not a duration; {EXPECTED}")


def suggest(text: str) -> str | None:
    """Return the duration somebody meant by ``3 days`` or ``PT4H``, or None."""
    stripped = text.strip()
    body = stripped.rstrip("?").strip()
    mark = "?" if stripped.endswith("?") else ""
    iso = _ISO.fullmatch(body)
    if iso and any(iso.groups()):
        parts = zip(iso.groups(), "wdhm", strict=True)
        return "".join(f"{number}{unit}" for number, unit in parts if number) + mark
    found: list[str] = []
    position = 0
    for loose in _LOOSE.finditer(body):
        between = body[position : loose.start()].strip(" ,").lower()
        unit = _UNIT_OF.get(loose[2].lower())
        if between not in ("", "and") or unit is None:
            return None
        number = loose[1].replace(",", ".")
        found.append(f"{'0' + number if number.startswith('.') else number}{unit}")
        position = loose.end()
    if not found or body[position:].strip():
        return None
    edit = "".join(found) + mark
    return edit if _DURATION.fullmatch(edit) and edit != text else None


def parse_offset(text: str) -> RawLag:
    """Return a signed duration: ``2d``, ``+2d``, ``-1eh``."""
    return parse_lag(text, percent=False)


@lru_cache(maxsize=4096)
def parse_lag(text: str, *, percent: bool = True) -> RawLag:
    """Return a lag: a duration or percentage, with an optional sign.

    Raises
    ------
    Misread
        If it is neither.
    """
    body = text
    negative = False
    offset = 0
    if body[:1] in ("+", "-"):
        negative = body[0] == "-"
        body = body[1:].lstrip()
        offset = len(text) - len(body)
    share = _PERCENT.fullmatch(body)
    if share is not None:
        if not percent:
            raise Misread(
                "IMS123",
                f"`{text}` is a percentage, expected a duration",
                help="write it as `4h` or `2ed`",
            )
        return RawLag(negative, percent=Fraction(share[1]), text=text)
    if re.fullmatch(r"\d+(?:\.\d+)?\s*e%", body):
        raise Misread(
            "IMS123",
            f"`{text}` is an elapsed percentage, which does not exist",
            help="write the lag in elapsed hours, such as `+12eh`",
        )
    try:
        duration = parse_duration(body)
    except Misread as wrong:
        raise Misread(
            "IMS123",
            wrong.message.replace("a duration;", "a lag;").replace("not a duration", "not a lag"),
            at=(offset, len(text)),
            help=wrong.help,
        ) from None
    return RawLag(negative, duration, text=text)
