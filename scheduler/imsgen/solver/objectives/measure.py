"""What an objective asks of a search: values that follow every move of a job, and bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from imsgen.model import Instant, Placement
from imsgen.solver.hammocks import hammock_spans
from imsgen.solver.passes import Late
from imsgen.solver.problem import Job, Problem

Values = tuple[int, ...]
"""Less is better, the first counts first."""
Given = Mapping[str, Placement]
"""The published dates, by activity."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where jobs may lie: early places, late places, the plan's finish; nothing lies outside."""

    early: Sequence[Placement]
    late: Late
    finish: int


class Measure(Protocol):
    """One objective, kept up to date while jobs are moved.

    ``values`` begins with the levels of the objective; what follows only guides a search over
    plateaus. ``put`` with ``sign=-1`` takes a job away.
    """

    names: tuple[str, ...]

    def put(self, job: Job, place: Placement, sign: int = 1) -> None:
        """Count a job at a place."""

    def hold(self, resource: str, units: int, start: int, finish: int, sign: int = 1) -> None:
        """Count what a hammock holds."""

    def values(self) -> Values:
        """Return the levels and guides of what is counted."""

    def concerns(self, job: Job) -> bool:
        """Whether it matters where a job stands."""

    def target(self, job: Job) -> Instant | None:
        """Return the start a job should have, if there is one."""

    def bounds(self, span: Span) -> Values:
        """Return values of the levels that no schedule inside the span beats."""

    def shown(self, levels: Values) -> Values:
        """Return levels as the schedule file has them, never in another order."""


def count(measure: Measure, problem: Problem, places: Sequence[Placement]) -> Values:
    """Return the levels of a whole schedule with a measure that counts nothing yet."""
    for job, place in zip(problem.jobs, places, strict=True):
        measure.put(job, place)
    for span in hammock_spans(problem, places):
        measure.hold(*span)
    return measure.values()[: len(measure.names)]
