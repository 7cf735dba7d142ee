"""What random plans may contain, and useful choices of it."""

from __future__ import annotations

from enum import StrEnum


class Feature(StrEnum):
    """What a random plan may contain."""

    CALENDARS = "calendars"
    ZONES = "zones"
    EXCEPTIONS = "exceptions"
    RESOURCES = "resources"
    STEPS = "steps"
    LEAVE = "leave"
    HOLDS = "holds"
    IGNORE = "ignore"
    MODES = "modes"
    ELAPSED = "elapsed"
    MILESTONES = "milestones"
    UNBROKEN = "unbroken"
    GROUPS = "groups"
    LINK_TYPES = "link_types"
    LAGS = "lags"
    MAX_LAGS = "max_lags"
    LOWER_DATES = "lower_dates"
    UPPER_DATES = "upper_dates"
    ALAP = "alap"
    DEADLINES = "deadlines"
    WITHIN = "within"
    TOGETHER = "together"
    FORBIDDEN = "forbidden"
    PROGRESS = "progress"
    HAMMOCKS = "hammocks"
    GATES = "gates"
    OFF_RECORD = "off_record"


EVERYTHING = frozenset(Feature)
LOGIC = EVERYTHING - {Feature.RESOURCES, Feature.STEPS, Feature.LEAVE, Feature.HOLDS}
"""What the critical path method handles: all but resources."""
CERTAIN = frozenset(Feature) - {
    Feature.MAX_LAGS,
    Feature.UPPER_DATES,
    Feature.WITHIN,
    Feature.TOGETHER,
    Feature.UNBROKEN,
    Feature.PROGRESS,
}
"""Without what can make a plan infeasible; absences and disjoint hours still can."""
