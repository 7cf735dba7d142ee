"""Activities, groups and the dependencies between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from imsgen.model.units import Instant


class Kind(StrEnum):
    """What an activity is."""

    TASK = "task"
    MILESTONE = "milestone"
    HAMMOCK = "hammock"
    GATE = "gate"


class LinkType(StrEnum):
    """The four dependency types; the first letter is the predecessor's end."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class ConstraintType(StrEnum):
    """MS Project's eight constraint types."""

    ASAP = "ASAP"
    ALAP = "ALAP"
    MSO = "MSO"
    MFO = "MFO"
    SNET = "SNET"
    SNLT = "SNLT"
    FNET = "FNET"
    FNLT = "FNLT"


class End(StrEnum):
    """Which end of an activity, group or plan an event is; a gate also has its outcomes."""

    START = "start"
    FINISH = "finish"
    GO = "go"
    NO_GO = "no-go"


@dataclass(frozen=True, slots=True)
class Event:
    """An end of an activity, gate or group; ``id`` is ``project`` for the plan itself."""

    id: str
    end: End


@dataclass(frozen=True, slots=True)
class When:
    """An instant, or an event, plus an offset in minutes of ``calendar`` (elapsed: ``24x7``)."""

    instant: Instant | None = None
    event: Event | None = None
    offset: int = 0
    calendar: str = "24x7"


@dataclass(frozen=True, slots=True)
class Need:
    """Units of a resource, in percent, held from start to finish."""

    resource: str
    units: int


@dataclass(frozen=True, slots=True)
class Mode:
    """One way of doing an activity; the solver chooses when there are several.

    ``any:`` needs and ``alternatives:`` are multiplied out when loading.
    """

    duration: int
    """Minutes: working minutes of the effective calendar, or elapsed when ``elapsed``."""
    calendar: str
    needs: tuple[Need, ...] = ()
    elapsed: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """Three-point estimate of the duration in minutes, not decreasing."""

    least: int
    likely: int
    most: int


@dataclass(frozen=True, slots=True)
class Constraint:
    """A hard date constraint.

    ``earliest`` and ``latest`` bound the start (SNET, SNLT, MSO) or the finish (FNET, FNLT, MFO);
    both are given for MSO and MFO, equal when the plan gave a time, a whole day apart when it
    gave a date. ASAP and ALAP have neither.
    """

    type: ConstraintType
    earliest: Instant | None = None
    latest: Instant | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """The activity lies in one occurrence of a window.

    ``together`` names the group all of whose activities share that occurrence.
    """

    window: str
    together: str | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """How an activity or group is undone on No-Go; ``None`` means as the activity itself."""

    duration: int
    verify: int = 0
    calendar: str | None = None
    needs: tuple[Need, ...] | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What has happened by the status date."""

    actual_start: Instant | None = None
    actual_finish: Instant | None = None
    percent_complete: int | None = None
    """0 to 100, of the duration."""
    remaining: int | None = None
    """Working minutes left (elapsed for an elapsed duration); always set once started."""
    resume: Instant | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """Work, a milestone, a hammock or a gate: a leaf of the outline."""

    id: str
    """Full id, the path with dots."""
    name: str
    kind: Kind
    modes: tuple[Mode, ...]
    """At least one; a milestone's has duration 0, a hammock's only names calendar and needs."""
    group: str | None = None
    wbs: str = ""
    party: tuple[str, ...] = ()
    owner: str | None = None
    backup: str | None = None
    duration_text: str = ""
    """The duration as the plan wrote it, ``3d?``; empty for milestones and hammocks."""
    assumed: bool = False
    estimate: Estimate | None = None
    effort: int | None = None
    """Work in person-minutes when the plan gave ``effort``."""
    ignore_resource_calendars: bool = False
    within: tuple[Within, ...] = ()
    forbidden: tuple[str, ...] = ()
    """Windows the activity must lie wholly before or wholly after."""
    constraints: tuple[Constraint, ...] = ()
    deadline: Instant | None = None
    priority: int = 500
    unbroken: bool = False
    checkpoint: bool = False
    spans: tuple[Event, Event] | None = None
    external: str | None = None
    expected: Instant | None = None
    undo: Undo | None = None
    irreversible: bool = False
    on_abort: str | None = None
    active: bool = True
    branch: str | None = None
    """Gate on whose No-Go the activity is done; None: it is on the plan of record."""
    progress: Progress | None = None
    tags: tuple[str, ...] = ()
    notes: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    uid: str | None = None

    @property
    def scheduled(self) -> bool:
        """Whether it is on the plan of record: active and in no No-Go branch."""
        return self.active and self.branch is None


@dataclass(frozen=True, slots=True)
class Group:
    """A summary: what has activities inside."""

    id: str
    name: str
    group: str | None = None
    wbs: str = ""
    party: tuple[str, ...] = ()
    owner: str | None = None
    backup: str | None = None
    constraints: tuple[Constraint, ...] = ()
    """SNET and FNLT only: they hold for every activity inside."""
    deadline: Instant | None = None
    priority: int = 500
    undo: Undo | None = None
    active: bool = True
    branch: str | None = None
    tags: tuple[str, ...] = ()
    notes: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    uid: str | None = None


@dataclass(frozen=True, slots=True)
class Dependency:
    """A link as the plan states it; either end may be a group.

    ``lag`` is minutes (negative: a lead) on ``lag_calendar``: ``successor``, ``predecessor`` or
    the id of a calendar, ``24x7`` for elapsed lag. ``max_lag`` on the same calendar says at most
    so long after.
    """

    predecessor: str
    successor: str
    type: LinkType = LinkType.FS
    lag: int = 0
    lag_calendar: str = "successor"
    max_lag: int | None = None
    reason: str = ""
    lag_text: str = ""
    """The lag as the plan wrote it, ``+2eh``, ``+50%``; empty without lag."""
