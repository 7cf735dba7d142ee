"""A problem made into the flat lists the kernel reads, and its schedules made into dates."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Instant, Placement
from imsgen.solver.arrays import Arrays
from imsgen.solver.problem import Job, Problem, Way
from imsgen.solver.writer import Writer

Choice = Sequence[int]
"""The row of every job of the kernel: which of its ways it goes, as orders list it."""
_WILD = 12
"""One in so many jobs leaves the rule by which its way is chosen."""


@dataclass(frozen=True, slots=True)
class Tables:
    """A problem for the kernel, and which job and way each of its numbers stands for.

    ``choices`` are the ways that schedules begin with: those that were asked for, then what each
    simple rule would take.
    """

    problem: Problem
    arrays: Arrays
    jobs: tuple[Job, ...]
    ways: tuple[tuple[Way, ...], ...]
    choices: tuple[Choice, ...]
    horizon: int
    """Instant until when the calendars are written down."""

    def placements(self, places: Sequence[tuple[int, int, int]]) -> list[Placement]:
        """Return the places of all jobs of the problem from those of the kernel."""
        origin = self.problem.book.always.origin
        found: list[Placement] = [
            job.fixed if job.fixed is not None else Placement(job.start_min, job.start_min)
            for job in self.problem.jobs
        ]
        for job, ways, (start, finish, way) in zip(self.jobs, self.ways, places, strict=True):
            began = Instant(start + origin) if job.began is None else job.began
            found[job.number] = Placement(began, Instant(finish + origin), ways[way].mode)
        return found

    def order(self, keys: Sequence[float], choice: Choice | None = None) -> list[int]:
        """Return an order by keys of all jobs, small ones first, in the first or given ways."""
        rows = self.choices[0] if choice is None else choice
        jobs = sorted(range(len(self.jobs)), key=lambda one: (keys[self.jobs[one].number], one))
        return [rows[one] for one in jobs]

    @property
    def quickest(self) -> Choice:
        """The choice in which every job goes the way that finishes first when its turn comes."""
        return self.choices[min(1, len(self.choices) - 1)]

    def drawn(self, dice: random.Random) -> Choice:
        """Return the ways of one of the rules, half the time the first, a few of them changed."""
        if len(self.choices) == 1:
            return self.choices[0]
        rule = max(0, dice.randrange(-len(self.choices), len(self.choices)))
        found = list(self.choices[rule])
        for i, ways in enumerate(self.ways):
            if len(ways) > 1 and dice.randrange(_WILD) == 0:
                found[i] = self.arrays.rows_of[i] + dice.randrange(len(ways))
        return found


def tables_of(problem: Problem, horizon: int, modes: Sequence[int]) -> Tables | None:
    """Return the tables of a problem for schedules that end by ``horizon``.

    ``modes`` of all jobs are what the first schedules begin with; all ways are open. None: a job
    cannot be done by then. The tables last written are kept with the problem, and serve again for
    no later a horizon.
    """
    known = problem.shelf.get("tables")
    if isinstance(known, Tables) and known.horizon >= horizon:
        choices = _choices(known.arrays, known.ways, [modes[job.number] for job in known.jobs])
        return replace(known, choices=choices)
    writer = Writer(problem, horizon)
    try:
        if not writer.write():
            return None
    except CalendarExhaustedError:
        return None
    ways = tuple(writer.ways)
    choices = _choices(writer.arrays, ways, [modes[job.number] for job in writer.jobs])
    found = Tables(problem, writer.arrays, writer.jobs, ways, choices, horizon)
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
