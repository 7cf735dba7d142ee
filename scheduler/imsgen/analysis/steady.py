"""Whether anything ties the steps of a way back to the clock."""

from __future__ import annotations

from imsgen.calendars import CalendarBook, WorkCalendar
from imsgen.model import Instant
from imsgen.network import RollbackPlan


class Ties:
    """What ties the steps of one plan to the clock: calendars, changes of capacity, dates."""

    def __init__(self, plan: RollbackPlan, book: CalendarBook) -> None:
        project = plan.project
        calendars: dict[int, WorkCalendar] = {}
        changes: dict[Instant, None] = {}
        self._dated = any(link.lag or link.max_lag is not None for link in project.dependencies)
        for id_, one in project.activities.items():
            self._dated |= bool(one.within or one.forbidden or list(project.constraints_on(id_)))
            for mode, way in enumerate(one.modes):
                calendar = book.effective(one, mode)
                calendars[id(calendar)] = calendar
                for need in way.needs:
                    steps = project.resources[need.resource].capacity
                    changes.update((at, None) for at, _ in steps if at is not None)
        self._calendars = tuple(calendars.values())
        self._changes = tuple(changes)

    def steady(self, first: int, last: int) -> bool:
        """Whether there are none in a stretch of time.

        Then a rollback in it takes as long whenever it begins: no calendar pauses, no capacity
        changes, the contingency has neither dates nor windows.
        """
        if self._dated or any(first < at <= last for at in self._changes):
            return False
        return all(one.work_between(first, last) == last - first for one in self._calendars)
