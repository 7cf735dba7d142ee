"""Calendars: weeks, bases, holidays and exceptions to concrete, non-overlapping dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from imsgen.calendars import holidays
from imsgen.diagnostics import Report
from imsgen.model import (
    ALWAYS,
    CLOSED,
    ROUND_THE_CLOCK,
    STANDARD,
    Calendar,
    CalendarException,
    Hours,
    Instant,
    to_datetime,
)
from imsgen.plan.document import At, RawCalendar
from imsgen.plan.resolve.exceptions import Layer, layer_of, paint
from imsgen.plan.resolve.names import did_you_mean
from imsgen.plan.resolve.part import Part
from imsgen.plan.resolve.pool import Pool

Week = tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
OFFICE: Week = (((480, 720), (780, 1020)),) * 5 + (CLOSED, CLOSED)
"""The built-in standard week: Mon-Fri 08:00-12:00 and 13:00-17:00."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Rules:
    """A calendar with its base taken in, before its exceptions become dates."""

    id: str
    name: str
    zone: ZoneInfo
    week: Week
    holidays: tuple[str, ...] = ()
    layers: tuple[Layer, ...] = field(default=())
    """Exceptions of the calendar itself first, then those of its base."""

    def weekly_minutes(self) -> int:
        """Return the working minutes of an ordinary week."""
        return sum(end - begin for hours in self.week for begin, end in hours)

    def expand(self, first: Instant, last: Instant) -> Calendar:
        """Return the calendar with every exception that touches ``[first, last)``."""
        start = to_datetime(first).date() - timedelta(days=3)
        stop = to_datetime(last).date() + timedelta(days=3)
        days: dict[date, tuple[Hours, str]] = {}
        for code in reversed(self.holidays):
            for day, name in holidays.holiday_dates(code, start.year, stop.year):
                if start <= day <= stop:
                    days[day] = (CLOSED, name)
        for layer in reversed(self.layers):
            paint(days, layer, start, stop)
        return Calendar(self.id, self.name, self.zone.key, self.week, _ranges(days), self.holidays)


def _ranges(days: Mapping[date, tuple[Hours, str]]) -> tuple[CalendarException, ...]:
    """Return the days as exceptions, neighbours with the same hours and name as one."""
    found: list[CalendarException] = []
    one_day = timedelta(days=1)
    for day in sorted(days):
        hours, name = days[day]
        last = found[-1] if found else None
        if last and last.last + one_day == day and (last.hours, last.name) == (hours, name):
            found[-1] = CalendarException(last.first, day, hours, name)
        else:
            found.append(CalendarException(day, day, hours, name))
    return tuple(found)


def calendar_rules(pool: Pool, root: Part, report: Report) -> dict[str, Rules]:
    """Return the rules of every calendar of the plan, built-in ones included."""
    found = {
        ALWAYS: Rules(ALWAYS, "24x7", ZoneInfo("UTC"), (ROUND_THE_CLOCK,) * 7),
        STANDARD: Rules(STANDARD, "Standard", root.setting.zone, OFFICE),
    }
    for id_ in pool.calendars:
        _resolve(id_, pool, found, (), report)
    return found


def _resolve(
    id_: str, pool: Pool, found: dict[str, Rules], chain: tuple[str, ...], report: Report
) -> Rules | None:
    if id_ in found:
        return found[id_]
    raw, part = pool.calendars[id_]
    base: Rules | None = None
    if raw.base is not None:
        name = pool.calendar(raw.base, report)
        if name is not None and name in (*chain, id_):
            circle = " -> ".join(f"`{one}`" for one in (*chain, id_, name))
            report.add("IMS309", f"calendars are based on each other: {circle}", raw.base.span)
        elif name is not None:
            base = _resolve(name, pool, found, (*chain, id_), report)
    found[id_] = _rules(raw, part, base, report)
    return found[id_]


def _rules(raw: RawCalendar, part: Part, base: Rules | None, report: Report) -> Rules:
    zone = part.setting.zone
    if base is not None and base.id not in {ALWAYS, STANDARD}:
        zone = base.zone
    if raw.timezone is not None:
        zone = ZoneInfo(raw.timezone.value)
    codes = [code.value for code in raw.holidays if _known(code, report)]
    layer = layer_of(raw, report)
    return Rules(
        raw.id.value,
        raw.name or raw.id.value,
        zone,
        _week(raw, base, report),
        tuple(dict.fromkeys((*codes, *(base.holidays if base else ())))),
        (*([layer] if layer.entries else []), *(base.layers if base else ())),
    )


def _known(code: At[str], report: Report) -> bool:
    if holidays.known(code.value):
        return True
    report.add(
        "IMS308",
        f"no holidays are known for `{code.value}`, expected a code like `US` or `GB-SCT`",
        code.span,
        help=did_you_mean(holidays.close_matches(code.value)),
    )
    return False


def _week(raw: RawCalendar, base: Rules | None, report: Report) -> Week:
    """Return the hours of the week: the days written over those of the base.

    A day named alone wins over one in a range; two equally wide are reported.
    """
    hours: list[Hours] = list(base.week) if base is not None else [CLOSED] * 7
    width = [8] * 7
    twice: dict[str, None] = {}
    for days, written in raw.work or ():
        for day in days:
            if width[day] == len(days):
                twice[_DAYS[day]] = None
            if width[day] >= len(days):
                width[day] = len(days)
                hours[day] = _merged(written.intervals)
    if twice:
        report.add(
            "IMS310",
            f"calendar `{raw.id.value}` states the hours of {' and '.join(twice)} twice",
            raw.id.span,
            help="write all intervals of a day in one list",
        )
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = hours
    return (monday, tuesday, wednesday, thursday, friday, saturday, sunday)


def _merged(intervals: tuple[tuple[int, int], ...]) -> Hours:
    found: list[tuple[int, int]] = []
    for begin, end in sorted(intervals):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return tuple(found)
