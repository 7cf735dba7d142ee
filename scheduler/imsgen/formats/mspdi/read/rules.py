"""Exceptions of a calendar that repeat, as recurrence rules of RFC 5545.

MS Project numbers the kinds 1 daily, 2 and 3 yearly by day and by position, 4 and 5 monthly by day
and by position, 6 weekly, 7 every so many days.
"""

from __future__ import annotations

from datetime import date

from imsgen.formats.mspdi.read.tree import Element
from imsgen.formats.mspdi.read.values import Values

DAILY, YEARLY_DAY, YEARLY_PLACE, MONTHLY_DAY, MONTHLY_PLACE, WEEKLY, EVERY_DAYS = range(1, 8)
_SUNDAY_FIRST = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_WEEKDAYS = "MO,TU,WE,TH,FR"
_ITEM_DAY, _ITEM_WEEKDAY, _ITEM_WEEKEND, _ITEM_SUNDAY = range(4)
_LAST = 4
_LONGEST_PERIOD = 1000


def rule_of(exception: Element, first: date, last: date, values: Values) -> str | None:
    """Return the rule of a repeating exception; empty: every day of its period; None: unknown.

    ``first`` and ``last`` are the ends of its period, both included.
    """
    kind = values.whole(exception, "Type") or DAILY
    period = max(1, values.whole(exception, "Period") or 1)
    if period > _LONGEST_PERIOD:
        return None
    if kind == DAILY or (kind == EVERY_DAYS and period == 1):
        return ""
    parts = _parts(kind, exception, values)
    if parts is None:
        return None
    interval = (
        f";INTERVAL={period}" if period > 1 and kind not in {YEARLY_DAY, YEARLY_PLACE} else ""
    )
    return f"DTSTART:{first:%Y%m%d} RRULE:FREQ={parts[0]}{interval}{parts[1]};UNTIL={last:%Y%m%d}"


def _parts(kind: int, exception: Element, values: Values) -> tuple[str, str] | None:
    """Return the frequency of a kind, and which days it picks."""
    month = (values.whole(exception, "Month") or 0) + 1
    day = values.whole(exception, "MonthDay") or 1
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    place = _place(exception, values)
    parts = {
        EVERY_DAYS: ("DAILY", ""),
        WEEKLY: ("WEEKLY", _week(exception, values)),
        MONTHLY_DAY: ("MONTHLY", f";BYMONTHDAY={day}"),
        YEARLY_DAY: ("YEARLY", f";BYMONTH={month};BYMONTHDAY={day}"),
        MONTHLY_PLACE: ("MONTHLY", place),
        YEARLY_PLACE: ("YEARLY", None if place is None else f";BYMONTH={month}{place}"),
    }
    frequency, picked = parts.get(kind, ("", None))
    return None if picked is None else (frequency, picked)


def _week(exception: Element, values: Values) -> str | None:
    bits = values.whole(exception, "DaysOfWeek") or 0
    days = [name for i, name in enumerate(_SUNDAY_FIRST) if bits & 1 << i]
    # A week of MS Project's rules begins on Sunday, which decides where INTERVAL skips.
    return f";BYDAY={','.join(days)};WKST=SU" if days else None


def _place(exception: Element, values: Values) -> str | None:
    """Return the days of ``the second Tuesday`` and the like."""
    item = values.whole(exception, "MonthItem") or 0
    position = values.whole(exception, "MonthPosition") or 0
    if not 0 <= position <= _LAST:
        return None
    number = -1 if position == _LAST else position + 1
    if _ITEM_SUNDAY <= item < _ITEM_SUNDAY + len(_SUNDAY_FIRST):
        return f";BYDAY={number}{_SUNDAY_FIRST[item - _ITEM_SUNDAY]}"
    if item == _ITEM_DAY:
        return f";BYMONTHDAY={number}"
    if item in {_ITEM_WEEKDAY, _ITEM_WEEKEND}:
        return f";BYDAY={_WEEKDAYS if item == _ITEM_WEEKDAY else 'SA,SU'};BYSETPOS={number}"
    return None
