"""Things that repeat: recurrence rules of whole days, and times of day on weekdays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from imsgen.calendars.zones import local_to_instant
from imsgen.model import Instant

if TYPE_CHECKING:
    from dateutil.rrule import rrule

_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_NUMBERS = {
    "INTERVAL": (1, 1000),
    "COUNT": (1, 20_000),
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYSETPOS": (-366, 366),
}
_WORDS = {
    "FREQ": re.compile("|".join(_FREQUENCIES)),
    "BYDAY": re.compile(r"[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)"),
    "WKST": re.compile("MO|TU|WE|TH|FR|SA|SU"),
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?"),
}
_PICKS_DAYS = {
    "DAILY": (),
    "WEEKLY": ("BYDAY",),
    "MONTHLY": ("BYDAY", "BYMONTHDAY"),
    "YEARLY": ("BYDAY", "BYMONTHDAY", "BYYEARDAY"),
}
"""Parts of a rule one of which must be there, else the days follow from its first date."""
MOST_DATES = 20_000
"""More dates than a rule may give: 50 years of days."""


def rule_dates(rule: str, first: date, last: date) -> tuple[date, ...]:
    """Return the dates of a recurrence rule (RFC 5545) in ``first`` to ``last``, both included.

    A rule that counts from its first date (``INTERVAL``, ``COUNT``, or no day named) must say
    which date that is: ``DTSTART:20260105 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO``. So the result
    never depends on ``first``.

    Raises
    ------
    ValueError
        If the rule cannot be used; the message says what was found and what was expected.
    """
    start, parts = _read(rule)
    if start is None:
        _check_no_anchor_needed(parts)
        start = first
    repeated = _rrule(start, parts, last)
    found: list[date] = []
    for moment in repeated.xafter(_midnight(first), inc=True):
        if moment.date() > last:
            break
        found.append(moment.date())
        if len(found) > MOST_DATES:
            raise ValueError(f"`{rule}` gives more than {MOST_DATES} dates")
    return tuple(found)


def weekly_occurrences(
    weekdays: Sequence[int], minute: int, zone: ZoneInfo, first: date, last: date
) -> tuple[Instant, ...]:
    """Return the instants of a local time on weekdays, on ``first`` to ``last``, both included.

    Parameters
    ----------
    weekdays
        Monday is 0.
    minute
        Local minute after midnight of the day. A time that the clock jumps over becomes the
        next that exists, of one that occurs twice the first is taken.
    """
    wanted = frozenset(weekdays)
    days = (first + timedelta(days=i) for i in range((last - first).days + 1))
    return tuple(local_to_instant(day, minute, zone) for day in days if day.weekday() in wanted)


def _midnight(day: date) -> datetime:
    # The rules run on whole days; one zone for all of them keeps every comparison aware.
    return datetime.combine(day, time(), UTC)


def _read(rule: str) -> tuple[date | None, dict[str, str]]:
    """Return the first date, when given, and the checked parts of the rule."""
    start = None
    body = ""
    for word in rule.upper().split():
        key, colon, rest = word.partition(":")
        if colon and key == "DTSTART":
            start = _date(rest)
        elif colon and key != "RRULE":
            raise ValueError(f"expected `DTSTART:` or `RRULE:`, found `{key}:`")
        elif body:
            raise ValueError(f"expected one rule without spaces, found `{rule}`")
        else:
            body = rest if colon else word
    parts: dict[str, str] = {}
    for part in filter(None, body.split(";")):
        key, equals, value = part.partition("=")
        if not equals or not value:
            raise ValueError(f"expected `KEY=VALUE`, found `{part}`")
        if key in parts:
            raise ValueError(f"`{key}` occurs twice")
        _check(key, value)
        parts[key] = value
    if "FREQ" not in parts:
        raise ValueError(f"expected `FREQ=` with one of {', '.join(_FREQUENCIES)}")
    if "UNTIL" in parts and "COUNT" in parts:
        raise ValueError("`UNTIL` and `COUNT` exclude each other")
    if parts["FREQ"] in {"WEEKLY", "DAILY"} and re.search(r"\d", parts.get("BYDAY", "")):
        raise ValueError(
            f"`BYDAY={parts['BYDAY']}` needs `FREQ=MONTHLY` or `FREQ=YEARLY`,"
            f" found `FREQ={parts['FREQ']}`"
        )
    return start, parts


def _check(key: str, value: str) -> None:
    if key in _WORDS:
        values = value.split(",") if key == "BYDAY" else [value]
        for one in values:
            if not _WORDS[key].fullmatch(one):
                raise ValueError(f"`{key}={value}` is not usable: {_expected(key)}, found `{one}`")
        if key == "UNTIL":
            _date(value[:8])
        return
    if key not in _NUMBERS:
        usable = ", ".join(sorted({*_WORDS, *_NUMBERS}))
        raise ValueError(f"`{key}` is not usable for whole days, expected one of {usable}")
    low, high = _NUMBERS[key]
    single = key in {"INTERVAL", "COUNT"}
    for one in [value] if single else value.split(","):
        if not re.fullmatch(r"[+-]?\d{1,5}", one) or not low <= int(one) <= high or not int(one):
            raise ValueError(
                f"`{key}={value}` is not usable: expected a number from {low} to {high}"
                f"{' other than 0' if low < 0 else ''}, found `{one}`"
            )


def _expected(key: str) -> str:
    return {
        "FREQ": f"expected one of {', '.join(_FREQUENCIES)}",
        "BYDAY": "expected days like `MO`, `1MO` or `-1FR`",
        "WKST": "expected a day like `MO`",
        "UNTIL": "expected a date like `20261231`",
    }[key]


def _date(text: str) -> date:
    match = re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})", text)
    try:
        found = match and date(*map(int, match.groups()))
    except ValueError:
        found = None
    if found is None:
        raise ValueError(f"expected a date like `20261231`, found `{text}`")
    return found


def _check_no_anchor_needed(parts: dict[str, str]) -> None:
    frequency = parts["FREQ"]
    reason = ""
    if parts.get("INTERVAL", "1").lstrip("+0") != "1":
        reason = f"`INTERVAL={parts['INTERVAL']}` counts from a first date"
    elif "COUNT" in parts:
        reason = f"`COUNT={parts['COUNT']}` counts from a first date"
    elif _PICKS_DAYS[frequency] and not any(key in parts for key in _PICKS_DAYS[frequency]):
        wanted = " or ".join(f"`{key}=`" for key in _PICKS_DAYS[frequency])
        raise ValueError(f"the rule names no day: add {wanted}")
    if reason:
        raise ValueError(f"{reason}: write `DTSTART:20260105 RRULE:{_body(parts)}`")


def _body(parts: dict[str, str]) -> str:
    return ";".join(f"{key}={value}" for key, value in parts.items())


def _rrule(start: date, parts: dict[str, str], last: date) -> rrule:
    from dateutil.rrule import rrule, rrulestr

    ends = dict(parts)
    until = ends.pop("UNTIL", None)
    try:
        repeated = rrulestr(_body(ends), dtstart=_midnight(start))
    except (ValueError, AttributeError) as error:
        raise ValueError(f"`{_body(parts)}` is not a usable rule: {error}") from None
    if not isinstance(repeated, rrule):
        raise TypeError(repeated)
    if "COUNT" in ends:
        return repeated
    stop = min(last, _date(until[:8])) if until else last
    return repeated.replace(until=_midnight(stop))
