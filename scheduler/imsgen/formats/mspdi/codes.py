"""The numbers MSPDI has for things."""

from __future__ import annotations

import re

from imsgen.model import DAY, ConstraintType, LinkType

LINK_TYPES = {LinkType.FF: 0, LinkType.FS: 1, LinkType.SF: 2, LinkType.SS: 3}
ASAP = 0
CONSTRAINT_TYPES = {
    ConstraintType.ASAP: ASAP,
    ConstraintType.ALAP: 1,
    ConstraintType.MSO: 2,
    ConstraintType.MFO: 3,
    ConstraintType.SNET: 4,
    ConstraintType.SNLT: 5,
    ConstraintType.FNET: 6,
    ConstraintType.FNLT: 7,
}
CONSTRAINT_NAMES = {number: type_.value for type_, number in CONSTRAINT_TYPES.items()}
MINUTES, HOURS, DAYS, WEEKS, MONTHS = 3, 5, 7, 9, 11
"""Formats of a working duration; one more is the elapsed one."""
ELAPSED_DAYS = 8
PERCENT = 19
NO_FORMAT = 53
"""Of a summary, whose duration is no one's to edit."""
ESTIMATED = 32
"""Added to a format: shown with a question mark."""
NO_CALENDAR = -1
NO_RESOURCE = -65535
HOURLY = 2

_UNITS = {"m": MINUTES, "h": HOURS, "d": DAYS, "w": WEEKS, "mo": MONTHS}
_UNIT = re.compile(r"e?(mo|m|h|d|w)(?![a-z])")


def duration_format(text: str, minutes: int, day: int, elapsed: bool) -> int:
    """Return how a duration or lag is shown: in the unit the plan wrote it in, else the largest.

    Parameters
    ----------
    text
        As the plan wrote it, ``3d?``, ``+2eh``; may be empty.
    minutes
        Its length, which decides when the text does not.
    day
        Minutes of the plan's ``d``.
    """
    units = set(_UNIT.findall(text))
    if len(units) == 1:
        chosen = _UNITS[units.pop()]
    elif minutes and minutes % (DAY if elapsed else day) == 0:
        chosen = DAYS
    else:
        chosen = HOURS if minutes % 60 == 0 and minutes else MINUTES
    return chosen + 1 if elapsed else chosen
