"""Resources and parties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from imsgen.model.units import Instant


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation that answers for activities."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Resource:
    """People or equipment of limited capacity.

    ``capacity`` holds ``(from, units)`` steps in percent of one unit, sorted; ``from`` of the
    first is None when it holds from the beginning of time, else the capacity before it is 0.
    """

    id: str
    name: str
    capacity: tuple[tuple[Instant | None, int], ...]
    party: str | None = None
    calendar: str | None = None
    leave: tuple[tuple[Instant, Instant], ...] = ()
    """``[from, to)`` of absences, non-working time; only where the capacity is one unit or less."""
    holds: bool = False
    """Stays taken while the activity rests (equipment), instead of being released (people)."""
    email: str | None = None
    rate: str | None = None
    """Amount an hour in the plan's currency, as decimal text."""
    uid: str | None = None
    notes: str = ""
    tags: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
