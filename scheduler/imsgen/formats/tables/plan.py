"""Tables of the plan itself and of who does the work, when they can."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.formats.facts import Facts
from imsgen.formats.tables.model import Column, Table, joined, moment
from imsgen.model import Activity, Instant, Need, Party, Resource, Schedule, Window

PLAN: Table[Schedule] = Table(
    "plan",
    "one row: the plan and how good its schedule is",
    lambda facts: (facts.schedule,),
    (
        Column("id", "id of the plan", lambda _, row: row.project.id),
        Column("name", "name of the plan", lambda _, row: row.project.name),
        Column("timezone", "zone of the local dates", lambda _, row: row.project.timezone),
        *moment("start", "nothing is planned before", lambda _, row: row.project.start),
        *moment("finish", "latest finish, exclusive", lambda _, row: row.finish),
        *moment("bound", "proven: no schedule finishes before", lambda _, row: row.bound),
        *moment("deadline", "deadline of the plan", lambda _, row: row.project.deadline),
        *moment("status_date", "progress is known until", lambda _, row: row.project.status_date),
        Column("status", "optimal, feasible or interrupted", lambda _, row: row.status.value),
        Column(
            "gap", "unproved part of the elapsed length, 0 to 1", lambda _, row: round(row.gap, 6)
        ),
        Column("revision", "counts the published schedules", lambda _, row: row.revision),
        Column("plan_hash", "changes with the plan's meaning", lambda _, row: row.plan_hash),
        Column("day_minutes", "minutes of the plan's `d`", lambda _, row: row.project.day),
        Column("currency", "currency of rates", lambda _, row: row.project.currency),
        Column(
            "reproducible",
            "false when the clock or the user stopped the search",
            lambda _, row: row.run.reproducible,
        ),
    ),
)

RESOURCES: Table[Resource] = Table(
    "resources",
    "people and equipment of limited capacity",
    lambda facts: facts.project.resources.values(),
    (
        Column("id", "id", lambda _, row: row.id),
        Column("name", "name", lambda _, row: row.name),
        Column("party", "id of the organisation", lambda _, row: row.party),
        Column(
            "calendar", "id of its calendar, empty: none restricts it", lambda _, row: row.calendar
        ),
        Column(
            "holds", "whether it stays taken while an activity rests", lambda _, row: row.holds
        ),
        Column("rate", "amount an hour in the plan's currency", lambda _, row: row.rate),
        Column("email", "address", lambda _, row: row.email),
        Column("tags", "tags", lambda _, row: joined(row.tags)),
        Column("notes", "notes", lambda _, row: row.notes),
        Column("uid", "key in the tool it came from", lambda _, row: row.uid),
    ),
)

_Step = tuple[Resource, Instant | None, int]


def _steps(facts: Facts) -> Iterator[_Step]:
    for resource in facts.project.resources.values():
        for first, units in resource.capacity:
            yield resource, first, units


CAPACITIES: Table[_Step] = Table(
    "capacities",
    "capacity of a resource from a date on",
    _steps,
    (
        Column("resource", "id of the resource", lambda _, row: row[0].id),
        *moment("from", "from when, empty: always", lambda _, row: row[1]),
        Column("units_percent", "100 is one whole unit", lambda _, row: row[2]),
    ),
)

_Assignment = tuple[Activity, Need]


def _assignments(facts: Facts) -> Iterator[_Assignment]:
    for id_ in facts.schedule.activities:
        for need in facts.mode(id_).needs:
            yield facts.project.activities[id_], need


def _work(facts: Facts, row: _Assignment) -> int:
    activity, need = row
    return facts.duration(activity.id) * need.units // 100


ASSIGNMENTS: Table[_Assignment] = Table(
    "assignments",
    "who does what in the schedule, from start to finish of the activity",
    _assignments,
    (
        Column("activity", "id of the activity", lambda _, row: row[0].id),
        Column("resource", "id of the resource", lambda _, row: row[1].resource),
        Column("units_percent", "100 is one whole unit", lambda _, row: row[1].units),
        *moment("start", "start", lambda f, row: f.schedule.activities[row[0].id].start),
        *moment("finish", "finish", lambda f, row: f.schedule.activities[row[0].id].finish),
        Column("work_minutes", "duration times units", _work),
    ),
)

PARTIES: Table[Party] = Table(
    "parties",
    "organisations that answer for activities",
    lambda facts: facts.project.parties.values(),
    (
        Column("id", "id", lambda _, row: row.id),
        Column("name", "name", lambda _, row: row.name),
    ),
)

_Occurrence = tuple[Window, int]


def _occurrences(facts: Facts) -> Iterator[_Occurrence]:
    for window in facts.project.windows.values():
        for i in range(len(window.occurrences)):
            yield window, i


WINDOWS: Table[_Occurrence] = Table(
    "windows",
    "spans of time that activities lie in or keep out of, one row an occurrence",
    _occurrences,
    (
        Column("id", "id of the window", lambda _, row: row[0].id),
        Column("occurrence", "0 is the first", lambda _, row: row[1]),
        Column("name", "name", lambda _, row: row[0].name),
        *moment("from", "opens", lambda _, row: row[0].occurrences[row[1]][0]),
        *moment("to", "closes, exclusive", lambda _, row: row[0].occurrences[row[1]][1]),
        Column("forbids", "what keeps out of it", lambda _, row: joined(row[0].forbids)),
        Column("notes", "notes", lambda _, row: row[0].notes),
    ),
)
