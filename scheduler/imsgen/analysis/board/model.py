"""How the work stands at one moment: what the night board shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from imsgen.analysis.changes.model import Shift
from imsgen.model import Instant, Verdict


class Lateness(StrEnum):
    """In what way something is late."""

    NOT_BEGUN = "not begun"
    LONGER = "takes longer"
    """It is under way and will end, or should have ended, after its time."""
    DONE_LATE = "done late"
    """It is finished, later than the schedule knows."""


@dataclass(frozen=True, slots=True)
class Running:
    """What is under way, or should be where nothing is reported."""

    id: str
    who: str
    since: Instant
    until: Instant
    """When it is expected to end."""
    planned: Instant
    """When the schedule says it ends."""
    expected: int
    """Percent of it that should be done by now."""
    reported: int | None = None
    """Percent reported, if any."""


@dataclass(frozen=True, slots=True)
class Next:
    """What begins in the coming hours."""

    id: str
    who: str
    start: Instant
    """When it is expected to begin."""
    planned: Instant
    finish: Instant
    waits_for: tuple[str, ...] = ()
    """What it follows and is not done."""


@dataclass(frozen=True, slots=True)
class Handover:
    """Work passes from one to another: the giver's step ends, the taker's begins."""

    at: Instant
    giver: str
    given: str
    """The step that ends."""
    taker: str
    taken: str
    """The step that begins."""
    resource: str = ""
    """What is handed over, if it is a resource."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What lateness does if nothing else is changed: all that follows gives way, in its order."""

    finish: Shift
    deadlines: tuple[tuple[str, int], ...] = ()
    """Deadlines missed that were met, or missed by more, with elapsed minutes late."""
    gates: tuple[tuple[str, int], ...] = ()
    """Gates that decide later, with elapsed minutes."""
    outside: tuple[str, ...] = ()
    """What no longer fits its window or a date that must hold."""
    moved: int = 0
    """How many activities move."""


@dataclass(frozen=True, slots=True)
class Late:
    """Something late, and what it costs with all that follows it as reported; None: too many are late."""

    id: str
    who: str
    kind: Lateness
    minutes: int
    """Elapsed minutes."""
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class GateState:
    """A gate that is still to decide, against its latest safe time."""

    id: str
    planned: Instant
    expected: Instant
    verdict: Verdict
    latest: Instant | None = None

    @property
    def margin(self) -> int | None:
        """Return elapsed minutes from the expected decision to the latest safe time."""
        return None if self.latest is None else self.latest - self.expected


@dataclass(frozen=True, slots=True)
class Board:
    """How the work stands at ``at``; ids are full, times are instants."""

    at: Instant
    until: Instant
    """What is next is looked for up to here."""
    reported: Instant | None
    """The status date: up to when something is known; None: the board shows the plan alone."""
    finish: tuple[Instant, Instant]
    """As planned, and as expected."""
    done: int
    total: int
    running: tuple[Running, ...] = ()
    next: tuple[Next, ...] = ()
    late: tuple[Late, ...] = ()
    """The latest first."""
    cost: Cost | None = None
    """Of everything late together; None: nothing is."""
    gates: tuple[GateState, ...] = ()
    handovers: tuple[Handover, ...] = ()
