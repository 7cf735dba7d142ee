"""Calendars of the file as calendars of a plan: the usual ones recognised, the rest by name."""

from __future__ import annotations

from collections.abc import Mapping

from imsgen.formats.mspdi.read import notation
from imsgen.formats.mspdi.read.calendars import USUAL
from imsgen.formats.mspdi.read.ids import free, slug
from imsgen.formats.mspdi.read.source import Calendar, OtherDays, ProjectFile
from imsgen.model import ALWAYS, CLOSED, DAY, STANDARD, Hours
from imsgen.plan.writing import Tree, Words

_OFFICE: tuple[Hours, ...] = (USUAL,) * 5 + (CLOSED, CLOSED)


class Calendars:
    """Gives the calendars that are used their ids; ``tree`` holds those that need words."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file
        self._ids: dict[int, str] = {}
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

    def plain(self, calendar: Calendar) -> Calendar:
        """Return the calendar itself, or the base it repeats without a change."""
        seen = {calendar.uid}
        while (
            calendar.base in self._file.calendars
            and calendar.base not in seen
            and not calendar.exceptions
            and all(hours is None for hours in calendar.week)
        ):
            seen.add(calendar.base)
            calendar = self._file.calendars[calendar.base]
        return calendar

    def week(self, calendar: Calendar) -> tuple[Hours, ...]:
        """Return the hours of a week, the base's where the calendar says nothing."""
        days: list[Hours | None] = list(calendar.week)
        seen = {calendar.uid}
        base = calendar.base
        while base is not None and base in self._file.calendars and base not in seen:
            seen.add(base)
            other = self._file.calendars[base]
            days = [
                own if own is not None else its for own, its in zip(days, other.week, strict=True)
            ]
            base = other.base
        return tuple(
            own if own is not None else usual for own, usual in zip(days, _OFFICE, strict=True)
        )

    def _named(self, calendar: Calendar) -> str:
        same = self.plain(calendar)
        if same is not calendar:
            return self.id_of(same.uid) or STANDARD
        week = self.week(calendar)
        base = self._file.calendars.get(calendar.base) if calendar.base is not None else None
        if base is None and not calendar.exceptions:
            if week == _OFFICE:
                return STANDARD
            if week == (((0, DAY),),) * 7:
                return ALWAYS
        self._ids[calendar.uid] = STANDARD  # where bases go round in a circle it ends here
        based = self.id_of(base.uid) if base is not None else None
        wanted = slug(calendar.name, f"calendar-{calendar.uid}")
        id_ = free(wanted, lambda one: one in self.tree or one in {STANDARD, ALWAYS})
        own = None if based is not None and not any(calendar.week) else notation.week(week)
        if based is not None and base is not None and week == self.week(base):
            own = None
        self.tree[id_] = notation.only(
            {
                "name": None if calendar.name.casefold() == id_ else Words(calendar.name),
                "base": based,
                "work": own,
                "exceptions": exceptions(calendar.exceptions),
            }
        )
        return id_


def exceptions(others: list[OtherDays]) -> Tree | None:
    """Return days that differ: by date where they have no names and rules, else a list."""
    if not others:
        return None
    names = {one.name for one in others}
    dates = [notation.days(one.first, one.last) for one in others]
    if names == {""} and not any(one.rule for one in others) and len(set(dates)) == len(dates):
        return {shown: notation.hours(one.hours) for shown, one in zip(dates, others, strict=True)}
    return [_exception(one) for one in others]


def _exception(one: OtherDays) -> Mapping[str, Tree]:
    return notation.only(
        {
            "dates": None if one.rule else notation.days(one.first, one.last),
            "rrule": Words(one.rule) if one.rule else None,
            "name": Words(one.name) if one.name else None,
            "work": notation.hours(one.hours),
        }
    )
