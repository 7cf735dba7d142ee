"""The plan as a network: what follows from logic, dates and calendars."""

from __future__ import annotations

from imsgen.network.analysis import Analysis, analyse, late_dates
from imsgen.network.early import UnplaceableError, early_dates
from imsgen.network.graph import Arc, CycleFoundError, EarliestArc, Graph, LatestArc, build_graph
from imsgen.network.place import Placer, StartBound

__all__ = [
    "Analysis",
    "Arc",
    "CycleFoundError",
    "EarliestArc",
    "Graph",
    "LatestArc",
    "Placer",
    "StartBound",
    "UnplaceableError",
    "analyse",
    "build_graph",
    "early_dates",
    "late_dates",
]
