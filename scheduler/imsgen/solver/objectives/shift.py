"""Moving jobs within their float: each to its best place, then small groups taken out and put back."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from imsgen.model import Placement
from imsgen.solver.objectives.layout import Layout
from imsgen.solver.objectives.measure import Values
from imsgen.solver.problem import Job

_LARGEST = 7
"""Most jobs taken out at once."""
_ANYWHERE = 0.25
"""How often a job that was taken out goes to any place instead of the best."""
_KIN = 0.5
"""How often a group grows along links rather than to whoever stands at the same time."""

Over = Callable[[], bool]


def descend(layout: Layout, jobs: Sequence[Job], over: Over) -> None:
    """Move each job to its best place, again and again, until no move of one job helps."""
    moved = True
    while moved and not over():
        moved = False
        for job in jobs:
            if over():
                return
            moved = _best_place(layout, job) or moved


def _best_place(layout: Layout, job: Job) -> bool:
    """Move a job to its best place; False: it stands there."""
    before = layout.values()
    old = layout.take(job)
    best, found = before, old
    for place in layout.choices(job):
        values = _worth(layout, job, place)
        if values is not None and values < best:
            best, found = values, place
    layout.put(job, found)
    if layout.spanned((job,)):
        layout.follow()
    return found != old


def _worth(layout: Layout, job: Job, place: Placement) -> Values | None:
    """Return the values with a job at a place, every other job standing; None: not allowed."""
    layout.put(job, place)
    allowed = not layout.spanned((job,)) or layout.follow()
    values = layout.values()
    layout.take(job)
    return values if allowed else None


def shake(layout: Layout, jobs: Sequence[Job], seed: int, over: Over, least: Values) -> None:
    """Take small groups out and put them back, keeping what is no worse, until it is over.

    Parameters
    ----------
    jobs
        Those whose place matters.
    least
        Levels that cannot be beaten: reaching them ends the search.
    """
    generator = random.Random(seed)  # noqa: S311 - a search, not a secret
    levels = len(least)
    best, kept = layout.values(), layout.complete()
    while jobs and not over() and layout.values()[:levels] > least:
        before = layout.values()
        group = _group(layout, jobs, generator)
        old = [layout.take(job) for job in group]
        if not _put_back(layout, group, generator) or layout.values()[:-1] > before[:-1]:
            for job, place in zip(group, old, strict=True):
                if layout.places[job.number] is not None:
                    layout.take(job)
                layout.put(job, place)
            layout.follow()
        elif layout.values() < best:
            best, kept = layout.values(), layout.complete()
    for job, place in zip(layout.problem.jobs, kept, strict=True):
        if layout.places[job.number] != place:
            layout.take(job)
            layout.put(job, place)
    layout.follow()


def _put_back(layout: Layout, group: Sequence[Job], generator: random.Random) -> bool:
    """Give each job of a group a place, in the order of links; False: one found none."""
    for job in group:
        choices = layout.choices(job)
        if not choices:
            return False
        if generator.random() < _ANYWHERE:
            layout.put(job, choices[generator.randrange(len(choices))])
            continue
        best, found = None, choices[0]
        for place in choices:
            layout.put(job, place)
            values = layout.values()
            layout.take(job)
            if best is None or values < best:
                best, found = values, place
        layout.put(job, found)
    return not layout.spanned(group) or layout.follow()


def _group(layout: Layout, jobs: Sequence[Job], generator: random.Random) -> list[Job]:
    """Return a few jobs that stand in each other's way, in the order of links."""
    problem, places = layout.problem, layout.places
    size = generator.randint(1, _LARGEST)
    seed = jobs[generator.randrange(len(jobs))]
    found = {seed.number: seed}
    members = [seed]
    for _ in range(2 * size):
        if len(found) >= size:
            break
        one = members[generator.randrange(len(members))]
        if generator.random() < _KIN:
            kin = [
                *problem.followers[one.number],
                *(p for lower in problem.lowers_of[one.number] for p in lower.predecessors),
            ]
            if not kin:
                continue
            other = problem.jobs[kin[generator.randrange(len(kin))]]
        else:
            other = jobs[generator.randrange(len(jobs))]
            here, there = places[one.number], places[other.number]
            if here is None or there is None:
                continue
            if there.start >= here.finish or here.start >= there.finish:
                continue
        if other.fixed is None and other.number not in found:
            found[other.number] = other
            members.append(other)
    return [found[number] for number in sorted(found)]
