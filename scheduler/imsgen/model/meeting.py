"""Gates, checkpoints and communications: where people decide, meet and are told."""

from __future__ import annotations

from dataclasses import dataclass

from imsgen.model.activity import When
from imsgen.model.units import Instant


@dataclass(frozen=True, slots=True)
class Gate:
    """The decision side of a gate; its time is the activity of the same id."""

    id: str
    decides: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    at: Instant | None = None
    """The booked start, when there is one."""
    else_: str | None = None
    """Group done on No-Go."""
    window: str | None = None
    """The window the gate protects, when the plan names it."""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Every:
    """A repetition: on weekdays at a local minute of the day, or each ``interval`` minutes."""

    weekdays: tuple[int, ...] = ()
    """Monday is 0."""
    minute: int = 0
    interval: int | None = None
    """Elapsed minutes, counted from ``from``."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """People meet; never drives logic. Either ``at`` or ``every``."""

    id: str
    name: str
    at: When | None = None
    every: Every | None = None
    from_: When | None = None
    until: When | None = None
    duration: int = 15
    """Minutes."""
    timezone: str = "UTC"
    calendar: str | None = None
    """Occurrences that do not start in its working time are dropped."""
    who: tuple[str, ...] = ()
    owner: str | None = None
    decides: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    location: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Communication:
    """A message that the schedule triggers."""

    id: str
    name: str
    trigger: When
    audience: str = ""
    channel: str = ""
    owner: str | None = None
    message: str = ""
    purpose: str = ""
    feedback: str = ""
    status: str = ""
    calendar: str | None = None
    """Hours in which it is sent: earlier than its trigger says when it is announced ahead,
    else later; None: at any hour."""
