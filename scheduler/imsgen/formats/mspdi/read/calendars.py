"""Calendars of a file: hours of the week, days that differ, old and new ways of saying so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from imsgen.formats.mspdi.read.days import USUAL
from imsgen.formats.mspdi.read.rules import rule_of
from imsgen.formats.mspdi.read.source import Calendar, OtherDays
from imsgen.formats.mspdi.read.tree import Element
from imsgen.formats.mspdi.read.values import Values
from imsgen.formats.mspdi.text import one_line
from imsgen.model import CLOSED, DAY, Hours

_TIME = re.compile(r"(?:\d{4}-\d\d-\d\dT)?(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?")
_MOST_EXCEPTIONS = 2000
"""Of one calendar; fifty years of holidays and leave are fewer."""
_LONGEST_WEEKS = 3 * 366
"""Days for which another week is written out."""


def read_calendar(element: Element, values: Values, lost: list[str]) -> Calendar | None:
    """Return a calendar, or None without a number; ``lost`` gets what has no counterpart."""
    uid = values.whole(element, "UID")
    if uid is None:
        return None
    base = values.whole(element, "BaseCalendarUID")
    is_base = element.get("IsBaseCalendar") is None or values.flag(element, "IsBaseCalendar")
    calendar = Calendar(
        uid,
        values.span(element),
        name=one_line(element.said("Name")) or f"Calendar {uid}",
        base=None if base is None or base <= 0 or base == uid or is_base else base,
        is_base=is_base,
    )
    for day in element.all("WeekDays", "WeekDay"):
        number = values.whole(day, "DayType")
        if number is not None and 1 <= number <= 7:
            calendar.week[(number - 2) % 7] = _hours(day, values)
    exceptions = list(element.all("Exceptions", "Exception"))
    if exceptions:
        for one in exceptions:
            calendar.exceptions += _exception(one, values, calendar, lost)
    else:  # files of 2003 and before
        for day in element.all("WeekDays", "WeekDay"):
            if values.whole(day, "DayType") == 0:
                calendar.exceptions += _exception(day, values, calendar, lost)
    for weeks in element.all("WorkWeeks", "WorkWeek"):
        if len(calendar.exceptions) <= _MOST_EXCEPTIONS:
            calendar.exceptions += _work_week(weeks, values, calendar, lost)
    if len(calendar.exceptions) > _MOST_EXCEPTIONS:
        del calendar.exceptions[_MOST_EXCEPTIONS:]
        lost.append(
            f"More than {_MOST_EXCEPTIONS:,} exceptions, the rest left out: {calendar.name}"
        )
    return calendar


def _exception(
    element: Element, values: Values, calendar: Calendar, lost: list[str]
) -> Iterator[OtherDays]:
    days = _period(element, values)
    name = one_line(element.said("Name"))
    if days is None:
        lost.append(f"An exception without dates: {calendar.name} {name}".rstrip())
        return
    rule = rule_of(element, *days, values)
    if rule is None:
        lost.append(
            f"An exception that repeats in an unknown way: {calendar.name} {name}".rstrip()
        )
        return
    yield OtherDays(*days, _hours(element, values), name, rule)


def _work_week(
    element: Element, values: Values, calendar: Calendar, lost: list[str]
) -> Iterator[OtherDays]:
    """Yield another week for a time as days that differ."""
    days = _period(element, values)
    week: dict[int, Hours] = {}
    for day in element.all("WeekDays", "WeekDay"):
        number = values.whole(day, "DayType")
        if number is not None and 1 <= number <= 7:
            week[(number - 2) % 7] = _hours(day, values)
    if days is None or not week:
        return  # the default week of newer files has neither
    name = one_line(element.said("Name")) or "Work week"
    first, last = days
    if (last - first).days > _LONGEST_WEEKS:
        lost.append(f"A work week of more than three years: {calendar.name} {name}")
        return
    for one in range((last - first).days + 1):
        at = first + timedelta(days=one)
        hours = week.get(at.weekday())
        if hours is not None and hours != calendar.week[at.weekday()]:
            yield OtherDays(at, at, hours, name)


def _period(element: Element, values: Values) -> tuple[date, date] | None:
    period = element.get("TimePeriod")
    if period is None:
        return None
    first, last = values.moment(period, "FromDate"), values.moment(period, "ToDate")
    if first is None or last is None or last < first:
        return None
    # Some programs write the end as midnight of the next day.
    end = last - timedelta(minutes=1) if last > first and last.hour == last.minute == 0 else last
    return first.date(), end.date()


def _hours(element: Element, values: Values) -> Hours:
    if not values.flag(element, "DayWorking"):
        return CLOSED
    times = list(element.all("WorkingTimes", "WorkingTime"))
    found = sorted(
        (begin, end)
        for one in times
        if (begin := _time(one.said("FromTime"))) is not None
        and (end := _time(one.said("ToTime")) or DAY) > begin
    )
    joined: list[tuple[int, int]] = []
    for begin, end in found:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(joined) if joined else USUAL


def _time(text: str) -> int | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    minute = int(found[1]) * 60 + int(found[2])
    return minute if minute <= DAY else None
