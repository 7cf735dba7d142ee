"""The exact model: one integer variable per activity on its own working axis.

Axes meet only where calendars do: at a link between two calendars, at a resource shared across
calendars, at the plan's finish. Everywhere else a link is one linear inequality and a resource
one plain cumulative constraint.

All that loads the solver library lives in here: this module comes first, and sees whether it fits.
"""

from __future__ import annotations

from imsgen.solver.memory import prepare_library

prepare_library()
