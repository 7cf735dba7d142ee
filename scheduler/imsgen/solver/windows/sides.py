"""The right side of a window: where everything would stand in a schedule that is better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Placement
from imsgen.solver.alap import ceiling, latest_free
from imsgen.solver.dates import Chosen, begin_of, way_of
from imsgen.solver.occurrences import chosen_occurrences
from imsgen.solver.pool import Pool
from imsgen.solver.problem import Job, Problem, Way


def late_side(
    problem: Problem, places: Sequence[Placement], by: Sequence[int]
) -> list[Placement | None]:
    """Return a place for every job, as late as ``by`` and what is placed later allow.

    The last to finish is placed first. None: what has happened or begun, what finds no place
    after the plan's start, and all that something without a place waits for.

    Parameters
    ----------
    by
        The instant by which each job finishes, by number.
    """
    found: list[Placement | None] = [None] * len(places)
    late = _Late(problem, chosen_occurrences(problem, places))
    waiting = [len(after) for after in problem.followers]
    ready = [
        (-places[job.number].finish, -job.number)
        for job in problem.jobs
        if not waiting[job.number]
    ]
    heapify(ready)
    lost = [False] * len(places)
    while ready:
        number = -heappop(ready)[1]
        job = problem.jobs[number]
        if job.fixed is None and job.began is None and not lost[number]:
            way = way_of(job, places[number].mode)
            found[number] = late.place(job, way, found, by[number])
        for before in _predecessors(problem, number):
            lost[before] = lost[before] or found[number] is None
            waiting[before] -= 1
            if not waiting[before]:
                heappush(ready, (-places[before].finish, -before))
    return found


class _Late:
    """Places jobs as late as what is placed already allows."""

    def __init__(self, problem: Problem, chosen: Chosen) -> None:
        self.problem = problem
        self.pool = Pool(problem)
        self.chosen = chosen

    def place(
        self, job: Job, way: Way, found: Sequence[Placement | None], by: int
    ) -> Placement | None:
        """Return where a job goes and take what it needs; None: nowhere after the start."""
        floor = self.problem.release - 1
        try:
            latest = ceiling(self.problem, job, way, found, by)
            place = latest_free(job, way, latest, floor, pool=self.pool, chosen=self.chosen)
        except CalendarExhaustedError:
            return None
        if place is None or place.start < job.start_min:
            return None
        self.pool.book(way, place.start, place.finish)
        return place


def _predecessors(problem: Problem, number: int) -> list[int]:
    """Return what a job waits for, each once."""
    found = {one: None for lower in problem.lowers_of[number] for one in lower.predecessors}
    return list(found)


@dataclass(frozen=True, slots=True)
class Window:
    """A question: whether free jobs fit between what stands."""

    places: list[Placement]
    """Of all jobs; those of the free are what they were."""
    free: tuple[int, ...]
    since: int
    """The instant no free job starts before."""
    by: Mapping[int, int]
    """The instant by which each free job finishes."""


class Sides:
    """A schedule and the late side of a better one, for windows between the two.

    Parameters
    ----------
    by
        The instant by which each job is to finish in the better one.
    """

    def __init__(self, problem: Problem, places: Sequence[Placement], by: Sequence[int]) -> None:
        self.by = by
        self._problem = problem
        self._places = places
        self._late = late_side(problem, places, by)
        self.order = sorted(
            (job.number for job in problem.jobs if job.fixed is None),
            key=lambda one: (_begin(problem, one, places), one),
        )
        """The jobs that can move, by start."""

    def cuts(self, width: int) -> list[int]:
        """Return where to cut the order, last first: windows of a width overlap by two thirds.

        After a cut everything has a late place, before its window nothing is too late.
        """
        order, first, last = self.order, 0, len(self.order)
        for i, one in enumerate(order):
            if self._late[one] is None:
                first = i + 1
        for i, one in enumerate(order):
            if self._places[one].finish > self.by[one]:
                last = min(last, i + width)
                break
        return list(range(last, first - 1, -max(1, width // 3)))

    def window(self, cut: int, width: int) -> Window:
        """Return the window left of a cut: what starts after the cut is late.

        Free jobs stay between the first start in it and the last end a late side gives it: left of
        that the schedule has no gaps for them, and right of it the late side has none.
        """
        free = self.order[max(0, cut - width) : cut]
        places = list(self._places)
        for one in self.order[cut:]:
            place = self._late[one]
            if place is not None:
                places[one] = place
        since = min((_begin(self._problem, one, places) for one in free), default=0)
        until = max(((self._late[one] or places[one]).finish for one in free), default=0)
        by = {one: min(until, self.by[one]) for one in free}
        return Window(places, tuple(free), since, by)


def _begin(problem: Problem, number: int, places: Sequence[Placement]) -> int:
    job, place = problem.jobs[number], places[number]
    return begin_of(job, way_of(job, place.mode), place)
