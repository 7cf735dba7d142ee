"""The way back from a gate: what a No-Go leads to, how long it takes, how late it may be said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from imsgen.model.units import Instant


class StepKind(StrEnum):
    """What is done on No-Go."""

    FINISH = "finish"
    """An activity under way that says `on_abort: finish` is finished first."""
    UNDO = "undo"
    """An activity, or a whole group, is undone and its undoing verified."""
    CONTINGENCY = "contingency"
    """Work of the group that the gate's `else` names."""


class Verdict(StrEnum):
    """Whether a gate still leaves time to go back."""

    SAFE = "safe"
    TOO_LATE = "too late"
    """Proved: a No-Go when the gate decides ends after the window."""
    OPEN = "not proved"
    """No rollback that ends in time was found, nor a proof that there is none."""
    PAST = "past the point of no return"
    """An irreversible step has begun by then: there is no way back."""
    NO_WINDOW = "no window"
    """The gate protects no window, so any time to go back is time enough."""


@dataclass(frozen=True, slots=True)
class RollbackStep:
    """One step of the way back, ``[start, finish)``; ``id`` is the activity or group concerned."""

    id: str
    kind: StepKind
    start: Instant
    finish: Instant
    mode: int = 0
    """Which mode of the contingency's activity; that of the schedule for what is finished."""


class Holding(StrEnum):
    """Why a step of the way back does not begin earlier."""

    DECISION = "decision"
    """It begins when No-Go is said."""
    LOGIC = "logic"
    """Another step comes first."""
    RESOURCE = "resource"
    """Somebody, or something, is busy with another step."""
    CALENDAR = "calendar"
    """Its working time, or the capacity of a resource, begins then."""
    DATE = "date"
    """A date or window of the contingency."""
    CHOICE = "choice"
    """Nothing: it was put there."""


@dataclass(frozen=True, slots=True)
class RollbackDriver:
    """A step that drives the end of the way back, and what holds it up.

    ``by`` is the activity or group whose step comes before, empty where none does; ``waits`` the
    hours waited for after that, empty where none are.
    """

    id: str
    kind: StepKind
    holding: Holding
    by: str = ""
    resource: str = ""
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Rollback:
    """The way back from one gate, as it would be if the gate said No-Go.

    ``finish`` is when everything is undone and the contingency done; None: no way back. No
    rollback from ``decided`` finishes before ``bound``. ``latest`` is the last decision time from
    which a rollback is known that ends in time, ``latest_bound`` is no earlier and proved: from
    any later time there is none. They are None where no time is safe, or no window is protected.
    """

    gate: str
    decided: Instant
    """When the gate decides: its finish."""
    verdict: Verdict
    window: str = ""
    occurrence: int = 0
    """Index of the occurrence of the window that is protected."""
    ends: Instant | None = None
    """When that occurrence ends."""
    finish: Instant | None = None
    bound: Instant | None = None
    latest: Instant | None = None
    latest_bound: Instant | None = None
    steps: tuple[RollbackStep, ...] = ()
    """The rollback schedule from ``decided``."""
    latest_steps: tuple[RollbackStep, ...] = ()
    """The rollback schedule from ``latest``: the witness that it is safe."""
    drivers: tuple[RollbackDriver, ...] = ()
    """The chain of steps that the length of the rollback follows from, in order."""
    irreversible: tuple[str, ...] = ()
    """Irreversible steps that have begun by ``decided``."""

    @property
    def length(self) -> int | None:
        """Return the elapsed minutes from the decision to the end of the rollback."""
        return None if self.finish is None else self.finish - self.decided

    @property
    def margin(self) -> int | None:
        """Return the elapsed minutes by which the gate may slip and still be safe."""
        return None if self.latest is None else self.latest - self.decided

    @property
    def proved(self) -> bool:
        """Whether length and latest safe time are exact."""
        return self.finish == self.bound and self.latest == self.latest_bound


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A No-Go at ``at``: a rollback that ends at ``finish`` is known, None: none is.

    None ends before ``bound``, proved; both are equal where it is exact.
    """

    at: Instant
    finish: Instant | None
    bound: Instant

    @property
    def length(self) -> int | None:
        """Return the elapsed minutes the rollback takes."""
        return None if self.finish is None else self.finish - self.at


@dataclass(frozen=True, slots=True)
class LastSafe:
    """Until when a window leaves time to go back, whatever has begun by then.

    ``latest`` is the last moment of which a rollback is known that undoes all that has begun and
    ends with the window, ``latest_bound`` is no earlier and proved: there is none from any later
    moment. None: no moment is safe.
    """

    window: str
    occurrence: int
    opens: Instant
    ends: Instant
    gates: tuple[str, ...]
    """The gates that protect it, in the order in which they decide."""
    no_return: Instant | None = None
    """When the first irreversible step of the plan starts; None: there is none."""
    irreversible: str = ""
    """That step."""
    latest: Instant | None = None
    latest_bound: Instant | None = None
    gate: str = ""
    """The gate whose contingency follows a No-Go at ``latest``."""
    steps: tuple[RollbackStep, ...] = ()
    """The rollback schedule from ``latest``."""
    drivers: tuple[RollbackDriver, ...] = ()
    """What drives that rollback."""
    curve: tuple[CurvePoint, ...] = ()
    """How long a rollback takes over the window: the points where that bends, as far as they are
    known. Between two that end at the same instant, so do all; between two at which it takes as
    long it does so all the time, but for calendars that pause less than an hour, or that the
    effort did not reach. It leaps from one moment to the next where something begins that has to be
    undone, or somebody goes home.
    """

    @property
    def proved(self) -> bool:
        """Whether the last safe moment is exact."""
        return self.latest == self.latest_bound
