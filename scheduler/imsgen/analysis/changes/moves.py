"""What moved between two schedules, in working time and on the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from imsgen.analysis.changes.model import Shift, Span
from imsgen.calendars import CalendarBook, WorkCalendar
from imsgen.model import DAY, Instant, Project, Schedule


@dataclass(frozen=True, slots=True)
class Shifts:
    """How far the ends of an activity moved."""

    start: Shift
    finish: Shift

    @property
    def moved(self) -> bool:
        """Whether either end did."""
        return bool(self.start.clock or self.finish.clock)


class Pair:
    """Two schedules of a plan, and which activity of one is which of the other."""

    def __init__(self, old: Schedule, new: Schedule, was: Mapping[str, str]) -> None:
        self.old, self.new = old, new
        self.was = was
        self.now = {before: id_ for id_, before in was.items()}
        self.book = CalendarBook(_covering(old, new))
        self.shifts: dict[str, Shifts] = {}
        """Of every activity that both have, by new id."""
        for id_, dates in new.activities.items():
            before = old.activities.get(was.get(id_, ""))
            if before is not None:
                work = self.calendar(id_)
                self.shifts[id_] = Shifts(
                    shift(work, before.start, dates.start),
                    shift(work, before.finish, dates.finish),
                )

    @property
    def eventful(self) -> bool:
        """Whether both know gates and calendar events, which an imported baseline does not."""
        return all(one.meetings or one.tasks for one in (self.old, self.new))

    def calendar(self, id_: str) -> WorkCalendar:
        """Return what an activity works on in the new schedule."""
        mode = self.new.activities[id_].mode
        return self.book.effective(self.new.project.activities[id_], mode)

    def spans(self, id_: str) -> tuple[Span, Span]:
        """Return the dates before and after of an activity that both have."""
        before, after = self.old.activities[self.was[id_]], self.new.activities[id_]
        return (before.start, before.finish), (after.start, after.finish)


def shift(work: WorkCalendar, before: Instant, after: Instant) -> Shift:
    """Return how far a date moved."""
    return Shift(work.work_between(before, after), after - before)


def _covering(old: Schedule, new: Schedule) -> Project:
    """Return the new plan with calendars that reach all dates of both."""
    first, last = new.project.horizon
    placed = old.activities.values()
    first = Instant(min([first, *(one.start - DAY for one in placed)]))
    last = Instant(max([last, old.finish + DAY, *(one.finish + DAY for one in placed)]))
    return replace(new.project, horizon=(first, last))
