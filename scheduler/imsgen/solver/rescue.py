"""A first schedule from the exact model, for plans too tight for the serial one."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.model import Placement
from imsgen.solver.clock import Clock
from imsgen.solver.improve import Incumbent
from imsgen.solver.problem import Problem
from imsgen.solver.serial import Failure, Serial


def rescue(
    problem: Problem,
    serial: Serial,
    early: Sequence[Placement],
    clock: Clock,
    failure: Failure,
) -> Incumbent | None:
    """Return a schedule, or None when the limit ran out."""
    return None
