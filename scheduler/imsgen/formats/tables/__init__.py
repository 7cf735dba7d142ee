"""The schedule as flat tables, one value a cell, for Power BI, scripts and spreadsheets.

Every table is a list of rows with the same columns; every column says what it means. Ids join the
tables. What has several values is a table of its own, or ids joined by a comma and a space.
"""

from __future__ import annotations

from typing import Any

from imsgen.formats.tables.model import Cell, Column, Table
from imsgen.formats.tables.plan import (
    ASSIGNMENTS,
    CAPACITIES,
    PARTIES,
    PLAN,
    RESOURCES,
    WINDOWS,
)
from imsgen.formats.tables.talk import CHECKPOINTS, COMMUNICATIONS, GATES, MEETINGS
from imsgen.formats.tables.work import ACTIVITIES, DEPENDENCIES, GROUPS

TABLES: tuple[Table[Any], ...] = (
    PLAN,
    GROUPS,
    ACTIVITIES,
    DEPENDENCIES,
    ASSIGNMENTS,
    RESOURCES,
    CAPACITIES,
    PARTIES,
    WINDOWS,
    GATES,
    CHECKPOINTS,
    COMMUNICATIONS,
    MEETINGS,
)
"""Every table, in the order they are written."""

__all__ = ["ACTIVITIES", "TABLES", "Cell", "Column", "Table"]
