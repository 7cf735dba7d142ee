"""One edit that makes an impossible plan possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from imsgen.model import Project


@dataclass(frozen=True, slots=True)
class Repair:
    """An edit that was tried and works."""

    cost: int
    """Minutes, see :mod:`imsgen.solver.repairs`."""
    text: str
    """What to do, whose it is and by how much it changes, in the plan's words."""
    apply: Callable[[Project], Project] = field(compare=False)
    """Returns a plan, this one or an edit of it, with the edit made."""
