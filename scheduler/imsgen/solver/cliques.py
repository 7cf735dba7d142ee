"""Jobs of which no two ever work at the same time, whichever resource or link forbids it."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.calendars import union
from imsgen.model import LinkType, Placement
from imsgen.solver.loads import Load, Team, begin_low
from imsgen.solver.problem import Problem
from imsgen.solver.profile import NEVER
from imsgen.solver.supply import Supply

_SEEDS = 40
"""From so many jobs a clique is grown."""
_MOST = 12
"""So many cliques are kept, those with the most work."""


def cliques(problem: Problem, early: Sequence[Placement]) -> list[Team]:
    """Return teams whose members work one after another, as one machine would."""
    apart = exclusions(problem)
    work = [0 if job.fixed else min(way.duration for way in job.ways) for job in problem.jobs]
    ranked = sorted(range(len(work)), key=lambda i: (-work[i] * apart[i].bit_count(), i))
    seeds = [i for i in ranked[:_SEEDS] if work[i] and apart[i]]
    grown = {_grown(seed, apart, work): None for seed in seeds}
    best = sorted(grown, key=lambda members: (-sum(work[i] for i in members), members))
    return [_team(problem, early, members, work) for members in best[:_MOST]]


def exclusions(problem: Problem) -> list[int]:
    """Return for each job, as bits, the others that never work while it does."""
    before = [0] * len(problem.jobs)
    for job in problem.jobs:
        for lower in problem.lowers_of[job.number]:
            if not lower.any and lower.link.type is LinkType.FS and lower.link.lag >= 0:
                first = lower.predecessors[0]
                before[job.number] |= before[first] | 1 << first
    apart = list(before)
    for job in problem.jobs:
        _spread(before[job.number], 1 << job.number, apart)
    users: dict[str, list[tuple[int, int]]] = {}
    for job in problem.jobs:
        for id_, units in _least(problem, job.number).items():
            users.setdefault(id_, []).append((units, job.number))
    for id_, found in users.items():
        most = max((units for _, units in problem.project.resources[id_].capacity), default=0)
        _crowd(sorted(found), most, apart)
    return apart


def _spread(members: int, mark: int, apart: list[int]) -> None:
    """Give a mark to all members of a set."""
    while members:
        lowest = members & -members
        apart[lowest.bit_length() - 1] |= mark
        members ^= lowest


def _crowd(users: list[tuple[int, int]], most: int, apart: list[int]) -> None:
    """Exclude users of a resource that together need more than there ever is.

    Ascending by need, those that exclude a user are a tail of the list that grows with its need.
    """
    too_many, tail = 0, len(users)
    for units, number in users:
        while tail and users[tail - 1][0] + units > most:
            tail -= 1
            too_many |= 1 << users[tail][1]
        apart[number] |= too_many & ~(1 << number)


def _least(problem: Problem, number: int) -> dict[str, int]:
    """Return the units of each resource that a job takes in all its ways."""
    job = problem.jobs[number]
    if job.fixed is not None or job.milestone:
        return {}
    found: dict[str, int] | None = None
    for way in job.ways:
        needs: dict[str, int] = {}
        for id_, units in way.needs:
            needs[id_] = needs.get(id_, 0) + units
        if found is None:
            found = needs
        else:
            found = {id_: min(one, needs[id_]) for id_, one in found.items() if id_ in needs}
    return found or {}


def _grown(seed: int, apart: list[int], work: list[int]) -> tuple[int, ...]:
    """Return a clique with a job in it, the one with the most work left to choose from first."""
    members, candidates = [seed], apart[seed]
    while True:
        best, most = -1, -1
        rest = candidates
        while rest:
            lowest = rest & -rest
            number = lowest.bit_length() - 1
            rest ^= lowest
            promise = work[number] * (candidates & apart[number]).bit_count()
            if work[number] and (promise, work[number]) > (most, 0 if best < 0 else work[best]):
                best, most = number, promise
        if best < 0:
            return tuple(sorted(members))
        members.append(best)
        candidates &= apart[best]


def _team(
    problem: Problem, early: Sequence[Placement], members: tuple[int, ...], work: list[int]
) -> Team:
    jobs = [problem.jobs[number] for number in members]
    calendars = {id(way.calendar): way.calendar for job in jobs for way in job.ways}
    known = list(calendars.values())
    axis = known[0] if len(known) == 1 else union(known)
    return Team(
        jobs=list(members),
        heads=[begin_low(job, early) for job in jobs],
        loads=[Load([work[number] for number in members], Supply(axis, [(-NEVER, 1)]))],
    )
