"""Keys of a plan file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from imsgen.plan.document import At, RawExpectation, RawLink
from imsgen.plan.syntax.keys.activities import read_gates, read_items, read_progress
from imsgen.plan.syntax.keys.calendars import CALENDARS, RESOURCES, WINDOWS
from imsgen.plan.syntax.keys.foreign import OF_PLANS
from imsgen.plan.syntax.keys.links import read_links
from imsgen.plan.syntax.keys.meetings import read_checkpoints, read_communications
from imsgen.plan.syntax.keys.people import read_people, read_roster
from imsgen.plan.syntax.keys.scalars import (
    CURRENCY,
    DURATION,
    ID,
    INSTANT,
    PATHS,
    REF,
    TEXT,
    TEXT_AT,
    VERSION,
    ZONE,
    choice,
    map_of,
    named,
    placed,
)
from imsgen.plan.syntax.keys.table import Entity, Key, Kind, as_entity, entries
from imsgen.plan.syntax.reader import Reader
from imsgen.plan.syntax.text.nodes import Mapping, Node, Sequence
from imsgen.plan.syntax.values.durations import parse_duration
from imsgen.plan.syntax.values.misread import Misread
from imsgen.plan.syntax.values.names import parse_event, parse_reference

Pair = tuple[At[str], At[str]]


def read_dependencies(
    reader: Reader, node: Node
) -> tuple[tuple[At[str], tuple[RawLink, ...]], ...]:
    """Return links by successor."""
    if not isinstance(node, Mapping):
        reader.expected(
            node,
            "a map from successors to links",
            help="write `dependencies: {SUCCESSOR: [links]}`",
        )
        return ()
    found = []
    for key, value in node.entries:
        successor = reader.placed(key, parse_reference, "an id")
        links = read_links(reader, value)
        if successor is not None:
            found.append((successor, links))
    return tuple(found)


def _pairs(reader: Reader, node: Node, what: str, value_what: str) -> tuple[Pair, ...]:
    found = []
    for id_, value in entries(reader, node, what):
        text = reader.placed(value, str, value_what)
        if text is not None:
            found.append((id_, text))
    return tuple(found)


def read_parties(reader: Reader, node: Node) -> tuple[Pair, ...]:
    """Return parties with their names."""
    found = _pairs(reader, node, "a map from ids to names of parties", "the name of a party")
    for id_, _ in found:
        if id_.value == "shared":
            reader.report.add(
                "IMS135",
                "`shared` is no id here: it means all parties",
                id_.span,
                help="choose another id",
            )
    return found


def read_baselines(reader: Reader, node: Node) -> tuple[Pair, ...]:
    """Return baselines with the files they are in."""
    return _pairs(reader, node, "a map from names to schedule files", "a path")


def read_options(reader: Reader, node: Node) -> dict[str, At[str]] | None:
    """Return how the plan is to be solved."""
    entry = as_entity(reader, OPTIONS, node)
    return None if entry is None else entry.values


def read_expectations(reader: Reader, node: Node) -> tuple[RawExpectation, ...]:
    """Return what must be true of the schedule."""
    if not isinstance(node, Mapping):
        reader.expected(node, "a map from what is expected to its value")
        return ()
    found = []
    for key, value in node.entries:
        subject = At(key.value, key.span)
        if key.value == "critical" or isinstance(value, Sequence):
            ids = [
                reader.placed(item, parse_reference, "an id") for item in reader.one_or_many(value)
            ]
            found.append(RawExpectation(subject, ids=tuple(id_ for id_ in ids if id_ is not None)))
            continue
        text = reader.placed(value, str, "a date, duration or word")
        if text is not None:
            found.append(RawExpectation(subject, text))
    return tuple(found)


def _checked(parser: Callable[[str], Any]) -> Callable[[str], str]:
    """Return a parser that checks a text and keeps it."""

    def parse(text: str) -> str:
        parser(text)
        return text

    return parse


def _lag_calendar(text: str) -> str:
    words = ("successor", "predecessor", "project", "24x7")
    if text not in words:
        listed = ", ".join(f"`{word}`" for word in words)
        raise Misread(
            "IMS137",
            f"`{text}` is none of {listed}",
            help="a single link may name any calendar as its `lag_calendar`",
        )
    return text


OPTIONS = Entity(
    "options",
    "options",
    (
        Key("objective", choice("finish", "smooth", "fewest_people", "least_change", "least_cost", keep_place=True),
            "What comes after deadlines and finish: early starts (`finish`), even use, few people, few changes, low cost"),
        Key("protect", choice("rollback", keep_place=True), "`rollback`: No-Go leaves time to undo"),
        Key("lag_calendar", placed("lag_calendar", _lag_calendar, "one word", "successor"),
            "Whose calendar lags count on: `successor`, `predecessor`, `project` or `24x7`"),
        Key("out_of_sequence", choice("retained_logic", "progress_override", keep_place=True),
            "What links mean for work that began too early"),
        Key("estimate", choice("likely", "pert", "pessimistic", keep_place=True),
            "Which value of three is scheduled"),
        Key("t_zero", placed("event", _checked(parse_event), "an event", "go-live.finish"),
            "The event that T-minus labels count from"),
        Key("freeze", placed("duration", _checked(parse_duration), "a duration", "2d"),
            "Time after the status date that keeps its published dates"),
    ),
    "How the plan is solved",
)  # fmt: skip


def _expectation_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": {
            "anyOf": [
                {"$ref": "#/$defs/text"},
                {"type": "array", "items": {"$ref": "#/$defs/ref"}},
            ]
        },
    }


PLAN = Entity(
    "plan",
    "plan",
    (
        Key("imsgen", VERSION, "Version of the plan language, 1"),
        Key("id", ID, "Names the plan in calendars and files; the file's name unless said"),
        Key("name", TEXT_AT, "What people call the plan"),
        Key("start", INSTANT, "Nothing is planned before"),
        Key("status_date", INSTANT, "The date progress is told for; required once there is any"),
        Key("deadline", INSTANT, "When the plan should be finished"),
        Key("timezone", ZONE, "IANA zone of every date in this file without one"),
        Key("calendar", REF, "Calendar of everything that names none"),
        Key("currency", CURRENCY, "Currency of rates, as a code of three letters"),
        Key("notes", TEXT, "Anything worth saying"),
        Key("day", DURATION, "What `d` means, 8h unless said"),
        Key("week", DURATION, "What `w` means, 5d unless said"),
        Key("month", DURATION, "What `mo` means, 20d unless said"),
        Key("include", PATHS, "Libraries: files with calendars, resources and progress"),
        Key("calendars", CALENDARS, "When work is done"),
        Key("windows", WINDOWS, "Outages, freezes and other spans of time"),
        Key("parties", Kind("map of names", read_parties, map_of("text"), "{customer: Agency}"),
            "The organisations that take part"),
        Key("resources", RESOURCES, "People and equipment of limited capacity"),
        Key("people", Kind("map of people", read_people, map_of("person")),
            "Who plays which role, by name"),
        Key("roster", Kind("roster", read_roster, named("roster"), "{window: outage, longest_shift: 12h}"),
            "The rules of shifts in a window"),
        Key("activities", Kind("map of activities", read_items, map_of("activity")),
            "The work: activities, milestones and groups"),
        Key("dependencies", Kind("map of links", read_dependencies, map_of("links")),
            "Links by successor, added to its `after`"),
        Key("gates", Kind("map of gates", read_gates, map_of("gate")),
            "Go/No-Go decisions"),
        Key("checkpoints", Kind("map of checkpoints", read_checkpoints, map_of("checkpoint")),
            "Meetings that drive nothing"),
        Key("comms", Kind("map of communications", read_communications, map_of("communication")),
            "Messages that the schedule triggers"),
        Key("progress", Kind("map of progress", read_progress, map_of("progress")),
            "What has happened, by id"),
        Key("baselines", Kind("map of paths", read_baselines, map_of("text"),
                              "{approved: baselines/rev3.schedule.json}"),
            "Published schedules to compare with; the first is the default"),
        Key("options", Kind("options", read_options, named("options"), "{objective: finish}"),
            "How the plan is solved"),
        Key("expect", Kind("expectations", read_expectations, _expectation_schema,
                           "{status: optimal, finish: 2026-12-12}"),
            "What must be true of the schedule"),
    ),
    "One plan file",
    foreign=OF_PLANS,
)  # fmt: skip
