"""The right side of a window: where everything would stand in a schedule that is better."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Placement
from imsgen.solver.alap import ceiling, latest_free
from imsgen.solver.dates import Chosen, begin_of, way_of
from imsgen.solver.occurrences import chosen_occurrences
from imsgen.solver.pool import Pool
from imsgen.solver.problem import Job, Problem


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
    pool, chosen = Pool(problem), chosen_occurrences(problem, places)
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
            mode = places[number].mode
            found[number] = _place(problem, job, mode, found, by[number], pool, chosen)
        for before in _predecessors(problem, number):
            lost[before] = lost[before] or found[number] is None
            waiting[before] -= 1
            if not waiting[before]:
                heappush(ready, (-places[before].finish, -before))
    return found


def _place(
    problem: Problem,
    job: Job,
    mode: int,
    found: Sequence[Placement | None],
    by: int,
    pool: Pool,
    chosen: Chosen,
) -> Placement | None:
    way = way_of(job, mode)
    try:
        latest = ceiling(problem, job, way, found, by)
        place = latest_free(job, way, latest, problem.release - 1, pool=pool, chosen=chosen)
    except CalendarExhaustedError:
        return None
    if place is None or place.start < job.start_min:
        return None
    pool.book(way, place.start, place.finish)
    return place


def _predecessors(problem: Problem, number: int) -> list[int]:
    """Return what a job waits for, each once."""
    found = {one: None for lower in problem.lowers_of[number] for one in lower.predecessors}
    return list(found)


class Sides:
    """A schedule and the late side of a better one, for windows between the two.

    Parameters
    ----------
    by
        The instant by which each job is to finish in the better one.
    """

    def __init__(self, problem: Problem, places: Sequence[Placement], by: Sequence[int]) -> None:
        self.by = by
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

    def around(self, cut: int) -> list[Placement]:
        """Return where everything stands when what starts after a cut is late."""
        found = list(self._places)
        for one in self.order[cut:]:
            place = self._late[one]
            if place is not None:
                found[one] = place
        return found


def _begin(problem: Problem, number: int, places: Sequence[Placement]) -> int:
    job, place = problem.jobs[number], places[number]
    return begin_of(job, way_of(job, place.mode), place)
