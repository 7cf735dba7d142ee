"""The time axis of a Gantt: slots as wide as the plan is long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from imsgen.calendars.zones import local_to_instant
from imsgen.formats.clock import local, offset
from imsgen.model import DAY, Instant
from imsgen.schedule.views import MONTHS, WEEKDAYS

MOST_DAYS = 130
MOST_WEEKS = 120
MOST_HOURS = 36
_LABELLED = 40
"""Up to so many slots, parts of an hour have labels as well."""
_APART = 1.8
"""Characters of a slot in which two digits stand apart from those of the next."""
FINE_DAYS = 8
"""Up to so many days, a slot is four hours."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One column: where it starts, its label, and the label of what begins with it."""

    start: Instant
    tick: str
    band: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """Slots one after the other up to ``end``."""

    unit: str
    slots: tuple[Slot, ...]
    end: Instant

    @property
    def width(self) -> float:
        """Return the width of a slot in characters: narrower, the more there are."""
        for most, width in ((40, 3.2), (64, 2.7), (90, 2.0)):
            if len(self.slots) <= most:
                return width
        return 1.1

    def ticks(self, width: float) -> list[str]:
        """Return the labels in slots so wide: every other one where they would touch."""
        found: list[str] = []
        for slot in self.slots:
            crowded = width < _APART and bool(found) and bool(found[-1])
            found.append("" if crowded else slot.tick)
        return found

    @property
    def bands(self) -> list[int]:
        """Return the indices of the slots at which a band begins, but for the first slot."""
        return [i for i, slot in enumerate(self.slots) if slot.band and i]


def scale_of(first: Instant, last: Instant, zone: ZoneInfo) -> Scale:
    """Return the axis in local time that shows ``first`` to ``last``, both included.

    Slots shorter than a day are used only where the clocks do not change in between: on such an
    axis an hour would be missing or shown twice.
    """
    span = last - first
    steady = offset(first, zone) == offset(last, zone)
    if steady and span <= MOST_HOURS * 60:
        return minute_scale(first, last, 60, zone)
    if steady and span <= FINE_DAYS * DAY:
        return minute_scale(first, last, 240, zone)
    days = (local(last, zone).date() - local(first, zone).date()).days + 1
    if days <= MOST_DAYS:
        return _dated("day", first, last, zone, _days)
    if days <= MOST_WEEKS * 7:
        return _dated("week", first, last, zone, _weeks)
    return _dated("month", first, last, zone, _months)


def period_scale(first: Instant, last: Instant, zone: ZoneInfo) -> Scale:
    """Return weeks, or months where there are too many of them."""
    days = (local(last, zone).date() - local(first, zone).date()).days + 1
    if days <= MOST_WEEKS * 7:
        return _dated("week", first, last, zone, _weeks)
    return _dated("month", first, last, zone, _months)


def minute_scale(first: Instant, last: Instant, step: int, zone: ZoneInfo) -> Scale:
    """Return slots of ``step`` minutes of elapsed time, labelled with the local clock.

    In a night when clocks change, a label is left out or comes twice, as on the wall.
    """
    ahead = offset(first, zone)
    at = Instant((first + ahead) // step * step - ahead)
    few = last - first <= _LABELLED * step
    slots: list[Slot] = []
    day = ""
    while at <= last:
        moment = local(at, zone)
        today = f"{WEEKDAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]}"
        tick = f"{moment:%H}"
        if step < 60 and moment.minute:
            tick = f"{moment:%M}" if few else ""
        slots.append(Slot(at, tick, today if today != day else ""))
        day = today
        at = Instant(at + step)
    return Scale(f"{step} minutes" if step < 60 else f"{step // 60} h", tuple(slots), at)


_Labelled = tuple[date, str, str]


def _dated(
    unit: str,
    first: Instant,
    last: Instant,
    zone: ZoneInfo,
    steps: Callable[[date, date], Iterator[_Labelled]],
) -> Scale:
    days = list(steps(local(first, zone).date(), local(last, zone).date()))
    starts = [local_to_instant(day, 0, zone) for day, _, _ in days]
    slots = [
        Slot(at, tick, band) for at, (_, tick, band) in zip(starts[:-1], days[:-1], strict=True)
    ]
    return Scale(unit, tuple(slots), starts[-1])


def _days(first: date, last: date) -> Iterator[_Labelled]:
    """Yield each day, and the one after the last; Mondays only have a label on a long axis."""
    many = (last - first).days > 45
    for i in range((last - first).days + 2):
        day = first + timedelta(days=i)
        monday = day.weekday() == 0
        band = f"{MONTHS[day.month - 1]} {day.year}" if day.day == 1 or i == 0 else ""
        yield day, str(day.day) if monday or not many else "", band


def _weeks(first: date, last: date) -> Iterator[_Labelled]:
    """Yield the Mondays, and the one after the last."""
    day = first - timedelta(days=first.weekday())
    month = None
    while True:
        band = f"{MONTHS[day.month - 1]} {day.year}" if day.month != month else ""
        yield day, str(day.day), band
        if day > last:
            return
        month, day = day.month, day + timedelta(days=7)


def _months(first: date, last: date) -> Iterator[_Labelled]:
    """Yield the first days of the months, and the one after the last."""
    day = first.replace(day=1)
    begun = False
    while True:
        band = str(day.year) if day.month == 1 or not begun else ""
        yield day, MONTHS[day.month - 1][:1], band
        if day > last:
            return
        begun, day = True, (day + timedelta(days=32)).replace(day=1)
