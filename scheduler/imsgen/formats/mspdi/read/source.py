"""What an MS Project file says, in its own terms: rows of tasks, resources and assignments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from imsgen.diagnostics import Span
from imsgen.model import Hours


@dataclass(frozen=True, slots=True)
class Link:
    """A predecessor. ``lag`` is minutes, or percent of the predecessor when ``percent``."""

    predecessor: int
    type: int
    lag: Fraction
    format: int
    cross_project: bool
    span: Span

    @property
    def percent(self) -> bool:
        """Whether the lag is a share of the predecessor's duration."""
        return self.format & ~32 in {19, 20}

    @property
    def elapsed(self) -> bool:
        """Whether the lag runs through nights and weekends."""
        return self.format & ~32 in {4, 6, 8, 10, 12, 20}


@dataclass(frozen=True, slots=True)
class Baseline:
    """Dates once agreed; ``number`` 0 is the baseline, 1 to 10 the others."""

    number: int
    start: datetime | None
    finish: datetime | None
    duration: int | None
    work: int | None


@dataclass(slots=True)
class Task:
    """A row of the outline. Durations are minutes; ``format`` says how MS Project shows them."""

    uid: int
    span: Span
    name: str = ""
    level: int = 1
    wbs: str = ""
    outline: str = ""
    active: bool = True
    manual: bool = False
    milestone: bool = False
    summary: bool = False
    recurring: bool = False
    external: bool = False
    estimated: bool = False
    ignore_resources: bool = False
    start: datetime | None = None
    finish: datetime | None = None
    duration: int | None = None
    format: int = 7
    priority: int = 500
    calendar: int = -1
    constraint: int = 0
    constraint_date: datetime | None = None
    deadline: datetime | None = None
    percent: int = 0
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    remaining: int | None = None
    stop: datetime | None = None
    resume: datetime | None = None
    notes: str = ""
    hyperlink: str = ""
    address: str = ""
    contact: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    """Custom fields by the name people see."""
    links: list[Link] = field(default_factory=list)
    baselines: list[Baseline] = field(default_factory=list)
    fixed_cost: Fraction = Fraction(0)

    @property
    def label(self) -> str:
        """What it is called in lists of losses."""
        return f"UID {self.uid} `{self.name or 'unnamed'}`"


@dataclass(frozen=True, slots=True)
class OtherDays:
    """Hours on dates, both included, or on those of a recurrence rule (RFC 5545)."""

    first: date
    last: date
    hours: Hours
    name: str = ""
    rule: str = ""


@dataclass(slots=True)
class Calendar:
    """Hours of a week, Monday first; None where the base calendar's hold."""

    uid: int
    span: Span
    name: str = ""
    base: int | None = None
    is_base: bool = True
    week: list[Hours | None] = field(default_factory=lambda: [None] * 7)
    exceptions: list[OtherDays] = field(default_factory=list)


@dataclass(slots=True)
class Resource:
    """A row of the resource sheet; ``type`` is 0 material, 1 work, 2 cost."""

    uid: int
    span: Span
    name: str = ""
    type: int = 1
    initials: str = ""
    group: str = ""
    email: str = ""
    notes: str = ""
    calendar: int = -1
    max_units: Fraction = Fraction(1)
    available: list[tuple[datetime | None, datetime | None, Fraction]] = field(
        default_factory=list
    )
    rate: Fraction = Fraction(0)
    rate_format: int = 2
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What it is called in lists of losses."""
        return f"UID {self.uid} `{self.name or 'unnamed'}`"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One resource on one task."""

    uid: int
    task: int
    resource: int
    units: Fraction
    work: int | None
    start: datetime | None
    finish: datetime | None
    contour: int
    overtime: int
    delay: int
    paused: bool
    """Whether its work stops for a time and goes on later."""
    span: Span

    @property
    def label(self) -> str:
        """What it is called in lists of losses."""
        return f"assignment UID {self.uid} (task UID {self.task})"


@dataclass(slots=True)
class ProjectFile:
    """The whole file."""

    span: Span
    name: str = ""
    title: str = ""
    start: datetime | None = None
    finish: datetime | None = None
    from_start: bool = True
    status_date: datetime | None = None
    calendar: int = -1
    currency: str = ""
    day: int = 480
    week: int = 2400
    days_per_month: int = 20
    notes: str = ""
    calendars: dict[int, Calendar] = field(default_factory=dict)
    tasks: list[Task] = field(default_factory=list)
    resources: dict[int, Resource] = field(default_factory=dict)
    assignments: list[Assignment] = field(default_factory=list)
