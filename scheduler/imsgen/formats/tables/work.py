"""Tables of what is done: groups, activities and the links between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from imsgen.formats.facts import Facts
from imsgen.formats.tables.model import Cell, Column, Table, joined, moment
from imsgen.model import (
    Activity,
    Dependency,
    Driver,
    Group,
    Instant,
    ScheduledActivity,
)


def _activities(facts: Facts) -> Iterator[Activity]:
    known = facts.project.activities
    return (known[id_] for id_ in facts.project.outline if id_ in known)


def _groups(facts: Facts) -> Iterator[Group]:
    known = facts.project.groups
    return (known[id_] for id_ in facts.project.outline if id_ in known)


def _placed(
    value: Callable[[ScheduledActivity], Cell],
) -> Callable[[Facts, Activity], Cell]:
    def of(facts: Facts, row: Activity) -> Cell:
        placed = facts.schedule.activities.get(row.id)
        return None if placed is None else value(placed)

    return of


def _placed_at(
    value: Callable[[ScheduledActivity], Instant | None],
) -> Callable[[Facts, Activity], Instant | None]:
    def of(facts: Facts, row: Activity) -> Instant | None:
        placed = facts.schedule.activities.get(row.id)
        return None if placed is None else value(placed)

    return of


def _driver(value: Callable[[Driver], Cell]) -> Callable[[Facts, Activity], Cell]:
    return _placed(lambda one: None if one.driver is None else value(one.driver))


def _dates(end: int) -> Callable[[Facts, Group], Instant | None]:
    def of(facts: Facts, row: Group) -> Instant | None:
        dates = facts.dates(row.id)
        return None if dates is None else dates[end]

    return of


def _actual(name: str) -> Callable[[Facts, Activity], Instant | None]:
    def of(_: Facts, row: Activity) -> Instant | None:
        found: Instant | None = getattr(row.progress, name, None)
        return found

    return of


ACTIVITIES: Table[Activity] = Table(
    "activities",
    "every activity, milestone, gate and hammock, in outline order",
    _activities,
    (
        Column("id", "full id, the path with dots", lambda _, row: row.id),
        Column("wbs", "code in the work breakdown, if the plan gives one", lambda _, row: row.wbs),
        Column("name", "what is done", lambda _, row: row.name),
        Column("kind", "task, milestone, hammock or gate", lambda _, row: row.kind.value),
        Column("group", "id of the group around it, empty at the top", lambda _, row: row.group),
        Column("party", "ids of who answers for it", lambda _, row: joined(row.party)),
        Column("owner", "who sees it done", lambda _, row: row.owner),
        Column("backup", "who stands in for the owner", lambda _, row: row.backup),
        Column(
            "scheduled",
            "whether it is on the plan of record: active and in no No-Go branch",
            lambda _, row: row.scheduled,
        ),
        Column("branch", "gate on whose No-Go it is done, else empty", lambda _, row: row.branch),
        Column(
            "duration", "duration in the plan's notation", lambda f, row: f.duration_text(row.id)
        ),
        Column(
            "duration_minutes",
            "working minutes of the effective calendar; elapsed ones when `elapsed`",
            lambda f, row: f.duration(row.id),
        ),
        Column(
            "elapsed", "whether the duration is elapsed", lambda f, row: f.mode(row.id).elapsed
        ),
        Column("assumed", "whether the duration is an assumption", lambda _, row: row.assumed),
        Column(
            "least_minutes",
            "the shortest of a three-point duration, else empty",
            lambda _, row: row.estimate.least if row.estimate else None,
        ),
        Column(
            "most_minutes",
            "the longest of a three-point duration, else empty",
            lambda _, row: row.estimate.most if row.estimate else None,
        ),
        Column("calendar", "id of its own calendar", lambda f, row: f.mode(row.id).calendar),
        *moment("start", "start", _placed_at(lambda one: one.start)),
        *moment("finish", "finish, exclusive", _placed_at(lambda one: one.finish)),
        *moment("early_start", "earliest start by logic", _placed_at(lambda one: one.early_start)),
        *moment(
            "late_finish",
            "latest finish that moves no finish of the plan",
            _placed_at(lambda one: one.late_finish),
        ),
        Column(
            "total_float_minutes",
            "working minutes it may slip without moving the plan's finish, by logic and resources",
            _placed(lambda one: one.total_float),
        ),
        Column(
            "free_float_minutes",
            "working minutes it may slip without moving a successor",
            _placed(lambda one: one.free_float),
        ),
        Column(
            "logic_float_minutes",
            "total float by logic alone, what MS Project computes",
            _placed(lambda one: one.logic_float),
        ),
        Column(
            "deadline_float_minutes",
            "working minutes it may slip before a deadline is missed",
            _placed(lambda one: one.deadline_float),
        ),
        Column(
            "critical", "whether total float is zero or less", _placed(lambda one: one.critical)
        ),
        Column(
            "driving",
            "whether it is on the driving chain to the plan's finish",
            lambda f, row: row.id in f.driving,
        ),
        Column(
            "driver_kind", "why it does not start earlier", _driver(lambda one: one.kind.value)
        ),
        Column("driver", "id of what drives it", _driver(lambda one: one.id)),
        Column("driver_text", "the same in words", _driver(lambda one: one.text)),
        *moment("deadline", "deadline of the finish", lambda _, row: row.deadline),
        Column("late", "whether the deadline is missed", lambda f, row: f.late(row.id)),
        Column("priority", "0 to 1000, higher first", lambda _, row: row.priority),
        Column("percent_complete", "0 to 100, of the duration", lambda f, row: f.percent(row.id)),
        *moment("actual_start", "when it started", _actual("actual_start")),
        *moment("actual_finish", "when it finished", _actual("actual_finish")),
        Column(
            "predecessors", "links to it, in notation", lambda f, row: f.predecessors_text(row.id)
        ),
        Column(
            "successors", "links from it, in notation", lambda f, row: f.successors_text(row.id)
        ),
        Column("tags", "tags", lambda _, row: joined(row.tags)),
        Column("notes", "notes", lambda _, row: row.notes),
        Column("uid", "key in the tool it came from", lambda _, row: row.uid),
    ),
)

GROUPS: Table[Group] = Table(
    "groups",
    "the outline above the activities, in outline order",
    _groups,
    (
        Column("id", "full id, the path with dots", lambda _, row: row.id),
        Column("wbs", "code in the work breakdown, if the plan gives one", lambda _, row: row.wbs),
        Column("name", "name", lambda _, row: row.name),
        Column("group", "id of the group around it, empty at the top", lambda _, row: row.group),
        Column("party", "ids of who answers for it", lambda _, row: joined(row.party)),
        Column("owner", "who sees it done", lambda _, row: row.owner),
        Column("backup", "who stands in for the owner", lambda _, row: row.backup),
        Column("branch", "gate on whose No-Go it is done, else empty", lambda _, row: row.branch),
        *moment("start", "earliest start inside", _dates(0)),
        *moment("finish", "latest finish inside, exclusive", _dates(1)),
        Column(
            "percent_complete",
            "0 to 100: mean of the activities inside, by duration",
            lambda f, row: f.group_percent(row.id),
        ),
        *moment("deadline", "deadline of the finish", lambda _, row: row.deadline),
        Column("late", "whether the deadline is missed", lambda f, row: f.late(row.id)),
        Column("tags", "tags", lambda _, row: joined(row.tags)),
        Column("notes", "notes", lambda _, row: row.notes),
        Column("uid", "key in the tool it came from", lambda _, row: row.uid),
    ),
)

DEPENDENCIES: Table[Dependency] = Table(
    "dependencies",
    "links as the plan states them; either end may be a group",
    lambda facts: facts.project.dependencies,
    (
        Column("predecessor", "id of what comes first", lambda _, row: row.predecessor),
        Column("successor", "id of what follows", lambda _, row: row.successor),
        Column("type", "FS, SS, FF or SF", lambda _, row: row.type.value),
        Column(
            "lag_minutes",
            "minutes on the lag's calendar, negative: a lead",
            lambda _, row: row.lag,
        ),
        Column(
            "lag_calendar",
            "successor, predecessor or the id of a calendar; 24x7 is elapsed",
            lambda _, row: row.lag_calendar,
        ),
        Column("max_lag_minutes", "at most so long after", lambda _, row: row.max_lag),
        Column("lag", "the lag as the plan wrote it", lambda _, row: row.lag_text),
        Column("reason", "the document or risk behind the link", lambda _, row: row.reason),
    ),
)
