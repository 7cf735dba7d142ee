"""What safe gates take in every schedule, as dates and links: a plan that is no better than it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from imsgen.model import Instant
from imsgen.solver.problem import Problem, compiled
from imsgen.solver.protect.edits import after_gate, at_worst, compiled_or_none, decided_by
from imsgen.solver.protect.guards import Guard
from imsgen.solver.protect.judge import Judge


@dataclass(frozen=True, slots=True)
class Sure:
    """The plan with what follows for every schedule with safe gates."""

    problem: Problem
    latest: Mapping[str, Instant]
    """By gate: when it decides at the latest."""


def sure_of(judge: Judge) -> Sure:
    """Return the plan with a latest date for each gate, and irreversible steps after it.

    Raises
    ------
    Infeasible
        If something irreversible has begun whenever a gate decides, or what has begun takes
        longer to undo than the window lasts.
    """
    problem = judge.problem
    project = problem.project
    latest: dict[str, Instant] = {}
    for guard in judge.guards:
        ruin = [id_ for id_ in guard.sure if project.activities[id_].irreversible]
        if ruin:
            from imsgen.solver.protect.refusal import lost

            raise lost(problem, guard, ruin[0])
        if not judge.tangled:
            at = latest_sure(judge, guard)
            if at is None:
                from imsgen.solver.protect.refusal import never

                raise never(judge)
            latest[guard.gate] = at
    for guard in judge.guards:
        if guard.gate in latest:
            project = decided_by(project, guard.gate, latest[guard.gate])
        for id_ in guard.open:
            if not project.activities[id_].irreversible:
                continue
            edited = after_gate(project, guard.gate, [id_])
            if compiled_or_none(edited, {}) is not None:
                project = edited
    return Sure(_told(compiled(project)), latest)


def latest_sure(judge: Judge, guard: Guard) -> Instant | None:
    """Return when a gate decides at the latest, whatever has begun beside what must.

    What may be done in several ways is left out: its undoing may depend on the way.
    """
    problem = judge.problem
    worst = at_worst(problem, guard, {})
    plain = [id_ for id_ in guard.sure if len(problem.jobs[problem.number[id_]].ways) == 1]
    return judge.ways.latest(guard, plain, worst, guard.spans[-1][1]).bound


def _told(problem: Problem) -> Problem:
    """Return the problem with instants, not only working minutes, for milestones that matter.

    A milestone at the end of a day is told from one at the beginning of the next where it has a
    latest start.
    """
    activities = problem.project.activities
    last = Instant(problem.project.horizon[1] - 1)
    jobs = tuple(
        replace(job, start_max=last)
        if job.milestone
        and job.start_max is None
        and (activities[job.id].irreversible or activities[job.id].undo is not None)
        else job
        for job in problem.jobs
    )
    return replace(problem, jobs=jobs)
