"""Dates and times: ``2026-11-02``, ``2026-11-02 08:00``, with a zone or without."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from imsgen.plan.document import RawInstant, RawRange
from imsgen.plan.syntax.values.misread import Misread

FIRST_YEAR, LAST_YEAR = 1984, 2149
"""What MS Project can hold."""
EXPECTED = "expected `2026-11-02` or `2026-11-02 08:00`"

_INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d))?"
    r"(?:(Z)|([+-])(\d\d):(\d\d)| ([A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+)*))?"
)
_SECONDS = re.compile(r"(.*\d\d:\d\d):\d\d(?:\.\d+)?(.*)")
_LOOSE_DATE = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]+(\d{1,2})[:.h]?(\d\d))?(.*)")
_SLASHED = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d\d)((?:[ T].*)?)")
_NAMED = re.compile(
    r"(?:(\d{1,2})[. -]*([A-Za-z]{3,9})|([A-Za-z]{3,9})[. -]*(\d{1,2}))[,. -]+(\d{4})"
)
_TIME = re.compile(r"\d{1,2}:\d\d")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABBREVIATIONS = {
    "ET": "America/New_York", "EDT": "America/New_York", "CT": "America/Chicago",
    "CDT": "America/Chicago", "PT": "America/Los_Angeles", "PDT": "America/Los_Angeles",
    "PST": "America/Los_Angeles", "MT": "America/Denver", "MDT": "America/Denver",
    "BST": "Europe/London", "CEST": "Europe/Paris", "IST": "Asia/Kolkata", "JST": "Asia/Tokyo",
    "EASTERN STANDARD TIME": "America/New_York", "CENTRAL STANDARD TIME": "America/Chicago",
    "PACIFIC STANDARD TIME": "America/Los_Angeles", "GMT STANDARD TIME": "Europe/London",
}  # fmt: skip


@lru_cache(maxsize=4096)
def parse_instant(text: str) -> RawInstant:
    """Return a date, maybe with a local time, maybe with a zone or offset.

    Raises
    ------
    Misread
        If it is none, or a day or time that does not exist.
    """
    found = _INSTANT.fullmatch(text)
    if found is None:
        raise _not_an_instant(text)
    return _instant(text, found)


def _instant(text: str, found: re.Match[str]) -> RawInstant:
    year, month, day, hour, minute, utc, sign, east, east_minutes, zone = found.groups()
    try:
        when = date(int(year), int(month), int(day))
    except ValueError:
        raise Misread(
            "IMS124", f"`{text[:10]}` is not a day of the calendar", at=(0, 10)
        ) from None
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise Misread(
            "IMS124",
            f"the year {when.year} is outside {FIRST_YEAR} to {LAST_YEAR}",
            at=(0, 4),
        )
    minutes = None if hour is None else _minutes(int(hour), int(minute), text, (11, 16))
    offset = None
    if utc:
        offset = 0
    elif sign:
        offset = int(east) * 60 + int(east_minutes)
        if offset > 14 * 60 or int(east_minutes) > 59:
            raise Misread(
                "IMS124",
                f"`{sign}{east}:{east_minutes}` is not an offset from UTC",
                at=found.span(7)[:1] + found.span(9)[1:],
            )
        offset = -offset if sign == "-" else offset
    if zone:
        try:
            parse_zone(zone)
        except Misread as wrong:
            raise wrong.within(*found.span(10)) from None
    return RawInstant(when, minutes, zone, offset, text)


def _minutes(hour: int, minute: int, text: str, at: tuple[int, int]) -> int:
    if minute > 59 or hour > 24 or (hour == 24 and minute > 0):
        raise Misread("IMS124", f"`{text[slice(*at)]}` is not a time of day", at=at)
    return hour * 60 + minute


@lru_cache(maxsize=1024)
def parse_zone(text: str) -> str:
    """Return the name of an IANA time zone.

    Raises
    ------
    Misread
        If there is no such zone.
    """
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        pass
    else:
        return text
    known = _ABBREVIATIONS.get(text.upper())
    if known is None:
        zones = {zone.casefold(): zone for zone in available_timezones()}
        folded = text.casefold().replace(" ", "_")
        close = get_close_matches(folded, zones, 1) or [
            zone for zone in sorted(zones) if zone.endswith("/" + folded)
        ]
        known = zones[close[0]] if close else None
    raise Misread(
        "IMS125",
        f"`{text}` is not an IANA time zone",
        help=f"write `{known}`" if known else "write a name such as `Europe/London`",
    )


def _not_an_instant(text: str) -> Misread:
    edit = suggest(text)
    if edit is not None:
        return Misread("IMS124", f"`{text}` is not a date; {EXPECTED}", help=f"write {edit}")
    if _TIME.fullmatch(text):
        return Misread(
            "IMS124", f"`{text}` is a time without its date", help=f"write `2026-11-02 {text:0>5}`"
        )
    return Misread("IMS124", f"`{text}` is not a date; {EXPECTED}")


def suggest(text: str) -> str | None:
    """Return the date somebody meant, in backticks (two when it can be read twice), or None."""
    seconds = _SECONDS.fullmatch(text)
    if seconds and _readable(edit := seconds[1] + seconds[2]):
        return f"`{edit}`"
    loose = _LOOSE_DATE.fullmatch(text)
    if loose:
        edit = f"{loose[1]}-{loose[3]:0>2}-{loose[4]:0>2}"
        if loose[5]:
            edit += f" {loose[5]:0>2}:{loose[6]}"
        edit += loose[7] if loose[7].startswith("/") or loose[7] in ("", "Z") else ""
        return f"`{edit}`" if _readable(edit) else None
    slashed = _SLASHED.fullmatch(text)
    if slashed:
        year = slashed[4] if len(slashed[4]) == 4 else f"20{slashed[4]}"
        first, second, rest = f"{slashed[1]:0>2}", f"{slashed[3]:0>2}", slashed[5].rstrip()
        edits = [
            edit
            for edit in (f"{year}-{first}-{second}{rest}", f"{year}-{second}-{first}{rest}")
            if _readable(edit)
        ]
        if slashed[2] == ".":
            edits.reverse()
        return " or ".join(f"`{edit}`" for edit in dict.fromkeys(edits)) or None
    named = _NAMED.fullmatch(text)
    if named:
        month = (named[2] or named[3])[:3].lower()
        if month in _MONTHS:
            edit = f"{named[5]}-{_MONTHS.index(month) + 1:02}-{named[1] or named[4]:0>2}"
            return f"`{edit}`" if _readable(edit) else None
    return None


def _readable(text: str) -> bool:
    found = _INSTANT.fullmatch(text)
    try:
        return found is not None and bool(_instant(text, found))
    except Misread:
        return False


def parse_range(text: str) -> RawRange:
    """Return ``A..B``, or a single date as the range of that day.

    Raises
    ------
    Misread
        If it is neither, or ends before it starts.
    """
    first, dots, last = text.partition("..")
    if not dots:
        try:
            only = parse_instant(text)
        except Misread as wrong:
            raise _not_a_range(text) or wrong from None
        return RawRange(only, only)
    start = len(text) - len(last.lstrip())
    try:
        begin = parse_instant(first.strip())
    except Misread as wrong:
        raise wrong.within(0, len(first.rstrip())) from None
    try:
        end = parse_instant(last.strip())
    except Misread as wrong:
        raise wrong.within(start, len(text.rstrip())) from None
    if (end.day, end.minute or 1440) < (begin.day, begin.minute or 0):
        raise Misread(
            "IMS126",
            f"`{text}` ends before it starts",
            help=f"write `{last.strip()}..{first.strip()}`",
        )
    return RawRange(begin, end)


def _not_a_range(text: str) -> Misread | None:
    halves = re.split(r"\s+(?:-|–|to|until|/)\s+|\s*–\s*|/(?=\d{4}-)", text)
    if len(halves) == 2 and all(_readable(half) for half in halves):
        return Misread(
            "IMS126", f"`{text}` is not a range of dates", help=f"write `{halves[0]}..{halves[1]}`"
        )
    return None
