"""A second reading of the file: whether it opens with the dates it says.

Everything here starts from the bytes that are about to be written and knows nothing of the plan,
of the schedule or of what wrote them: no import leads to any of these. What MS Project computes on
opening, from calendars, links, lags, constraints and delays, must be the dates in the file.
"""

from __future__ import annotations

from imsgen.formats.mspdi.check.forward import Move, moves
from imsgen.formats.mspdi.check.source import read_file

__all__ = ["Move", "moves_in"]


def moves_in(content: bytes) -> tuple[Move, ...]:
    """Return the tasks that get other dates on opening, in file order; best none."""
    return moves(read_file(content))
