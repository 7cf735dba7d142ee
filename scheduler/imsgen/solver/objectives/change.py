"""Little change: few people who are told a new time, then few minutes of shift."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.model import Instant, Placement
from imsgen.solver.dates import begin_of, way_of
from imsgen.solver.objectives.measure import Given, Span, Values
from imsgen.solver.problem import Job, Problem, Way
from imsgen.solver.profile import NEVER


class Change:
    """What differs from the published dates; what is finished or new is no change.

    The second level is working minutes of each job's calendar.
    """

    names: tuple[str, ...] = ("people told", "shift")

    def __init__(self, problem: Problem, given: Given) -> None:
        self.problem = problem
        self.given = given
        self.told: dict[str, int] = {}
        """How many changed activities concern a person; who is told of none is not in it."""
        self.moved = 0
        self.shift = 0

    def put(self, job: Job, place: Placement, sign: int = 1) -> None:
        """Count a job at a place."""
        old = self.given.get(job.id)
        if old is None or job.fixed is not None or not changed(job, old, place):
            return
        self.moved += sign
        self.shift += sign * shift(job, old, place)
        for person in dict.fromkeys((*self.people(job, old.mode), *self.people(job, place.mode))):
            times = self.told.get(person, 0) + sign
            if times:
                self.told[person] = times
            else:
                del self.told[person]

    def people(self, job: Job, mode: int) -> Iterator[str]:
        """Yield who is told when a job in a mode moves: at least somebody, if only by its id."""
        project = self.problem.project
        activity = project.activities[job.id]
        gate = project.gates.get(job.id)
        found = [one for one in (activity.owner, activity.backup) if one is not None]
        if gate is not None:
            found += [*gate.decides, *gate.who]
        if mode < len(activity.modes):
            needs = activity.modes[mode].needs
            found += [one.resource for one in needs if not project.resources[one.resource].holds]
        yield from found or [f"activity {job.id}"]

    def hold(self, resource: str, units: int, start: int, finish: int, sign: int = 1) -> None:
        """Count nothing: a hammock follows what it spans."""

    def values(self) -> Values:
        """Return people told and minutes of shift, and how many activities moved."""
        return (len(self.told), self.shift, self.moved)

    def concerns(self, job: Job) -> bool:
        """Whether a job has published dates."""
        return job.id in self.given and job.fixed is None

    def target(self, job: Job) -> Instant | None:
        """Return the published start."""
        old = self.given.get(job.id)
        return None if old is None else old.start

    def bounds(self, span: Span) -> Values:
        """Return who is told, and the shift, when only what must moves."""
        told: dict[str, None] = {}
        least = 0
        for job in self.problem.jobs:
            old = self.given.get(job.id)
            if old is None or job.fixed is not None:
                continue
            minutes = self._least(job, old, span)
            if minutes is not None:
                told.update(dict.fromkeys(self.people(job, old.mode)))
                least += minutes
        return (len(told), least)

    def leaves(self, job: Job, span: Span) -> bool:
        """Whether a job with published dates must move."""
        return self._least(job, self.given[job.id], span) is not None

    def _least(self, job: Job, old: Placement, span: Span) -> int | None:
        """Return how far a job must move; None: perhaps it may stay."""
        early, last = span.early[job.number], span.late.starts[job.number]
        if last <= -NEVER:
            return None
        forward = min(_behind(one, job, old, early) for one in job.ways)
        if forward:
            return forward
        way = next((one for one in job.ways if one.mode == old.mode), None)
        if way is None:
            return 0
        begin = begin_of(job, way, old)
        if begin > last or old.finish > span.late.finishes[job.number]:
            return min(max(0, int(one.calendar.work_between(last, begin))) for one in job.ways)
        return None if _stands(job, way, old, begin, early) else 0

    def shown(self, levels: Values) -> Values:
        """Return the levels as they are."""
        return levels


def changed(job: Job, old: Placement, new: Placement) -> bool:
    """Whether anybody has to be told: the finish, the way or a start that is still open differs."""
    if old.finish != new.finish or old.mode != new.mode:
        return True
    return job.began is None and old.start != new.start


def shift(job: Job, old: Placement, new: Placement) -> int:
    """Return the working minutes the start or the finish moves by, whichever is more."""
    calendar = way_of(job, new.mode).calendar
    minutes = abs(calendar.work_at(new.finish) - calendar.work_at(old.finish))
    if job.began is None:
        minutes = max(minutes, abs(calendar.work_at(new.start) - calendar.work_at(old.start)))
    return int(minutes)


def _stands(job: Job, way: Way, old: Placement, begin: int, early: Placement) -> bool:
    """Whether calendars and early dates allow a published place."""
    if old.finish < early.finish or (job.began is None and old.start < early.start):
        return False
    calendar = way.calendar
    touches = calendar.touches(begin) if job.milestone else calendar.is_working(begin)
    return touches and calendar.work_between(begin, old.finish) == way.duration


def _behind(way: Way, job: Job, old: Placement, early: Placement) -> int:
    """Return by how many minutes a published job starts or finishes before its early dates."""
    calendar = way.calendar
    minutes = max(0, calendar.work_at(early.finish) - calendar.work_at(old.finish))
    if job.began is None:
        minutes = max(minutes, calendar.work_at(early.start) - calendar.work_at(old.start))
    return int(minutes)
