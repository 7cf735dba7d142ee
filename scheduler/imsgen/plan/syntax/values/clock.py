"""Days, hours and repetitions: ``mon-fri``, ``08:00-12:00``, ``weekday 09:00``."""

from __future__ import annotations

import re
from functools import lru_cache

from imsgen.plan.document import RawEvery, RawHours
from imsgen.plan.syntax.values.durations import parse_duration
from imsgen.plan.syntax.values.misread import Misread

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_DAYS = (0, 1, 2, 3, 4, 5, 6)
WEEK = 7 * 1440
_NUMBER = {day: number for number, day in enumerate(DAYS)}
_TIME = re.compile(r"(\d\d):(\d\d)")
_INTERVAL = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
_LOOSE = re.compile(
    r"(\d{1,2})(?:[:.h](\d\d))?\s*([ap]m)?\s*(?:-|–|—|to|until)\s*(\d{1,2})(?:[:.h](\d\d))?\s*([ap]m)?",
    re.IGNORECASE,
)
_EVERY = re.compile(r"(\S+) +(\d\d:\d\d)(?:-(\d\d:\d\d))?")
_ACROSS = re.compile(r"([a-z]{3}) +(\d\d:\d\d) *- *([a-z]{3}) +(\d\d:\d\d)")
_LOOSE_EVERY = re.compile(r"([A-Za-z][\w+\- ,]*?) +(?:at +)?(\d{1,2})(?:[:.h](\d\d))? *([ap]m)?")


def parse_time(text: str) -> int:
    """Return the minutes after midnight of ``HH:MM``; 24:00 is 1440.

    Raises
    ------
    Misread
        If it is not a time of day.
    """
    found = _TIME.fullmatch(text)
    if found is not None:
        minutes = int(found[1]) * 60 + int(found[2])
        if int(found[2]) < 60 and minutes <= 1440:
            return minutes
    raise Misread("IMS129", f"`{text}` is not a time of day")


@lru_cache(maxsize=512)
def parse_days(text: str) -> tuple[int, ...]:
    """Return weekdays (Monday 0) of ``weekday``, ``day``, ``mon``, ``sun-thu``, ``mon+wed``.

    Raises
    ------
    Misread
        If it is none of them.
    """
    days = _days(text)
    if days is not None:
        return days
    parts = text.split("+")
    if len(set(parts)) < len(parts) and all(part in _NUMBER for part in parts):
        raise Misread("IMS128", f"`{text}` names a day twice")
    edit = _suggest_days(text)
    raise Misread(
        "IMS128",
        f"`{text}` are not days; expected `mon`, `mon-fri`, `mon+wed`, `weekday` or `day`",
        help=f"write `{edit}`" if edit else "",
    )


def _days(text: str) -> tuple[int, ...] | None:
    if text == "weekday":
        return ALL_DAYS[:5]
    if text == "day":
        return ALL_DAYS
    if text in _NUMBER:
        return (_NUMBER[text],)
    first, dash, last = text.partition("-")
    if dash and first in _NUMBER and last in _NUMBER:
        start, count = _NUMBER[first], (_NUMBER[last] - _NUMBER[first]) % 7 + 1
        return tuple(sorted((start + step) % 7 for step in range(count)))
    parts = text.split("+")
    if all(part in _NUMBER for part in parts) and len(set(parts)) == len(parts):
        return tuple(sorted(_NUMBER[part] for part in parts))
    return None


def _suggest_days(text: str) -> str | None:
    folded = text.strip().lower()
    words = {"daily": "day", "everyday": "day", "weekdays": "weekday", "workday": "weekday",
             "workdays": "weekday", "weekend": "sat+sun", "weekends": "sat+sun", "all": "day",
             "every day": "day", "days": "day"}  # fmt: skip
    if folded in words:
        return words[folded]
    short = re.sub(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*", r"\1", folded)
    short = re.sub(r"\s*(?:,|&|;|/|\band\b)\s*", "+", short)
    short = re.sub(r"\s*(?:–|—|\bto\b|-|\.\.)\s*", "-", short).strip().replace(" ", "+")
    if "+" in short and "-" in short:
        return _spelled_out(short)
    return short if _days(short) is not None and short != text else None


def _spelled_out(text: str) -> str | None:
    """Return ``mon-wed+sat`` as ``mon+tue+wed+sat``."""
    found: set[int] = set()
    for part in text.split("+"):
        first, dash, last = part.partition("-")
        if first not in _NUMBER or (dash and last not in _NUMBER):
            return None
        found.update(_days(part) or ())
    return "+".join(DAYS[day] for day in sorted(found))


@lru_cache(maxsize=512)
def parse_interval(text: str) -> tuple[int, int]:
    """Return ``[start, end)`` in minutes after midnight; an end past midnight is above 1440.

    Raises
    ------
    Misread
        If it is no interval, with the edit.
    """
    found = _INTERVAL.fullmatch(text)
    if found is None:
        raise _not_hours(text)
    try:
        start = parse_time(found[1])
    except Misread as wrong:
        raise wrong.within(*found.span(1)) from None
    try:
        end = parse_time(found[2])
    except Misread as wrong:
        raise wrong.within(*found.span(2)) from None
    if start == 1440:
        raise Misread(
            "IMS129",
            "an interval cannot start at 24:00",
            at=found.span(1),
            help=f"write `00:00-{found[2]}` on the next day",
        )
    if start == end:
        raise Misread(
            "IMS129",
            f"`{text}` starts and ends at the same time",
            help="write `00:00-24:00` for the whole day, `none` for no work",
        )
    return start, end if end > start else end + 1440


def _not_hours(text: str) -> Misread:
    expected = "expected `08:00-12:00`, `none` or `24x7`"
    message = f"`{text}` are not hours; {expected}"
    parts = [part for part in re.split(r"\s*(?:,|;|&|\band\b)\s*", text.strip()) if part]
    edits = [_suggest_interval(part) for part in parts]
    if text.strip().lower() in ("closed", "off", "no", "free", "holiday", "false", "0"):
        return Misread("IMS129", message, help="write `none`")
    if text.strip().lower() in ("24/7", "24*7", "always", "all", "24h", "24 x 7"):
        return Misread("IMS129", message, help="write `24x7`")
    if edits and all(edits):
        edit = ", ".join(edit for edit in edits if edit)
        return Misread(
            "IMS129", message, help=f"write `{f'[{edit}]' if len(edits) > 1 else edit}`"
        )
    return Misread("IMS129", message)


def _suggest_interval(text: str) -> str | None:
    found = _LOOSE.fullmatch(text.strip())
    if found is None:
        return None
    start = _loose_time(found[1], found[2], found[3])
    end = _loose_time(found[4], found[5], found[6])
    return f"{start}-{end}" if start and end else None


def _loose_time(hour: str, minute: str | None, half: str | None) -> str | None:
    number = int(hour)
    if half:
        number = number % 12 + (12 if half.lower() == "pm" else 0)
    return f"{number:02}:{minute or '00'}" if number <= 24 else None


def parse_hours(texts: list[str]) -> tuple[RawHours, bool]:
    """Return the hours of a day, and whether intervals were merged.

    ``none`` and ``24x7`` stand alone; intervals that overlap or touch become one.
    """
    if texts == ["none"]:
        return RawHours(()), False
    if texts == ["24x7"]:
        return RawHours(((0, 1440),)), False
    intervals = sorted(parse_interval(text) for text in texts)
    merged: list[tuple[int, int]] = []
    for start, end in intervals:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return RawHours(tuple(merged)), len(merged) < len(intervals)


@lru_cache(maxsize=512)
def parse_every(text: str) -> RawEvery:
    """Return ``weekday 09:00``, ``fri+sat 22:00-04:00``, ``sat 22:00 - mon 04:00`` or ``4h``.

    Raises
    ------
    Misread
        If it is none of them.
    """
    across = _ACROSS.fullmatch(text)
    if across is not None and across[1] in _NUMBER and across[3] in _NUMBER:
        first, last = _NUMBER[across[1]], _NUMBER[across[3]]
        start, end = _at(across, 2), _at(across, 4)
        length = (last * 1440 + end - first * 1440 - start) % WEEK
        return RawEvery((first,), start, length or WEEK)
    found = _EVERY.fullmatch(text)
    if found is not None:
        days = _days(found[1])
        if days is None:
            raise _not_every(text, "")
        start = _at(found, 2)
        if found[3] is None:
            return RawEvery(days, start)
        end = _at(found, 3)
        return RawEvery(days, start, end - start if end > start else end - start + 1440)
    try:
        interval = parse_duration(text)
    except Misread as wrong:
        raise _not_every(text, wrong.help) from None
    if not any(number for number, _ in interval.amounts):
        raise Misread("IMS130", "it repeats every 0 minutes", help="write `4h` or `weekday 09:00`")
    return RawEvery(interval=interval)


def _at(found: re.Match[str], group: int) -> int:
    try:
        return parse_time(found[group])
    except Misread as wrong:
        raise wrong.within(*found.span(group)) from None


def _not_every(text: str, otherwise: str) -> Misread:
    message = f"`{text}` is no repetition; expected `weekday 09:00`, `mon+thu 14:00` or `4h`"
    loose = _LOOSE_EVERY.fullmatch(text)
    if loose:
        time = _loose_time(loose[2], loose[3], loose[4])
        days = loose[1].strip()
        edit = days if _days(days) is not None else _suggest_days(days)
        if edit and time:
            return Misread("IMS130", message, help=f"write `{edit} {time}`")
    if _days(text) is None:
        return Misread("IMS130", message, help=otherwise)
    return Misread("IMS130", f"`{text}` says no time", help=f"write `{text} 09:00`")
