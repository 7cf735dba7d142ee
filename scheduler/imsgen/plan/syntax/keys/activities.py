"""Keys of activities, groups and gates."""

from __future__ import annotations

from typing import Any

from imsgen.plan.document import (
    At,
    RawAlternative,
    RawEvent,
    RawItem,
    RawProgress,
    RawUndo,
    RawWithin,
)
from imsgen.plan.syntax.keys.foreign import OF_ACTIVITIES
from imsgen.plan.syntax.keys.links import AFTER, NEEDS
from imsgen.plan.syntax.keys.maps import FIELDS, LINKS
from imsgen.plan.syntax.keys.scalars import (
    BOOLEAN,
    CONSTRAINTS,
    DURATION,
    ESTIMATE,
    EVENT,
    INSTANT,
    PATH,
    PERCENT,
    PRIORITY,
    REF,
    REFS,
    TAGS,
    TEXT,
    TEXT_AT,
    TEXTS,
    choice,
    map_of,
    named,
)
from imsgen.plan.syntax.keys.table import (
    Entity,
    Entry,
    Key,
    Kind,
    as_entity,
    entries,
    read_entity,
)
from imsgen.plan.syntax.reader import Reader
from imsgen.plan.syntax.text.nodes import Mapping, Node, Sequence, Text
from imsgen.plan.syntax.values.durations import parse_duration
from imsgen.plan.syntax.values.misread import Misread
from imsgen.plan.syntax.values.names import parse_reference


def read_spans(reader: Reader, node: Node) -> At[tuple[RawEvent, RawEvent] | str] | None:
    """Return the group or the two events that a hammock spans."""
    if isinstance(node, Sequence):
        if len(node.items) != 2:
            reader.report.add(
                "IMS127", f"a hammock spans two events, found {len(node.items)}", node.span,
                help="write `[first.start, last.finish]`",
            )  # fmt: skip
            return None
        first, last = (EVENT.read(reader, item) for item in node.items)
        return None if first is None or last is None else At((first, last), node.span)
    found = reader.placed(node, parse_reference, "a group, or two events")
    return None if found is None else At(found.value, found.span)


def read_within(reader: Reader, node: Node) -> tuple[At[RawWithin], ...]:
    """Return the windows an activity lies in."""
    found = []
    for item in reader.one_or_many(node):
        if isinstance(item, Mapping):
            entry = read_entity(reader, WITHIN, item)
            if "window" in entry.values:
                found.append(At(RawWithin(**entry.values), item.span))
            continue
        window = reader.placed(item, parse_reference, "a window")
        if window is not None:
            found.append(At(RawWithin(window), item.span))
    return tuple(found)


def read_undo(reader: Reader, node: Node) -> At[RawUndo] | None:
    """Return how an activity is undone: a duration, or a map."""
    if isinstance(node, Text):
        duration = reader.placed(node, parse_duration, "a duration")
        return None if duration is None else At(RawUndo(duration), node.span)
    entry = as_entity(reader, UNDO, node)
    if entry is None or "duration" not in entry.values:
        return None
    return At(RawUndo(**entry.values), node.span)


def read_alternatives(reader: Reader, node: Node) -> tuple[RawAlternative, ...] | None:
    """Return the ways of doing an activity."""
    if not isinstance(node, Sequence):
        reader.expected(
            node, "a list of maps", help="write `[{needs: {dba: 2}, duration: 1h}, …]`"
        )
        return None
    found = []
    for item in node.items:
        entry = as_entity(reader, ALTERNATIVE, item)
        if entry is not None:
            found.append(RawAlternative(span=item.span, **entry.values))
    return tuple(found)


_PROGRESS = (
    Key("actual_start", INSTANT, "When it began"),
    Key("actual_finish", INSTANT, "When it ended"),
    Key("percent_complete", PERCENT, "How much of its duration is done"),
    Key("remaining", DURATION, "Working time left"),
    Key("resume", INSTANT, "The rest does not go on before"),
)

_COMMON = (
    Key("name", TEXT, "What people call it; the id unless said"),
    Key("party", REFS, "Who answers for it: `customer`, `provider`, or `shared` for all"),
    Key("owner", REF, "The person responsible"),
    Key("backup", REF, "Who stands in for the owner"),
    Key("after", AFTER, "What it waits for: one link or a list, all of which must hold"),
    Key("needs", NEEDS, "Resources held from start to finish"),
    Key("calendar", REF, "When it is worked on"),
    Key("within", Kind("within", read_within, named("within_windows"), "outage"),
        "The window it lies in, pauses included"),
    Key("constraint", CONSTRAINTS, "One of MS Project's constraints, hard; two at most"),
    Key("deadline", INSTANT, "When it should be finished; a missed deadline is reported"),
    Key("priority", PRIORITY, "0 to 1000, 500 unless said: weight of a missed deadline"),
    Key("tags", TAGS, "Words to filter by and for windows to forbid"),
    Key("ignore_resource_calendars", BOOLEAN, "Whether its own calendar alone counts: on call"),
    Key("active", BOOLEAN, "`false` keeps it in the text but out of the schedule"),
    Key("notes", TEXT, "Anything worth saying"),
    Key("links", LINKS, "Web addresses, by label or as a list"),
    Key("fields", FIELDS, "Values of your own, carried through"),
    Key("uid", TEXT_AT, "Identity in another system, a number or text"),
)  # fmt: skip


def read_items(reader: Reader, node: Node) -> tuple[RawItem, ...]:
    """Return the entries of ``activities:``, groups with what is inside."""
    reserved = {"project": "it means the plan"} if _top(reader, node) else None
    found = entries(reader, node, "a map from ids to activities", reserved)
    return tuple(_item(reader, id_, value) for id_, value in found)


def _top(reader: Reader, node: Node) -> bool:
    return any(value is node for _, value in reader.root.entries)


UNDO = Entity(
    "undo",
    "undo",
    (
        Key("duration", DURATION, "How long undoing takes"),
        Key("needs", NEEDS, "Resources it takes; those of the activity unless said"),
        Key("calendar", REF, "When it is done; the activity's unless said"),
        Key("verify", DURATION, "How long checking takes afterwards"),
    ),
    "How an activity or group is undone on No-Go",
    required=("duration",),
)

ALTERNATIVE = Entity(
    "alternative",
    "alternative",
    (
        Key("needs", NEEDS, "Resources of this way"),
        Key("duration", DURATION, "How long this way takes"),
        Key("calendar", REF, "When this way is worked on"),
    ),
    "One way of doing an activity; what it leaves out is the activity's",
    foreign={"effort": "write `duration: …`", "resources": "write `needs: {value}`"},
)

WITHIN = Entity(
    "within",
    "window choice",
    (
        Key("window", REF, "The window"),
        Key("together", BOOLEAN, "Whether the whole group lies in the same occurrence"),
    ),
    "A window, and whether a group shares one occurrence of it",
    required=("window",),
)

PROGRESS = Entity("progress", "progress", _PROGRESS, "What has happened by the status date")

ACTIVITY = Entity(
    "activity",
    "activity",
    (
        _COMMON[0],
        _COMMON[1],
        Key("duration", ESTIMATE, "Working time from start to finish; `?` marks an assumption"),
        Key("effort", DURATION, "Work; the duration is the effort divided by the units needed"),
        Key("milestone", BOOLEAN, "Whether it takes no time: something is true"),
        Key("spans", Kind("spans", read_spans, named("spans"), "[stop.start, switch.finish]"),
            "A hammock: its dates follow from a group or two events"),
        Key("alternatives",
            Kind("alternatives", read_alternatives,
                 lambda: {"type": "array", "items": {"$ref": "#/$defs/alternative"}},
                 "[{needs: {dba: 2}, duration: 1h}, {needs: {dba: 1}, duration: 90m}]"),
            "Ways of doing it that take different time; the solver chooses"),
        *_COMMON[2:],
        Key("unbroken", BOOLEAN, "Whether it runs without a pause"),
        Key("checkpoint", BOOLEAN, "Whether a milestone appears in calendars"),
        Key("undo", Kind("undo", read_undo, named("undo_or_duration"), "30m"),
            "How it is undone on No-Go"),
        Key("irreversible", BOOLEAN, "Whether it cannot be undone"),
        Key("on_abort", choice("finish"), "`finish`: once begun it is finished even on No-Go"),
        Key("external", REF, "The milestone of another plan that this one stands for"),
        Key("expected", INSTANT, "When the external milestone is promised"),
        *_PROGRESS,
        Key("activities", Kind("map of activities", read_items, map_of("activity")),
            "What is inside; makes it a group"),
        Key("include", PATH, "File whose activities stand here; makes it a group"),
    ),
    "Work, a milestone, a hammock or a group",
    foreign=OF_ACTIVITIES,
)  # fmt: skip

GATE = Entity(
    "gate",
    "gate",
    (
        *_COMMON,
        Key("duration", ESTIMATE, "How long the meeting takes", aliases=("length",)),
        Key("at", INSTANT, "When it is booked; the booking is its calendar"),
        Key("decides", REFS, "Who decides"),
        Key("criteria", TEXTS, "What must be true for Go"),
        Key("who", REFS, "Who takes part"),
        Key("else", REF, "The group done on No-Go", field="else_"),
        Key("window", REF, "The window it protects"),
        Key("location", TEXT, "Where people meet"),
        *_PROGRESS,
    ),
    "A meeting that decides: Go or No-Go",
    foreign={
        **OF_ACTIVITIES,
        "otherwise": "write `else: {value}`",
        "on_no_go": "write `else: {value}`",
        "no_go": "write `else: {value}`",
        "attendees": "write `who: {value}`",
        "decision": "write `decides: {value}`",
        "decider": "write `decides: {value}`",
        "every": "a gate happens once; what repeats stands under `checkpoints:`",
    },
)

_PROGRESS_FIELDS = tuple(key.name for key in _PROGRESS)


def _item(reader: Reader, id_: At[str], node: Node) -> RawItem:
    """Return an activity or group."""
    if not isinstance(node, Mapping):
        _not_a_map(reader, id_, node)
        return RawItem(id_, node.span, {})
    return _build(read_entity(reader, ACTIVITY, node, id_.value), id_, node)


def _not_a_map(reader: Reader, id_: At[str], node: Node) -> None:
    edit = "{duration: 1d}"
    if isinstance(node, Text):
        try:
            parse_duration(node.value)
        except Misread:
            edit = f"{{name: {node.value}, duration: 1d}}"
        else:
            edit = f"{{duration: {node.value}}}"
    reader.expected(
        node, "a map with the keys of an activity", help=f"write `{id_.value}: {edit}`"
    )


def _build(entry: Entry, id_: At[str], node: Mapping, *, gate: bool = False) -> RawItem:
    values = entry.values
    progress = None
    done: dict[str, Any] = {key: values.pop(key) for key in _PROGRESS_FIELDS if key in values}
    written = [entry.keys[key] for key in _PROGRESS_FIELDS if key in entry.keys]
    if written:
        progress = RawProgress(span=written[0], **done)
    return RawItem(id_, node.span, entry.keys, progress=progress, gate=gate, **values)


def read_gates(reader: Reader, node: Node) -> tuple[RawItem, ...]:
    """Return the entries of ``gates:``."""
    found = []
    reserved = {"project": "it means the plan"}
    for id_, value in entries(reader, node, "a map from ids to gates", reserved):
        entry = as_entity(reader, GATE, value, id_.value)
        if entry is not None and isinstance(value, Mapping):
            found.append(_build(entry, id_, value, gate=True))
        else:
            found.append(RawItem(id_, value.span, {}, gate=True))
    return tuple(found)


def read_progress(reader: Reader, node: Node) -> tuple[tuple[At[str], RawProgress], ...]:
    """Return the entries of ``progress:``."""
    if not isinstance(node, Mapping):
        reader.expected(node, "a map from ids to what has happened")
        return ()
    found = []
    for key, value in node.entries:
        id_ = reader.placed(key, parse_reference, "an id")
        entry = as_entity(reader, PROGRESS, value, key.value)
        if id_ is not None and entry is not None:
            found.append((id_, RawProgress(span=value.span, **entry.values)))
    return tuple(found)
