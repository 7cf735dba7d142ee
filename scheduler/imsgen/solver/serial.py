"""The serial schedule: one job after the other, each at its first free place, in milliseconds.

When a job finds no place (an upper bound, a maximal lag, a window its group shares) the build is
repeated with that job and what it waits for first, its predecessor later, or the group in its next
occurrence. Some plans are too tight for that; the exact model answers those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Placement
from imsgen.network.bounds import FROM_FINISH, TO_FINISH, start_for_finish
from imsgen.solver.dates import (
    Stretch,
    begin_of,
    earliest,
    highs,
    lag_calendar,
    link_event,
    lows,
    settle,
    way_of,
)
from imsgen.solver.hammocks import hammock_spans
from imsgen.solver.pool import Pool
from imsgen.solver.problem import Job, Problem, Way
from imsgen.solver.profile import NEVER

REPAIRS = 60
"""How often a build is repeated before it is given up."""


@dataclass(slots=True)
class Guidance:
    """What a build must keep to besides the plan; repairs add to it."""

    chosen: dict[tuple[str, str], int] = field(default_factory=dict)
    """Occurrence by (group, window) for groups that go together."""
    raised: dict[int, int] = field(default_factory=dict)
    """Later start bounds by job."""
    boost: dict[int, int] = field(default_factory=dict)
    """How much sooner than by its key a job is placed."""
    modes: Sequence[int] | None = None
    """The mode of every job, where it is given."""
    reserved: list[tuple[str, int, int, int]] = field(default_factory=list)
    """Bookings for hammocks: resource, units, start, finish."""
    pinned: dict[int, Placement] = field(default_factory=dict)
    """Where jobs already stand."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A job without a place; ``late_after`` names predecessors it follows too late."""

    job: int
    places: Sequence[Placement | None]
    start: int | None = None


class Serial:
    """Builds schedules of one problem; counts the places it tried in ``spent``."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.pool = Pool(problem)
        self.spent = 0
        self._waiting = [
            len({one for lower in problem.lowers_of[job.number] for one in lower.predecessors})
            for job in problem.jobs
        ]
        self._followers = problem.followers
        self._ancestors: dict[int, list[int]] = {}

    def build(
        self, keys: Sequence[float], guidance: Guidance | None = None, repairs: int = REPAIRS
    ) -> list[Placement] | Failure:
        """Return a schedule that prefers jobs with small keys, repaired as far as possible."""
        guide = guidance or Guidance()
        outcome = self.once(keys, guide)
        for _ in range(repairs):
            if isinstance(outcome, Failure):
                if not self._repair(outcome, guide):
                    return outcome
            else:
                spans = self._overbooked(outcome, guide)
                if not spans:
                    return outcome
                if spans == guide.reserved:
                    break
                guide.reserved = spans
            outcome = self.once(keys, guide)
        if isinstance(outcome, list) and self._overbooked(outcome, guide):
            return Failure(0, outcome)
        return outcome

    def once(self, keys: Sequence[float], guide: Guidance) -> list[Placement] | Failure:
        """Return one schedule without repairs."""
        jobs, pool = self.problem.jobs, self.pool
        pool.clear()
        for resource, units, start, finish in guide.reserved:
            pool.hold(resource, units, start, finish)
        places: list[Placement | None] = [job.fixed for job in jobs]
        for number, place in guide.pinned.items():
            places[number] = place
            self._book_pinned(jobs[number], place)
        waiting = list(self._waiting)
        for job in jobs:
            if places[job.number] is not None:
                self._release(job.number, waiting, places)
        boost = guide.boost
        ready = [
            (boost.get(job.number, 0), keys[job.number], job.number)
            for job in jobs
            if places[job.number] is None and waiting[job.number] == 0
        ]
        heapify(ready)
        while ready:
            number = heappop(ready)[2]
            job = jobs[number]
            found = self._place(job, places, guide)
            if isinstance(found, Failure):
                return found
            places[number] = found
            for follower in self._release(number, waiting, places):
                heappush(ready, (boost.get(follower, 0), keys[follower], follower))
        return [place for place in places if place is not None]

    def _book_pinned(self, job: Job, place: Placement) -> None:
        """Book what a job needs where it stands; nothing for what is finished."""
        if job.fixed is None:
            way = way_of(job, place.mode)
            self.pool.book(way, begin_of(job, way, place), place.finish)

    def _release(
        self, number: int, waiting: list[int], places: Sequence[Placement | None]
    ) -> list[int]:
        """Count a job as placed; return the followers that are ready by it."""
        found = []
        for follower in self._followers[number]:
            waiting[follower] -= 1
            if waiting[follower] == 0 and places[follower] is None:
                found.append(follower)
        return found

    def _place(
        self, job: Job, places: Sequence[Placement | None], guide: Guidance
    ) -> Placement | Failure:
        best: tuple[int, int, Way] | None = None
        too_late: int | None = None
        for way in job.ways:
            given = None if guide.modes is None else guide.modes[job.number]
            if len(job.ways) > 1 and given not in {None, way.mode}:
                continue
            found = self._first(job, way, places, guide)
            self.spent += 1
            if found is None:
                continue
            if not self._in_time(job, way, found, places):
                too_late = found[0]
            elif best is None or found[1] < best[1]:
                best = (found[0], found[1], way)
        if best is None:
            return Failure(job.number, tuple(places), too_late)
        start, finish, way = best
        self.pool.book(way, start, finish)
        for stay in job.stays:
            if stay.together is not None and stay.together not in guide.chosen:
                guide.chosen[stay.together] = next(
                    i
                    for i, (first, last) in enumerate(stay.occurrences)
                    if first <= start and finish <= last
                )
        if job.began is not None:
            start = job.began
        return Placement(start, finish, way.mode)  # type: ignore[arg-type]

    def _first(
        self, job: Job, way: Way, places: Sequence[Placement | None], guide: Guidance
    ) -> Stretch | None:
        """Return the first place by dates, links and what is free."""
        try:
            start_low, finish_low = lows(self.problem, job, way, places)
        except CalendarExhaustedError:
            return None
        start_low = max(start_low, guide.raised.get(job.number, start_low))
        found = earliest(job, way, start_low, finish_low, guide.chosen)
        while found is not None and way.needs:
            later = self.pool.conflict(way, *found)
            if later is None:
                return found
            if later >= NEVER:
                return None
            found = settle(job, way, later, guide.chosen)
        return found

    def _in_time(
        self, job: Job, way: Way, found: Stretch, places: Sequence[Placement | None]
    ) -> bool:
        """Whether a place keeps the maximal lags after what stands."""
        if not self.problem.uppers_of[job.number]:
            return True
        start_by, finish_by = highs(self.problem, job, way, places)
        return (start_by is None or found[0] <= start_by) and (
            finish_by is None or found[1] <= finish_by
        )

    # -- repairs -----------------------------------------------------------------------------

    def _repair(self, failure: Failure, guide: Guidance) -> bool:
        """Change the guidance so that the failed job may fit; False: nothing left to try."""
        if failure.start is not None:
            return self._raise_predecessors(failure, failure.start, guide)
        job = self.problem.jobs[failure.job]
        for stay in job.stays:
            if stay.together is None or stay.together not in guide.chosen:
                continue
            following = guide.chosen[stay.together] + 1
            if following < len(stay.occurrences):
                guide.chosen[stay.together] = following
                return True
        level = guide.boost.get(job.number, 0)
        if level <= -8:
            return False
        for ancestor in self._before(job.number):
            guide.boost[ancestor] = min(guide.boost.get(ancestor, 0), level - 1)
        return True

    def _raise_predecessors(self, failure: Failure, start: int, guide: Guidance) -> bool:
        """Move predecessors later so that the job follows within its maximal lags."""
        problem = self.problem
        job = problem.jobs[failure.job]
        way = job.ways[0]
        moved = False
        for upper in problem.uppers_of[job.number]:
            for predecessor in upper.predecessors:
                before, place = problem.jobs[predecessor], failure.places[predecessor]
                if place is None or before.fixed is not None or before.began is not None:
                    continue
                calendar = lag_calendar(problem, upper, predecessor, place.mode, way)
                target: int = start
                if upper.link.type in TO_FINISH:
                    target = way.calendar.finish_of(way.calendar.work_at(start) + way.duration)
                try:
                    target = calendar.add(target, -(upper.link.max_lag or 0))
                    if link_event(upper.link.type, place) >= target:
                        continue
                    if upper.link.type in FROM_FINISH:
                        source = way_of(before, place.mode)
                        target = start_for_finish(source.calendar, target, source.duration)
                except CalendarExhaustedError:
                    continue
                low = max(target, place.start + 1)
                guide.raised[predecessor] = max(guide.raised.get(predecessor, low), low)
                moved = True
        return moved

    def _before(self, number: int) -> list[int]:
        """Return a job and everything it waits for."""
        found = self._ancestors.get(number)
        if found is None:
            reached = {number: None}
            stack = [number]
            while stack:
                for lower in self.problem.lowers_of[stack.pop()]:
                    for one in lower.predecessors:
                        if one not in reached:
                            reached[one] = None
                            stack.append(one)
            found = self._ancestors[number] = sorted(reached)
        return found

    def _overbooked(
        self, places: list[Placement], guide: Guidance
    ) -> list[tuple[str, int, int, int]]:
        """Return what hammocks hold if that is more than is there, else nothing."""
        spans = hammock_spans(self.problem, places)
        for resource, units, start, finish in guide.reserved:
            self.pool.hold(resource, -units, start, finish)
        for resource, units, start, finish in spans:
            self.pool.hold(resource, units, start, finish)
        if any(self.pool.overbooked(resource) for resource, _, _, _ in spans):
            return spans
        return []
