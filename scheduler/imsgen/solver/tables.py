"""A problem made into the flat lists the kernel reads, and its schedules made into dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Instant, Placement
from imsgen.solver.arrays import Arrays
from imsgen.solver.chart import Chart, Choice
from imsgen.solver.problem import Job, Problem, Way
from imsgen.solver.writer import Writer


@dataclass(frozen=True, slots=True)
class Tables(Chart):
    """A problem for the kernel, and which job and way each of its numbers stands for."""

    problem: Problem
    jobs: tuple[Job, ...]
    ways: tuple[tuple[Way, ...], ...]
    horizon: int
    """Instant until when the calendars are written down."""

    def placements(self, places: Sequence[tuple[int, int, int]]) -> list[Placement]:
        """Return the places of all jobs of the problem from those of the kernel."""
        found: list[Placement] = [
            job.fixed if job.fixed is not None else Placement(job.start_min, job.start_min)
            for job in self.problem.jobs
        ]
        for job, ways, (start, finish, way) in zip(self.jobs, self.ways, places, strict=True):
            began = Instant(start + self.origin) if job.began is None else job.began
            found[job.number] = Placement(began, Instant(finish + self.origin), ways[way].mode)
        return found

    def chart(self) -> Chart:
        """Return the lists alone: what a search of orders needs, without the plan."""
        return Chart(self.arrays, self.numbers, self.options, self.choices, self.origin)

    def in_modes(self, modes: Sequence[int]) -> Tables:
        """Return the tables for schedules that begin in given modes of all jobs."""
        chosen = [modes[number] for number in self.numbers]
        return replace(self, choices=_choices(self.arrays, self.ways, chosen))


def tables_of(problem: Problem, horizon: int, modes: Sequence[int]) -> Tables | None:
    """Return the tables of a problem for schedules that end by ``horizon``.

    ``modes`` of all jobs are what the first schedules begin with; all ways are open. None: a job
    cannot be done by then. The tables last written are kept with the problem, and serve again for
    no later a horizon.
    """
    known = problem.shelf.get("tables")
    if isinstance(known, Tables) and known.horizon >= horizon:
        return known.in_modes(modes)
    writer = Writer(problem, horizon)
    try:
        if not writer.write():
            return None
    except CalendarExhaustedError:
        return None
    ways = tuple(writer.ways)
    choices = _choices(writer.arrays, ways, [modes[job.number] for job in writer.jobs])
    found = Tables(
        arrays=writer.arrays,
        numbers=tuple(job.number for job in writer.jobs),
        options=tuple(len(options) for options in ways),
        choices=choices,
        origin=problem.book.always.origin,
        problem=problem,
        jobs=writer.jobs,
        ways=ways,
        horizon=horizon,
    )
    problem.shelf["tables"] = found
    return found


def _choices(
    arrays: Arrays, ways: tuple[tuple[Way, ...], ...], modes: Sequence[int]
) -> tuple[Choice, ...]:
    """Return the rows of the given modes, of what finishes first, is shortest, is least work."""
    given, first, shortest, lightest = [], [], [], []
    for job, (row, options, mode) in enumerate(
        zip(arrays.rows_of[: arrays.jobs], ways, modes, strict=True)
    ):
        order = range(len(options))
        given.append(row + next((i for i in order if options[i].mode == mode), 0))
        first.append(row if len(options) == 1 else len(arrays.duration) + job)
        shortest.append(row + min(order, key=lambda i: options[i].duration))
        lightest.append(row + min(order, key=lambda i: (_work(options[i]), i)))
    rules = (given, first, shortest, lightest)
    return tuple(dict.fromkeys(tuple(rule) for rule in rules))


def _work(way: Way) -> int:
    """Return the units of everything a way needs times how long it needs them."""
    return way.duration * sum(units for _, units in way.needs)
