"""What two schedules, or two plans, have between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from imsgen.model import Instant, Rollback

Span = tuple[Instant, Instant]
"""``[start, finish)``."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How far a date moved, positive: later.

    ``work`` counts working minutes of the activity's calendar in the new plan, ``clock`` elapsed
    minutes.
    """

    work: int
    clock: int


class CauseKind(StrEnum):
    """What moved a date."""

    ACTUAL = "actual"
    """It has happened then."""
    REMAINING = "remaining"
    """More or less of it was reported to be left."""
    DURATION = "duration"
    MODE = "mode"
    """It is done in another way, by other people say."""
    PREDECESSOR = "predecessor"
    """What it follows moved."""
    RESOURCE = "resource"
    """It waits for a resource that another activity has before."""
    LINK = "link"
    """What it follows is not what it was."""
    CONSTRAINT = "constraint"
    WINDOW = "window"
    CALENDAR = "calendar"
    """Working hours are others, or end sooner."""
    STATUS_DATE = "status_date"
    PLAN_START = "plan_start"
    SPAN = "span"
    """A hammock whose ends moved."""
    CHOICE = "choice"
    """Nothing forces it: the new schedule is as good this way."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a date moved; ``text`` says it for people and reads after "because".

    ``id`` is the activity it comes from: the new id, or the old one of what is gone; empty where
    the cause is the activity's own. ``shift`` is how far that one moved.
    """

    kind: CauseKind
    text: str
    id: str = ""
    resource: str = ""
    shift: Shift | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """An activity of both schedules whose dates differ."""

    id: str
    was: str
    """Its id in the old schedule."""
    before: Span
    after: Span
    start: Shift
    finish: Shift
    causes: tuple[Cause, ...] = ()
    """Why it starts when it starts, then why it lasts as long as it lasts."""
    root: str = ""
    """The activity where the chain of causes begins; its own id if with itself."""

    @property
    def later(self) -> bool:
        """Whether it ends later than before; as early, whether it begins later."""
        return (self.finish.clock or self.start.clock) > 0


class EditKind(StrEnum):
    """What became of a part of the plan."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Edit:
    """A difference in the text of the plans.

    ``part`` is ``plan``, ``activity``, ``group``, ``link``, ``resource``, ``calendar``, ``window``,
    ``party``, ``gate``, ``checkpoint`` or ``communication``; ``field`` the plan's key for what
    changed; ``before`` and ``after`` say it for people, empty where there is nothing.
    """

    part: str
    id: str
    kind: EditKind
    field: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class FloatChange:
    """Total float of an activity before and after, in working minutes; None: it has none."""

    id: str
    before: int | None
    after: int | None
    was_critical: bool
    is_critical: bool


@dataclass(frozen=True, slots=True)
class GateChange:
    """The way back from a gate before and after; None where there was, or is, none."""

    id: str
    before: Rollback | None
    after: Rollback | None


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """How late something is against its deadline before and after, in elapsed minutes.

    Negative: to spare. None where it had, or has, no deadline. ``id`` is ``project`` for the plan.
    """

    id: str
    name: str
    deadline: Instant | None
    finish: Instant | None
    before: int | None
    after: int | None

    @property
    def newly_missed(self) -> bool:
        """Whether it is missed now and was not before."""
        return (self.after or 0) > 0 and (self.before or 0) <= 0


class NoticeKind(StrEnum):
    """What somebody must be told of an event."""

    MOVED = "moved"
    NEW = "new"
    CANCELLED = "cancelled"
    YOURS = "yours now"
    NO_LONGER_YOURS = "no longer yours"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing somebody must be told; ``count`` occurrences of a series are one thing."""

    kind: NoticeKind
    id: str
    name: str
    before: Span | None
    after: Span | None
    roles: tuple[str, ...] = ()
    """What the person has to do with it: ``owner``, ``backup``, ``decides``, ``attends``, ``works``,
    ``party``."""
    because: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that one person or party must be told."""

    id: str
    name: str
    party: bool
    """Whether it is a party, not a person."""
    email: str
    timezone: str
    """The zone the person works in, else the plan's."""
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs; ids are those of the new plan, or of the old for what is gone."""

    plan: str
    name: str
    timezone: str
    day: int
    """Working minutes of the plan's ``d``."""
    revisions: tuple[int, int]
    """0 for a plan without a schedule."""
    dated: bool = True
    """Whether both have dates; otherwise only the plans were compared."""
    finish: tuple[Instant, Instant] | None = None
    finish_shift: Shift = field(default=Shift(0, 0))
    status: tuple[str, str] = ("", "")
    status_dates: tuple[Instant | None, Instant | None] = (None, None)
    names: Mapping[str, str] = field(default_factory=dict)
    """Names of every activity and group mentioned, by id."""
    moved: tuple[Moved, ...] = ()
    """In outline order of the new plan."""
    added: tuple[tuple[str, Span], ...] = ()
    removed: tuple[tuple[str, Span], ...] = ()
    """Activities that only one of the schedules has, with their dates."""
    edits: tuple[Edit, ...] = ()
    news: tuple[Edit, ...] = ()
    """What was reported: ``field`` is ``progress``."""
    floats: tuple[FloatChange, ...] = ()
    chain: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """What drives the finish, before and after."""
    gates: tuple[GateChange, ...] = ()
    deadlines: tuple[DeadlineChange, ...] = ()
    told: tuple[Told, ...] = ()
    """People by name, then parties by name."""

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        same_finish = self.finish is None or self.finish[0] == self.finish[1]
        lists = (self.moved, self.added, self.removed, self.edits, self.news, self.floats)
        more = (self.gates, self.deadlines, self.told)
        pairs = (self.chain, self.status, self.status_dates)
        alike = same_finish and all(before == after for before, after in pairs)
        return alike and not any(lists) and not any(more)
