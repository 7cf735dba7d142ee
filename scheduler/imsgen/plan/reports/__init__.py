"""Reports of what happened, in words or a table, and how they get into the plan."""

from __future__ import annotations

from imsgen.plan.reports.apply import Recorded, record
from imsgen.plan.reports.planned import as_planned
from imsgen.plan.reports.report import States, read_states, reported
from imsgen.plan.reports.table import read_table

__all__ = ["Recorded", "States", "as_planned", "read_states", "read_table", "record", "reported"]
