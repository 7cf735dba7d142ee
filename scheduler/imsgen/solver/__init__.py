"""From a project to its schedule: the only home of the solver library.

``solve`` makes a schedule, ``replan`` one that keeps the most of an earlier one. A serial schedule
comes first, in milliseconds and at any size; the exact model improves it and proves how good it is.
``earliest_finish`` does the same for a plan of which only the finish matters.
"""

from __future__ import annotations

from imsgen.solver.earliest import Earliest, earliest_finish
from imsgen.solver.replanning.run import replan, replan_effort, unchanged
from imsgen.solver.settings import Observer, Progress, Settings, Watch
from imsgen.solver.solve import solve

__all__ = [
    "Earliest",
    "Observer",
    "Progress",
    "Settings",
    "Watch",
    "earliest_finish",
    "replan",
    "replan_effort",
    "solve",
    "unchanged",
]
