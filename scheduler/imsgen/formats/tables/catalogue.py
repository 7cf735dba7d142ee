"""Every table there is."""

from __future__ import annotations

from typing import Any

from imsgen.formats.tables.model import Table
from imsgen.formats.tables.plan import (
    ASSIGNMENTS,
    CAPACITIES,
    PARTIES,
    PLAN,
    RESOURCES,
    WINDOWS,
)
from imsgen.formats.tables.talk import CHECKPOINTS, COMMUNICATIONS, GATES, MEETINGS, SHIFTS
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
    SHIFTS,
)
"""Every table, in the order they are written."""
