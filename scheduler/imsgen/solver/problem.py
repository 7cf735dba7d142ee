"""The plan as the solver sees it: jobs with their ways, bounds, windows and links.

Everything the plan says in several places (a group's constraint, the status date, what has
happened) is folded here into a few bounds per job, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from imsgen.calendars import CalendarBook, WorkCalendar
from imsgen.model import (
    Activity,
    ConstraintType,
    Dependency,
    Instant,
    Kind,
    LinkType,
    Placement,
    Project,
)
from imsgen.network.bounds import FROM_FINISH, TO_FINISH
from imsgen.network.graph import Graph, build_graph

PLAN_PRIORITY = 500
"""Weight of a minute the plan's finish is after the plan's deadline."""


@dataclass(frozen=True, slots=True)
class Way:
    """One mode of a job with the working time it runs on."""

    mode: int
    calendar: WorkCalendar
    duration: int
    needs: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """A window a job lies in; ``together`` keys the occurrence it shares with others."""

    window: str
    occurrences: tuple[tuple[Instant, Instant], ...]
    together: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """An activity on the plan of record, or what remains of it.

    Bounds are instants: ``start_min <= start <= start_max``, ``C(finish) >= C(finish_min)``,
    ``finish <= finish_max``. For a job that has ``began`` they bind its remaining work.
    """

    number: int
    id: str
    ways: tuple[Way, ...]
    milestone: bool
    start_min: Instant
    start_max: Instant | None
    finish_min: Instant | None
    finish_max: Instant | None
    stays: tuple[Stay, ...]
    forbidden: tuple[tuple[Instant, Instant], ...]
    unbroken: bool
    deadline: Instant | None
    priority: int
    alap: bool
    began: Instant | None = None
    fixed: Placement | None = None
    """Where it stands for good: it is finished, or nothing of it remains."""


@dataclass(frozen=True, slots=True)
class Lower:
    """``successor`` waits for ``predecessors``: all of them, or ``any`` (the first to start)."""

    predecessors: tuple[int, ...]
    successor: int
    link: Dependency
    any: bool = False


@dataclass(frozen=True, slots=True)
class Upper:
    """``successor`` follows within ``max_lag``: of every predecessor, or of ``any`` of them."""

    predecessors: tuple[int, ...]
    successor: int
    link: Dependency
    any: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Jobs in topological order and everything that binds them."""

    project: Project
    book: CalendarBook
    graph: Graph
    jobs: tuple[Job, ...]
    number: Mapping[str, int]
    lowers: tuple[Lower, ...]
    uppers: tuple[Upper, ...]
    lowers_of: tuple[tuple[Lower, ...], ...]
    """By successor."""
    uppers_of: tuple[tuple[Upper, ...], ...]
    followers: tuple[tuple[int, ...], ...]
    """Jobs that wait for a job, without repeats, ascending."""
    shelf: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    """What has been worked out from the rest and serves again, by what it is."""

    @property
    def release(self) -> Instant:
        """The first instant at which anything can still happen."""
        return release_of(self.project)

    @property
    def has_tardiness(self) -> bool:
        """Whether anything has a deadline."""
        return (
            self.project.deadline is not None
            or any(job.deadline is not None for job in self.jobs)
            or any(group.deadline is not None for group in self.project.groups.values())
        )

    def lag_calendar(self, link: Dependency, predecessor: Way, successor: Way) -> WorkCalendar:
        """Return what the lag of a link runs on between two ways."""
        return self.book.lag_calendar(link, predecessor.calendar, successor.calendar)


def release_of(project: Project) -> Instant:
    """Return the plan's start, or the status date when that is later."""
    return max(project.start, project.status_date or project.start)


def compiled(project: Project) -> Problem:
    """Return the problem of a plan."""
    return compile_problem(build_graph(project), CalendarBook(project))


def compile_problem(graph: Graph, book: CalendarBook) -> Problem:
    """Return the problem of a plan."""
    project = graph.project
    number = {id_: i for i, id_ in enumerate(graph.order)}
    jobs = tuple(_job(project, book, i, project.activities[id_]) for id_, i in number.items())
    lowers, uppers = _links(graph, jobs, number)
    lowers_of: list[list[Lower]] = [[] for _ in jobs]
    uppers_of: list[list[Upper]] = [[] for _ in jobs]
    followers: list[dict[int, None]] = [{} for _ in jobs]
    for lower in lowers:
        lowers_of[lower.successor].append(lower)
        for predecessor in lower.predecessors:
            followers[predecessor][lower.successor] = None
    for upper in uppers:
        uppers_of[upper.successor].append(upper)
    return Problem(
        project=project,
        book=book,
        graph=graph,
        jobs=jobs,
        number=number,
        lowers=tuple(lowers),
        uppers=tuple(uppers),
        lowers_of=tuple(tuple(found) for found in lowers_of),
        uppers_of=tuple(tuple(found) for found in uppers_of),
        followers=tuple(tuple(sorted(found)) for found in followers),
    )


# -- jobs ------------------------------------------------------------------------------------


def _job(project: Project, book: CalendarBook, number: int, activity: Activity) -> Job:
    progress = activity.progress
    began = None if progress is None else progress.actual_start
    remaining = None if progress is None or began is None else progress.remaining or 0
    ways = tuple(
        Way(
            mode=i,
            calendar=book.effective(activity, i),
            duration=mode.duration if remaining is None else remaining,
            needs=tuple((need.resource, need.units) for need in mode.needs if need.units > 0),
        )
        for i, mode in enumerate(activity.modes)
    )
    start_min = release_of(project)
    if began is not None and progress is not None and progress.resume is not None:
        start_min = max(start_min, progress.resume)
    fixed = _fixed(project, activity, ways[0])
    bounds = _bounds(project, activity, ways[0], start_min, started=began is not None)
    milestone = ways[0].duration == 0
    return Job(
        number=number,
        id=activity.id,
        ways=ways[:1] if milestone else ways,
        milestone=milestone,
        stays=_stays(project, activity, started=began is not None),
        forbidden=tuple(
            sorted(
                span
                for window in activity.forbidden
                for span in project.windows[window].occurrences
            )
        ),
        unbroken=activity.unbroken and not milestone,
        deadline=activity.deadline,
        priority=activity.priority,
        alap=any(one.type is ConstraintType.ALAP for one in activity.constraints),
        began=began,
        fixed=fixed,
        start_min=bounds.start_min,
        start_max=bounds.start_max,
        finish_min=bounds.finish_min,
        finish_max=bounds.finish_max,
    )


def _fixed(project: Project, activity: Activity, way: Way) -> Placement | None:
    """Return the place of what is finished or has nothing left to do."""
    progress = activity.progress
    if progress is None:
        return None
    start, finish = progress.actual_start, progress.actual_finish
    if finish is not None:
        return Placement(start if start is not None else finish, finish)
    if start is not None and way.duration == 0:
        status = project.status_date if project.status_date is not None else start
        return Placement(start, max(way.calendar.last_finish(status), start))
    return None


class _Bounds(NamedTuple):
    start_min: Instant
    start_max: Instant | None
    finish_min: Instant | None
    finish_max: Instant | None


def _bounds(
    project: Project, activity: Activity, way: Way, start_min: Instant, *, started: bool
) -> _Bounds:
    """Fold the constraints of an activity and its groups into four bounds.

    A milestone may stand after its FNLT as long as no working time lies between.
    """
    lows: dict[str, list[Instant]] = {"start": [start_min], "finish": []}
    highs: dict[str, list[Instant]] = {"start": [], "finish": []}
    for constraint in project.constraints_on(activity.id):
        end = "start" if constraint.type in _ON_START else "finish"
        if started and end == "start":
            continue
        if constraint.earliest is not None:
            lows[end].append(constraint.earliest)
        if constraint.latest is not None:
            latest = constraint.latest
            if way.duration == 0 and end == "finish":
                latest = way.calendar.start_of(way.calendar.work_at(latest))
            highs[end].append(latest)
    return _Bounds(
        start_min=max(lows["start"]),
        start_max=min(highs["start"], default=None),
        finish_min=max(lows["finish"], default=None),
        finish_max=min(highs["finish"], default=None),
    )


_ON_START = frozenset({ConstraintType.SNET, ConstraintType.SNLT, ConstraintType.MSO})


def _stays(project: Project, activity: Activity, *, started: bool) -> tuple[Stay, ...]:
    """Return the windows an activity lies in; what has started need only finish inside."""
    found = []
    for within in activity.within:
        occurrences = project.windows[within.window].occurrences
        if started:
            occurrences = tuple((min(first, project.start), last) for first, last in occurrences)
        together = None if within.together is None else (within.together, within.window)
        found.append(Stay(within.window, occurrences, together))
    return tuple(found)


# -- links -----------------------------------------------------------------------------------


def _links(
    graph: Graph, jobs: tuple[Job, ...], number: Mapping[str, int]
) -> tuple[list[Lower], list[Upper]]:
    """Return lower and upper bounds between jobs.

    What is finished is bound by nothing; what has started by links from unfinished predecessors
    only, and by nothing under progress override.
    """
    lowers: list[Lower] = []
    uppers: list[Upper] = []
    latest: dict[tuple[int, int], list[int]] = {}
    links: dict[int, Dependency] = {}
    for successor in graph.order:
        to = number[successor]
        job = jobs[to]
        if job.fixed is not None:
            continue
        for arc in graph.incoming[successor]:
            if job.began is not None and _history(graph, jobs, number, arc.link):
                continue
            source = number[arc.predecessor]
            lowers.append(Lower((source,), to, arc.link))
            if _bounds_above(arc.link, job):
                if arc.link.type in FROM_FINISH:
                    links[id(arc.link)] = arc.link
                    latest.setdefault((id(arc.link), to), []).append(source)
                else:
                    uppers.append(Upper((source,), to, arc.link))
        for early in graph.earliest_incoming[successor]:
            if job.began is not None and _history(graph, jobs, number, early.link):
                continue
            sources = tuple(number[one] for one in early.predecessors)
            lowers.append(Lower(sources, to, early.link, any=True))
            if _bounds_above(early.link, job):
                uppers.extend(Upper((one,), to, early.link) for one in sources)
    for (link, to), found in latest.items():
        uppers.append(Upper(tuple(found), to, links[link], any=len(found) > 1))
    return lowers, uppers


def _history(
    graph: Graph, jobs: tuple[Job, ...], number: Mapping[str, int], link: Dependency
) -> bool:
    """Whether a link binds no activity that has started."""
    if graph.project.options.out_of_sequence == "progress_override":
        return True
    return all(
        activity.progress is not None and activity.progress.actual_finish is not None
        for leaf in graph.project.leaves(link.predecessor)
        if (activity := graph.project.activities[leaf]).kind is not Kind.HAMMOCK
    )


def _bounds_above(link: Dependency, job: Job) -> bool:
    if link.max_lag is None:
        return False
    return job.began is None or link.type in TO_FINISH


def from_finish(type_: LinkType) -> bool:
    """Whether a link leaves from the predecessor's finish."""
    return type_ in FROM_FINISH


def to_finish(type_: LinkType) -> bool:
    """Whether a link bounds the successor's finish."""
    return type_ in TO_FINISH
