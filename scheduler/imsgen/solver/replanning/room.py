"""Which jobs a window of the exact model frees, and where the others stand meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsgen.model import Placement
from imsgen.solver.dates import begin_of, way_of
from imsgen.solver.objectives.change import changed
from imsgen.solver.objectives.measure import Given, Span
from imsgen.solver.passes import Late
from imsgen.solver.problem import Problem
from imsgen.solver.replanning.repair import Pins


def narrowed(
    problem: Problem, places: Sequence[Placement], given: Given, pins: Pins, most: int
) -> frozenset[int]:
    """Return what has moved, what follows it and who shares its resources meanwhile.

    Those nearest to a moved job come first, up to ``most`` jobs.
    """
    moved = [
        job.number
        for job in problem.jobs
        if job.fixed is None
        and job.number not in pins
        and ((old := given.get(job.id)) is None or changed(job, old, places[job.number]))
    ]
    found = dict.fromkeys(moved[:most])
    sharing: dict[str, list[int]] = {}
    for job in problem.jobs:
        if job.fixed is None and job.number not in pins:
            for resource, _ in way_of(job, places[job.number].mode).needs:
                sharing.setdefault(resource, []).append(job.number)
    for number in moved:
        job, place = problem.jobs[number], places[number]
        old = given.get(job.id, place)
        first, last = min(old.start, place.start), max(old.finish, place.finish)
        beside = [
            one
            for resource, _ in way_of(job, place.mode).needs
            for one in sharing.get(resource, ())
            if places[one].start < last and first < places[one].finish
        ]
        for one in (*problem.followers[number], *beside):
            if len(found) >= most:
                return frozenset(found)
            if problem.jobs[one].fixed is None and one not in pins:
                found[one] = None
    return frozenset(found)


def confined(problem: Problem, span: Span, stay: Mapping[int, Placement]) -> Span:
    """Return the span with some jobs held where they stand."""
    early = list(span.early)
    starts, finishes = list(span.late.starts), list(span.late.finishes)
    for number, place in stay.items():
        job = problem.jobs[number]
        if job.fixed is None:
            early[number] = place
            starts[number] = begin_of(job, way_of(job, place.mode), place)
            finishes[number] = place.finish
    return Span(early, Late(starts, finishes), span.finish)
