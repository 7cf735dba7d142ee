"""A schedule whose jobs are moved one by one: where each may go, and what that is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Placement
from imsgen.solver.alap import ceiling
from imsgen.solver.dates import begin_of, earliest, highs, lows, settle, way_of
from imsgen.solver.hammocks import hammock_spans, holding
from imsgen.solver.objective import counts_start, job_tardiness, start_value
from imsgen.solver.objectives.loads import LeanPool
from imsgen.solver.objectives.measure import Measure, Span, Values
from imsgen.solver.occurrences import chosen_occurrences
from imsgen.solver.passes import latest_stretch
from imsgen.solver.problem import Job, Problem, Way
from imsgen.solver.profile import NEVER

CHOICES = 24
"""Starts tried of one way of a job besides the first, the last and the one it should have."""


class Layout:
    """Every job at its place, with what is booked, measured and allowed.

    No move makes a job later than its deadline, its groups' or the plan's finish allow, or later
    than it already was: tardiness and finish only ever get less.
    """

    def __init__(
        self, problem: Problem, places: Sequence[Placement], measure: Measure, span: Span
    ) -> None:
        self.problem = problem
        self.measure = measure
        self.span = span
        self.spent = 0
        """Places tried."""
        self.guided = True
        """Whether guides count before the sum of starts; without them jobs only move early."""
        self.places: list[Placement | None] = list(places)
        self.chosen = chosen_occurrences(problem, places)
        self.pool = LeanPool(problem)
        self.starts = 0
        self.caps = _caps(problem, places, span.finish)
        self._tardy = [
            job_tardiness(job, place) for job, place in zip(problem.jobs, places, strict=True)
        ]
        self._spanned = holding(problem)
        self._held: list[tuple[str, int, int, int]] = []
        for job, place in zip(problem.jobs, places, strict=True):
            self._count(job, place, 1)
        self._hold(hammock_spans(problem, places))

    def values(self) -> Values:
        """Return levels and, if guided, guides of the objective, then the sum of starts."""
        values = self.measure.values()
        if not self.guided:
            values = values[: len(self.measure.names)]
        return (*values, self.starts)

    def complete(self) -> list[Placement]:
        """Return the places when none is missing."""
        return [place for place in self.places if place is not None]

    # -- moves -------------------------------------------------------------------------------

    def take(self, job: Job) -> Placement:
        """Take a job away and return where it stood."""
        place = self.places[job.number]
        if place is None:
            raise AssertionError(job.id)
        self._count(job, place, -1)
        self.places[job.number] = None
        return place

    def put(self, job: Job, place: Placement) -> None:
        """Give a job a place."""
        self.places[job.number] = place
        self._count(job, place, 1)

    def follow(self) -> bool:
        """Book what hammocks hold now that every job stands; False: there is not enough."""
        spans = hammock_spans(self.problem, self.complete())
        if spans == self._held:
            return True
        self._hold(spans)
        return not any(self.pool.overbooked(resource) for resource, _, _, _ in spans)

    def spanned(self, jobs: Sequence[Job]) -> bool:
        """Whether what a hammock holds depends on one of the jobs."""
        return any(job.number in self._spanned for job in jobs)

    def _count(self, job: Job, place: Placement, sign: int) -> None:
        self.measure.put(job, place, sign)
        if counts_start(job):
            self.starts += sign * start_value(job, place)
        if job.fixed is None:
            way = way_of(job, place.mode)
            if way.needs:
                self.pool.book(way, begin_of(job, way, place), place.finish, sign)

    def _hold(self, spans: list[tuple[str, int, int, int]]) -> None:
        for resource, units, start, finish in self._held:
            self.pool.hold(resource, -units, start, finish)
            self.measure.hold(resource, units, start, finish, -1)
        for resource, units, start, finish in spans:
            self.pool.hold(resource, units, start, finish)
            self.measure.hold(resource, units, start, finish)
        self._held = spans

    # -- where a job may go ------------------------------------------------------------------

    def choices(self, job: Job) -> list[Placement]:
        """Return places for a job that was taken away, the earliest of each way first."""
        found: dict[Placement, None] = {}
        for way in job.ways:
            try:
                for place in self._places(job, way):
                    found[place] = None
            except CalendarExhaustedError:
                continue
        return list(found)

    def _places(self, job: Job, way: Way) -> Iterator[Placement]:
        start_low, finish_low = lows(self.problem, job, way, self.places)
        first = earliest(job, way, start_low, finish_low, self.chosen)
        start_by, finish_by = self._ceiling(job, way)
        if first is None or first[0] > start_by or first[1] > finish_by:
            return
        last = latest_stretch(job, way, start_by, finish_by)[0]
        seen: dict[int, None] = {}
        for instant in self._instants(job, way, first[0], last):
            found = settle(job, way, instant, self.chosen)
            for _ in range(3):
                self.spent += 1
                if found is None or found[0] > start_by or found[1] > finish_by:
                    break
                later = self.pool.conflict(way, *found) if way.needs else None
                if later is None:
                    if found[0] not in seen:
                        seen[found[0]] = None
                        start = found[0] if job.began is None else job.began
                        place = Placement(start, found[1], way.mode)
                        if self._fits(job, place):
                            yield place
                    break
                found = settle(job, way, later, self.chosen) if later < NEVER else None

    def _ceiling(self, job: Job, way: Way) -> tuple[int, int]:
        start_by, finish_by = ceiling(self.problem, job, way, self.places, self.caps[job.number])
        late = self.span.late
        if late.starts[job.number] > -NEVER:
            start_by = min(start_by, late.starts[job.number])
            finish_by = min(finish_by, late.finishes[job.number])
        return start_by, finish_by

    def _fits(self, job: Job, place: Placement) -> bool:
        """Whether what follows within a maximal lag, and the deadline, allow a place."""
        if len(job.ways) > 1 and job_tardiness(job, place) > self._tardy[job.number]:
            return False
        problem = self.problem
        followers = [one for one in problem.followers[job.number] if problem.uppers_of[one]]
        if not followers:
            return True
        self.places[job.number] = place
        try:
            return all(self._in_time(problem.jobs[one]) for one in followers)
        finally:
            self.places[job.number] = None

    def _in_time(self, job: Job) -> bool:
        place = self.places[job.number]
        if place is None or job.fixed is not None:
            return True
        way = way_of(job, place.mode)
        start_by, finish_by = highs(self.problem, job, way, self.places)
        return (start_by is None or begin_of(job, way, place) <= start_by) and (
            finish_by is None or place.finish <= finish_by
        )

    def _instants(self, job: Job, way: Way, first: int, last: int) -> Iterator[int]:
        """Yield starts to try: both ends, the one wanted, and where something changes between."""
        yield first
        target = self.measure.target(job)
        if target is not None and first < target <= last:
            yield target
        inner: dict[int, None] = {}
        calendar = way.calendar
        for id_, _ in way.needs:
            for instant in self._steps(id_, first, calendar.add(last, way.duration)):
                if first < instant < last:
                    inner[instant] = None
                done = calendar.work_at(instant) - way.duration
                before = calendar.start_of(done) if done >= 0 else first
                if first < before < last:
                    inner[before] = None
        if way.needs or not job.milestone:
            for begin, end in islice(calendar.intervals(first, last), CHOICES):
                done = calendar.work_at(end) - way.duration
                for instant in (begin, calendar.start_of(done) if done >= 0 else begin):
                    if first < instant < last:
                        inner[instant] = None
        between = sorted(inner)
        every = -(-len(between) // CHOICES) or 1
        yield from between[self.spent % every :: every]
        if last > first:
            yield last

    def _steps(self, resource: str, first: int, last: int) -> Iterator[int]:
        """Yield the instants in a stretch of time at which the use of a resource changes."""
        profile = self.pool.lean[resource]
        axis = self.pool.axis(resource)
        low, high = (first, last) if axis is None else (axis.work_at(first), axis.work_at(last))
        for i in range(profile.at(low) + 1, len(profile.positions)):
            position = profile.positions[i]
            if position > high:
                return
            yield position if axis is None else int(axis.start_of(position))


def _caps(problem: Problem, places: Sequence[Placement], finish: int) -> list[int]:
    """Return until when each job may finish so that nothing is later than it was."""
    caps = [finish] * len(problem.jobs)
    for job, place in zip(problem.jobs, places, strict=True):
        if job.deadline is not None and job.priority > 0:
            caps[job.number] = min(finish, max(job.deadline, place.finish))
    project = problem.project
    for group in project.groups.values():
        if group.deadline is None or group.priority <= 0:
            continue
        inside = [
            problem.number[leaf] for leaf in project.leaves(group.id) if leaf in problem.number
        ]
        due = max([group.deadline, *(places[one].finish for one in inside)])
        for one in inside:
            caps[one] = min(caps[one], due)
    return caps
