"""Calendars of the file as calendars of a plan: the usual ones recognised, the rest by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from imsgen.formats.importing.ids import Ids, slug
from imsgen.formats.mspdi.read import notation
from imsgen.formats.mspdi.read.clock_changes import ClockChanges
from imsgen.formats.mspdi.read.days import OFFICE, Days, days_of, lineage, week_of
from imsgen.formats.mspdi.read.source import Calendar, OtherDays, ProjectFile
from imsgen.model import ALWAYS, DAY, STANDARD, Hours
from imsgen.plan.writing import Tree, Words

_UNNAMED = {"", "Non-working", "Other hours", "[Unnamed]", "Clock change"}
"""What programs call an exception that nobody has named."""
_LONG = 400
"""Days from which on an exception is not looked at day by day."""
_FULL_DAY: Hours = ((0, DAY),)


class Calendars:
    """Gives the calendars that are used their ids; ``tree`` holds those that need words."""

    def __init__(self, file: ProjectFile, timezone: str) -> None:
        self._file = file
        self._clock = ClockChanges(timezone)
        self._ids: dict[int, str] = {}
        self._names = Ids((STANDARD, ALWAYS))
        self._days: dict[int, Days | None] = {}
        self._bases_of_others = {
            one.base
            for one in file.calendars.values()
            if one.exceptions or any(hours is not None for hours in one.week)
        }
        self.tree: dict[str, Tree] = {}
        self.default = self.id_of(file.calendar) or STANDARD

    def id_of(self, uid: int) -> str | None:
        """Return the id of a calendar; one that only repeats its base is that; None: unknown."""
        calendar = self._file.calendars.get(uid)
        if calendar is None:
            return None
        if uid not in self._ids:
            self._ids[uid] = self._named(calendar)
        return self._ids[uid]

    def knows(self, uid: int) -> bool:
        """Whether the file has such a calendar."""
        return uid in self._file.calendars

    def plain(self, calendar: Calendar) -> Calendar:
        """Return the calendar itself, or the base it repeats without a change."""
        for one in lineage(calendar, self._file.calendars):
            calendar = one
            if one.exceptions or any(hours is not None for hours in one.week):
                break
        return calendar

    def week(self, calendar: Calendar) -> tuple[Hours, ...]:
        """Return the hours of a week, the base's where the calendar says nothing."""
        return week_of(calendar, self._file.calendars)

    def days(self, uid: int) -> Days | None:
        """Return the hours of each day of a calendar; None: unknown, or days repeat by rule."""
        if uid not in self._days:
            calendar = self._file.calendars.get(uid)
            known = None if calendar is None else days_of(calendar, self._file.calendars)
            self._days[uid] = known
        return self._days[uid]

    def of_task(self, uid: int) -> Days | None:
        """Return the hours of each day of a task's calendar, the plan's where it has none."""
        return self.days(uid if uid in self._file.calendars else self._file.calendar)

    def _named(self, calendar: Calendar) -> str:
        same = self.plain(calendar)
        if same is not calendar:
            return self.id_of(same.uid) or STANDARD
        week = self.week(calendar)
        base = self._file.calendars.get(calendar.base) if calendar.base is not None else None
        others = [one for one in calendar.exceptions if base or not self._clock_change(one, week)]
        if base is None and not others:
            if week == OFFICE:
                return STANDARD
            if week == (_FULL_DAY,) * 7:
                return ALWAYS
        self._ids[calendar.uid] = STANDARD  # where bases go round in a circle it ends here
        based = self.id_of(base.uid) if base is not None else None
        id_ = self._names.take(slug(calendar.name, f"calendar-{calendar.uid}"))
        own = None
        if base is None or based is None or week != self.week(base):
            by_itself = not others and base is None and calendar.uid not in self._bases_of_others
            own = notation.week(notation.nights(week) if by_itself else week)
        elif not others:
            return based
        self.tree[id_] = notation.only(
            {
                "name": None if calendar.name.casefold() == id_ else Words(calendar.name),
                "base": based,
                "work": own,
                "exceptions": exceptions(others),
            }
        )
        return id_

    def _clock_change(self, one: OtherDays, week: tuple[Hours, ...]) -> bool:
        """Whether days differ from the week only in hours that the clock skips."""
        if one.rule or one.first != one.last:
            return False
        return self._clock.explain(one.first, week[one.first.weekday()], one.hours)


def exceptions(others: list[OtherDays]) -> Tree | None:
    """Return days that differ: by date where they have no names and rules, else a list."""
    if not others:
        return None
    apart = _apart(others)
    named = any(one.name not in _UNNAMED for one in apart)
    dates = [notation.days(one.first, one.last) for one in apart]
    if not named and not any(one.rule for one in apart) and len(set(dates)) == len(dates):
        return {shown: notation.hours(one.hours) for shown, one in zip(dates, apart, strict=True)}
    return [_exception(one) for one in apart]


def _apart(others: list[OtherDays]) -> list[OtherDays]:
    """Return the exceptions, where two as long as each other overlap the first of them.

    Of two in a plan the narrower wins, so only those that are equally wide contradict each other.
    """
    found: list[OtherDays] = []
    rules = set[str]()
    taken: dict[int, set[int]] = {}
    left = list(reversed(others))
    while left:
        one = left.pop()
        if one.rule:
            if one.rule not in rules:
                found.append(one)
            rules.add(one.rule)
            continue
        first, last = one.first.toordinal(), one.last.toordinal()
        days = taken.setdefault(last - first, set())
        if last - first > _LONG:
            found.append(one)
            continue
        free = [day for day in range(first, last + 1) if day not in days]
        if len(free) > last - first:
            days.update(free)
            found.append(one)
        else:
            left += reversed([replace(one, first=a, last=b) for a, b in _runs(free)])
    return found


def _runs(days: list[int]) -> list[tuple[date, date]]:
    """Return ordinals that follow each other as first and last days."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][1] == day - 1:
            runs[-1][1] = day
        else:
            runs.append([day, day])
    return [(date.fromordinal(first), date.fromordinal(last)) for first, last in runs]


def _exception(one: OtherDays) -> Mapping[str, Tree]:
    return notation.only(
        {
            "dates": None if one.rule else notation.days(one.first, one.last),
            "rrule": Words(one.rule) if one.rule else None,
            "name": None if one.name in _UNNAMED else Words(one.name),
            "work": notation.hours(one.hours),
        }
    )
