"""Writes what looks back for the kernel: maximal lags, the earliest of several, shared windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsgen.network.bounds import FROM_FINISH, TO_FINISH
from imsgen.solver.arrays import Arrays
from imsgen.solver.dates import lag_calendar, link_event
from imsgen.solver.problem import Job, Lower, Problem, Upper, Way
from imsgen.solver.views import Axes

_UPPER = 4
"""Bit of a tie that bounds from above; 1: its events are finishes, 2: it bounds a finish."""
_OF_SUCCESSOR, _OF_PREDECESSOR = -1, -2
"""Whose calendar a lag runs on."""


class Bounds:
    """Writes the ties of all jobs; ``number`` gives the kernel's number of a job that it has."""

    def __init__(
        self, problem: Problem, number: Mapping[int, int], arrays: Arrays, axes: Axes
    ) -> None:
        self._problem = problem
        self._number = number
        self._arrays = arrays
        self._axes = axes

    def write(self, jobs: Sequence[Job]) -> None:
        """Write those of all jobs, in their order."""
        arrays, problem = self._arrays, self._problem
        for job in jobs:
            for lower in problem.lowers_of[job.number]:
                if lower.any:
                    self._tie(lower, lower.link.lag, 0)
            for upper in problem.uppers_of[job.number]:
                self._tie(upper, upper.link.max_lag or 0, _UPPER)
            arrays.ties_of.append(len(arrays.tie_kind))

    def _tie(self, bound: Lower | Upper, lag: int, side: int) -> None:
        arrays, link = self._arrays, bound.link
        kind = (link.type in FROM_FINISH) + 2 * (link.type in TO_FINISH) + side
        arrays.tie_kind.append(kind)
        arrays.tie_lag.append(lag)
        for predecessor in bound.predecessors:
            self._event(bound, predecessor)
        arrays.entries_of.append(len(arrays.entry_job))

    def _event(self, bound: Lower | Upper, predecessor: int) -> None:
        """Write one event of a tie: that of a job, or an instant that stands."""
        arrays, problem = self._arrays, self._problem
        before, name = problem.jobs[predecessor], bound.link.lag_calendar
        event = standing(before, bound)
        if name == "successor":
            view = _OF_SUCCESSOR
        elif name == "predecessor" and event is None:
            view = _OF_PREDECESSOR
        else:
            mode = 0 if before.fixed is None else before.fixed.mode
            way = problem.jobs[bound.successor].ways[0]
            view = self._axes.calendar(lag_calendar(problem, bound, predecessor, mode, way))
        arrays.entry_job.append(-1 if event is not None else self._number[predecessor])
        arrays.entry_at.append(0 if event is None else event - self._axes.origin)
        arrays.entry_view.append(view)


def standing(before: Job, bound: Lower | Upper) -> int | None:
    """Return the event a bound starts from where that has happened already."""
    if before.fixed is not None:
        return link_event(bound.link.type, before.fixed)
    if before.began is not None and bound.link.type not in FROM_FINISH:
        return before.began
    return None


class Meetings:
    """Writes, row by row, where jobs lie for each occurrence of a window they share."""

    def __init__(self, arrays: Arrays, axes: Axes) -> None:
        self._arrays = arrays
        self._axes = axes
        self._keys: dict[tuple[str, str], int] = {}

    def write(self, job: Job, way: Way) -> None:
        """Write those of one way of a job."""
        arrays, axes = self._arrays, self._axes
        calendar = axes.always if job.milestone else way.calendar
        for stay in job.stays:
            if stay.together is None:
                continue
            key = self._keys.setdefault(stay.together, len(self._keys))
            if key == len(arrays.meet_count):
                arrays.meet_count.append(len(stay.occurrences))
            arrays.meet_key.append(key)
            arrays.meet_first.append(len(arrays.meet_low))
            for first, last in stay.occurrences:
                arrays.meet_low.append(axes.position(calendar, first))
                arrays.meet_high.append(axes.position(calendar, last) - way.duration)
        arrays.meets_of.append(len(arrays.meet_key))
