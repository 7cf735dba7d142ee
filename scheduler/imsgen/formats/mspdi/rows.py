"""The tasks of the file as plain rows, before any XML."""

from __future__ import annotations

from dataclasses import dataclass, field

from imsgen.calendars import WorkCalendar
from imsgen.formats.mspdi.calendars import CalendarRow
from imsgen.formats.mspdi.codes import ASAP
from imsgen.model import Activity, Group, LinkType, Need


@dataclass(slots=True)
class LinkRow:
    """A link to a task from the task ``predecessor``."""

    predecessor: str
    type: LinkType
    lag: int = 0
    """Minutes, or percent of the predecessor's duration."""
    elapsed: bool = False
    percent: bool = False
    format: int = 7


@dataclass(slots=True)
class Row:
    """A task; times are wall minutes of the plan's zone, durations minutes."""

    id: str
    uid: int
    number: int
    level: int
    outline: str
    item: Activity | Group
    active: bool = True
    manual: bool = False
    start: int = 0
    finish: int = 0
    duration: int = 0
    format: int = 7
    elapsed: bool = False
    milestone: bool = False
    summary: bool = False
    calendar: CalendarRow | None = None
    """None: the project's."""
    ignore_resources: bool = False
    links: list[LinkRow] = field(default_factory=list)
    constraint: int = ASAP
    constraint_date: int | None = None
    delay: int = 0
    """Levelling delay in elapsed minutes."""
    deadline: int | None = None
    actual_start: int | None = None
    actual_finish: int | None = None
    done: int = 0
    """Minutes of the duration that are done."""
    stop: int | None = None
    """Where what is done ends, of a started row."""
    resume: int | None = None
    """Where what remains begins."""
    needs: tuple[Need, ...] = ()
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Engine:
    """What Project's scheduler makes of a row: where it can start, and where it ends."""

    work: WorkCalendar
    """Of the row's task calendar, else the project's, in wall minutes."""
    duration: int
    elapsed: bool

    def next_start(self, wall: int) -> int:
        """Return the first moment at or after ``wall`` at which the task can start."""
        if self.duration:
            return self.work.next_start(wall)
        return self.work.next_touch(wall)

    def finish(self, start: int) -> int:
        """Return the end of the task begun at ``start``."""
        return start + self.duration if self.elapsed else self.work.add(start, self.duration)

    def start_for(self, finish: int) -> int:
        """Return the start from which the task ends at ``finish``, in working time."""
        if self.elapsed or not self.duration:
            return finish - self.duration
        return self.work.start_of(max(self.work.work_at(finish) - self.duration, 0))

    def after(self, wall: int, link: LinkRow, predecessor: int) -> int:
        """Return the moment a link's lag after ``wall``; ``predecessor`` is its duration."""
        if link.percent:
            return self.work.add(wall, round(predecessor * link.lag / 100))
        return wall + link.lag if link.elapsed else self.work.add(wall, link.lag)
