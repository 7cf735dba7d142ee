"""Plans from workbooks that others made: a PMO's master schedule, MS Project's table, our own."""

from __future__ import annotations

from imsgen.formats.xlsx.importing.convert import import_plan

__all__ = ["import_plan"]
