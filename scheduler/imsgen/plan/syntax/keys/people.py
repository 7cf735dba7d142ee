"""Keys of people and of the roster they are on."""

from __future__ import annotations

from imsgen.plan.people import RawPerson, RawRoster
from imsgen.plan.syntax.keys.calendars import LEAVE
from imsgen.plan.syntax.keys.scalars import DURATION, EMAIL, NUMBER, REF, REFS, TEXT
from imsgen.plan.syntax.keys.table import Entity, Key, as_entity, entries
from imsgen.plan.syntax.reader import Reader
from imsgen.plan.syntax.text.nodes import Node

PERSON = Entity(
    "person",
    "person",
    (
        Key("name", TEXT, "What people call them"),
        Key("roles", REFS, "The resources they are one of, and can be on duty as"),
        Key("party", REF, "The party they belong to"),
        Key("email", EMAIL, "Where invitations go"),
        Key("calendar", REF, "Hours in which they can be on shift; any hour unless said"),
        Key("leave", LEAVE, "Dates on which they are away"),
        Key("prefers", REF, "Calendar of the hours they would rather work in"),
        Key("notes", TEXT, "Anything worth saying"),
    ),
    "Somebody by name, who can be on duty in a role",
    required=("roles",),
    foreign={
        "role": "write `roles: {value}`",
        "plays": "write `roles: {value}`",
        "skills": "write `roles: {value}`",
        "mail": "write `email: {value}`",
        "vacation": "write `leave: {value}`",
        "holidays": "write `leave: [{value}]`",
        "company": "write `party: {value}`",
        "capacity": "a person is one; the number of people is the resource's `capacity`",
    },
)

ROSTER = Entity(
    "roster",
    "roster",
    (
        Key("window", REF, "The window it covers; the only one that work lies within unless said"),
        Key("roles", REFS, "The resources it covers; all needed in the window unless said"),
        Key("longest_shift", DURATION, "Most time of a shift, 12h unless said"),
        Key("shortest_shift", DURATION, "Least time of a shift, any unless said"),
        Key("least_rest", DURATION, "Between two shifts of one person, 11h unless said"),
        Key("handover", DURATION, "How long both are there when one takes over, 30m unless said"),
        Key("backups", NUMBER, "How many of a role stand by while it is needed, 1 unless said"),
        Key("step", DURATION, "Shifts begin and end on multiples of it, 30m unless said"),
    ),
    "The rules by which people cover the work of a window",
    foreign={
        "max_shift": "write `longest_shift: {value}`",
        "min_shift": "write `shortest_shift: {value}`",
        "max_hours": "write `longest_shift: {value}`",
        "rest": "write `least_rest: {value}`",
        "min_rest": "write `least_rest: {value}`",
        "overlap": "write `handover: {value}`",
        "hand_over": "write `handover: {value}`",
        "within": "write `window: {value}`",
        "backup": "write `backups: 1`, or `backups: 0` for none",
        "people": "people stand at the top of the plan: `people: {value}`",
    },
)


def read_people(reader: Reader, node: Node) -> tuple[RawPerson, ...]:
    """Return the entries of ``people:``."""
    found = []
    for id_, value in entries(reader, node, "a map from ids to people"):
        entry = as_entity(reader, PERSON, value, id_.value)
        if entry is not None:
            found.append(RawPerson(id_, span=value.span, **entry.values))
    return tuple(found)


def read_roster(reader: Reader, node: Node) -> RawRoster | None:
    """Return the rules of the roster."""
    entry = as_entity(reader, ROSTER, node)
    return None if entry is None else RawRoster(node.span, entry.keys, **entry.values)
