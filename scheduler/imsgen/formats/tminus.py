"""T-minus, for the formats that show it; the rule lives with the schedule."""

from __future__ import annotations

from imsgen.schedule.tminus import Zero, t_minus, zero_of

__all__ = ["Zero", "t_minus", "zero_of"]
