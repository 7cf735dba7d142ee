"""First answers to a disturbance: everything later in the old order, or only what must move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Placement
from imsgen.solver.dates import Chosen, Stretch, begin_of, earliest, highs, lows, settle, way_of
from imsgen.solver.objectives.measure import Given
from imsgen.solver.occurrences import chosen_occurrences
from imsgen.solver.pool import Pool
from imsgen.solver.problem import Job, Problem, Way
from imsgen.solver.profile import NEVER
from imsgen.solver.serial import Failure, Guidance, Serial

Pins = Mapping[int, Placement]
"""Where jobs stand for good, by number."""
Places = Sequence[Placement | None]


def under_way(problem: Problem, given: Given) -> dict[int, Placement]:
    """Return where started work continues: at once, as links, calendars and each other allow.

    Who began first goes on first. What waits for something that has not begun is left out: it
    continues when that is done.
    """
    pool = Pool(problem)
    places: list[Placement | None] = [job.fixed for job in problem.jobs]
    found: dict[int, Placement] = {}
    waiting = [job for job in problem.jobs if job.began is not None and job.fixed is None]
    waiting.sort(key=lambda job: (job.began or 0, job.number))
    for _ in range(len(waiting)):
        ready = next((job for job in waiting if _ready(problem, job, places)), None)
        if ready is None:
            break
        waiting.remove(ready)
        way = published_way(ready, given)
        stretch = free_stretch(problem, ready, way, places, pool)
        if stretch is None or ready.began is None:
            continue
        pool.book(way, *stretch)
        place = Placement(ready.began, stretch[1], way.mode)
        places[ready.number] = found[ready.number] = place
    return found


def _ready(problem: Problem, job: Job, places: Places) -> bool:
    before = [one for lower in problem.lowers_of[job.number] for one in lower.predecessors]
    before += [one for upper in problem.uppers_of[job.number] for one in upper.predecessors]
    return all(places[one] is not None for one in before)


def earliest_beside(
    problem: Problem, early: Sequence[Placement], pins: Pins
) -> Sequence[Placement]:
    """Return early dates that leave what is pinned its resources: no job stands before.

    Jobs with alternatives keep the dates they have by links alone.
    """
    pool = Pool(problem)
    for number, place in pins.items():
        way = way_of(problem.jobs[number], place.mode)
        pool.book(way, begin_of(problem.jobs[number], way, place), place.finish)
    found: list[Placement | None] = [None] * len(problem.jobs)
    for job in problem.jobs:
        place = job.fixed or pins.get(job.number) or early[job.number]
        if job.began is None and job.fixed is None and len(job.ways) == 1:
            stretch = free_stretch(problem, job, job.ways[0], found, pool)
            if stretch is not None:
                start, finish = max(place.start, stretch[0]), max(place.finish, stretch[1])
                place = Placement(start, finish, place.mode)
        found[job.number] = place
    return [place for place in found if place is not None]


def put_off(
    problem: Problem, serial: Serial, given: Given, early: Sequence[Placement], pins: Pins
) -> list[Placement] | None:
    """Return everything as published or later, in the old order; None: something has no place.

    What was not published comes in at its early date.
    """
    raised: dict[int, int] = {}
    keys: list[float] = []
    modes: list[int] = []
    for job in problem.jobs:
        old = given.get(job.id) or early[job.number]
        keys.append(float(old.start))
        modes.append(old.mode)
        if job.id in given and job.began is None:
            raised[job.number] = int(old.start)
    guide = Guidance(raised=raised, modes=modes, pinned=dict(pins))
    outcome = serial.build(keys, guide)
    return None if isinstance(outcome, Failure) else outcome


def closed_up(
    problem: Problem, serial: Serial, given: Given, places: Sequence[Placement]
) -> list[Placement] | None:
    """Return places in the same order, each as soon as it can be after its published start.

    None: something found no place.
    """
    raised = {
        job.number: min(int(given[job.id].start), int(place.start))
        for job, place in zip(problem.jobs, places, strict=True)
        if job.id in given and job.began is None
    }
    keys = [float(place.start) for place in places]
    guide = Guidance(raised=raised, modes=[place.mode for place in places])
    outcome = serial.build(keys, guide, repairs=2)
    return None if isinstance(outcome, Failure) else outcome


def inserted(
    problem: Problem, given: Given, early: Sequence[Placement], pins: Pins
) -> list[Placement] | None:
    """Return what can stay where it stood and the rest in the gaps, no sooner than published.

    None: something found no gap.
    """
    return _Insertion(problem, given, early, pins).places()


class _Insertion:
    """Published places as bookings; what cannot keep its own moves to the next gap."""

    def __init__(
        self, problem: Problem, given: Given, early: Sequence[Placement], pins: Pins
    ) -> None:
        self.problem, self.given, self.early = problem, given, early
        self.pool = Pool(problem)
        self.found: list[Placement | None] = [
            job.fixed or pins.get(job.number) for job in problem.jobs
        ]
        known = [
            self.found[job.number] or given.get(job.id) or early[job.number]
            for job in problem.jobs
        ]
        self.chosen = chosen_occurrences(problem, known)
        for number, place in pins.items():
            way = way_of(problem.jobs[number], place.mode)
            self.pool.book(way, begin_of(problem.jobs[number], way, place), place.finish)
        self.keys = [(place.start, number) for number, place in enumerate(known)]
        self.standing = self._standing()

    def _standing(self) -> dict[int, Placement]:
        """Book what can stand by itself where it was, the earliest first."""
        found: dict[int, Placement] = {}
        for _, number in sorted(self.keys):
            job = self.problem.jobs[number]
            old = self.given.get(job.id)
            if old is None or self.found[number] is not None or job.began is not None:
                continue
            way = way_of(job, old.mode)
            stretch = (old.start, old.finish)
            if earliest(job, way, old.start, None, self.chosen) != stretch:
                continue
            if self.pool.conflict(way, *stretch) is None:
                self.pool.book(way, *stretch)
                found[number] = old
        return found

    def places(self) -> list[Placement] | None:
        """Place one job after the other, by published start as links allow."""
        problem = self.problem
        waiting = [
            len({one for lower in problem.lowers_of[job.number] for one in lower.predecessors})
            for job in problem.jobs
        ]
        ready = [self.keys[job.number] for job in problem.jobs if not waiting[job.number]]
        heapify(ready)
        while ready:
            number = heappop(ready)[1]
            if self.found[number] is None:
                place = self._place(problem.jobs[number])
                if place is None:
                    return None
                self.found[number] = place
            for follower in problem.followers[number]:
                waiting[follower] -= 1
                if not waiting[follower]:
                    heappush(ready, self.keys[follower])
        return [place for place in self.found if place is not None]

    def _place(self, job: Job) -> Placement | None:
        standing = self.standing.get(job.number)
        ways = job.ways
        old = self.given.get(job.id)
        if old is not None:
            ways = (way_of(job, old.mode),)
        if standing is not None:
            if self._may_stay(job, ways[0], standing):
                return standing
            self.pool.book(ways[0], standing.start, standing.finish, -1)
        low = old.start if old is not None and job.began is None else job.start_min
        best: tuple[int, Placement, Way, Stretch] | None = None
        for way in ways:
            stretch = free_stretch(
                self.problem, job, way, self.found, self.pool, low=low, chosen=self.chosen
            )
            if stretch is not None and (best is None or stretch[1] < best[0]):
                start = stretch[0] if job.began is None else job.began
                best = stretch[1], Placement(start, stretch[1], way.mode), way, stretch
        if best is None:
            return None
        self.pool.book(best[2], *best[3])
        return best[1]

    def _may_stay(self, job: Job, way: Way, place: Placement) -> bool:
        """Whether links leave a job where it stood."""
        try:
            start_low, finish_low = lows(self.problem, job, way, self.found)
        except CalendarExhaustedError:
            return False
        low = max(place.start, start_low)
        if earliest(job, way, low, finish_low, self.chosen) != (place.start, place.finish):
            return False
        start_by, finish_by = highs(self.problem, job, way, self.found)
        return (start_by is None or place.start <= start_by) and (
            finish_by is None or place.finish <= finish_by
        )


def published_way(job: Job, given: Given) -> Way:
    """Return the way a job was published in; the first where it was not."""
    old = given.get(job.id)
    return job.ways[0] if old is None else way_of(job, old.mode)


def free_stretch(
    problem: Problem,
    job: Job,
    way: Way,
    places: Places,
    pool: Pool,
    *,
    low: int = -NEVER,
    chosen: Chosen | None = None,
) -> Stretch | None:
    """Return the first stretch from ``low`` on by dates, links and what is free; None: none."""
    occurrences: Chosen = chosen or {}
    try:
        start_low, finish_low = lows(problem, job, way, places)
    except CalendarExhaustedError:
        return None
    found = earliest(job, way, max(low, start_low), finish_low, occurrences)
    while found is not None and way.needs:
        later = pool.conflict(way, *found)
        if later is None:
            return found
        if later >= NEVER:
            return None
        found = settle(job, way, later, occurrences)
    return found
