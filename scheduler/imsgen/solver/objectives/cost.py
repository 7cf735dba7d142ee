"""Low cost: the rate of every resource times the hours it is held."""

from __future__ import annotations

from decimal import Decimal

from imsgen.calendars import WorkCalendar
from imsgen.model import Instant, Placement
from imsgen.solver.dates import begin_of, way_of
from imsgen.solver.objectives.measure import Span, Values
from imsgen.solver.problem import Job, Problem, Way


class Cost:
    """Money, exact: rates in the smallest part any of them is written with.

    People cost their working time, equipment that ``holds`` all the time from start to finish.
    """

    names: tuple[str, ...] = ("cost",)

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rates, self._per_hundredth = _rates(problem)
        self.holds = {id_: problem.project.resources[id_].holds for id_ in self.rates}
        self.total = 0
        self._shortest: dict[tuple[int, int, int], int] = {}

    def put(self, job: Job, place: Placement, sign: int = 1) -> None:
        """Count a job at a place."""
        if job.fixed is not None:
            return
        way = way_of(job, place.mode)
        for id_, units in way.needs:
            rate = self.rates.get(id_, 0)
            if rate:
                minutes = way.duration
                if self.holds[id_]:
                    minutes = place.finish - begin_of(job, way, place)
                self.total += sign * rate * units * minutes

    def hold(self, resource: str, units: int, start: int, finish: int, sign: int = 1) -> None:
        """Count what a hammock holds."""
        self.total += sign * self.rates.get(resource, 0) * units * (finish - start)

    def values(self) -> Values:
        """Return the cost."""
        return (self.total,)

    def concerns(self, job: Job) -> bool:
        """Whether a job uses anything that costs."""
        return any(self.rates.get(id_, 0) for way in job.ways for id_, _ in way.needs)

    def target(self, job: Job) -> Instant | None:
        """Return no start."""
        return None

    def bounds(self, span: Span) -> Values:
        """Return the cost with the cheapest way of every job at its best place."""
        total = 0
        for job in self.problem.jobs:
            if job.fixed is None:
                total += min(self.least(job, way, span) for way in job.ways)
        return (total,)

    def least(self, job: Job, way: Way, span: Span) -> int:
        """Return what a way costs at least."""
        first = span.early[job.number].start if job.began is None else job.start_min
        total = 0
        for id_, units in way.needs:
            minutes = way.duration
            if self.rates.get(id_, 0) and self.holds[id_]:
                minutes = self._held(way, int(first), span)
            total += self.rates.get(id_, 0) * units * minutes
        return total

    def _held(self, way: Way, first: int, span: Span) -> int:
        """Return the least minutes on the clock that a way takes in ``[first, finish)``."""
        key = (id(way.calendar), way.duration, first)
        if key not in self._shortest:
            self._shortest[key] = shortest(way.calendar, way.duration, first, span.finish)
        return self._shortest[key]

    def shown(self, levels: Values) -> Values:
        """Return the cost in hundredths of the currency, half of one rounded up."""
        return tuple(
            (2 * level + self._per_hundredth) // (2 * self._per_hundredth) for level in levels
        )


def _rates(problem: Problem) -> tuple[dict[str, int], int]:
    """Return rates as whole numbers, and how much of rate x percent x minutes a hundredth is."""
    found = {
        id_: Decimal(one.rate)
        for id_, one in problem.project.resources.items()
        if one.rate is not None and Decimal(one.rate) > 0
    }
    places = max((_places(rate) for rate in found.values()), default=0)
    whole = {id_: int(rate.scaleb(places)) for id_, rate in found.items()}
    return whole, max(1, 10**places * 60)


def _places(rate: Decimal) -> int:
    exponent = rate.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def shortest(calendar: WorkCalendar, duration: int, first: int, last: int) -> int:
    """Return the least time on the clock in which a duration is worked inside ``[first, last)``.

    The best place begins where an interval does or ends where one does; less than the duration
    is never returned, nor more when there is no room at all.
    """
    low, high = calendar.work_at(first), calendar.work_at(last) - duration
    best: int | None = None
    for begin, end in calendar.intervals(first, last):
        for work in (calendar.work_at(begin), calendar.work_at(end) - duration):
            if low <= work <= high:
                taken = calendar.finish_of(work + duration) - calendar.start_of(work)
                best = taken if best is None else min(best, taken)
        if best == duration:
            break
    return duration if best is None else best
