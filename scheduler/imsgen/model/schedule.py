"""The answer: a date for every activity, how good it is, and how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from imsgen.model.project import Project
from imsgen.model.rollback import LastSafe, Rollback
from imsgen.model.roster import Roster
from imsgen.model.units import Instant


class Status(StrEnum):
    """How far the solver got; only a proof is called optimal."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INTERRUPTED = "interrupted"


class DriverKind(StrEnum):
    """Why an activity does not start earlier."""

    LINK = "link"
    RESOURCE = "resource"
    CONSTRAINT = "constraint"
    WINDOW = "window"
    STATUS_DATE = "status_date"
    PROJECT_START = "project_start"
    ACTUAL = "actual"
    SPAN = "span"
    CHOICE = "choice"
    """Nothing forces it: the solver placed it there (as late as possible, say)."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an activity stands: ``[start, finish)`` and the index of the mode chosen."""

    start: Instant
    finish: Instant
    mode: int = 0


@dataclass(frozen=True, slots=True)
class Driver:
    """What an activity's date follows from.

    ``id`` is the predecessor (link), the activity that hands the resource over (resource), the
    window, or empty; ``resource`` names the resource; ``text`` says it for people.
    """

    kind: DriverKind
    id: str = ""
    resource: str = ""
    text: str = ""
    waits: str = ""
    """The hours waited for after that, as ``text`` says them; empty where none are."""


@dataclass(frozen=True, slots=True)
class ScheduledActivity:
    """Dates and floats of one activity; floats in working minutes of its effective calendar."""

    id: str
    start: Instant
    finish: Instant
    mode: int = 0
    early_start: Instant | None = None
    early_finish: Instant | None = None
    late_start: Instant | None = None
    late_finish: Instant | None = None
    total_float: int | None = None
    """Logic plus the resource order of this schedule, from the latest finish."""
    free_float: int | None = None
    logic_float: int | None = None
    """Logic only: what MS Project recomputes."""
    deadline_float: int | None = None
    critical: bool = False
    driver: Driver | None = None
    occurrence: Mapping[str, int] = field(default_factory=dict)
    """Index of the occurrence used, by window, for activities ``within`` one."""


@dataclass(frozen=True, slots=True)
class ObjectiveLevel:
    """One level of the lexicographic objective, with its proven bound."""

    name: str
    value: int
    bound: int
    proved: bool

    @property
    def gap(self) -> float:
        """What is open of the value, as a part of the larger of it and its bound.

        The gap of a finish is the schedule's. A bound above the value is that of a level of which
        more is better.
        """
        open_ = abs(self.value - self.bound)
        return open_ / max(self.value, self.bound) if open_ else 0.0


class MeetingKind(StrEnum):
    """What a calendar event is."""

    GATE = "gate"
    MILESTONE = "milestone"
    CHECKPOINT = "checkpoint"
    WINDOW = "window"
    COMMUNICATION = "communication"
    LAST_SAFE = "last_safe"
    """The last moment from which everything can be undone before a window ends."""
    TASK = "task"
    """Work, a milestone or a hammock that people do not meet for: in the diary of its owner."""
    SHIFT = "shift"
    """A shift of a person, or the time of standing by as backup: in their diary."""


class Change(StrEnum):
    """What became of a calendar event when it last changed."""

    NEW = "new"
    MOVED = "moved"
    REWORDED = "reworded"
    RECOUNTED = "recounted"
    """Only its T-minus, or dates of what comes before it."""
    CANCELLED = "cancelled"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A calendar event of the schedule, ``[start, finish)``, with its identity between revisions.

    Repeating checkpoints have one meeting an occurrence; ``series`` is the checkpoint's id.
    Occurrences that share a ``uid`` are one repeating event, and change together.
    """

    id: str
    kind: MeetingKind
    name: str
    start: Instant
    finish: Instant
    timezone: str
    series: str = ""
    uid: str = ""
    digest: str = ""
    """Hash of what a reader of the event sees: a change of it raises ``sequence``."""
    sequence: int = 0
    last_modified: Instant | None = None
    cancelled: bool = False
    cancelled_for: int = 0
    """For how many revisions it has been cancelled."""
    change: Change = Change.NEW
    """What happened to it in the revision ``changed_in``."""
    changed_in: int = 1
    was: str = ""
    """The time it had before that change, for people, if the change moved it."""
    audience: tuple[str, ...] = ()
    """Whose calendars have it: ``*`` all, ``party:ID``, ``owner:NAME``, ``critical``."""
    left: Mapping[str, int] = field(default_factory=dict)
    """Who is no longer of the audience, with the number of revisions since."""


@dataclass(frozen=True, slots=True)
class Run:
    """How the schedule was found: what a reader needs to reproduce it."""

    seed: int = 0
    effort: float = 0.0
    """Units of work allowed; see the solving page."""
    spent: float = 0.0
    """Units of work done, the sum over all searchers."""
    searchers: int = 1
    """How many populations looked for schedules side by side, whatever number of processes."""
    time_limit: float = 60.0
    """Seconds of wall clock, a safety net."""
    reproducible: bool = True
    """False when the wall clock, the user or a fault stopped the search or a part of it."""
    versions: Mapping[str, str] = field(default_factory=dict)
    bounds: Mapping[str, Instant] = field(default_factory=dict)
    """Lower bounds on the finish by name: critical_path, energy, path_and_energy, solver."""
    method: str = ""
    """Which search found the schedule, by its name; given: none found better than its start."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A verified schedule of a project."""

    project: Project
    status: Status
    finish: Instant
    bound: Instant
    """Proven: no schedule that misses deadlines no more than this one finishes before."""
    activities: Mapping[str, ScheduledActivity]
    """Every activity on the plan of record, in outline order; hammocks too."""
    groups: Mapping[str, tuple[Instant, Instant]] = field(default_factory=dict)
    objective: tuple[ObjectiveLevel, ...] = ()
    driving_chain: tuple[str, ...] = ()
    """Ids from the first driver to the activity that finishes last."""
    meetings: tuple[Meeting, ...] = ()
    tasks: tuple[Meeting, ...] = ()
    """What people work on, as calendar events; those who want them in their calendars get them."""
    readers: tuple[str, ...] = ()
    """Who has or had a calendar of their own, as audiences name them: none goes stale unseen."""
    run: Run = field(default_factory=Run)
    plan_hash: str = ""
    revision: int = 1
    published: Mapping[str, Placement] = field(default_factory=dict)
    """The earlier dates that `objective: least_change` and replans count changes from, by activity."""
    replanned: int | None = None
    """The revision whose dates it keeps the most of; None: it was made without any."""
    rollbacks: Mapping[str, Rollback] = field(default_factory=dict)
    """The way back from each gate that is still to decide, by gate."""
    last_safe: tuple[LastSafe, ...] = ()
    """Of each window that such a gate protects, until when it leaves time to go back."""
    roster: Roster | None = None
    """Who is on duty, where the plan asks for a roster."""

    @property
    def gap(self) -> float:
        """Return (finish - bound) / (finish - plan start), 0 when proved; elapsed time."""
        span = self.finish - self.project.start
        return (self.finish - self.bound) / span if span > 0 else 0.0
