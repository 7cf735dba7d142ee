"""Until when everything in a part must be done, where something says so."""

from __future__ import annotations

from imsgen.calendars import CalendarExhaustedError, WorkCalendar
from imsgen.network.bounds import FROM_FINISH, TO_FINISH
from imsgen.solver.dates import as_upper, lag_calendar
from imsgen.solver.passes import unshift
from imsgen.solver.problem import Job, Lower, Problem, Upper
from imsgen.solver.profile import NEVER


class Latest:
    """Upper bounds on start and finish by job, None where nothing bounds it.

    They follow from dates and windows, back along links and on along maximal lags: a schedule
    without resources or with them keeps all of them.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.starts: list[int | None] = [job.start_max for job in problem.jobs]
        self.finishes = [_own_finish(job) for job in problem.jobs]
        for job in problem.jobs:
            self._complete(job)
        while self._spread():
            pass

    def bounded(self) -> list[int]:
        """Return the jobs that must be done by some instant."""
        return [job.number for job in self.problem.jobs if self.finishes[job.number] is not None]

    def horizon(self) -> int | None:
        """Return by when all is done; None: something may be done at any time."""
        found = [at for at in self.finishes if at is not None]
        return max(found, default=None) if len(found) == len(self.finishes) else None

    def _complete(self, job: Job) -> None:
        """Conclude from start to finish and back."""
        start, finish = self.starts[job.number], self.finishes[job.number]
        if finish is None and start is not None and job.began is None:
            self.finishes[job.number] = max(
                _add(way.calendar, start, way.duration) for way in job.ways
            )
        elif start is None:
            self.starts[job.number] = finish

    def _spread(self) -> bool:
        """Bound what was not bounded yet by what is; False: nothing new."""
        found = False
        for upper in self.problem.uppers:
            if self.finishes[upper.successor] is None and self._follow(upper):
                found = True
        for lower in reversed(self.problem.lowers):
            before = lower.predecessors[0]
            if not lower.any and self.finishes[before] is None and self._lead(lower, before):
                found = True
        return found

    def _follow(self, upper: Upper) -> bool:
        """Bound a successor by its maximal lag."""
        ends = self.finishes if upper.link.type in FROM_FINISH else self.starts
        events = [ends[one] for one in upper.predecessors]
        known = [at for at in events if at is not None]
        if len(known) < len(events):
            return False
        problem, after = self.problem, self.problem.jobs[upper.successor]
        latest = max(
            as_upper(
                way.calendar,
                _add(
                    lag_calendar(problem, upper, one, source.mode, way),
                    max(known),
                    upper.link.max_lag or 0,
                ),
            )
            for way in after.ways
            for one in upper.predecessors
            for source in problem.jobs[one].ways
        )
        if upper.link.type in TO_FINISH:
            self.finishes[after.number] = latest
        else:
            self.starts[after.number] = latest
        self._complete(after)
        return self.finishes[after.number] is not None

    def _lead(self, lower: Lower, number: int) -> bool:
        """Bound a predecessor by what waits for it."""
        problem = self.problem
        before, after = problem.jobs[number], problem.jobs[lower.successor]
        ends = self.finishes if lower.link.type in TO_FINISH else self.starts
        at = ends[after.number]
        if at is None:
            return False
        latest = max(
            unshift(lag_calendar(problem, lower, number, source.mode, way), at + 1, lower.link.lag)
            for way in after.ways
            for source in before.ways
        )
        if lower.link.type in FROM_FINISH:
            self.finishes[number] = max(latest, problem.release)
        else:
            self.starts[number] = max(latest, problem.release)
        self._complete(before)
        return self.finishes[number] is not None


def _own_finish(job: Job) -> int | None:
    """Return by when a job must be done for itself alone."""
    if job.fixed is not None:
        return job.fixed.finish
    closes = [stay.occurrences[-1][1] for stay in job.stays if stay.occurrences]
    if job.finish_max is not None:
        closes.append(job.finish_max)
    return min(closes, default=None)


def _add(calendar: WorkCalendar, at: int, work: int) -> int:
    """Return the end of so much work from an instant on, the horizon when that is too much."""
    if at <= -NEVER:
        return at
    try:
        return calendar.add(at, work)
    except CalendarExhaustedError:
        return calendar.horizon
