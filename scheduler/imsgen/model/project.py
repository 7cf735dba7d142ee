"""The normalised plan: what a plan file means, with every reference and date resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from imsgen.diagnostics import Span
from imsgen.model.activity import Activity, Constraint, Dependency, Group
from imsgen.model.calendar import Calendar, Window
from imsgen.model.meeting import Checkpoint, Communication, Gate
from imsgen.model.resource import Party, Resource
from imsgen.model.roster import Person, RosterRules
from imsgen.model.units import Instant


@dataclass(frozen=True, slots=True)
class Options:
    """What the plan says about how it is solved."""

    objective: str = "finish"
    protect: str | None = None
    out_of_sequence: str = "retained_logic"
    estimate: str = "likely"
    t_zero: str | None = None
    """Event, as ``id.end``, that T-minus labels count from."""
    freeze: int | None = None
    """Minutes after the status date that keep their published dates."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One line of ``expect``: what must be true of the schedule.

    ``subject`` is ``status``, ``finish``, ``critical``, ``ID.start``, ``ID.finish`` or
    ``ID.total_float``. Dates are met in ``[earliest, latest]``; ``value`` holds a status or a
    number of minutes as text; ``ids`` the ids that must be critical.
    """

    subject: str
    earliest: Instant | None = None
    latest: Instant | None = None
    value: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A plan that can be solved.

    Mappings keep file order, which is outline order. ``outline`` lists groups and activities
    depth first. ``sources`` maps keys like ``activity:ID``, ``activity:ID.constraint``,
    ``link:PRED>SUCC:FS``, ``window:ID``, ``resource:ID``, ``calendar:ID`` and ``plan.start`` to
    places in the text; it is no part of the plan's meaning: neither compared, hashed nor stored.
    """

    id: str
    name: str
    start: Instant
    timezone: str
    calendar: str
    """Id of the default calendar."""
    horizon: tuple[Instant, Instant]
    """``[first, last)``: calendars are known here; every date of the plan lies in it."""
    day: int = 480
    week: int = 2400
    month: int = 9600
    """Minutes of a ``d``, ``w`` and ``mo``."""
    status_date: Instant | None = None
    deadline: Instant | None = None
    currency: str = ""
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    windows: Mapping[str, Window] = field(default_factory=dict)
    parties: Mapping[str, Party] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    roster: RosterRules | None = None
    groups: Mapping[str, Group] = field(default_factory=dict)
    activities: Mapping[str, Activity] = field(default_factory=dict)
    dependencies: tuple[Dependency, ...] = ()
    gates: Mapping[str, Gate] = field(default_factory=dict)
    checkpoints: Mapping[str, Checkpoint] = field(default_factory=dict)
    communications: Mapping[str, Communication] = field(default_factory=dict)
    baselines: Mapping[str, str] = field(default_factory=dict)
    options: Options = field(default_factory=Options)
    expect: tuple[Expectation, ...] = ()
    outline: tuple[str, ...] = ()
    notes: str = ""
    sources: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)

    def ancestors(self, id_: str) -> Iterator[Group]:
        """Yield the groups around an activity or group, nearest first."""
        node = self.activities.get(id_) or self.groups[id_]
        parent = node.group
        while parent is not None:
            group = self.groups[parent]
            yield group
            parent = group.group

    def constraints_on(self, id_: str) -> Iterator[Constraint]:
        """Yield the constraints that bind an activity: its own and those of its groups."""
        yield from self.activities[id_].constraints
        for group in self.ancestors(id_):
            yield from group.constraints

    def leaves(self, id_: str) -> tuple[str, ...]:
        """Return the ids of the activities inside a group, in outline order, or the activity.

        Only activities on the plan of record count, unless the group itself is off it.
        """
        if id_ in self.activities:
            return (id_,)
        group = self.groups[id_]
        prefix = id_ + "."
        return tuple(
            other
            for other in self.outline
            if other.startswith(prefix)
            and (activity := self.activities.get(other)) is not None
            and activity.active
            and activity.branch == group.branch
        )
