"""A problem as flat lists of integers: what the kernel reads.

Instants are minutes since the origin of the plan's horizon, positions count working minutes of a
job's calendar from there. A *view* is a working axis seen on a wider one: the intervals of the
wider axis it works in, with the count of its minutes before each. A calendar is its view on
wall-clock time, where the last of the views always works.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

LIMIT = 1 << 30
"""Every instant, position and amount is less."""


_HOLD = ("resource", "since", "begin", "end")
ORDER = 16
"""Kind of a pair that bounds nothing: one job is placed before the other."""


@dataclass(slots=True)
class Arrays:
    """Jobs by number, in an order in which nothing comes before what it waits for.

    The rows of a job are its ways: calendar, duration, rooms and needs in one of its modes.
    """

    view_of: list[int] = field(default_factory=lambda: [0])
    """First interval of each view, and one more."""
    view_begin: list[int] = field(default_factory=list)
    view_end: list[int] = field(default_factory=list)
    view_count: list[int] = field(default_factory=list)
    """Minutes of the view before the interval."""

    rows_of: list[int] = field(default_factory=lambda: [0])
    """First row of each job, and one more: a row is one of the ways to do it."""
    counts: list[int] = field(default_factory=list)
    """1 for each job whose early start counts."""

    calendar: list[int] = field(default_factory=list)
    """View of each row; a milestone has the one that always works."""
    duration: list[int] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    """First and last position, both included."""
    due: list[int] = field(default_factory=list)
    """Position by which a job is in time, -1: it has no deadline."""
    room_first: list[int] = field(default_factory=list)
    room_last: list[int] = field(default_factory=list)
    """Rooms ``[first, last)`` of each row; where that is empty the job may be anywhere."""
    room_low: list[int] = field(default_factory=list)
    room_high: list[int] = field(default_factory=list)
    """First and last position of a room, both included."""

    arcs_of: list[int] = field(default_factory=lambda: [0])
    """First arc into each job, and one more; arcs are sorted by the job they lead to."""
    arc_from: list[int] = field(default_factory=list)
    arc_to: list[int] = field(default_factory=list)
    pairs_of: list[int] = field(default_factory=lambda: [0])
    """First pair of each arc, and one more: each row it comes from with each row it leads to."""
    pair_kind: list[int] = field(default_factory=list)
    """0: the lag is a difference of positions; else 4, +1 from the finish, +2 to the finish; 16:
    the arc says what is placed first and no more."""
    pair_lag: list[int] = field(default_factory=list)
    pair_view: list[int] = field(default_factory=list)
    """Calendar of the lag."""
    out_of: list[int] = field(default_factory=lambda: [0])
    out_arc: list[int] = field(default_factory=list)
    """The arcs that leave each job."""

    effective: list[int] = field(default_factory=list)
    """View of the calendar of each row, a milestone's too."""
    ties_of: list[int] = field(default_factory=lambda: [0])
    """First tie of each job, and one more: it bounds the job by one of several events."""
    tie_kind: list[int] = field(default_factory=list)
    """1 if the events are finishes, +2 if the finish is bounded, +4 from above by the latest of
    them, else from below by the earliest."""
    tie_lag: list[int] = field(default_factory=list)
    entries_of: list[int] = field(default_factory=lambda: [0])
    """First event of each tie, and one more."""
    entry_job: list[int] = field(default_factory=list)
    entry_at: list[int] = field(default_factory=list)
    """The job whose event it is; -1: it stands at an instant."""
    entry_view: list[int] = field(default_factory=list)
    """Calendar of the lag; -1: that of the job bounded, -2: that of the job whose event it is."""
    meets_of: list[int] = field(default_factory=lambda: [0])
    """First meeting of each row, and one more: windows whose occurrence is shared."""
    meet_key: list[int] = field(default_factory=list)
    meet_first: list[int] = field(default_factory=list)
    """Who shares, and where the positions for the occurrences begin."""
    meet_count: list[int] = field(default_factory=list)
    """How many occurrences each of those has."""
    meet_low: list[int] = field(default_factory=list)
    meet_high: list[int] = field(default_factory=list)
    """First and last position in an occurrence, both included."""

    needs_of: list[int] = field(default_factory=lambda: [0])
    """First need of each row, and one more."""
    need_resource: list[int] = field(default_factory=list)
    need_units: list[int] = field(default_factory=list)
    need_view: list[int] = field(default_factory=list)
    """View of the job's calendar on the resource's axis; -1: that is its axis; -2: held."""
    steps_of: list[int] = field(default_factory=lambda: [0])
    step_at: list[int] = field(default_factory=list)
    step_free: list[int] = field(default_factory=list)
    """Capacity of each resource along its axis; the first step reaches back for ever."""
    cells: list[int] = field(default_factory=list)
    """How many steps the bookings of a resource may make of it."""
    usual: list[int] = field(default_factory=list)
    """How many they make when every job goes its ways in turn: less where few ways need it."""

    words: list[int] = field(default_factory=list)
    """What each row needs of all resources as one number, where there is a chain of steps."""
    chain_at: list[int] = field(default_factory=list)
    chain_word: list[int] = field(default_factory=list)
    """What is free of all resources along the one axis they share; empty: they share none."""
    guard: int = 0
    """The bits of such a number that tell when something is short."""

    hold_resource: list[int] = field(default_factory=list)
    hold_units: list[int] = field(default_factory=list)
    hold_since: list[int] = field(default_factory=list)
    hold_begin: list[int] = field(default_factory=list)
    hold_end: list[int] = field(default_factory=list)
    """What hammocks hold: of which resource, from when at the earliest, from and to which moment."""
    moments_of: list[int] = field(default_factory=lambda: [0])
    moment_job: list[int] = field(default_factory=list)
    """The jobs whose first start or last finish a moment is."""
    moment_last: list[int] = field(default_factory=list)
    moment_at: list[int] = field(default_factory=list)
    """1 for a last finish; the instant of what stands for good."""

    due_row: list[int] = field(default_factory=list)
    due_view: list[int] = field(default_factory=list)
    due_count: list[int] = field(default_factory=list)
    due_weight: list[int] = field(default_factory=list)
    """Deadlines of jobs, by row: the calendar that lateness counts on, the count there, the priority."""
    group_of: list[int] = field(default_factory=lambda: [0])
    group_member: list[int] = field(default_factory=list)
    group_due: list[int] = field(default_factory=list)
    group_weight: list[int] = field(default_factory=list)
    group_floor: list[int] = field(default_factory=list)
    """Deadlines of groups, in instants, and the latest finish of what stands for good."""
    floor: int = 0
    """The latest finish of what stands for good."""
    overdue: int = 0
    """The tardiness of what stands for good."""

    @property
    def jobs(self) -> int:
        """How many jobs there are."""
        return len(self.rows_of) - 1

    def check(self) -> None:
        """Refuse what would lead outside the lists.

        Raises
        ------
        ValueError
            If lengths or references do not fit together.
        """
        jobs, rows, views = self.jobs, len(self.duration), len(self.view_of) - 1
        resources = len(self.cells)
        for name, count in (
            ("counts", jobs),
            ("calendar", rows),
            ("low", rows),
            ("high", rows),
            ("due", rows),
            ("room_first", rows),
            ("room_last", rows),
            ("view_of", views + 1),
            ("arcs_of", jobs + 1),
            ("out_of", jobs + 1),
            ("pairs_of", len(self.arc_to) + 1),
            ("effective", rows),
            ("ties_of", jobs + 1),
            ("entries_of", len(self.tie_kind) + 1),
            ("meets_of", rows + 1),
            ("meet_high", len(self.meet_low)),
            *((f"hold_{name}", len(self.hold_units)) for name in _HOLD),
            ("moments_of", len(self.moment_at) + 1),
            ("moment_last", len(self.moment_at)),
            ("needs_of", rows + 1),
            ("steps_of", resources + 1),
            ("group_of", len(self.group_due) + 1),
            ("words", rows if self.chain_at else 0),
            ("chain_word", len(self.chain_at)),
        ):
            if len(getattr(self, name)) != count:
                raise ValueError(f"{name} has {len(getattr(self, name))} entries, not {count}")
        self._check_parts()
        for name, below in (
            ("calendar", views),
            ("arc_from", jobs),
            ("arc_to", jobs),
            ("pair_view", views),
            ("effective", views),
            ("meet_key", len(self.meet_count)),
            ("hold_resource", resources),
            ("hold_begin", len(self.moment_at)),
            ("hold_end", len(self.moment_at)),
            ("moment_job", jobs),
            ("out_arc", len(self.arc_to)),
            ("need_resource", resources),
            ("due_row", rows),
            ("due_view", views),
            ("group_member", jobs),
            ("room_first", len(self.room_low) + 1),
            ("room_last", len(self.room_low) + 1),
        ):
            if any(not 0 <= one < below for one in getattr(self, name)):
                raise ValueError(f"{name} refers to what is not there")
        if any(not -2 <= one < views for one in self.need_view):
            raise ValueError("need_view refers to what is not there")
        self._check_ties(jobs, views)
        if any(value >= LIMIT for value in (*self.view_end, *self.view_count, *self.high)):
            raise ValueError("a horizon of more than 2,000 years")
        if any(at < 0 for at in self.low) or any(
            at > self._total(view) - length
            for view, length, at in zip(self.calendar, self.duration, self.high, strict=True)
        ):
            raise ValueError("a job beyond its calendar")
        self._check_pairs()

    def _check_ties(self, jobs: int, views: int) -> None:
        """Refuse events and meetings of what is not there."""
        if any(not -1 <= one < jobs for one in self.entry_job):
            raise ValueError("entry_job refers to what is not there")
        if any(not -2 <= one < views for one in self.entry_view):
            raise ValueError("entry_view refers to what is not there")
        for key, first in zip(self.meet_key, self.meet_first, strict=True):
            if not 0 <= first <= len(self.meet_low) - self.meet_count[key]:
                raise ValueError("meet_first refers to what is not there")

    def _check_pairs(self) -> None:
        """Refuse arcs without a pair for each two ways of their jobs."""
        ways = [later - sooner for sooner, later in pairwise(self.rows_of)]
        pairs = [later - sooner for sooner, later in pairwise(self.pairs_of)]
        if any(
            count != ways[source] * ways[target]
            for count, source, target in zip(pairs, self.arc_from, self.arc_to, strict=True)
        ):
            raise ValueError("pairs_of does not fit the ways of the jobs")

    def _total(self, view: int) -> int:
        last = self.view_of[view + 1] - 1
        return self.view_count[last] + self.view_end[last] - self.view_begin[last]

    def _check_parts(self) -> None:
        """Refuse offsets that do not rise to the ends of what they divide."""
        for offsets, parts in (
            ("view_of", ("view_begin", "view_end", "view_count")),
            ("rows_of", ("duration",)),
            ("arcs_of", ("arc_from", "arc_to")),
            ("pairs_of", ("pair_kind", "pair_lag", "pair_view")),
            ("out_of", ("out_arc",)),
            ("ties_of", ("tie_kind", "tie_lag")),
            ("entries_of", ("entry_job", "entry_at", "entry_view")),
            ("meets_of", ("meet_key", "meet_first")),
            ("moments_of", ("moment_job",)),
            ("needs_of", ("need_resource", "need_units", "need_view")),
            ("steps_of", ("step_at", "step_free")),
            ("group_of", ("group_member",)),
        ):
            values = getattr(self, offsets)
            least = 1 if offsets in {"view_of", "rows_of", "steps_of", "entries_of"} else 0
            rising = all(later - sooner >= least for sooner, later in pairwise(values))
            if values[0] != 0 or not rising:
                raise ValueError(f"{offsets} does not rise")
            for part in parts:
                if len(getattr(self, part)) != values[-1]:
                    raise ValueError(f"{part} has another length than {offsets} says")
        if len(self.room_low) != len(self.room_high):
            raise ValueError("rooms need both ends")
