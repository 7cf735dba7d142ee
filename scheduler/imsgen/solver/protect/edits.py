"""The plan with safe gates as dates and links: what every search of the portfolio understands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from imsgen.model import Constraint, ConstraintType, Dependency, Instant, Placement, Project
from imsgen.solver.edits import with_owner
from imsgen.solver.problem import Problem, compiled
from imsgen.solver.protect.guards import Guard
from imsgen.solver.protect.judge import Judged
from imsgen.solver.protect.values import irreversible


def decided_by(project: Project, gate: str, latest: Instant) -> Project:
    """Return the plan in which a gate decides no later than an instant."""
    return _constrained(project, gate, _by(project, gate, latest))


def after_gate(project: Project, gate: str, ids: Iterable[str]) -> Project:
    """Return the plan in which activities begin when a gate has decided."""
    links = tuple(Dependency(gate, id_) for id_ in ids)
    return replace(project, dependencies=(*project.dependencies, *links))


def not_before(project: Project, ids: Iterable[str], moment: Instant) -> Project:
    """Return the plan in which activities start no earlier than an instant."""
    for id_ in ids:
        project = _constrained(project, id_, Constraint(ConstraintType.SNET, earliest=moment))
    return project


def pinned(
    problem: Problem, judged: Sequence[Judged], places: Sequence[Placement], margin: int
) -> Problem | None:
    """Return the plan in which what has begun by the gates of a schedule is all that may have.

    Each gate decides in time for that, with a margin, so whatever keeps its rules is safe. None:
    a gate is not safe, or a link back would make a circle.
    """
    project = problem.project
    modes: dict[str, int] = {}
    for one in judged:
        latest = one.latest.moment
        if latest is None:
            return None
        idle = [id_ for id_ in one.guard.open if id_ not in one.begun]
        project = after_gate(project, one.guard.gate, idle)
        project = decided_by(project, one.guard.gate, Instant(latest - margin))
        modes |= dict(one.cut.modes)
        if one.cut.left:
            # What is left must not get more: neither side moves apart.
            project = _constrained(project, one.guard.gate, _from(project, one))
        for id_, _ in one.cut.left:
            latest = places[problem.number[id_]].finish
            project = _constrained(project, id_, Constraint(ConstraintType.FNLT, latest=latest))
    return compiled_or_none(project, modes)


def kept(
    problem: Problem,
    judged: Sequence[Judged],
    places: Sequence[Placement],
    *,
    margin: int,
    point: Instant | None,
) -> Problem | None:
    """Return the plan pinned as a schedule has it, with irreversible steps from an instant on."""
    pin = pinned(problem, judged, places, margin)
    if pin is None or point is None:
        return pin
    modes = {id_: mode for one in judged for id_, mode in one.cut.modes}
    return compiled_or_none(not_before(pin.project, irreversible(problem), point), modes)


def compiled_or_none(project: Project, modes: Mapping[str, int]) -> Problem | None:
    """Return the problem of an edited plan with some ways given; None: its links run in a circle."""
    try:
        problem = compiled(project)
    except ValueError:
        return None
    jobs = tuple(
        replace(job, ways=tuple(way for way in job.ways if way.mode == modes[job.id]))
        if job.id in modes and job.fixed is None
        else job
        for job in problem.jobs
    )
    return replace(problem, jobs=jobs)


def _constrained(project: Project, id_: str, constraint: Constraint) -> Project:
    one = project.activities[id_]
    return with_owner(project, replace(one, constraints=(*one.constraints, constraint)))


def _by(project: Project, gate: str, latest: Instant) -> Constraint:
    """Return the bound on a decision: a milestone's finish may be put off over a pause."""
    activity = project.activities[gate]
    started = activity.progress is not None and activity.progress.actual_start is not None
    if activity.modes[0].duration or started:
        return Constraint(ConstraintType.FNLT, latest=latest)
    return Constraint(ConstraintType.SNLT, latest=latest)


def _from(project: Project, one: Judged) -> Constraint:
    kind = ConstraintType.FNET if project.activities[one.guard.gate].modes[0].duration else None
    return Constraint(kind or ConstraintType.SNET, earliest=one.decided)


def at_worst(problem: Problem, guard: Guard, modes: Mapping[str, int]) -> dict[str, Placement]:
    """Return places by which nothing but what is sure has begun, and all of that is done."""
    first, last = problem.project.horizon
    moment = Instant(guard.spans[-1][1] - 1)
    found = {id_: Placement(last, last, modes.get(id_, 0)) for id_ in problem.graph.order}
    for id_ in guard.sure:
        found[id_] = Placement(first, moment, modes.get(id_, 0))
    found[guard.gate] = Placement(moment, moment)
    return found
