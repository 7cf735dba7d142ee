"""Numbers, dates and hours of MS Project in the notation of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from imsgen.model import DAY, Hours
from imsgen.plan.writing import Tree

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ELAPSED = {"em": 1, "eh": 60, "ed": 1440, "ew": 10080}
_UNITS = {3: "m", 4: "em", 5: "h", 6: "eh", 7: "d", 8: "ed", 9: "w", 10: "ew", 11: "mo", 12: "ed"}
ESTIMATED = 32
_MANY_MINUTES, _MANY_DAYS = 120, 10
"""Above which minutes are said in hours, and hours in days."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Minutes of a plan's ``d``, ``w`` and ``mo``."""

    day: int
    week: int
    month: int

    def duration(self, minutes: int, format_: int = 7) -> str:
        """Return minutes in the unit MS Project shows them in, if that says them exactly."""
        unit = _UNITS.get(format_ & ~ESTIMATED, "d")
        if unit in {"m", "em"} and (minutes % 60 == 0 or minutes > _MANY_MINUTES):
            unit = unit[:-1] + "h" if minutes else unit
        if unit == "h" and minutes > _MANY_DAYS * self.day and minutes % self.day == 0:
            unit = "d"
        elapsed = unit in _ELAPSED
        length = {"m": 1, "h": 60, "d": self.day, "w": self.week, "mo": self.month, **_ELAPSED}
        value = Fraction(minutes, length[unit]) * 100
        tidy = minutes % 15 == 0 or unit not in {"h", "eh"}
        if value.denominator == 1 and minutes >= length[unit] / 4 and tidy:
            return f"{_decimal(value)}{unit}"
        hours, rest = divmod(minutes, 60)
        e = "e" if elapsed else ""
        return f"{f'{hours}{e}h' if hours else ''}{f'{rest}{e}m' if rest or not hours else ''}"

    def lag(self, minutes: Fraction, format_: int) -> str:
        """Return a lag with its sign, empty for none."""
        whole = round(minutes)
        if not whole:
            return ""
        return f"{'-' if whole < 0 else '+'}{self.duration(abs(whole), format_)}"


def is_elapsed(format_: int) -> bool:
    """Whether a format of MS Project counts through nights and weekends."""
    return format_ & ~ESTIMATED in {4, 6, 8, 10, 12, 20}


def _decimal(hundredths: Fraction) -> str:
    whole, rest = divmod(int(hundredths), 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") if rest else str(whole)


def moment(at: datetime) -> str:
    """Return a date with its time."""
    return f"{at:%Y-%m-%d %H:%M}"


def beginning(at: datetime) -> str:
    """Return the start of something: the date alone where it is the whole day."""
    return f"{at:%Y-%m-%d}" if at.hour == at.minute == 0 else moment(at)


def ending(at: datetime) -> str:
    """Return the end of something: the date alone where the day is included to its end.

    MS Project writes such an end as 23:59; midnight is the end of the day before.
    """
    if (at.hour, at.minute) == (23, 59):
        return f"{at:%Y-%m-%d}"
    if at.hour == at.minute == 0:
        return f"{at - timedelta(days=1):%Y-%m-%d}"
    return moment(at)


def units(value: Fraction) -> str:
    """Return units: ``2``, or ``50%``; at least one percent."""
    percent = max(1, round(value * 100))
    return str(percent // 100) if percent % 100 == 0 else f"{percent}%"


def hours(day: Hours) -> Tree:
    """Return the hours of a day."""
    if not day:
        return "none"
    if day == ((0, DAY),):
        return "24x7"
    shown = [f"{_clock(begin)}-{_clock(end if end <= DAY else end - DAY)}" for begin, end in day]
    return shown[0] if len(shown) == 1 else shown


def week(days: Sequence[Hours]) -> Tree:
    """Return the hours of a week: days alike together, days of rest left out."""
    if all(day == ((0, DAY),) for day in days):
        return "24x7"
    found: dict[str, Tree] = {}
    for day in dict.fromkeys(day for day in days if day):
        alike = [i for i, one in enumerate(days) if one == day]
        found["+".join(_runs(alike))] = hours(day)
    return found or "none"


def nights(days: Sequence[Hours]) -> tuple[Hours, ...]:
    """Return a week in which work past midnight belongs to the evening it begins on.

    MS Project splits a night at midnight. This is for calendars without other days: those take
    the hours of one date away, and so would take those of a whole night.
    """
    found = [list(day) for day in days]
    for i, day in enumerate(days):
        after = days[(i + 1) % 7]
        if not day or not after or day[-1][1] != DAY or after[0][0] != 0:
            continue
        late, early = day[-1], after[0]
        if DAY - late[0] + early[1] < DAY and early[1] <= late[0]:
            found[i][-1] = (late[0], DAY + early[1])
            found[(i + 1) % 7].remove(early)
    return tuple(tuple(day) for day in found)


def _runs(days: Sequence[int]) -> list[str]:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    if any(len(run) > 1 for run in runs) and len(runs) > 1:
        runs = [[day] for day in days]  # `mon-wed+fri` is no notation: each day by itself
    return [
        f"{_WEEKDAYS[run[0]]}-{_WEEKDAYS[run[-1]]}" if len(run) > 1 else _WEEKDAYS[run[0]]
        for run in runs
    ]


def days(first: date, last: date) -> str:
    """Return a date or a range of them, both included."""
    return f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d}..{last:%Y-%m-%d}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def only(entries: Mapping[str, Tree | None]) -> dict[str, Tree]:
    """Return the entries that say something."""
    return {key: value for key, value in entries.items() if value is not None}
