"""Schedules whose gates can still say No-Go: `options: {protect: rollback}`.

The plan without that rule, and with what is sure of it, is solved as any plan is: no schedule of
the plan is better. A schedule is judged by the shortest way back from each gate. What makes one
unsafe becomes a cut, which the exact model keeps from then on, or an edit of the plan, which
everybody keeps: so a schedule found is safe by construction, and judged again all the same.
"""

from __future__ import annotations

from imsgen.solver.protect.guards import guards_of
from imsgen.solver.protect.outcome import protected

__all__ = ["guards_of", "protected"]
