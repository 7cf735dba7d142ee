"""From a project to its schedule: the only home of the solver library.

``solve`` makes a schedule, ``replan`` one that keeps the most of an earlier one. A serial schedule comes first, in milliseconds and at any size;
the exact model improves it and proves how good it is.
"""

from __future__ import annotations

from imsgen.solver.replan.run import replan, replan_effort
from imsgen.solver.settings import Observer, Progress, Settings, Watch
from imsgen.solver.solve import solve

__all__ = ["Observer", "Progress", "Settings", "Watch", "replan", "replan_effort", "solve"]
