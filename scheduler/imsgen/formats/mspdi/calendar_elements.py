"""Calendars as elements."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.formats.mspdi.calendars import CalendarRow
from imsgen.formats.mspdi.elements import Element, Value, element
from imsgen.formats.mspdi.order import (
    CALENDAR,
    EXCEPTION,
    TIME_PERIOD,
    WEEK_DAY,
    WORKING_TIME,
)
from imsgen.formats.mspdi.text import one_line
from imsgen.formats.mspdi.wall import date_text, time_text
from imsgen.formats.mspdi.week import OtherDays
from imsgen.model import DAY, Hours

_DAILY = 1
_NO_BASE = -1


def calendar(row: CalendarRow) -> Element:
    """Return a calendar; a resource's has only what differs from its base."""
    values: dict[str, Value] = {
        "UID": row.uid,
        "Name": row.name,
        "IsBaseCalendar": row.base is None,
        "IsBaselineCalendar": 0,
        "BaseCalendarUID": _NO_BASE if row.base is None else row.base,
        "Exceptions": [_exception(other) for other in row.pattern.exceptions],
    }
    if row.base is None:
        values["WeekDays"] = list(_week_days(row.pattern.week))
    return element("Calendar", CALENDAR, values)


def _week_days(week: tuple[Hours, ...]) -> Iterator[Element]:
    """Yield Sunday (1) to Saturday (7)."""
    for number in range(1, 8):
        hours = week[(number - 2) % 7]
        values: dict[str, Value] = {
            "DayType": number,
            "DayWorking": bool(hours),
            "WorkingTimes": _working_times(hours),
        }
        yield element("WeekDay", WEEK_DAY, values)


def _exception(other: OtherDays) -> Element:
    period: dict[str, Value] = {
        "FromDate": date_text(other.first * DAY),
        "ToDate": date_text(other.last * DAY + DAY - 1),
    }
    values: dict[str, Value] = {
        "EnteredByOccurrences": 0,
        "TimePeriod": [element("TimePeriod", TIME_PERIOD, period)],
        "Occurrences": other.last - other.first + 1,
        "Name": one_line(other.name),
        "Type": _DAILY,
        "DayWorking": bool(other.hours),
        "WorkingTimes": _working_times(other.hours),
    }
    return element("Exception", EXCEPTION, values)


def _working_times(hours: Hours) -> list[Element]:
    """Return the shifts of a day; one of 24 hours is 00:00 to 00:00."""
    return [
        element(
            "WorkingTime",
            WORKING_TIME,
            {"FromTime": time_text(begin), "ToTime": time_text(end)},
        )
        for begin, end in hours
    ]
