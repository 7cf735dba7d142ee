"""The calendars of the file: the plan's, what activities and resources make of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from imsgen.calendars import CalendarBook, WorkCalendar, without
from imsgen.formats.mspdi.remarks import Remarks
from imsgen.formats.mspdi.text import CALENDAR_NAME_LIMIT, one_line, unique
from imsgen.formats.mspdi.wall import WallClock, date_text
from imsgen.formats.mspdi.week import Pattern, pattern_of, work_calendar
from imsgen.model import ALWAYS, DAY, Calendar, Instant, Resource, Schedule

_BEFORE, _AFTER = 31, 366
"""Days before the first date and after the last for which exceptions are written."""
_MARGIN = 1500
"""Days around them on which only the week counts."""
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A calendar of the file; ``work`` is its working time in wall minutes."""

    uid: int
    name: str
    pattern: Pattern
    work: WorkCalendar
    base: int | None = None
    """UID of the base calendar of a resource's calendar; None: it is a base calendar itself."""


class Calendars:
    """Makes the calendars that are asked for, equal ones once."""

    def __init__(self, schedule: Schedule, clock: WallClock, remarks: Remarks) -> None:
        self.project = schedule.project
        self.book = CalendarBook(self.project)
        self.rows: list[CalendarRow] = []
        self._clock = clock
        self._remarks = remarks
        self._first, self._last = _days(schedule, clock)
        self._by_work: dict[int, tuple[WorkCalendar, CalendarRow]] = {}
        self._by_pattern: dict[Pattern, CalendarRow] = {}
        self._names: set[str] = set()
        self._default: CalendarRow | None = None
        named = dict.fromkeys((self.project.calendar, *self.project.calendars))
        for id_ in named:
            row = self.named(id_)
            self._default = self._default or row

    @property
    def default(self) -> CalendarRow:
        """The project calendar."""
        return self._default or self.named(self.project.calendar)

    def named(self, id_: str) -> CalendarRow:
        """Return the calendar of this id; 24x7 needs no definition."""
        rules = self.project.calendars.get(id_)
        work = self.book.calendar(id_)
        found = self._by_work.get(id(work))
        if found is not None:
            return found[1]
        name = rules.name if rules is not None else ("24 Hours" if id_ == ALWAYS else id_)
        names = dict(self._named_days(rules)) if rules is not None else {}
        row = self._add(self._pattern(work, names, name), name)
        self._by_work[id(work)] = (work, row)
        if (
            rules is not None
            and rules.timezone != self.project.timezone
            and not row.pattern.always
        ):
            until = date_text(self._last * DAY)[:10]
            text = f"Calendar of another time zone, exact in the plan's own until {until}"
            self._remarks.add(text, id_)
        return row

    def of(self, work: WorkCalendar, name: str) -> CalendarRow:
        """Return the calendar with this working time, ``name`` serving if it is a new one."""
        found = self._by_work.get(id(work))
        if found is None:
            pattern = self._pattern(work, {}, name)
            row = self._by_pattern.get(pattern) or self._add(pattern, name)
            found = self._by_work[id(work)] = (work, row)
        return found[1]

    def of_resource(self, resource: Resource) -> CalendarRow:
        """Return the resource's own calendar: a base calendar less its leave."""
        base = self.default if resource.calendar is None else self.named(resource.calendar)
        pattern = Pattern(base.pattern.week, ())
        if resource.leave:
            leave = [
                (self._clock.minute(begin), self._clock.end_minute(end))
                for begin, end in resource.leave
            ]
            work = _without(base.work, leave, self._first * DAY, self._last * DAY)
            names = {
                day: "Leave" for begin, end in leave for day in range(begin // DAY, end // DAY + 1)
            }
            pattern, crowded = pattern_of(work, self._first, self._last, names, base.pattern)
            self._crowded(crowded, resource.name)
        name = unique(one_line(resource.name, CALENDAR_NAME_LIMIT) or resource.id, self._names,
                      CALENDAR_NAME_LIMIT)  # fmt: skip
        work_time = work_calendar(
            pattern, self._first - _MARGIN, self._last + _MARGIN, base.pattern
        )
        row = CalendarRow(len(self.rows) + 1, name, pattern, work_time, base.uid)
        self.rows.append(row)
        return row

    def _pattern(self, work: WorkCalendar, names: Mapping[int, str], about: str) -> Pattern:
        intervals = work.intervals((self._first - 2) * DAY, (self._last + 2) * DAY)
        skipped = dict.fromkeys(self._clock.skipped_days(), "Clock change")
        pattern, crowded = pattern_of(
            self._clock.image(intervals), self._first, self._last, {**skipped, **names}
        )
        self._crowded(crowded, about)
        return pattern

    def _crowded(self, days: tuple[int, ...], about: str) -> None:
        for day in days:
            text = "More shifts a day than Project holds, so short breaks are worked through"
            self._remarks.add(text, f"{about} {date_text(day * DAY)[:10]}")

    def _add(self, pattern: Pattern, name: str) -> CalendarRow:
        shown = one_line(name, CALENDAR_NAME_LIMIT) or "Calendar"
        shown = unique(shown, self._names, CALENDAR_NAME_LIMIT)
        work = work_calendar(pattern, self._first - _MARGIN, self._last + _MARGIN)
        row = CalendarRow(len(self.rows) + 1, shown, pattern, work)
        self.rows.append(row)
        self._by_pattern.setdefault(pattern, row)
        return row

    def _named_days(self, rules: Calendar) -> Iterator[tuple[int, str]]:
        for exception in rules.exceptions:
            name = one_line(exception.name)
            day = exception.first
            while name and day <= exception.last:
                yield day.toordinal() - _EPOCH, name
                day += timedelta(days=1)


def _days(schedule: Schedule, clock: WallClock) -> tuple[int, int]:
    """Return the wall days ``[first, last)`` for which exceptions are written."""
    project = schedule.project
    starts = [placed.start for placed in schedule.activities.values()]
    begin = min([project.start, *starts])
    first = max(begin - _BEFORE * DAY, project.horizon[0] + DAY)
    last = min(schedule.finish + _AFTER * DAY, project.horizon[1])
    return clock.minute(min(first, begin)) // DAY, clock.minute(last) // DAY


def _without(
    work: WorkCalendar, gaps: list[tuple[int, int]], first: int, last: int
) -> Iterator[tuple[Instant, Instant]]:
    return without(work, gaps).intervals(first, last)
