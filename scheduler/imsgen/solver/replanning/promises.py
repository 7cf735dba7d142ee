"""What a replan keeps, level by level: what is frozen, deadlines and bookings, people, dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsgen.model import Placement
from imsgen.solver.objective import job_tardiness
from imsgen.solver.objectives.change import Change, changed
from imsgen.solver.objectives.measure import Given, Span, Values
from imsgen.solver.objectives.published import binding_dates
from imsgen.solver.problem import PLAN_PRIORITY, Job, Problem

FROZEN, MISSED = "frozen", "missed"
"""Names of the levels before those of little change."""


def promised_dates(problem: Problem, published: Mapping[str, Placement]) -> dict[str, Placement]:
    """Return the published dates that still bind: of what is to be done, in a way there is."""
    binding = binding_dates(problem, published)
    modes = {job.id: {way.mode for way in job.ways} for job in problem.jobs}
    return {id_: place for id_, place in binding.items() if place.mode in modes[id_]}


def frozen_jobs(problem: Problem, given: Given) -> frozenset[int]:
    """Return the jobs that were to start within `freeze` after the status date."""
    freeze = problem.project.options.freeze
    if not freeze:
        return frozenset()
    since = problem.release
    return frozenset(
        job.number
        for job in problem.jobs
        if job.began is None
        and (old := given.get(job.id)) is not None
        and since <= old.start < since + freeze
    )


class Promises(Change):
    """The levels of a replan.

    ``frozen`` is how many frozen activities move, where the plan has a `freeze:`; ``missed`` the
    weights of deadlines that are missed and gates held later than booked; people told and shift
    are those of little change.
    """

    def __init__(self, problem: Problem, given: Given) -> None:
        super().__init__(problem, given)
        self.frozen = frozen_jobs(problem, given)
        first = (FROZEN,) if problem.project.options.freeze else ()
        self.names = (*first, MISSED, *Change.names)
        self.thawed = 0
        self.missed = 0
        self.shared = shared_deadlines(problem)
        self._late = dict.fromkeys(self.shared, 0)
        self._of: list[list[str]] = [[] for _ in problem.jobs]
        for key, (_, _, inside) in self.shared.items():
            for number in inside:
                self._of[number].append(key)

    def put(self, job: Job, place: Placement, sign: int = 1) -> None:
        """Count a job at a place."""
        super().put(job, place, sign)
        if job.number in self.frozen and changed(job, self.given[job.id], place):
            self.thawed += sign
        self.missed += sign * self.broken(job, place)
        for key in self._of[job.number]:
            due, weight, _ = self.shared[key]
            if place.finish > due:
                before = self._late[key]
                self._late[key] = before + sign
                self.missed += weight * (bool(before + sign) - bool(before))

    def broken(self, job: Job, place: Placement) -> int:
        """Return the weight of what a job promised by itself and misses at a place."""
        weight = job.priority if job_tardiness(job, place) else 0
        gate = self.problem.project.gates.get(job.id)
        if gate is not None and gate.at is not None and place.start > gate.at:
            weight += job.priority
        return weight

    def values(self) -> Values:
        """Return the levels, and how many activities moved."""
        return (*self._first(self.thawed), self.missed, *super().values())

    def bounds(self, span: Span) -> Values:
        """Return the levels when only what must moves, and is late only where it must be."""
        early, jobs = span.early, self.problem.jobs
        told = super().bounds(span)
        thawed = sum(self.leaves(jobs[number], span) for number in sorted(self.frozen))
        missed = sum(self._least_broken(job, early[job.number]) for job in jobs)
        for due, weight, inside in self.shared.values():
            if any(early[number].finish > due for number in inside):
                missed += weight
        return (*self._first(thawed), missed, *told)

    def _first(self, thawed: int) -> Values:
        return (thawed,) if FROZEN in self.names else ()

    def _least_broken(self, job: Job, early: Placement) -> int:
        modes = (way.mode for way in job.ways) if job.fixed is None else (early.mode,)
        return min(self.broken(job, Placement(early.start, early.finish, mode)) for mode in modes)


def shared_deadlines(problem: Problem) -> dict[str, tuple[int, int, Sequence[int]]]:
    """Return the deadlines of groups and of the plan: when, its weight, the jobs it is for."""
    project = problem.project
    found: dict[str, tuple[int, int, Sequence[int]]] = {}
    for group in project.groups.values():
        if group.deadline is not None:
            leaves = project.leaves(group.id)
            inside = [problem.number[leaf] for leaf in leaves if leaf in problem.number]
            found[f"group {group.id}"] = (group.deadline, group.priority, inside)
    if project.deadline is not None:
        found["project"] = (project.deadline, PLAN_PRIORITY, range(len(problem.jobs)))
    return found
