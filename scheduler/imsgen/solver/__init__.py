"""From a project to its schedule: the only home of the solver library.

``solve`` is all there is to call. A serial schedule comes first, in milliseconds and at any size;
the exact model improves it and proves how good it is.
"""

from __future__ import annotations

from imsgen.solver.settings import Observer, Progress, Settings, Watch
from imsgen.solver.solve import solve

__all__ = ["Observer", "Progress", "Settings", "Watch", "solve"]
