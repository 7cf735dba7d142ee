"""A window of a plan as a problem of its own: a few jobs are free, what touches them stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from imsgen.model import End, Instant, Placement
from imsgen.solver.dates import begin_of, earliest, lows, way_of
from imsgen.solver.problem import Job, Lower, Problem, Stay, Upper
from imsgen.solver.windows.neighbours import Holding, Neighbours
from imsgen.solver.windows.sides import Window


@dataclass(frozen=True, slots=True)
class Part:
    """The problem of a window."""

    problem: Problem
    numbers: tuple[int, ...]
    """The jobs of the whole by those of the part."""
    free: tuple[int, ...]
    """Which jobs of the whole are placed anew."""
    standing: tuple[Holding, ...]
    """Hammocks that no free job moves."""


def part_around(
    problem: Problem,
    neighbours: Neighbours,
    window: Window,
) -> Part:
    """Return the problem of the free jobs of a window.

    All others stand; those that a link or a hammock ties to a free one are in it.
    """
    places = window.places
    inside = dict.fromkeys(sorted(window.free))
    lowers = {id(one): one for number in inside for one in neighbours.lowers[number]}
    uppers = {id(one): one for number in inside for one in neighbours.uppers[number]}
    tied = dict(inside)
    links: list[Lower | Upper] = [*lowers.values(), *uppers.values()]
    for link in links:
        tied.update(dict.fromkeys((*link.predecessors, link.successor)))
    moved, standing = [], []
    for hammock in neighbours.hammocks:
        if any(one in inside for jobs in hammock.jobs for one in jobs):
            moved.append(hammock)
            tied.update(dict.fromkeys(_extremes(hammock, places, inside)))
        else:
            standing.append(hammock)
    numbers = tuple(sorted(tied))
    jobs = []
    for i, number in enumerate(numbers):
        job, place = problem.jobs[number], places[number]
        if number in inside:
            stays = tuple(_stay(stay, problem, neighbours, places, inside) for stay in job.stays)
            jobs.append(
                _free(replace(job, number=i, stays=stays), window.since, window.by[number])
            )
        else:
            jobs.append(_standing(job, i, place))
    whole = _Links(numbers, lowers.values(), uppers.values())
    return Part(
        whole.problem(problem, tuple(jobs), moved), numbers, tuple(inside), tuple(standing)
    )


def early_places(part: Problem) -> list[Placement] | None:
    """Return the first place of every job by dates and links; None: one has none."""
    found: list[Placement | None] = [None] * len(part.jobs)
    for job in part.jobs:
        if job.fixed is not None:
            found[job.number] = job.fixed
            continue
        best: Placement | None = None
        for way in job.ways:
            place = earliest(job, way, *lows(part, job, way, found), {})
            if place is None:
                continue
            start, finish = Instant(place[0]), Instant(place[1])
            if best is not None:
                start, finish = min(start, best.start), min(finish, best.finish)
            best = Placement(start, finish, way.mode)
        if best is None:
            return None
        found[job.number] = best
    return [place for place in found if place is not None]


def _free(job: Job, since: int, by: int) -> Job:
    """Return a job that lies between two instants; a milestone stands at the second at the latest."""
    if job.began is None:
        job = replace(job, start_min=max(job.start_min, Instant(since)))
    last = Instant(by)
    finish_max = last if job.finish_max is None else min(last, job.finish_max)
    if not job.milestone:
        return replace(job, finish_max=finish_max)
    start_max = last if job.start_max is None else min(last, job.start_max)
    return replace(job, finish_max=finish_max, start_max=start_max)


def _standing(job: Job, number: int, place: Placement) -> Job:
    """Return a job that stands; of what has begun, the work that remains."""
    if job.fixed is not None:
        return replace(job, number=number)
    way = way_of(job, place.mode)
    begin = begin_of(job, way, place)
    fixed = Placement(Instant(begin), place.finish, place.mode)
    return replace(job, number=number, ways=(way,), fixed=fixed)


def _stay(
    stay: Stay,
    problem: Problem,
    neighbours: Neighbours,
    places: Sequence[Placement],
    inside: Mapping[int, None],
) -> Stay:
    """Return the window of a free job: one occurrence where others of its group stand in it."""
    if stay.together is None:
        return stay
    others = [one for one in neighbours.sharers[stay.together] if one not in inside]
    if not others:
        return stay
    occurrences = tuple(
        (first, last)
        for first, last in stay.occurrences
        if all(
            places[one].finish <= last
            and (first <= places[one].start or problem.jobs[one].began is not None)
            for one in others
        )
    )
    return replace(stay, occurrences=occurrences, together=None)


def _extremes(
    hammock: Holding, places: Sequence[Placement], inside: Mapping[int, None]
) -> list[int]:
    """Return the standing jobs by which the events of a hammock would happen without free ones."""
    found = []
    for event, jobs in zip(hammock.spans, hammock.jobs, strict=True):
        others = [one for one in jobs if one not in inside]
        if others and event.end is End.START:
            found.append(min(others, key=lambda one: places[one].start))
        elif others:
            found.append(max(others, key=lambda one: places[one].finish))
    return found


class _Links:
    """Numbers links and jobs anew."""

    def __init__(
        self, numbers: Sequence[int], lowers: Iterable[Lower], uppers: Iterable[Upper]
    ) -> None:
        at = {number: i for i, number in enumerate(numbers)}
        self.lowers = tuple(
            replace(
                one,
                predecessors=tuple(at[before] for before in one.predecessors),
                successor=at[one.successor],
            )
            for one in lowers
        )
        self.uppers = tuple(
            replace(
                one,
                predecessors=tuple(at[before] for before in one.predecessors),
                successor=at[one.successor],
            )
            for one in uppers
        )

    def problem(self, whole: Problem, jobs: tuple[Job, ...], moved: Sequence[Holding]) -> Problem:
        """Return the problem of some jobs of a whole one."""
        lowers_of: list[list[Lower]] = [[] for _ in jobs]
        uppers_of: list[list[Upper]] = [[] for _ in jobs]
        followers: list[dict[int, None]] = [{} for _ in jobs]
        for lower in self.lowers:
            lowers_of[lower.successor].append(lower)
            for before in lower.predecessors:
                followers[before][lower.successor] = None
        for upper in self.uppers:
            uppers_of[upper.successor].append(upper)
        return Problem(
            project=whole.project,
            book=whole.book,
            graph=replace(
                whole.graph,
                order=tuple(job.id for job in jobs),
                hammocks=tuple(one.id for one in moved),
            ),
            jobs=jobs,
            number={job.id: job.number for job in jobs},
            lowers=self.lowers,
            uppers=self.uppers,
            lowers_of=tuple(tuple(found) for found in lowers_of),
            uppers_of=tuple(tuple(found) for found in uppers_of),
            followers=tuple(tuple(sorted(found)) for found in followers),
        )
