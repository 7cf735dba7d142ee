"""Shifts: who is on duty when, so that the work of a window is covered by its roles."""

from __future__ import annotations

from imsgen.solver.roster.solve import solve_roster

__all__ = ["solve_roster"]
