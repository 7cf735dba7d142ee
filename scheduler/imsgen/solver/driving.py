"""What an activity waits for when resources are plenty: the chain, and what else holds it up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from imsgen.calendars import CalendarExhaustedError
from imsgen.diagnostics import Label, Span
from imsgen.model import Activity, Group, Placement
from imsgen.schedule.views import local_time
from imsgen.solver.dates import begin_of, link_event, lows, way_of
from imsgen.solver.naming import chain_labels, end_moment, moment, place_of
from imsgen.solver.problem import Job, Problem, Way

_SHOWN = 4
"""How many of the last activities of a chain are looked at for what else holds them up."""
_OF_EACH = 2
"""How many absences or closed windows are shown of each activity."""


def driving_chain(problem: Problem, id_: str, placed: Mapping[str, Placement]) -> list[str]:
    """Return what drives an activity by links alone, first to last.

    Where a date of its own or a window holds an activity longer than what it waits for, the chain
    begins with it.
    """
    chain = [id_]
    while True:
        job = problem.jobs[problem.number[chain[0]]]
        driver: tuple[int, str] | None = None
        for lower in problem.lowers_of[job.number]:
            for predecessor in lower.predecessors:
                other = problem.jobs[predecessor].id
                place = placed.get(other)
                if place is None or other in chain:
                    continue
                bound = link_event(lower.link.type, place) + lower.link.lag
                if driver is None or bound > driver[0]:
                    driver = (bound, other)
        if driver is None or driver[0] <= _own_floor(problem, job, placed.get(job.id)):
            return chain
        chain.insert(0, driver[1])


def _own_floor(problem: Problem, job: Job, place: Placement | None) -> int:
    """Return from when on a job may stand by its own dates and the window it lies in."""
    floor = max(problem.release, job.start_min)
    if place is not None:
        for stay in job.stays:
            floor = max([floor, *(first for first, _ in stay.occurrences if first <= place.start)])
    return floor


def driving_labels(
    problem: Problem, chain: list[str], placed: Mapping[str, Placement]
) -> tuple[Label, ...]:
    """Return labels on a chain: where each activity ends at best, and what else holds it up.

    Parameters
    ----------
    placed
        Where the activities stand; that of the last may be one it is not allowed to have.
    """
    places = [placed.get(job.id) for job in problem.jobs]
    found: dict[Span, Label] = {}
    for label in chain_labels(problem.project, chain, placed):
        found.setdefault(label.span, label)
    for id_ in chain[-_SHOWN:]:
        place = placed.get(id_)
        if place is None:
            continue
        job = problem.jobs[problem.number[id_]]
        for label in _obstacles(problem, job, place, places):
            found.setdefault(label.span, label)
    return tuple(found.values())


def _obstacles(
    problem: Problem, job: Job, place: Placement, places: Sequence[Placement | None]
) -> Iterator[Label]:
    """Yield what keeps a job from an earlier place, links and working hours aside."""
    project, activity = problem.project, problem.project.activities[job.id]
    way = way_of(job, place.mode)
    low = _linked(problem, job, way, places)
    begin = begin_of(job, way, place)
    owners: list[Activity | Group] = [activity, *project.ancestors(job.id)]
    for owner in owners:
        for constraint in owner.constraints:
            floor = constraint.earliest
            if floor is not None and low < floor <= begin:
                span = _floor_span(problem, owner.id)
                if span is not None:
                    yield Label(span, f"not before {moment(project, floor)}")
    if project.status_date is not None and low == problem.release == project.status_date:
        span = project.sources.get("plan.status_date")
        if span is not None:
            yield Label(span, "what is not done by then comes after")
    for stay in job.stays:
        opens = max((first for first, _ in stay.occurrences if first <= begin), default=low)
        span = project.sources.get(f"window:{stay.window}")
        if opens > low and span is not None:
            yield Label(span, f"opens {moment(project, opens)}")
    yield from _closed(problem, job, low, place.finish)
    yield from _absent(problem, way, low, place.finish)


def _linked(problem: Problem, job: Job, way: Way, places: Sequence[Placement | None]) -> int:
    """Return from when on links let a job stand."""
    free = replace(job, start_min=problem.release)
    try:
        start, finish = lows(problem, free, way, places)
        if finish is None:
            return start
        return max(start, way.calendar.start_of(way.calendar.work_at(finish) - way.duration))
    except CalendarExhaustedError:
        return problem.release


def _floor_span(problem: Problem, owner: str) -> Span | None:
    """Return where a plan says the lower bound of an activity or group."""
    sources = problem.project.sources
    kind = "group" if owner in problem.project.groups else "activity"
    for key in ("at", "expected", "constraint"):
        if (span := sources.get(f"{kind}:{owner}.{key}")) is not None:
            return span
    return place_of(problem.project, owner)


def _closed(problem: Problem, job: Job, low: int, finish: int) -> Iterator[Label]:
    """Yield the windows that keep a job out for a while."""
    project = problem.project
    for window in project.activities[job.id].forbidden:
        span = project.sources.get(f"window:{window}.forbids")
        inside = [
            one for one in project.windows[window].occurrences if low < one[1] and one[0] < finish
        ]
        if span is not None and inside:
            yield Label(span, f"keeps `{job.id}` out until {end_moment(project, inside[-1][1])}")


def _absent(problem: Problem, way: Way, low: int, finish: int) -> Iterator[Label]:
    """Yield the absences that a job waits for."""
    project = problem.project
    for resource, _ in way.needs:
        shown = 0
        for first, last in project.resources[resource].leave:
            day = local_time(first, project.timezone).date()
            span = project.sources.get(f"resource:{resource}.leave.{day}")
            if span is not None and low < last and first < finish and shown < _OF_EACH:
                shown += 1
                yield Label(span, f"`{resource}` is away until {end_moment(project, last)}")
