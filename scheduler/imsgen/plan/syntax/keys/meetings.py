"""Keys of checkpoints and communications."""

from __future__ import annotations

from imsgen.plan.document import At, RawEvery
from imsgen.plan.people import RawCheckpoint, RawCommunication
from imsgen.plan.syntax.keys.scalars import (
    DURATION,
    REF,
    REFS,
    TEXT,
    TEXTS,
    WHEN,
    ZONE,
    named,
)
from imsgen.plan.syntax.keys.table import Entity, Key, Kind, as_entity, entries
from imsgen.plan.syntax.reader import Reader
from imsgen.plan.syntax.text.nodes import Node
from imsgen.plan.syntax.values.clock import parse_every


def read_repetition(reader: Reader, node: Node) -> At[RawEvery] | None:
    """Return the repetition of a checkpoint, whose length is its ``duration``."""
    found = reader.placed(node, parse_every, "a repetition")
    if found is not None and found.value.length is not None:
        reader.report.add(
            "IMS130",
            "the length of a checkpoint is its `duration`",
            node.span,
            help="write the start only, `weekday 09:00`",
        )
        return None
    return found


CHECKPOINT = Entity(
    "checkpoint",
    "checkpoint",
    (
        Key("name", TEXT, "What people call it"),
        Key("at", WHEN, "When they meet, once: an event with an offset, or a date"),
        Key("every", Kind("every", read_repetition, named("every"), "weekday 09:00"),
            "When they meet again and again"),
        Key("from", WHEN, "Where the repetition begins", field="from_"),
        Key("until", WHEN, "Where the repetition ends"),
        Key("duration", DURATION, "How long they meet, 15m unless said", aliases=("length",)),
        Key("timezone", ZONE, "IANA zone of its times; otherwise that of the file"),
        Key("calendar", REF, "Occurrences outside it are dropped"),
        Key("who", REFS, "Who takes part"),
        Key("owner", REF, "Who leads it"),
        Key("decides", REFS, "Who decides, if something is decided"),
        Key("criteria", TEXTS, "What is checked"),
        Key("location", TEXT, "Where people meet"),
        Key("notes", TEXT, "Anything worth saying"),
    ),
    "People meet; it never drives logic",
    foreign={
        "attendees": "write `who: {value}`",
        "participants": "write `who: {value}`",
        "when": "write `at: {value}`",
        "to": "write `until: {value}`",
        "start": "write `from: {value}`",
        "end": "write `until: {value}`",
        "after": "a checkpoint follows an event: `at: {value}.finish`",
        "repeat": "write `every: {value}`",
        "description": "write `notes: {value}`",
    },
)  # fmt: skip

COMMUNICATION = Entity(
    "communication",
    "communication",
    (
        Key("name", TEXT, "What people call it"),
        Key("trigger", WHEN, "The event, gate outcome, checkpoint or date that sends it, with an offset"),
        Key("audience", TEXT, "Who is told"),
        Key("channel", TEXT, "How they are told"),
        Key("owner", REF, "Who sends it"),
        Key("message", TEXT, "What they are told"),
        Key("purpose", TEXT, "What it is for"),
        Key("feedback", TEXT, "How they answer"),
        Key("status", TEXT, "Where it stands"),
        Key("calendar", REF, "When it can be sent; outside these hours one ahead of its event goes out before, others after"),
    ),
    "A message that the schedule triggers",
    required=("trigger",),
    foreign={"at": "write `trigger: {value}`", "when": "write `trigger: {value}`",
             "to": "write `audience: {value}`", "text": "write `message: {value}`",
             "from": "write `owner: {value}`"},
)  # fmt: skip


def read_checkpoints(reader: Reader, node: Node) -> tuple[RawCheckpoint, ...]:
    """Return the entries of ``checkpoints:``."""
    found = []
    for id_, value in entries(reader, node, "a map from ids to checkpoints"):
        entry = as_entity(reader, CHECKPOINT, value, id_.value)
        if entry is not None:
            found.append(RawCheckpoint(id_, span=value.span, **entry.values))
    return tuple(found)


def read_communications(reader: Reader, node: Node) -> tuple[RawCommunication, ...]:
    """Return the entries of ``comms:``."""
    found = []
    for id_, value in entries(reader, node, "a map from ids to communications"):
        entry = as_entity(reader, COMMUNICATION, value, id_.value)
        if entry is not None:
            found.append(RawCommunication(id_, span=value.span, **entry.values))
    return tuple(found)
