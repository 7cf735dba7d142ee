"""What changed between two schedules of a plan: dates, causes, edits, and who must be told."""

from __future__ import annotations

from imsgen.analysis.changes.compare import compare, compare_plans
from imsgen.analysis.changes.model import Changes

__all__ = ["Changes", "compare", "compare_plans"]
