"""Why no schedule exists: links, dates and windows leave no place for an activity.

What is asked next is in :mod:`imsgen.solver.shortage`, has each resource time enough, and only then
in :mod:`imsgen.solver.together`, which dates and resources cannot hold together.
"""

from __future__ import annotations

from collections.abc import Mapping

from imsgen.diagnostics import Diagnostic, Label, Severity
from imsgen.errors import Infeasible
from imsgen.model import Constraint, ConstraintType, Dependency, Placement
from imsgen.network import UnplaceableError, early_dates
from imsgen.network.bounds import TO_FINISH
from imsgen.schedule.views import elapsed_text, work_text
from imsgen.solver.dates import lag_calendar, link_event
from imsgen.solver.driving import driving_chain, driving_labels
from imsgen.solver.naming import (
    chain_text,
    end_moment,
    moment,
    place_of,
    spelled,
    typed,
    worked,
)
from imsgen.solver.problem import Job, Problem, Stay, Upper
from imsgen.solver.reason import Explained, Reason

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
        placed = error.placed if found is None else {**error.placed, job.id: found}
        return Explained(
            _window(problem, job, found, chain, placed),
            Reason((job.id,), links=_pulling(problem, chain), chain=tuple(chain)),
        )
    chase = _worst_chase(problem)
    if chase is not None:
        upper, dates = chase
        follower = problem.jobs[upper.successor].id
        chain = driving_chain(problem, follower, dates)
        reason = Reason((), links=(upper.link,), chain=tuple(chain))
        return Explained(_max_lag(problem, upper, dates), reason)
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
    late = calendar.work_between(latest, at)
    missing = worked(project, calendar, late, at) if late > 0 else elapsed_text(at - latest)
    whose = f"`{owner}`" if owner == job.id else f"`{owner}`, around `{job.id}`"
    return Diagnostic(
        "IMS501",
        Severity.ERROR,
        f"no schedule meets `{spelled(project, constraint)}` of {whose}: {missing} late",
        place_of(project, owner, "constraint"),
        label=f"earliest possible is {moment(project, at)}",
        labels=driving_labels(problem, chain, {**placed, job.id: found}),
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
    many = len(stay.occurrences) > 1
    longest = _longest(job, stay)
    last = stay.occurrences[-1][1]
    calendar = job.ways[0].calendar
    shortest = min(way.duration for way in job.ways)
    edit = f"let `{stay.window}` close later, or shorten what comes before"
    label, missing = "", ""
    if shortest > longest:
        short = worked(project, calendar, shortest - longest, last)
        there = worked(project, calendar, longest, last)
        missing = f": {short} too long"
        label = f"needs {worked(project, calendar, shortest, last)}, of which it holds {there}"
    elif found is not None and found.finish > last:
        late = elapsed_text(found.finish - last)
        missing = f": {late} too late"
        label = f"earliest possible finish is {moment(project, found.finish)}"
        if many:
            missing = f": {late} too late for the last"
        else:
            edit = (
                f"let `{stay.window}` close at `{typed(project, found.finish)}` or later, or"
                " shorten that chain"
            )
    labels = driving_labels(problem, chain, placed)
    span = project.sources.get(f"window:{stay.window}")
    if span is not None:
        opens = next((one.text for one in labels if one.span == span), "")
        text = f"closes {end_moment(project, last)}"
        text = f"{opens}, {text}" if opens else text
        if many:
            hours = elapsed_text(max(end - first for first, end in stay.occurrences))
            text = f"opens {len(stay.occurrences)} times, for {hours} at most"
        labels = (Label(span, text), *(one for one in labels if one.span != span))
    one = "one of " if many else ""
    return Diagnostic(
        "IMS502",
        Severity.ERROR,
        f"no schedule puts `{job.id}` within {one}`{stay.window}`{missing}",
        place_of(project, job.id, "within"),
        label=label,
        labels=labels,
        notes=(chain_text(project, chain),),
        help=edit,
    )


def _longest(job: Job, stay: Stay) -> int:
    """Return the most working time of a job that one occurrence of a window has."""
    return max(
        way.calendar.work_between(first, last)
        for way in job.ways
        for first, last in stay.occurrences
    )


def _max_lag(problem: Problem, upper: Upper, dates: Mapping[str, Placement]) -> Diagnostic:
    project, link = problem.project, upper.link
    job = problem.jobs[upper.successor]
    found = dates[job.id]
    chain = driving_chain(problem, job.id, dates)
    span = project.sources.get(f"link:{link.predecessor}>{link.successor}:{link.type}")
    source = problem.jobs[upper.predecessors[0]]
    calendar = lag_calendar(problem, upper, source.number, 0, job.ways[0])
    events = [
        link_event(link.type, dates[problem.jobs[number].id]) for number in upper.predecessors
    ]
    end = found.finish if link.type in TO_FINISH else found.start
    apart = calendar.work_between(max(events), end)
    more = worked(project, calendar, max(0, apart - (link.max_lag or 0)), end)
    return Diagnostic(
        "IMS503",
        Severity.ERROR,
        f"`{link.successor}` cannot follow `{link.predecessor}` within its `max_lag`: {more} more",
        span or place_of(project, link.successor, "after"),
        label=f"other links, dates or working hours hold it until {moment(project, found.start)}",
        labels=driving_labels(problem, chain, dates),
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
        label=f"needs {_length(problem, job)} on `{job.ways[0].calendar.name}`",
        notes=(chain_text(project, chain),),
        help="give it another `calendar:`, or a shorter duration",
    )


def _length(problem: Problem, job: Job) -> str:
    """Return how long a job is in the plan's days."""
    return work_text(min(way.duration for way in job.ways), problem.project.day)
