"""Who meets, is told and is on duty, as written in a plan file."""

from __future__ import annotations

from dataclasses import dataclass

from imsgen.diagnostics import Span
from imsgen.plan.document import At, RawDuration, RawEvery, RawRange, RawWhen


@dataclass(frozen=True, slots=True)
class RawCheckpoint:
    """``checkpoints: {ID: …}``."""

    id: At[str]
    name: str = ""
    at: At[RawWhen] | None = None
    every: At[RawEvery] | None = None
    from_: At[RawWhen] | None = None
    until: At[RawWhen] | None = None
    duration: At[RawDuration] | None = None
    timezone: At[str] | None = None
    calendar: At[str] | None = None
    who: tuple[At[str], ...] = ()
    owner: At[str] | None = None
    decides: tuple[At[str], ...] = ()
    criteria: tuple[str, ...] = ()
    location: str = ""
    notes: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawCommunication:
    """``comms: {ID: …}``."""

    id: At[str]
    name: str = ""
    trigger: At[RawWhen] | None = None
    audience: str = ""
    channel: str = ""
    owner: At[str] | None = None
    message: str = ""
    purpose: str = ""
    feedback: str = ""
    status: str = ""
    calendar: At[str] | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawPerson:
    """``people: {ID: …}``."""

    id: At[str]
    name: str = ""
    roles: tuple[At[str], ...] = ()
    party: At[str] | None = None
    email: str | None = None
    calendar: At[str] | None = None
    leave: tuple[At[RawRange], ...] = ()
    prefers: At[str] | None = None
    notes: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawRoster:
    """``roster:``; what is None was not written."""

    span: Span
    keys: dict[str, Span]
    window: At[str] | None = None
    roles: tuple[At[str], ...] = ()
    longest_shift: At[RawDuration] | None = None
    shortest_shift: At[RawDuration] | None = None
    least_rest: At[RawDuration] | None = None
    handover: At[RawDuration] | None = None
    backups: int | None = None
    step: At[RawDuration] | None = None
