"""The dates that MS Project computes on opening, twice, as its readings are known to differ.

Early start is the latest of what links and constraints ask, or the project's start; the delay is
added in elapsed time; work then begins at the next working moment. Where programs disagree the
file must come out the same both ways:

* whether a link may lead to before the project's start;
* whether an elapsed lag to a finish counts before or after the work is counted back;
* whether the project's start holds a task without links that has a date of its own;
* whether a constraint holds against a link that asks for later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from imsgen.formats.mspdi.check.source import File, Link, Task
from imsgen.formats.mspdi.check.working import Calendars, Hours

_DAY = 1440
_BEFORE, _AFTER = 800, 800
"""Days before the first date and after the last on which working time is laid out."""
_FF, _FS, _SF, _SS = range(4)
_MSO, _MFO, _SNET, _SNLT, _FNET, _FNLT = range(2, 8)
_LOWER = (_SNET, _FNET)

Dates = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Move:
    """A task that opens on other dates than it was written with, in minutes of its clock.

    ``made`` is None for a task that never gets any, because links run in a circle.
    """

    uid: int
    name: str
    written: Dates
    made: Dates | None


def moves(file: File) -> tuple[Move, ...]:
    """Return the tasks that get other dates on opening, in file order, each once."""
    found: dict[int, Move] = {}
    for lenient in (True, False):
        made = _Pass(file, lenient=lenient).dates()
        for task in file.tasks:
            written = (task.start, task.finish)
            if task.active and made.get(task.uid) != written:
                move = Move(task.uid, task.name, written, made.get(task.uid))
                found.setdefault(task.uid, move)
    return tuple(found[task.uid] for task in file.tasks if task.uid in found)


class _Pass:
    """One forward pass; ``lenient`` takes the earlier of two readings for links, not for dates."""

    def __init__(self, file: File, *, lenient: bool) -> None:
        self._file = file
        self._lenient = lenient
        self._tasks = {task.uid: task for task in file.tasks if task.active}
        everything = [
            file.start,
            *(one for task in file.tasks for one in (task.start, task.finish)),
        ]
        first, last = min(everything) // _DAY - _BEFORE, max(everything) // _DAY + _AFTER
        self._calendars = Calendars(file.weeks, first, last)
        self._made: dict[int, Dates] = {}
        self._asked: dict[int, int | None] = {}
        """What the links and the constraint of a summary ask of all that is in it."""
        self._inside: dict[int, list[int]] = {}

    def dates(self) -> dict[int, Dates]:
        """Return the dates of every active task; what waits for itself gets none."""
        for task in self._tasks.values():
            if task.parent is not None:
                self._inside.setdefault(task.parent.uid, []).append(task.uid)
        for uid, begins in self._order():
            task = self._tasks[uid]
            if not task.summary:
                self._made[uid] = self._leaf(task)
            elif begins:
                self._asked[uid] = self._asked_of(task)
            else:
                inside = [self._made[one] for one in self._inside.get(uid, ())]
                if inside:
                    self._made[uid] = (
                        min(start for start, _ in inside),
                        max(finish for _, finish in inside),
                    )
        return self._made

    def _order(self) -> Iterator[tuple[int, bool]]:
        """Yield tasks after all they wait for; a summary first as it begins, then as it ends."""
        sorter: TopologicalSorter[tuple[int, bool]] = TopologicalSorter()
        for task in self._tasks.values():
            begin = (task.uid, task.summary)
            sorter.add(begin)
            if task.parent is not None:
                sorter.add(begin, (task.parent.uid, True))
                sorter.add((task.parent.uid, False), (task.uid, False))
            if task.summary:
                sorter.add((task.uid, False), begin)
            for link in task.links:
                if link.predecessor in self._tasks:
                    sorter.add(begin, (link.predecessor, False))
        try:
            yield from sorter.static_order()
        except CycleError:
            return

    # -- one task ----------------------------------------------------------------------------

    def _leaf(self, task: Task) -> Dates:
        if task.manual:
            return task.start, task.finish
        hours = self._hours(task)
        if task.actual_start is not None:
            return task.actual_start, self._ends(task, hours)
        early = self._early(task, hours)
        if task.delay:
            early = self._opening(task, hours, early + task.delay)
        return early, hours.after(early, task.duration)

    def _ends(self, task: Task, hours: Hours) -> int:
        """Return the finish of what has begun: what remains goes on where it resumes."""
        if task.actual_finish is not None:
            return task.actual_finish
        begin = task.actual_start or 0
        if self._lenient and task.resume is not None:
            return hours.after(task.resume, task.remaining)
        return hours.after(begin, task.duration)

    def _early(self, task: Task, hours: Hours) -> int:
        """Return the start that links, summaries around it and its constraint make."""
        floor = self._file.start
        asked = [
            self._start_asked(task, link, hours)
            for link in task.links
            if link.predecessor in self._made
        ]
        above = self._asked.get(task.parent.uid) if task.parent is not None else None
        if above is not None:
            asked.append(above)
        date = task.constraint_date
        if asked and not self._lenient:
            asked.append(floor)
        if not asked and not (self._lenient and date is not None and task.constraint in _LOWER):
            asked.append(floor)
        logic = self._opening(task, hours, max(asked, default=0))
        return logic if date is None else self._bound(task, hours, logic, date)

    def _bound(self, task: Task, hours: Hours, logic: int, date: int) -> int:
        """Return the start that a constraint makes of the one that logic asks."""
        kind = task.constraint
        wanted = date if kind in (_SNET, _SNLT, _MSO) else self._back(task, hours, date)
        if kind in (_SNET, _FNET):
            return self._opening(task, hours, max(logic, wanted))
        holds = self._file.honors_constraints or not self._lenient
        if kind in (_SNLT, _FNLT):
            return min(logic, wanted) if holds else logic
        if kind in (_MSO, _MFO):
            return wanted if holds else max(logic, wanted)
        return logic

    def _start_asked(self, task: Task, link: Link, hours: Hours) -> int:
        """Return the start that one link allows."""
        event = self._made[link.predecessor][link.type in (_FF, _FS)]
        if link.type in (_FS, _SS):
            return self._lag(link, event, hours)
        if self._lenient:
            return self._opening(
                task, hours, self._back(task, hours, self._lag(link, event, hours))
            )
        return self._lag(link, self._back(task, hours, event), hours)

    def _asked_of(self, task: Task) -> int | None:
        """Return the earliest moment for all inside a summary, by it and those around it."""
        hours = self._calendars.together((self._file.calendar,))
        asked = [
            self._lag(link, self._made[link.predecessor][link.type in (_FF, _FS)], hours)
            for link in task.links
            if link.predecessor in self._made
        ]
        above = self._asked.get(task.parent.uid) if task.parent is not None else None
        if above is not None:
            asked.append(above)
        if task.constraint == _SNET and task.constraint_date is not None:
            asked.append(task.constraint_date)
        return max(asked, default=None)

    # -- working time ------------------------------------------------------------------------

    def _hours(self, task: Task) -> Hours:
        if task.elapsed:
            return self._calendars.elapsed()
        own = task.calendar if task.calendar >= 0 else self._file.calendar
        if task.ignores_resources:
            return self._calendars.together((own,))
        others = [one for one in task.resources if not self._calendars.alike(one, own)]
        if task.calendar < 0 and others:
            return self._calendars.together(others)
        return self._calendars.together((own, *others))

    def _opening(self, task: Task, hours: Hours, minute: int) -> int:
        """Return the first moment at or after ``minute`` at which the task can start."""
        if not task.duration and hours.touches(minute):
            return minute
        return hours.opens(minute)

    def _back(self, task: Task, hours: Hours, finish: int) -> int:
        """Return the start from which the task ends at ``finish``, in working time."""
        if not task.duration:
            return finish
        return hours.start_of(hours.worked(finish) - task.duration)

    def _lag(self, link: Link, event: int, hours: Hours) -> int:
        """Return the moment a lag after an event; percent are of the predecessor's duration."""
        lag = link.lag
        if link.percent:
            lag = self._tasks[link.predecessor].duration * lag / 100
        return event + round(lag) if link.elapsed else hours.after(event, round(lag))
