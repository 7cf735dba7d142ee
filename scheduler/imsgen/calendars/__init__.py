"""Working-time arithmetic on calendars, each in its own time zone, in exact minutes."""

from __future__ import annotations

from imsgen.calendars.book import CalendarBook
from imsgen.calendars.expand import work_calendar
from imsgen.calendars.sets import always, intersection, of_intervals, union, without
from imsgen.calendars.work import CalendarExhaustedError, WorkCalendar

__all__ = [
    "CalendarBook",
    "CalendarExhaustedError",
    "WorkCalendar",
    "always",
    "intersection",
    "of_intervals",
    "union",
    "without",
    "work_calendar",
]
