"""From the schedule to dated, linked and pinned task rows."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

from imsgen.calendars import CalendarExhaustedError
from imsgen.formats.mspdi.calendars import Calendars
from imsgen.formats.mspdi.codes import ESTIMATED, NO_FORMAT, duration_format
from imsgen.formats.mspdi.links import Links
from imsgen.formats.mspdi.outline import members, rows_of
from imsgen.formats.mspdi.pins import Pins
from imsgen.formats.mspdi.progress import apply_progress
from imsgen.formats.mspdi.remarks import Remarks
from imsgen.formats.mspdi.resource_links import add_resource_links
from imsgen.formats.mspdi.rows import Engine, LinkRow, Row
from imsgen.formats.mspdi.stated import StatedDates
from imsgen.formats.mspdi.task_calendars import choose_calendar
from imsgen.formats.mspdi.wall import WallClock
from imsgen.formats.options import Options, Pin
from imsgen.model import (
    Activity,
    ConstraintType,
    End,
    Event,
    Kind,
    LinkType,
    Mode,
    Schedule,
    ScheduledActivity,
)
from imsgen.network.graph import build_graph


class Tasks:
    """Builds the rows of a schedule; ``rows`` holds them in outline order."""

    def __init__(
        self,
        schedule: Schedule,
        clock: WallClock,
        calendars: Calendars,
        remarks: Remarks,
        options: Options,
    ) -> None:
        self._schedule = schedule
        self._project = schedule.project
        self._clock = clock
        self._calendars = calendars
        self._remarks = remarks
        self._stated = StatedDates(clock, remarks)
        self.rows = rows_of(self._project)
        self._members = members(self._project)
        starts = [placed.start for placed in schedule.activities.values()]
        self.opening = clock.minute(min([self._project.start, *starts]))
        self._engines: dict[str, Engine] = {}
        self._dates: dict[str, tuple[int, int]] = {}
        self._pins = Pins(
            self._engines, self._dates, self.opening, self._project.day, options.pin, remarks
        )
        self._graph = build_graph(self._project)
        scheduled = [*self._graph.order, *self._graph.hammocks]
        for id_ in scheduled:
            self._place(self.rows[id_], self._schedule.activities[id_])
        links = Links(schedule, self._graph, calendars.book, clock, remarks)
        for id_ in self._graph.order:
            self.rows[id_].links = links.into(id_, self._engines)
        for link in links.of_summaries:
            self.rows[link.successor].links.append(LinkRow(link.predecessor, link.type))
        for id_ in self._graph.hammocks:
            self._span(self.rows[id_])
        if options.pin is Pin.LINKS:
            add_resource_links(self.rows, schedule, self._graph, calendars.book, remarks)
        self._pin(scheduled, options)
        self._leave_out()
        self._summarise()

    @property
    def finish(self) -> int:
        """The latest finish of what is scheduled, in wall minutes."""
        return max((row.finish for row in self.rows.values() if row.active), default=self.opening)

    # -- scheduled activities ----------------------------------------------------------------

    def _place(self, row: Row, placed: ScheduledActivity) -> None:
        activity = self._activity(row)
        mode = activity.modes[placed.mode]
        row.start = self._clock.minute(placed.start)
        row.finish = self._clock.end_minute(placed.finish)
        row.milestone = activity.kind is not Kind.HAMMOCK and mode.duration == 0
        row.elapsed = mode.elapsed
        row.needs = mode.needs
        if placed.start == placed.finish:
            row.start = row.finish
        effective = self._calendars.book.effective(activity, placed.mode)
        choose_calendar(row, activity, mode, effective, self._calendars)
        work = (row.calendar or self._calendars.default).work
        if row.elapsed:
            row.duration = row.finish - row.start
        else:
            row.duration = work.work_between(row.start, row.finish)
        apply_progress(row, activity, placed, work, self._clock)
        self._engines[row.id] = Engine(work, row.duration, row.elapsed)
        self._format(row, activity, mode)
        self._stated.of_activity(row, activity, self._engines[row.id])
        self._tell(row, activity, mode, placed)

    def _format(self, row: Row, activity: Activity, mode: Mode) -> None:
        text = activity.duration_text if len(activity.modes) == 1 else ""
        row.format = duration_format(text, mode.duration, self._project.day, row.elapsed)
        if activity.assumed:
            row.format += ESTIMATED

    # -- hammocks, what is off the plan, groups ------------------------------------------------

    def _span(self, row: Row) -> None:
        """Link a hammock to the events it spans; people on it are named, not assigned."""
        spans = self._activity(row).spans
        if spans is None:
            return
        for event, ordering in ((spans[0], True), (spans[1], False)):
            predecessor = self._at_event(event)
            if predecessor is None or any(link.predecessor == predecessor for link in row.links):
                continue
            at_start = event.end is End.START
            if ordering:
                type_ = LinkType.SS if at_start else LinkType.FS
            else:
                type_ = LinkType.SF if at_start else LinkType.FF
            row.links.append(LinkRow(predecessor, type_))
        kept = [need for need in row.needs if self._project.resources[need.resource].holds]
        for need in row.needs:
            if need not in kept:
                name = self._project.resources[need.resource].name
                row.notes.append(f"Involved: {name}")
                self._remarks.add("People on a hammock are named in its notes", row.id)
        row.needs = tuple(kept)

    def _at_event(self, event: Event) -> str | None:
        """Return the activity whose date the event has; None for the plan's own ends."""
        if event.id in self._schedule.activities:
            return event.id
        if event.id not in self._project.groups:
            return None
        inside = [id_ for id_ in self._project.leaves(event.id) if id_ in self._engines]
        inside = [id_ for id_ in inside if self._activity(self.rows[id_]).kind is not Kind.HAMMOCK]
        if not inside:
            return None
        if event.end is End.START:
            return min(inside, key=lambda id_: self.rows[id_].start)
        return max(inside, key=lambda id_: self.rows[id_].finish)

    def _leave_out(self) -> None:
        """Date what is not on the plan of record, as inactive tasks, by its links alone."""
        out = {
            id_: activity
            for id_, activity in self._project.activities.items()
            if id_ not in self._schedule.activities
        }
        before: dict[str, list[LinkRow]] = {id_: [] for id_ in out}
        for link in self._project.dependencies:
            successors = [id_ for id_ in self._inside(link.successor) if id_ in out]
            for id_ in successors:
                known = {row.predecessor for row in before[id_]}
                before[id_].extend(
                    LinkRow(other, link.type)
                    for other in self._inside(link.predecessor)
                    if other not in known and other != id_
                )
        for id_ in _sorted(before):
            row, activity = self.rows[id_], out[id_]
            row.links = [link for link in before[id_] if link.predecessor in self._engines]
            self._estimate(row, activity)

    def _estimate(self, row: Row, activity: Activity) -> None:
        mode = activity.modes[0]
        effective = self._calendars.book.effective(activity)
        choose_calendar(row, activity, mode, effective, self._calendars)
        row.active = False
        row.elapsed, row.duration = mode.elapsed, mode.duration
        row.milestone = mode.duration == 0 and activity.kind is not Kind.HAMMOCK
        work = (row.calendar or self._calendars.default).work
        engine = self._engines[row.id] = Engine(work, row.duration, row.elapsed)
        try:
            row.start = self._pins.logic(row)
            row.finish = engine.finish(row.start)
        except CalendarExhaustedError:
            self._at_a_stretch(row)
        self._dates[row.id] = (row.start, row.finish)
        self._format(row, activity, mode)
        if activity.branch is not None:
            row.notes.append(f"Done only on No-Go of {activity.branch}")
            self._remarks.add("Done only on No-Go, so written as inactive", row.id)

    def _at_a_stretch(self, row: Row) -> None:
        """Date what finds no working time before its calendar ends: it is never scheduled."""
        row.calendar, row.elapsed = None, True
        self._engines[row.id] = Engine(self._calendars.default.work, row.duration, elapsed=True)
        before = [self._dates[link.predecessor][1] for link in row.links]
        row.start = max(before, default=self._pins.opening)
        row.finish = row.start + row.duration
        self._remarks.add("Finds no working time in its calendars, so shown at a stretch", row.id)

    def _inside(self, id_: str) -> Sequence[str]:
        return (id_,) if id_ in self._project.activities else self._members[id_]

    def _summarise(self) -> None:
        for row in self.rows.values():
            if not row.summary:
                continue
            inside = [self.rows[id_] for id_ in self._inside(row.id)]
            dated = [one for one in inside if one.active] or inside
            row.active = any(one.active for one in inside)
            row.start = min((one.start for one in dated), default=self.opening)
            row.finish = max((one.finish for one in dated), default=row.start)
            span = self._schedule.groups.get(row.id)
            if span is not None and row.finish > self._clock.end_minute(span[1]):
                self._remarks.add("In Project a group ends with the hammocks inside", row.id)
            work = self._calendars.default.work
            row.duration = work.work_between(row.start, row.finish)
            row.format = NO_FORMAT
            first = min((one.start for one in dated if one.actual_start is None), default=None)
            self._stated.of_group(row, self._project.groups[row.id], first)

    # -- pins ----------------------------------------------------------------------------------

    def _pin(self, scheduled: list[str], options: Options) -> None:
        for id_ in scheduled:
            self._dates[id_] = (self.rows[id_].start, self.rows[id_].finish)
        for id_, (start, finish) in self._schedule.groups.items():
            self._dates[id_] = (self._clock.minute(start), self._clock.end_minute(finish))
        for row in self.rows.values():
            if row.summary:
                self._pins.add_summary(row)
        for id_ in scheduled:
            row = self.rows[id_]
            row.manual = options.pin is Pin.MANUAL
            self._pins.pin(row, self._floor(id_))

    def _floor(self, id_: str) -> int | None:
        bounds = [
            self._clock.minute(constraint.earliest)
            for group in self._project.ancestors(id_)
            for constraint in group.constraints
            if constraint.type is ConstraintType.SNET and constraint.earliest is not None
        ]
        return max(bounds, default=None)

    def _activity(self, row: Row) -> Activity:
        return self._project.activities[row.id]

    # -- what cannot be said -------------------------------------------------------------------

    def _tell(self, row: Row, activity: Activity, mode: Mode, placed: ScheduledActivity) -> None:
        add = self._remarks.add
        if activity.kind is not Kind.HAMMOCK and row.actual_start is None:
            if row.duration != mode.duration:
                row.notes.append(f"Takes {mode.duration} minutes; the clock changes meanwhile")
                add("Longer or shorter on the clock, which changes meanwhile", row.id)
            if self._clock.is_second_pass(placed.start):
                add("Starts in the second pass of an hour that occurs twice", row.id)
        for within in activity.within:
            add("Project has no windows: the dates keep them, nothing watches them", row.id)
            row.notes.append(f"Within window {self._project.windows[within.window].name}")
        for window in activity.forbidden:
            add("Project has no windows: the dates keep them, nothing watches them", row.id)
            row.notes.append(f"Not during window {self._project.windows[window].name}")
        if activity.unbroken:
            add("Must run without a pause, which Project does not know", row.id)
            row.notes.append("Must run without a pause")
        if len(activity.modes) > 1:
            add("One of several ways of doing it, the one chosen here", row.id)


def _sorted(before: dict[str, list[LinkRow]]) -> list[str]:
    """Return ids so that predecessors come first; in their own order where links run round."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for id_, links in before.items():
        sorter.add(id_, *(link.predecessor for link in links if link.predecessor in before))
    try:
        return list(sorter.static_order())
    except CycleError:
        return list(before)
