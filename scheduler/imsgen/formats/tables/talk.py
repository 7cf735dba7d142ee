"""Tables of where people decide, meet and are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from imsgen.formats.facts import Facts
from imsgen.formats.messages import Delivery, deliveries, frequency
from imsgen.formats.tables.model import Column, Table, joined, moment
from imsgen.model import Checkpoint, Gate, Instant, Meeting, Shift
from imsgen.schedule.diary.wording import on_no_go


def _gate(end: int) -> Callable[[Facts, Gate], Instant | None]:
    def of(facts: Facts, row: Gate) -> Instant | None:
        dates = facts.dates(row.id)
        return None if dates is None else dates[end]

    return of


GATES: Table[Gate] = Table(
    "gates",
    "the decisions; the activity of the same id holds the rest",
    lambda facts: facts.project.gates.values(),
    (
        Column("id", "id, also of its activity", lambda _, row: row.id),
        *moment("start", "start of the meeting", _gate(0)),
        *moment("finish", "when the decision is made", _gate(1)),
        *moment("at", "booked start, where there is one", lambda _, row: row.at),
        Column("decides", "ids of who decides", lambda _, row: joined(row.decides)),
        Column("who", "ids of who takes part", lambda _, row: joined(row.who)),
        Column(
            "criteria", "what must be true, one a line", lambda _, row: "\n".join(row.criteria)
        ),
        Column("else", "id of the group done on No-Go", lambda _, row: row.else_),
        Column("window", "id of the window it protects", lambda _, row: row.window),
        Column("location", "where", lambda _, row: row.location),
    ),
)

CHECKPOINTS: Table[Checkpoint] = Table(
    "checkpoints",
    "where people meet; the dates are in `meetings`",
    lambda facts: facts.project.checkpoints.values(),
    (
        Column("id", "id, the `series` of its meetings", lambda _, row: row.id),
        Column("name", "name", lambda _, row: row.name),
        Column(
            "repeating", "whether it meets again and again", lambda _, row: row.every is not None
        ),
        Column("duration_minutes", "length of a meeting", lambda _, row: row.duration),
        Column("owner", "who calls it", lambda _, row: row.owner),
        Column("who", "ids of who takes part", lambda _, row: joined(row.who)),
        Column("decides", "ids of who decides", lambda _, row: joined(row.decides)),
        Column(
            "criteria", "what must be true, one a line", lambda _, row: "\n".join(row.criteria)
        ),
        Column("location", "where", lambda _, row: row.location),
        Column("notes", "notes", lambda _, row: row.notes),
    ),
)

COMMUNICATIONS: Table[Delivery] = Table(
    "communications",
    "messages that the schedule triggers, by first date; each date is in `meetings`",
    deliveries,
    (
        Column("id", "id", lambda _, row: row.message.id),
        Column("name", "name", lambda _, row: row.message.name),
        Column("audience", "who is told", lambda _, row: row.message.audience),
        Column("channel", "by what means", lambda _, row: row.message.channel),
        Column("owner", "who prepares it", lambda _, row: row.message.owner),
        Column("message", "the message", lambda _, row: row.message.message),
        Column("purpose", "what it is for", lambda _, row: row.message.purpose),
        Column("feedback", "how answers come back", lambda _, row: row.message.feedback),
        Column("status", "how far it is", lambda _, row: row.message.status),
        Column("frequency", "how often it is sent", frequency),
        *moment("delivery", "when it is sent first", lambda _, row: row.first),
        Column("on_no_go", "whether only No-Go sends it", lambda _, row: on_no_go(row.message)),
    ),
)

MEETINGS: Table[Meeting] = Table(
    "meetings",
    "every calendar event of the schedule, one row an occurrence",
    lambda facts: facts.schedule.meetings,
    (
        Column("id", "id of the event", lambda _, row: row.id),
        Column(
            "kind",
            "gate, milestone, checkpoint, window or communication",
            lambda _, row: row.kind.value,
        ),
        Column("name", "name", lambda _, row: row.name),
        Column("series", "id of the checkpoint it repeats", lambda _, row: row.series),
        *moment("start", "start", lambda _, row: row.start),
        *moment("finish", "finish, exclusive", lambda _, row: row.finish),
        Column("timezone", "zone it is called in", lambda _, row: row.timezone),
        Column("uid", "identity between revisions", lambda _, row: row.uid),
        Column("sequence", "counts its changes", lambda _, row: row.sequence),
        Column("cancelled", "whether it no longer takes place", lambda _, row: row.cancelled),
    ),
)


def _shifts(facts: Facts) -> Iterator[tuple[str, Shift]]:
    roster = facts.schedule.roster
    if roster is not None:
        yield from (("duty", one) for one in roster.shifts)
        yield from (("backup", one) for one in roster.standbys)


SHIFTS: Table[tuple[str, Shift]] = Table(
    "shifts",
    "who is on duty, and who stands by as backup, where the plan asks for a roster",
    _shifts,
    (
        Column("kind", "duty or backup", lambda _, row: row[0]),
        Column("person", "id of the person", lambda _, row: row[1].person),
        Column(
            "name",
            "name of the person",
            lambda facts, row: facts.project.people[row[1].person].name,
        ),
        Column("role", "id of the resource", lambda _, row: row[1].role),
        *moment("start", "start", lambda _, row: row[1].start),
        *moment("finish", "finish, exclusive", lambda _, row: row[1].finish),
    ),
)
