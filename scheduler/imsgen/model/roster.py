"""Shifts: who may be on duty, by which rules, and who is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from imsgen.model.units import Instant


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by name, who plays roles: resources that activities need."""

    id: str
    name: str
    roles: tuple[str, ...] = ()
    party: str | None = None
    email: str | None = None
    calendar: str | None = None
    """Hours in which the person can be on shift; None: at any hour."""
    leave: tuple[tuple[Instant, Instant], ...] = ()
    """``[from, to)`` of absences."""
    prefers: str | None = None
    """Calendar of the hours the person would rather work in."""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class RosterRules:
    """What a roster covers and the rules of its shifts; spans of time in elapsed minutes."""

    window: str
    """What it covers: every occurrence that work lies in."""
    roles: tuple[str, ...] = ()
    """Roles covered; none named: every one needed in the window that is no equipment."""
    longest_shift: int = 720
    shortest_shift: int = 0
    least_rest: int = 660
    """Between two shifts of one person."""
    handover: int = 30
    """How long who takes over is there before the other leaves."""
    backups: int = 1
    """How many people of a role stand by while it is needed, none of them on shift."""
    step: int = 30
    """Shifts begin and end on multiples of it, counted from 00:00 in the plan's zone."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A person in a role, ``[start, finish)``: on duty, or standing by as backup."""

    person: str
    role: str
    start: Instant
    finish: Instant


class Cover(StrEnum):
    """What of a role is not covered."""

    DUTY = "duty"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Shortage:
    """So many people of a role are missing in ``[start, finish)``."""

    role: str
    start: Instant
    finish: Instant
    people: int
    cover: Cover = Cover.DUTY


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that mends a roster, proved by solving it with the change.

    ``rule`` is a key of ``roster:`` with the value it would need, minutes or a number; or
    ``people`` with the roles of whom to add, one each, available at any hour.
    """

    rule: str
    value: int = 0
    roles: tuple[str, ...] = ()


class RosterStatus(StrEnum):
    """How far the search for a roster got."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    """Proved: these people cannot cover the work by these rules."""
    UNKNOWN = "unknown"
    """Neither a roster nor a proof that there is none was found in the limit."""


@dataclass(frozen=True, slots=True)
class RosterLevel:
    """One level of the objective: its value, and what no roster beats."""

    name: str
    """shifts, minutes, longest (minutes of who works most), unwanted (minutes)."""
    value: int
    bound: int

    @property
    def proved(self) -> bool:
        """Whether the value is the best there is."""
        return self.value <= self.bound


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is on duty when, or why nobody can be found.

    ``shifts`` and ``standbys`` are by start, then role and person. Where the status is
    infeasible there are none, ``shortages`` says what a best attempt leaves open and ``remedies``
    what would mend it.
    """

    window: str
    spans: tuple[tuple[Instant, Instant], ...]
    """The occurrences of the window that are covered."""
    status: RosterStatus
    shifts: tuple[Shift, ...] = ()
    standbys: tuple[Shift, ...] = ()
    objective: tuple[RosterLevel, ...] = ()
    shortages: tuple[Shortage, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    spent: float = 0.0
    """Units of effort."""
