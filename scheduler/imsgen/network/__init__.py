"""The plan as a network: what follows from logic, dates and calendars."""

from __future__ import annotations

from imsgen.network.analysis import Analysis, analyse, late_dates
from imsgen.network.early import UnplaceableError, early_dates
from imsgen.network.graph import Arc, CycleFoundError, EarliestArc, Graph, LatestArc, build_graph
from imsgen.network.place import Placer, StartBound
from imsgen.network.rollback import UNDONE, RollbackPlan, rollback_plan, step_id
from imsgen.network.undoing import begun, reached_by

__all__ = [
    "UNDONE",
    "Analysis",
    "Arc",
    "CycleFoundError",
    "EarliestArc",
    "Graph",
    "LatestArc",
    "Placer",
    "RollbackPlan",
    "StartBound",
    "UnplaceableError",
    "analyse",
    "begun",
    "build_graph",
    "early_dates",
    "late_dates",
    "reached_by",
    "rollback_plan",
    "step_id",
]
