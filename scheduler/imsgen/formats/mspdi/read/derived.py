"""Calendars of a task that only say when its people work: left out, for a plan works that out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from imsgen.formats.mspdi.read.calendar_tree import Calendars
from imsgen.formats.mspdi.read.days import Days, alike
from imsgen.formats.mspdi.read.source import ProjectFile
from imsgen.model import CLOSED, DAY

_JOINED = " + "
"""What our own files put between the names of which a calendar is made."""


class Derived:
    """Finds, for a task with a calendar of its own, the calendar that a plan needs to name."""

    def __init__(self, file: ProjectFile, calendars: Calendars) -> None:
        self._file = file
        self._calendars = calendars
        self._by_name = {
            one.name: one.uid
            for one in file.calendars.values()
            if one.is_base and _JOINED not in one.name
        }
        self._known: dict[tuple[int, tuple[int, ...]], tuple[int, bool]] = {}

    def of(self, calendar: int, resources: Sequence[int]) -> tuple[int, bool]:
        """Return the calendar to name, and whether those of the resources must be ignored.

        Parameters
        ----------
        calendar
            UID of the task's calendar, which alone counts.
        resources
            UIDs of the resources on it.
        """
        theirs = tuple(dict.fromkeys(self._file.resources[uid].calendar for uid in resources))
        key = (calendar, theirs)
        if key not in self._known:
            self._known[key] = self._explained(calendar, theirs)
        return self._known[key]

    def _explained(self, calendar: int, theirs: tuple[int, ...]) -> tuple[int, bool]:
        own = self._calendars.days(calendar)
        others = [self._calendars.days(uid) for uid in theirs if uid in self._file.calendars]
        known = [one for one in others if one is not None]
        if own is None or len(known) < len(others):
            return calendar, True
        if _JOINED in self._file.calendars[calendar].name:
            away = [self._absences(uid) for uid in theirs]
            for base, whole in self._bases(calendar):
                if alike(own, [whole, *known]):
                    return base, False
                if alike(own, [whole, *away]):
                    return base, True
        return calendar, not alike(own, [own, *known])

    def _bases(self, calendar: int) -> Iterator[tuple[int, Days]]:
        """Yield the calendars it may be made of: the one it is named after, the plan's, others."""
        named = self._by_name.get(self._file.calendars[calendar].name.partition(_JOINED)[0])
        for uid in dict.fromkeys([named, self._file.calendar, *self._by_name.values()]):
            days = None if uid is None or uid == calendar else self._calendars.days(uid)
            if uid is not None and days is not None:
                yield uid, days

    def _absences(self, uid: int) -> Days:
        """Return every hour but those of the days somebody is away, which always count."""
        found = self._file.calendars.get(uid)
        away = [] if found is None else found.exceptions
        always = ((0, DAY),)
        days = {
            day: CLOSED
            for one in away
            if not one.hours
            for day in map(
                date.fromordinal, range(one.first.toordinal(), one.last.toordinal() + 1)
            )
        }
        return Days((always,) * 7, days)
