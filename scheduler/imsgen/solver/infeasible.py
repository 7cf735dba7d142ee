"""Why no schedule exists, in the plan's own words.

Asked in this order: do links, dates and windows leave a place for everything; has each resource
time enough; and only then the exact model, which dates and resources cannot hold together.
"""

from __future__ import annotations

from collections.abc import Mapping

from imsgen.calendars import WorkCalendar, union
from imsgen.diagnostics import Diagnostic, Label, Severity
from imsgen.errors import Infeasible
from imsgen.model import Constraint, ConstraintType, Dependency, Placement
from imsgen.network import UnplaceableError, early_dates
from imsgen.schedule.views import work_text
from imsgen.solver.bounds import capacity_between
from imsgen.solver.clock import Clock
from imsgen.solver.dates import link_event
from imsgen.solver.naming import chain_labels, chain_text, moment, place_of, spelled, typed
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Job, Problem, Upper
from imsgen.solver.profile import NEVER
from imsgen.solver.reason import Explained, Reason
from imsgen.solver.tight import has_upper, upper_of

_ON_START = frozenset({ConstraintType.SNET, ConstraintType.SNLT, ConstraintType.MSO})


def explain_dates(problem: Problem, error: UnplaceableError) -> Infeasible:
    """Return the explanation of an activity that links, dates and windows leave no place for."""
    job = problem.jobs[problem.number[error.id]]
    chain = driving_chain(problem, error.id, error.placed)
    found = error.earliest
    if found is not None:
        missed = _missed_constraint(problem, job, found)
        if missed is not None:
            return Explained(
                _constraint(problem, job, found, missed, chain=chain, placed=error.placed),
                Reason((job.id,), links=_pulling(problem, chain), chain=tuple(chain)),
            )
    if job.stays:
        return Explained(
            _window(problem, job, found, chain, error.placed),
            Reason((job.id,), links=_pulling(problem, chain), chain=tuple(chain)),
        )
    chase = _worst_chase(problem)
    if chase is not None:
        upper, dates = chase
        follower = problem.jobs[upper.successor].id
        chain = driving_chain(problem, follower, dates)
        reason = Reason((), links=(upper.link,), chain=tuple(chain))
        return Explained(_max_lag(problem, upper, dates[follower], chain), reason)
    return Infeasible([_no_time(problem, job, chain)])


def _pulling(problem: Problem, chain: list[str]) -> tuple[Dependency, ...]:
    """Return the links whose maximal lag can have made something in a chain wait."""
    inside = {problem.number[id_] for id_ in chain}
    found = [upper.link for upper in problem.uppers if inside.intersection(upper.predecessors)]
    return tuple(dict.fromkeys(found))


def _worst_chase(problem: Problem) -> tuple[Upper, Mapping[str, Placement]] | None:
    """Return the maximal lag that is exceeded most when none makes its predecessor wait."""
    try:
        dates = early_dates(problem.graph, problem.book, pulling=False)
    except UnplaceableError:
        return None
    worst: tuple[int, Upper] | None = None
    for upper in problem.uppers:
        start = dates[problem.jobs[upper.successor].id].start
        events = [
            link_event(upper.link.type, dates[problem.jobs[number].id])
            for number in upper.predecessors
        ]
        late = start - min(events) - (upper.link.max_lag or 0)
        if late > 0 and (worst is None or late > worst[0]):
            worst = (late, upper)
    return None if worst is None else (worst[1], dates)


def driving_chain(problem: Problem, id_: str, placed: Mapping[str, Placement]) -> list[str]:
    """Return what drives an activity by links alone, first to last."""
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
        if driver is None or driver[0] <= problem.release:
            return chain
        chain.insert(0, driver[1])


def _missed_constraint(
    problem: Problem, job: Job, found: Placement
) -> tuple[Constraint, str] | None:
    """Return the upper bound that the earliest place breaks, and whose it is."""
    project = problem.project
    owners = [job.id, *(group.id for group in project.ancestors(job.id))]
    worst: tuple[int, Constraint, str] | None = None
    for owner in owners:
        holder = project.groups.get(owner) or project.activities[owner]
        for constraint in holder.constraints:
            if constraint.latest is None:
                continue
            at = found.start if constraint.type in _ON_START else found.finish
            late = at - constraint.latest
            if late > 0 and (worst is None or late > worst[0]):
                worst = (late, constraint, owner)
    return None if worst is None else (worst[1], worst[2])


def _constraint(
    problem: Problem,
    job: Job,
    found: Placement,
    missed: tuple[Constraint, str],
    *,
    chain: list[str],
    placed: Mapping[str, Placement],
) -> Diagnostic:
    project = problem.project
    constraint, owner = missed
    at = found.start if constraint.type in _ON_START else found.finish
    latest = constraint.latest or at
    calendar = job.ways[0].calendar
    missing = work_text(max(0, calendar.work_between(latest, at)), project.day)
    whose = f"`{owner}`" if owner == job.id else f"`{owner}`, around `{job.id}`"
    return Diagnostic(
        "IMS501",
        Severity.ERROR,
        f"no schedule meets `{spelled(project, constraint)}` of {whose}",
        place_of(project, owner, "constraint"),
        label=f"earliest possible is {moment(project, at)}, {missing} late",
        labels=chain_labels(project, chain, placed),
        notes=(chain_text(project, chain),),
        help=(
            f"move the constraint to `{constraint.type} {typed(project, at)}`, or take {missing}"
            " out of that chain"
        ),
    )


def _window(
    problem: Problem,
    job: Job,
    found: Placement | None,
    chain: list[str],
    placed: Mapping[str, Placement],
) -> Diagnostic:
    project = problem.project
    stay = job.stays[0]
    last = stay.occurrences[-1][1]
    at = "" if found is None else f"earliest possible finish is {moment(project, found.finish)}"
    span = project.sources.get(f"window:{stay.window}")
    labels = chain_labels(project, chain, placed)
    if span is not None:
        labels = (Label(span, f"closes {moment(project, last)}"), *labels)
    edit = f"let `{stay.window}` close later, or shorten what comes before"
    if found is not None and found.finish > last:
        edit = f"let `{stay.window}` close at `{typed(project, found.finish)}` or later, or shorten that chain"
    return Diagnostic(
        "IMS502",
        Severity.ERROR,
        f"no schedule puts `{job.id}` within `{stay.window}`",
        place_of(project, job.id, "within"),
        label=at,
        labels=labels,
        notes=(chain_text(project, chain),),
        help=edit,
    )


def _max_lag(
    problem: Problem, upper: Upper, found: Placement | None, chain: list[str]
) -> Diagnostic:
    project, link = problem.project, upper.link
    span = project.sources.get(f"link:{link.predecessor}>{link.successor}:{link.type}")
    late = "" if found is None else f" until {moment(project, found.start)}"
    return Diagnostic(
        "IMS503",
        Severity.ERROR,
        f"`{link.successor}` cannot follow `{link.predecessor}` within its `max_lag`",
        span or place_of(project, link.successor, "after"),
        label=f"other links, dates or working hours hold it{late}",
        notes=(chain_text(project, chain),),
        help="allow a longer `max_lag`, or loosen the link that holds it longer",
    )


def _no_time(problem: Problem, job: Job, chain: list[str]) -> Diagnostic:
    project = problem.project
    what = "an unbroken stretch" if job.unbroken else "working time"
    return Diagnostic(
        "IMS504",
        Severity.ERROR,
        f"`{job.id}` finds no {what} of its length",
        place_of(project, job.id),
        label=f"needs {chain_length(problem, job)} on `{job.ways[0].calendar.name}`",
        notes=(chain_text(project, chain),),
        help="give it another `calendar:`, or a shorter duration",
    )


def chain_length(problem: Problem, job: Job) -> str:
    """Return how long a job is in the plan's days."""
    return work_text(min(way.duration for way in job.ways), problem.project.day)


# -- resources -------------------------------------------------------------------------------


def explain_energy(part: Problem) -> Infeasible | None:
    """Return the explanation of a resource with too little time for what must be done by then.

    For each resource and each latest finish: the work that must lie between an earliest start and
    that finish is more than the resource has there.
    """
    early = early_dates(part.graph, part.book)
    high = max((upper_of(job) or 0 for job in part.jobs), default=0)
    if high <= 0:
        return None
    late = late_places(part, NEVER)
    for id_, resource in part.project.resources.items():
        uses: list[tuple[int, int, int, str]] = []
        calendars: dict[int, WorkCalendar] = {}
        for job in part.jobs:
            if job.fixed is not None or job.began is not None:
                continue
            work = min(
                way.duration * sum(units for one, units in way.needs if one == id_)
                for way in job.ways
            )
            by = late.finishes[job.number]
            if work and -NEVER < by <= high:
                uses.append((early[job.id].start, by, work, job.id))
                for way in job.ways:
                    calendars[id(way.calendar)] = way.calendar
        if not uses:
            continue
        axis = union(list(calendars.values()))
        for by in sorted({use[1] for use in uses}):
            inside = sorted((use for use in uses if use[1] <= by), reverse=True)
            total = 0
            for since, _, work, _ in inside:
                total += work
                there = capacity_between(resource, axis, since, by)
                if total > there:
                    ids = [use[3] for use in inside if use[0] >= since]
                    return Explained(
                        _energy(part, id_, ids, since=since, by=by, total=total, there=there),
                        Reason(
                            _bounded_after(part, ids),
                            (id_,),
                            chain=tuple(driving_chain(part, inside[0][3], early)),
                        ),
                    )
    return None


def _bounded_after(part: Problem, ids: list[str]) -> tuple[str, ...]:
    """Return the activities with an upper bound of their own among some and what waits for them."""
    reached: dict[int, None] = {}
    stack = [part.number[id_] for id_ in ids]
    while stack:
        number = stack.pop()
        if number not in reached:
            reached[number] = None
            stack.extend(part.followers[number])
    return tuple(part.jobs[one].id for one in sorted(reached) if has_upper(part.jobs[one]))


def _energy(
    part: Problem, resource: str, ids: list[str], *, since: int, by: int, total: int, there: int
) -> Diagnostic:
    project = part.project
    needed, given = work_text(-(-total // 100), project.day), work_text(there // 100, project.day)
    labels = tuple(
        Label(span, f"needs `{resource}`")
        for id_ in ids[:6]
        if (span := place_of(project, id_)) is not None
    )
    return Diagnostic(
        "IMS505",
        Severity.ERROR,
        f"`{resource}` has too little time between {moment(project, since)} and"
        f" {moment(project, by)}",
        project.sources.get(f"resource:{resource}"),
        label=f"{needed} of work, {given} available",
        labels=labels,
        notes=("needed by " + ", ".join(f"`{id_}`" for id_ in sorted(ids)),),
        help=(
            f"raise the `capacity:` of `{resource}` for that time, or give the activities later"
            " dates"
        ),
    )


# -- together --------------------------------------------------------------------------------


def explain_conflict(part: Problem, clock: Clock) -> Infeasible:
    """Return which dates and resources cannot hold together."""
    from imsgen.solver.cpsat.conflict import smallest_conflict

    project = part.project
    dates, resources = smallest_conflict(part, clock)
    bounded = tuple(part.jobs[number].id for number in dates)
    ids = [part.jobs[number].id for number in dates] or [job.id for job in part.jobs[:1]]
    first = ids[0]
    key = "within" if part.jobs[part.number[first]].stays else "constraint"
    labels = [
        Label(span, "together with this")
        for id_ in ids[1:8]
        if (span := place_of(project, id_, "constraint")) is not None
    ]
    labels += [
        Label(span, "which is not there often enough")
        for id_ in resources
        if (span := project.sources.get(f"resource:{id_}")) is not None
    ]
    named = ", ".join(f"`{id_}`" for id_ in resources)
    what = f" with the capacity of {named}" if resources else ""
    notes = tuple(
        f"`{job.id}` must be done by {moment(project, upper)}"
        for id_ in ids[:8]
        if (upper := upper_of(job := part.jobs[part.number[id_]])) is not None
    )
    edit = "move one of the dates"
    if resources:
        edit += f", or raise the `capacity:` of {named}"
    early = early_dates(part.graph, part.book)
    chains = [driving_chain(part, id_, early) for id_ in bounded]
    chain = max(chains, key=len, default=[])
    reason = Reason(
        bounded,
        tuple(resources) or _needed(part, [*bounded, *reversed(chain)]),
        links=tuple(dict.fromkeys(upper.link for upper in part.uppers)),
        chain=tuple(chain),
    )
    found = Diagnostic(
        "IMS506",
        Severity.ERROR,
        f"the dates of {', '.join(f'`{id_}`' for id_ in ids[:8])} cannot be met together{what}",
        place_of(project, first, key),
        label="must be done by then",
        labels=tuple(labels),
        notes=notes,
        help=edit,
    )
    return Explained(found, reason)


def _needed(part: Problem, ids: list[str]) -> tuple[str, ...]:
    """Return the resources that activities need, in their order."""
    jobs = (part.jobs[part.number[id_]] for id_ in ids)
    return tuple(dict.fromkeys(need for job in jobs for way in job.ways for need, _ in way.needs))
