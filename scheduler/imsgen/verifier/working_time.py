"""The working time of every activity, put together here from the rules."""

from __future__ import annotations

from imsgen.calendars import (
    CalendarBook,
    CalendarExhaustedError,
    WorkCalendar,
    always,
    intersection,
    without,
)
from imsgen.model import ALWAYS, Activity, Instant, Project


class WorkingTime:
    """Effective calendars, each put together once.

    Only the hours of the named calendars come from the shared book; what they add up to for an
    activity is worked out independently of it.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._book = CalendarBook(project)
        self.always = always(*project.horizon)
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...]], WorkCalendar] = {}

    def named(self, id_: str) -> WorkCalendar:
        """Return the working time of a named calendar."""
        return self.always if id_ == ALWAYS else self._book.calendar(id_)

    def of(self, activity: Activity, mode: int) -> WorkCalendar:
        """Return the effective calendar of one mode of an activity."""
        chosen = activity.modes[mode]
        if chosen.elapsed:
            return self.always
        needed = [self._project.resources[need.resource] for need in chosen.needs]
        calendars = [chosen.calendar]
        if not activity.ignore_resource_calendars:
            calendars += [one.calendar for one in needed if one.calendar is not None]
        absent = [one.id for one in needed if one.leave]
        key = (tuple(dict.fromkeys(calendars)), tuple(dict.fromkeys(absent)))
        if key not in self._known:
            self._known[key] = self._put_together(*key)
        return self._known[key]

    def _put_together(self, calendars: tuple[str, ...], absent: tuple[str, ...]) -> WorkCalendar:
        found = self.named(calendars[0])
        for id_ in calendars[1:]:
            found = intersection(found, self.named(id_))
        for id_ in absent:
            found = without(found, self._project.resources[id_].leave)
        return found


def shifted(calendar: WorkCalendar, instant: int, lag: int) -> Instant:
    """Return the instant ``lag`` working minutes along a calendar, kept inside the horizon."""
    try:
        return calendar.add(instant, lag)
    except CalendarExhaustedError:
        return calendar.horizon if lag > 0 else calendar.origin
