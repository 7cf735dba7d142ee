"""Exceptions of a calendar: which of two wins, and on which dates."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date, timedelta

from imsgen.calendars import recurrence
from imsgen.diagnostics import Label, Report, Span
from imsgen.model import Hours
from imsgen.plan.document import At, RawCalendar, RawException

Days = MutableMapping[date, tuple[Hours, str]]
_ANY_DATE = (date(2000, 1, 1), date(2000, 12, 31))


@dataclass(frozen=True, slots=True)
class Entry:
    """One exception: on a range of dates, or on those of a recurrence rule."""

    hours: Hours
    name: str
    span: Span
    first: date | None = None
    last: date | None = None
    rule: str = ""

    @property
    def width(self) -> int:
        """Days it covers at a stretch: the narrower wins, a date before a rule."""
        if self.first is None or self.last is None:
            return 1
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Layer:
    """The exceptions that one calendar writes, widest first so that later ones win."""

    entries: tuple[Entry, ...]


def layer_of(raw: RawCalendar, report: Report) -> Layer:
    """Return the exceptions of a calendar; equal ones and unusable rules are reported."""
    found: list[Entry] = []
    for one in raw.exceptions:
        entry = _entry(one, report)
        if entry is not None:
            found.append(entry)
    for i, entry in enumerate(found):
        for other in found[:i]:
            if entry.rule == other.rule and _equally_wide(entry, other):
                report.add(
                    "IMS310",
                    f"two exceptions of calendar `{raw.id.value}` hold for the same dates",
                    entry.span,
                    labels=(Label(other.span, "the other is here"),),
                    help="keep one: of two exceptions the narrower wins, these are equal",
                )
                break
    # A rule covers single days, but a date that was typed is meant for that very day.
    found.sort(key=lambda entry: (-entry.width, not entry.rule))
    return Layer(tuple(found))


def _equally_wide(one: Entry, two: Entry) -> bool:
    if one.rule:
        return True
    if one.first is None or two.first is None or one.last is None or two.last is None:
        return False
    return one.width == two.width and one.first <= two.last and two.first <= one.last


def _entry(raw: At[RawException], report: Report) -> Entry | None:
    exception = raw.value
    hours = tuple(sorted(exception.hours.intervals))
    if exception.rrule:
        try:
            recurrence.rule_dates(exception.rrule, *_ANY_DATE)
        except ValueError as error:
            report.add("IMS312", f"this recurrence is not usable: {error}", raw.span)
            return None
        return Entry(hours, exception.name, raw.span, rule=exception.rrule)
    if exception.dates is None:
        return None
    first, last = exception.dates.first, exception.dates.last
    for one in (first, last):
        if one.minute is not None:
            report.add(
                "IMS313",
                f"an exception holds for whole days, found the time in `{one.text}`",
                raw.span,
                help=f"write `{one.day}` and the hours worked that day behind it",
            )
            return None
    return Entry(hours, exception.name, raw.span, first.day, last.day)


def paint(days: Days, layer: Layer, start: date, stop: date) -> None:
    """Lay the exceptions of a layer over the days from ``start`` to ``stop``."""
    for entry in layer.entries:
        if entry.rule:
            for day in recurrence.rule_dates(entry.rule, start, stop):
                days[day] = (entry.hours, entry.name)
            continue
        if entry.first is None or entry.last is None:
            continue
        day = max(entry.first, start)
        while day <= min(entry.last, stop):
            days[day] = (entry.hours, entry.name)
            day += timedelta(days=1)
