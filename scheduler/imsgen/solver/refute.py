"""A bound on the finish from work that must be done between what comes before and after.

A finish is *refuted* when the latest dates that lead to it leave some jobs, all of which have to run
inside a stretch of time, more work than their resource can do there. The earliest finish that is not
refuted is a bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from imsgen.model import Placement
from imsgen.solver.cliques import cliques
from imsgen.solver.clock import PLACES_PER_UNIT, Clock
from imsgen.solver.loads import Load, Team, teams
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem
from imsgen.solver.profile import NEVER

_THOROUGH = 1000
"""For so many jobs work is weighed in all ways known, and jobs that exclude each other sought."""
_LEAST_PASSES, _MOST_PASSES, _PLACES = 3, 40, 100_000
"""How many finishes are tried; between the two, so that so many jobs are looked at in all."""
_FIRST_STEP, _STEPS = 16, 4
"""The first finish that is tried is this part of the gap away, each further one so much further:
mostly it is not far that a bound can be raised."""


def least_finish(
    problem: Problem,
    early: Sequence[Placement],
    low: int,
    high: int,
    *,
    in_time: bool,
    clock: Clock,
) -> int:
    """Return a finish before which no schedule ends, at least ``low`` and at most ``high``.

    Parameters
    ----------
    low, high
        A bound that is proved, and the finish of a schedule.
    in_time
        Whether only schedules count in which nothing is late.
    """
    count = len(problem.jobs)
    thorough = count <= _THOROUGH
    found = teams(problem, early, high, thorough=thorough)
    if thorough:
        found += cliques(problem, early)
    step = (high - low) // _FIRST_STEP
    for _ in range(max(_LEAST_PASSES, min(_MOST_PASSES, _PLACES // max(1, count)))):
        if low >= high or clock.effort_left <= 0 or clock.stopped():
            break
        clock.spent += count / PLACES_PER_UNIT
        middle = min(low + step, (low + high) // 2)
        if refuted(problem, early, found, middle, in_time=in_time):
            low, step = middle + 1, _STEPS * step + 1
        else:
            high = middle
    return low


def refuted(
    problem: Problem,
    early: Sequence[Placement],
    found: list[Team],
    finish: int,
    *,
    in_time: bool = False,
) -> bool:
    """Whether it is proved that no schedule ends at or before an instant."""
    late = late_places(problem, finish, deadlines=in_time)
    for job in problem.jobs:
        if job.fixed is None and (
            late.starts[job.number] <= -NEVER
            or late.finishes[job.number] < early[job.number].finish
        ):
            return True
    for i, team in enumerate(found):
        if overloaded(team, late.finishes):
            found.insert(0, found.pop(i))
            return True
    return False


def overloaded(team: Team, finishes: Sequence[int]) -> bool:
    """Whether jobs that run between a head and a latest finish have too much work for it."""
    heads = sorted(set(team.heads))
    rank = {head: i for i, head in enumerate(heads)}
    slots = [rank[head] for head in team.heads]
    order = sorted(range(len(team.jobs)), key=lambda i: finishes[team.jobs[i]])
    # All loads of a team count on the same steps of time.
    supply = team.loads[0].supply
    begins = [supply.moment(head) for head in heads]
    ends = [supply.moment(finishes[number]) for number in team.jobs]
    return any(_too_much(load, begins, slots, order, ends) for load in team.loads)


def _too_much(
    load: Load,
    begins: Sequence[tuple[int, int]],
    slots: Sequence[int],
    order: Sequence[int],
    ends: Sequence[tuple[int, int]],
) -> bool:
    """Fill the supply from each job's head on, the most urgent first.

    The work of the jobs so far, each begun at its head or later and as early as the supply allows,
    is done exactly when the heads and work of some of them let it be done. Slot ``i`` is the
    supply between two heads; full ones are skipped by following ``onward``.
    """
    supply, work = load.supply, load.work
    marks = [supply.reached(moment) for moment in begins]
    free = [after - before for before, after in pairwise(marks)]
    free.append(NEVER)
    onward = list(range(len(free)))
    last = 0
    for i in order:
        left = work[i]
        if not left:
            continue
        slot = slots[i]
        while True:
            while onward[slot] != slot:
                onward[slot] = onward[onward[slot]]
                slot = onward[slot]
            if left < free[slot]:
                free[slot] -= left
                break
            left -= free[slot]
            free[slot] = 0
            onward[slot] = slot + 1
            if not left:
                break
            slot += 1
        last = max(last, slot)
        done = (marks[last + 1] if last + 1 < len(marks) else marks[last] + NEVER) - free[last]
        if done > supply.reached(ends[i]):
            return True
    return False
