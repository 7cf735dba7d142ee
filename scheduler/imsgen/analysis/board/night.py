"""The night board: what runs, what is next, what is late and what that costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from imsgen.analysis.board.cost import cost_of
from imsgen.analysis.board.model import Board, GateState, Handover, Late, Lateness, Next, Running
from imsgen.analysis.board.projection import Projected, Projection
from imsgen.calendars import CalendarBook
from imsgen.model import (
    Activity,
    Dependency,
    DriverKind,
    Instant,
    Kind,
    Progress,
    Project,
    Schedule,
)
from imsgen.schedule.diary.text import one_line

_EACH = 12
"""So many late activities are each asked what they alone cost."""
_NONE = Progress()


def with_progress(schedule: Schedule, plan: Project) -> Project:
    """Return the schedule's own plan with what is reported in the plan as it is now.

    What the plan adds or changes besides is not in the schedule, and left out.
    """
    project = schedule.project
    activities = {
        id_: replace(one, progress=plan.activities[id_].progress)
        if id_ in plan.activities
        else one
        for id_, one in project.activities.items()
    }
    return replace(project, activities=activities, status_date=plan.status_date)


def night_board(schedule: Schedule, project: Project, at: Instant, span: int) -> Board:
    """Return how the work of a schedule stands.

    Parameters
    ----------
    project
        The schedule's plan with what has been reported since, see :func:`with_progress`.
    at
        The moment. Where the plan has a status date, what is not reported has not happened; where
        it has none, everything is taken to go as planned.
    span
        Minutes in which what begins is next.
    """
    return _Night(schedule, project, at, span).board()


class _Night:
    def __init__(self, schedule: Schedule, project: Project, at: Instant, span: int) -> None:
        self._schedule, self._project = schedule, project
        self._at, self._until = at, Instant(at + span)
        self._book = CalendarBook(project)
        self._planned = project.status_date is None
        self._projection = Projection(schedule, project)
        self._expected = self._projected()
        self._late = {} if self._planned else dict(self._lateness())

    def board(self) -> Board:
        project = self._project
        work = [
            id_ for id_ in self._schedule.activities
            if project.activities[id_].kind is not Kind.HAMMOCK
        ]  # fmt: skip
        together = cost_of(self._schedule, self._expected, self._book) if self._late else None
        return Board(
            at=self._at,
            until=self._until,
            reported=project.status_date,
            finish=(self._schedule.finish, self._expected.finish),
            done=sum(self._done(id_) for id_ in work),
            total=len(work),
            running=tuple(self._running()),
            next=tuple(self._next()),
            late=tuple(self._costs()),
            cost=together,
            gates=tuple(self._gates()),
            handovers=tuple(self._handovers()),
        )

    # -- what has happened -------------------------------------------------------------------

    def _progress(self, id_: str) -> Progress:
        return self._project.activities[id_].progress or _NONE

    def _done(self, id_: str) -> bool:
        if self._planned:
            return self._schedule.activities[id_].finish <= self._at
        return self._progress(id_).actual_finish is not None or self._reached(id_)

    def _reached(self, id_: str) -> bool:
        """Whether a milestone is true by itself: its time has come and all before it is done.

        A gate is not: somebody decides it, and says so.
        """
        if self._project.activities[id_].kind is not Kind.MILESTONE:
            return False
        before = self._before(id_)
        due = self._schedule.activities[id_].start <= self._at
        return due and bool(before) and all(map(self._done, before))

    def _before(self, id_: str) -> list[str]:
        """Return the activities that one follows, those of groups one by one."""
        around = (id_, *(group.id for group in self._project.ancestors(id_)))
        return [
            leaf
            for one in around
            for link in self._incoming.get(one, ())
            for leaf in self._project.leaves(link.predecessor)
            if leaf in self._schedule.activities
        ]

    @cached_property
    def _incoming(self) -> Mapping[str, list[Dependency]]:
        found: dict[str, list[Dependency]] = {}
        for link in self._project.dependencies:
            found.setdefault(link.successor, []).append(link)
        return found

    def _begun(self, id_: str) -> bool:
        """Whether something with a length has begun and is not done."""
        dates = self._schedule.activities[id_]
        if self._planned:
            return dates.start <= self._at < dates.finish
        progress = self._progress(id_)
        return progress.actual_start is not None and progress.actual_finish is None

    def _lateness(self) -> Iterator[tuple[str, tuple[Lateness, int]]]:
        """Yield what is late of itself, with elapsed minutes: not what waits for something late."""
        for id_, dates in self._schedule.activities.items():
            if self._project.activities[id_].kind is Kind.HAMMOCK:
                continue
            late = self._expected.places[id_].finish - dates.finish
            progress = self._progress(id_)
            if progress.actual_start is None:
                if dates.start < self._at and not self._reached(id_) and not self._waits(id_):
                    yield id_, (Lateness.NOT_BEGUN, self._at - dates.start)
            elif late > 0 and self._of_itself(id_, progress.actual_start):
                if progress.actual_finish is None:
                    yield id_, (Lateness.LONGER, late)
                elif self._known(id_) != progress.actual_finish:
                    yield id_, (Lateness.DONE_LATE, late)

    def _known(self, id_: str) -> Instant | None:
        """Return the finish that the schedule knows to have happened."""
        progress = self._schedule.project.activities[id_].progress
        return None if progress is None else progress.actual_finish

    def _waits(self, id_: str) -> bool:
        """Whether something an activity follows, or takes its people from, is not done."""
        driver = self._schedule.activities[id_].driver
        before = self._before(id_)
        if driver is not None and driver.kind is DriverKind.RESOURCE:
            before = [*before, driver.id]
        return not all(self._done(one) for one in before if one in self._expected.places)

    def _of_itself(self, id_: str, begun: Instant) -> bool:
        """Whether work takes longer than planned, or began late though it could have begun."""
        dates, activity = self._schedule.activities[id_], self._project.activities[id_]
        work = self._book.effective(activity, dates.mode)
        until = self._expected.places[id_].finish
        if work.work_between(begun, until) > work.work_between(dates.start, dates.finish):
            return True
        if work.work_between(dates.finish, until) <= 0:
            return False
        before = (self._expected.places[one].finish for one in self._before(id_)
                  if one in self._expected.places)  # fmt: skip
        return max(before, default=dates.start) <= dates.start

    def _projected(self) -> Projected:
        """Return the expected dates: what has not begun does not before now, nor end what runs."""
        if self._planned:
            return self._projection.of({}, {})
        least, ends = self._floors(self._projection.published)
        return self._projection.of(least, ends)

    def _floors(self, ids: Iterable[str]) -> tuple[dict[str, Instant], dict[str, Instant]]:
        least = {
            id_: self._at
            for id_ in ids
            if self._progress(id_).actual_start is None and not self._reached(id_)
        }
        return least, {id_: self._at for id_ in ids if self._begun(id_)}

    # -- parts -------------------------------------------------------------------------------

    def _running(self) -> Iterator[Running]:
        found = []
        for id_, dates in self._schedule.activities.items():
            activity = self._project.activities[id_]
            if activity.kind is Kind.HAMMOCK:
                if dates.start <= self._at < dates.finish:
                    found.append(self._run(activity, dates.start, dates.finish))
            elif self._begun(id_):
                since = self._progress(id_).actual_start or dates.start
                found.append(self._run(activity, since, self._expected.places[id_].finish))
        yield from sorted(found, key=lambda one: (one.until, one.id))

    def _run(self, activity: Activity, since: Instant, until: Instant) -> Running:
        dates = self._schedule.activities[activity.id]
        work = self._book.effective(activity, dates.mode)
        length = work.work_between(since, until)
        done = work.work_between(since, self._at)
        return Running(
            activity.id,
            self._who(activity.id),
            since,
            until,
            dates.finish,
            max(0, min(100, round(100 * done / length))) if length > 0 else 0,
            self._progress(activity.id).percent_complete,
        )

    def _next(self) -> Iterator[Next]:
        found = []
        for id_, place in self._expected.places.items():
            if self._done(id_) or self._begun(id_) or not self._at <= place.start < self._until:
                continue
            around = (id_, *(group.id for group in self._project.ancestors(id_)))
            links = [link for one in around for link in self._incoming.get(one, ())]
            open_ = [one.predecessor for one in links if not self._all_done(one.predecessor)]
            planned, waits = self._schedule.activities[id_].start, tuple(dict.fromkeys(open_))
            found.append(Next(id_, self._who(id_), place.start, planned, place.finish, waits))
        yield from sorted(found, key=lambda one: (one.start, one.finish, one.id))

    def _all_done(self, id_: str) -> bool:
        leaves = self._project.leaves(id_)
        return all(self._done(one) for one in leaves if one in self._expected.places)

    def _costs(self) -> Iterator[Late]:
        each = len(self._late) <= _EACH
        ranked = sorted(self._late.items(), key=lambda one: (-one[1][1], one[0]))
        for id_, (kind, minutes) in ranked:
            cost = cost_of(self._schedule, self._alone(id_), self._book) if each else None
            yield Late(id_, self._who(id_), kind, minutes, cost)

    def _alone(self, id_: str) -> Projected:
        """Return the expected dates were only this late, and what follows it as it is reported."""
        if len(self._late) == 1:
            return self._expected
        behind = self._projection.downstream(id_)
        ids = [one for one in self._projection.published if one in behind]
        return self._projection.of(*self._floors(ids), only=behind)

    def _gates(self) -> Iterator[GateState]:
        for id_, back in self._schedule.rollbacks.items():
            if not self._done(id_):
                expected = self._expected.places[id_].finish
                yield GateState(id_, back.decided, expected, back.verdict, back.latest)

    def _handovers(self) -> Iterator[Handover]:
        """Yield who hands over to whom in the coming hours: by a link or a resource that drives."""
        found = []
        for one in self._next():
            driver = self._schedule.activities[one.id].driver
            if driver is None or driver.kind not in {DriverKind.LINK, DriverKind.RESOURCE}:
                continue
            if driver.id not in self._expected.places or self._done(driver.id):
                continue
            giver = self._who(driver.id)
            if giver and one.who and giver != one.who:
                found.append(
                    Handover(one.start, giver, driver.id, one.who, one.id, driver.resource)
                )
        yield from found

    def _who(self, id_: str) -> str:
        """Return the owner, else who decides or works on it, by name; empty: the plan names none."""
        activity = self._project.activities[id_]
        resources = self._project.resources
        mode = activity.modes[self._schedule.activities[id_].mode]
        gate = self._project.gates.get(id_)
        people = [activity.owner] if activity.owner else list(gate.decides if gate else ())
        people = people or [
            need.resource for need in mode.needs if not resources[need.resource].holds
        ]
        names = (resources[one].name if one in resources else one for one in people)
        return ", ".join(one_line(name) for name in names)
