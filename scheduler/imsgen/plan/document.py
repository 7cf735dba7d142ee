"""A plan file as written: typed and placed, with nothing looked up yet.

``Document`` is what one YAML file says. Values know their place (:class:`At`), dates keep the
zone they were written with, durations their units, references their text. Turning documents into
a :class:`~imsgen.model.Project` is the job of :mod:`imsgen.plan.resolve`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, TypeVar

from imsgen.diagnostics import Span
from imsgen.model import ConstraintType, End, LinkType

if TYPE_CHECKING:
    from imsgen.plan.people import RawCheckpoint, RawCommunication, RawPerson, RawRoster

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class At(Generic[T]):
    """A value and where it stands."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True)
class RawDuration:
    """Amounts with units as written: ``1h30m`` is ``((1, 'h'), (30, 'm'))``.

    Units: ``m h d w mo`` and elapsed ``em eh ed ew``, never mixed.
    """

    amounts: tuple[tuple[Fraction, str], ...]
    assumed: bool = False
    text: str = ""

    @property
    def elapsed(self) -> bool:
        """Whether the units count elapsed time."""
        return any(unit.startswith("e") for _, unit in self.amounts)


@dataclass(frozen=True, slots=True)
class RawEstimate:
    """A duration, or a three-point estimate of it."""

    likely: RawDuration
    least: RawDuration | None = None
    most: RawDuration | None = None


@dataclass(frozen=True, slots=True)
class RawInstant:
    """A date, maybe a local time of it (minutes after midnight, 1440 for 24:00), maybe a zone.

    ``zone`` is an IANA name; ``offset`` minutes east of UTC.
    """

    day: date
    minute: int | None = None
    zone: str | None = None
    offset: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class RawRange:
    """``A..B``; a date alone stands for that whole day."""

    first: RawInstant
    last: RawInstant


@dataclass(frozen=True, slots=True)
class RawLag:
    """``+2d``, ``-1eh`` or ``+50%``: exactly one of ``duration`` and ``percent``."""

    negative: bool = False
    duration: RawDuration | None = None
    percent: Fraction | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class RawLink:
    """One link, short or long form."""

    id: At[str]
    type: LinkType = LinkType.FS
    lag: RawLag | None = None
    lag_calendar: At[str] | None = None
    max_lag: At[RawDuration] | None = None
    reason: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawEvent:
    """``cutover.finish``: a reference and an end; ``id`` is ``project`` for the plan."""

    id: At[str]
    end: End


@dataclass(frozen=True, slots=True)
class RawWhen:
    """An instant or an event, plus or minus a duration."""

    instant: RawInstant | None = None
    event: RawEvent | None = None
    lag: RawLag | None = None


@dataclass(frozen=True, slots=True)
class RawNeed:
    """Units (percent) of one resource, or of ``count`` out of several (``any``)."""

    resources: tuple[At[str], ...]
    units: int = 100
    count: int = 1
    any: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawHours:
    """Intervals of a day in minutes after midnight, ends above 1440 past midnight; () closed."""

    intervals: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class RawEvery:
    """``weekday 09:00``, ``fri+sat 22:00-04:00``, ``sat 22:00 - mon 04:00`` or ``4h``."""

    weekdays: tuple[int, ...] = ()
    """Monday is 0; the days on which it starts."""
    minute: int = 0
    length: int | None = None
    """Minutes of local time from start to end, when an end is given."""
    interval: RawDuration | None = None


@dataclass(frozen=True, slots=True)
class RawConstraint:
    """``SNET 2026-11-05 08:00``."""

    type: ConstraintType
    date: RawInstant | None = None


@dataclass(frozen=True, slots=True)
class RawException:
    """Other hours: on a range of dates, or on those of a recurrence rule."""

    hours: RawHours
    dates: RawRange | None = None
    rrule: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class RawCalendar:
    """``calendars: {ID: …}``; an item None was not written."""

    id: At[str]
    name: str = ""
    base: At[str] | None = None
    timezone: At[str] | None = None
    work: tuple[tuple[tuple[int, ...], RawHours], ...] | None = None
    """(weekdays, hours) in the order written."""
    holidays: tuple[At[str], ...] = ()
    exceptions: tuple[At[RawException], ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawWindow:
    """``windows: {ID: …}``."""

    id: At[str]
    name: str = ""
    from_: At[RawInstant] | None = None
    to: At[RawInstant] | None = None
    until: At[RawInstant] | None = None
    every: At[RawEvery] | None = None
    timezone: At[str] | None = None
    forbids: tuple[At[str], ...] = ()
    except_: tuple[At[str], ...] = ()
    notes: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawResource:
    """``resources: {ID: …}``."""

    id: At[str]
    name: str = ""
    capacity: tuple[tuple[At[RawInstant] | None, int], ...] = ()
    party: At[str] | None = None
    calendar: At[str] | None = None
    leave: tuple[At[RawRange], ...] = ()
    holds: bool = False
    email: str | None = None
    rate: str | None = None
    uid: At[str] | None = None
    notes: str = ""
    tags: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawWithin:
    """``within: outage`` or ``{window: weekend, together: true}``."""

    window: At[str]
    together: bool = False


@dataclass(frozen=True, slots=True)
class RawUndo:
    """``undo: 30m`` or the long form."""

    duration: At[RawDuration]
    needs: tuple[RawNeed, ...] | None = None
    calendar: At[str] | None = None
    verify: At[RawDuration] | None = None


@dataclass(frozen=True, slots=True)
class RawAlternative:
    """One of ``alternatives:``; what is None is taken from the activity."""

    duration: At[RawDuration] | None = None
    needs: tuple[RawNeed, ...] | None = None
    calendar: At[str] | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawProgress:
    """What has happened; keys of ``progress:`` and of the activity itself."""

    actual_start: At[RawInstant] | None = None
    actual_finish: At[RawInstant] | None = None
    percent_complete: At[int] | None = None
    remaining: At[RawDuration] | None = None
    resume: At[RawInstant] | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawItem:
    """An entry of ``activities:`` or ``gates:``: an activity, a group, an include or a gate.

    ``keys`` says where each key stands, so that a check can point at it.
    """

    id: At[str]
    span: Span
    keys: dict[str, Span]
    name: str = ""
    party: tuple[At[str], ...] | None = None
    owner: At[str] | None = None
    backup: At[str] | None = None
    calendar: At[str] | None = None
    within: tuple[At[RawWithin], ...] | None = None
    priority: int | None = None
    tags: tuple[At[str], ...] = ()
    ignore_resource_calendars: bool | None = None
    active: bool | None = None
    duration: At[RawEstimate] | None = None
    effort: At[RawDuration] | None = None
    milestone: bool = False
    spans: At[tuple[RawEvent, RawEvent] | str] | None = None
    """Two events, or the id of a group."""
    external: At[str] | None = None
    expected: At[RawInstant] | None = None
    alternatives: tuple[RawAlternative, ...] = ()
    after: tuple[RawLink, ...] = ()
    needs: tuple[RawNeed, ...] = ()
    constraint: tuple[At[RawConstraint], ...] = ()
    deadline: At[RawInstant] | None = None
    unbroken: bool = False
    checkpoint: bool = False
    undo: At[RawUndo] | None = None
    irreversible: bool = False
    on_abort: str | None = None
    progress: RawProgress | None = None
    """From the progress keys written on the activity itself."""
    notes: str = ""
    links: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    uid: At[str] | None = None
    activities: tuple[RawItem, ...] | None = None
    """Children: the item is a group when this is not None."""
    include: At[str] | None = None
    # of gates
    gate: bool = False
    at: At[RawInstant] | None = None
    decides: tuple[At[str], ...] = ()
    criteria: tuple[str, ...] = ()
    who: tuple[At[str], ...] = ()
    else_: At[str] | None = None
    window: At[str] | None = None
    location: str = ""


@dataclass(frozen=True, slots=True)
class RawExpectation:
    """One entry of ``expect:``: the subject as written and what it must be."""

    subject: At[str]
    value: At[str] | None = None
    ids: tuple[At[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One plan file."""

    file: str
    """As given on the command line or in ``include:``, for people."""
    span: Span
    imsgen: At[str] | None = None
    id: At[str] | None = None
    name: At[str] | None = None
    start: At[RawInstant] | None = None
    status_date: At[RawInstant] | None = None
    deadline: At[RawInstant] | None = None
    timezone: At[str] | None = None
    calendar: At[str] | None = None
    currency: str = ""
    notes: str = ""
    day: At[RawDuration] | None = None
    week: At[RawDuration] | None = None
    month: At[RawDuration] | None = None
    include: tuple[At[str], ...] = ()
    calendars: tuple[RawCalendar, ...] = ()
    windows: tuple[RawWindow, ...] = ()
    parties: tuple[tuple[At[str], At[str]], ...] = ()
    resources: tuple[RawResource, ...] = ()
    people: tuple[RawPerson, ...] = ()
    roster: RawRoster | None = None
    activities: tuple[RawItem, ...] = ()
    dependencies: tuple[tuple[At[str], tuple[RawLink, ...]], ...] = ()
    gates: tuple[RawItem, ...] = ()
    checkpoints: tuple[RawCheckpoint, ...] = ()
    comms: tuple[RawCommunication, ...] = ()
    progress: tuple[tuple[At[str], RawProgress], ...] = ()
    baselines: tuple[tuple[At[str], At[str]], ...] = ()
    options: dict[str, At[str]] = field(default_factory=dict)
    expect: tuple[RawExpectation, ...] = ()
    keys: dict[str, Span] = field(default_factory=dict)
    """Where each top-level key stands."""
