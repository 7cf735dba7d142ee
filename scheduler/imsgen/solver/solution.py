"""What a search ends with, and what it has proved on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from imsgen.model import Instant, ObjectiveLevel, Placement, Status
from imsgen.solver.objective import Score


@dataclass(slots=True)
class Bounds:
    """What is proved so far: no schedule that is better scores less."""

    tardiness: int
    finish: int
    starts: int = 0
    named: dict[str, Instant] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Solution:
    """Dates with the proof that goes with them."""

    places: list[Placement]
    score: Score
    status: Status
    bound: Instant
    levels: tuple[ObjectiveLevel, ...]
    bounds: dict[str, Instant]
    method: str
    searchers: int
    reproducible: bool
