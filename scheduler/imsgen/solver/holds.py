"""Writes for the kernel what hammocks hold: a resource, from one event to another."""

from __future__ import annotations

from collections.abc import Mapping

from imsgen.model import End, Event
from imsgen.solver.arrays import LIMIT, Arrays
from imsgen.solver.hammocks import concerned
from imsgen.solver.problem import Problem


def held(problem: Problem) -> list[tuple[str, int, tuple[Event, Event]]]:
    """Return what hammocks hold: resource, units, and from which event to which."""
    project = problem.project
    found: list[tuple[str, int, tuple[Event, Event]]] = []
    for id_ in problem.graph.hammocks:
        hammock = project.activities[id_]
        spans = hammock.spans
        if spans is None or any(
            event.end is End.NO_GO or not concerned(problem, event) for event in spans
        ):
            continue
        found.extend(
            (need.resource, need.units, spans)
            for need in hammock.modes[0].needs
            if project.resources[need.resource].holds and need.units > 0
        )
    return found


def write_holds(
    problem: Problem, number: Mapping[int, int], resources: Mapping[str, int], arrays: Arrays
) -> None:
    """Write what hammocks hold; ``number`` and ``resources`` give the kernel's numbers."""
    origin = problem.book.always.origin
    since = max(0, (problem.project.status_date or origin) - origin)
    for resource, units, (begin, end) in held(problem):
        arrays.hold_resource.append(resources[resource])
        arrays.hold_units.append(units)
        arrays.hold_since.append(since)
        arrays.hold_begin.append(_moment(problem, begin, number, arrays))
        arrays.hold_end.append(_moment(problem, end, number, arrays))


def _moment(problem: Problem, event: Event, number: Mapping[int, int], arrays: Arrays) -> int:
    """Write the first start or last finish of some jobs; what has happened stands."""
    origin, last = problem.book.always.origin, event.end is not End.START
    stands: list[int] = []
    for one in concerned(problem, event):
        job = problem.jobs[one]
        if job.fixed is not None:
            stands.append((job.fixed.finish if last else job.fixed.start) - origin)
        elif job.began is not None and not last:
            stands.append(job.began - origin)
        else:
            arrays.moment_job.append(number[one])
    arrays.moments_of.append(len(arrays.moment_job))
    arrays.moment_last.append(int(last))
    if last:
        arrays.moment_at.append(max(stands, default=0))
    else:
        arrays.moment_at.append(min(stands, default=LIMIT - 1))
    return len(arrays.moment_at) - 1
