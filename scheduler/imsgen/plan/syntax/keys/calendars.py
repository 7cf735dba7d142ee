"""Keys of calendars, windows and resources."""

from __future__ import annotations

import re
from typing import Any

from imsgen.diagnostics import Severity
from imsgen.plan.document import (
    At,
    RawCalendar,
    RawEvery,
    RawException,
    RawHours,
    RawInstant,
    RawRange,
    RawResource,
    RawWindow,
)
from imsgen.plan.syntax.keys.maps import FIELDS
from imsgen.plan.syntax.keys.scalars import (
    BOOLEAN,
    EMAIL,
    INSTANT,
    RATE,
    REF,
    REFS,
    TAGS,
    TEXT,
    TEXT_AT,
    ZONE,
    map_of,
    named,
    several,
)
from imsgen.plan.syntax.keys.table import Entity, Key, Kind, as_entity, entries
from imsgen.plan.syntax.reader import Reader
from imsgen.plan.syntax.text.nodes import Mapping, Node, Sequence, Text, Unreadable
from imsgen.plan.syntax.values.clock import ALL_DAYS, parse_days, parse_every, parse_hours
from imsgen.plan.syntax.values.instants import parse_instant, parse_range
from imsgen.plan.syntax.values.misread import Misread
from imsgen.plan.syntax.values.numbers import parse_units

Week = tuple[tuple[tuple[int, ...], RawHours], ...]
_RRULE = re.compile(r"(?:DTSTART:\d{8} RRULE:)?FREQ=[A-Z]+(?:;[A-Z]+=[^;=\s]+)*", re.IGNORECASE)


def read_hours(reader: Reader, node: Node) -> RawHours | None:
    """Return the hours of a day: one interval, a list, ``none`` or ``24x7``."""
    items = reader.one_or_many(node)
    texts = [item for item in items if isinstance(item, Text)]
    if len(texts) < len(items):
        for item in items:
            if not isinstance(item, Text):
                reader.expected(item, "hours such as `08:00-12:00`")
        return None
    intervals = []
    for text in texts:
        try:
            hours, _ = parse_hours([text.value])
        except Misread as misread:
            reader.wrong(text, misread)
        else:
            intervals.append((text, hours))
    if len(intervals) < len(texts) or not texts:
        return None
    if len(texts) == 1:
        return intervals[0][1]
    words = [text for text, _ in intervals if text.value in ("none", "24x7")]
    if words:
        reader.report.add(
            "IMS129",
            f"`{words[0].value}` stands alone, not in a list",
            words[0].span,
            help=f"write `{words[0].value}` without the list",
        )
        return None
    hours, merged = parse_hours([text.value for text in texts])
    if merged:
        written = ", ".join(
            f"{start // 60:02}:{start % 60:02}-{_end(end)}" for start, end in hours.intervals
        )
        reader.report.add(
            "IMS143", "these hours overlap or touch and count as one interval", node.span,
            severity=Severity.NOTE,
            help=f"write `{f'[{written}]' if len(hours.intervals) > 1 else written}`",
        )  # fmt: skip
    return hours


def _end(minutes: int) -> str:
    rest = minutes if minutes <= 1440 else minutes - 1440
    return f"{rest // 60:02}:{rest % 60:02}"


def read_work(reader: Reader, node: Node) -> Week | None:
    """Return the hours of the week: a map from days to hours, or hours of every day.

    None if any of it cannot be read: part of a week would look like one that rests.
    """
    if not isinstance(node, Mapping):
        hours = read_hours(reader, node)
        return None if hours is None else ((ALL_DAYS, hours),)
    found = []
    whole = True
    for key, value in node.entries:
        days = reader.parse(key, parse_days, "days")
        hours = None if isinstance(value, Unreadable) else read_hours(reader, value)
        if days is not None and hours is not None:
            found.append((days, hours))
        else:
            whole = False
    return tuple(found) if whole else None


def read_exceptions(reader: Reader, node: Node) -> tuple[At[RawException], ...] | None:
    """Return other hours: a map from dates to hours, or a list of maps."""
    found = []
    if isinstance(node, Mapping):
        for key, value in node.entries:
            dates = reader.parse(key, parse_range, "a date or range")
            if isinstance(value, Unreadable):
                continue
            hours = read_hours(reader, value)
            if dates is not None and hours is not None:
                found.append(At(RawException(hours, dates), key.span))
        return tuple(found)
    if not isinstance(node, Sequence):
        reader.expected(node, "a map from dates to hours, or a list")
        return None
    for item in node.items:
        entry = as_entity(reader, EXCEPTION, item)
        if entry is None:
            continue
        if "rrule" in entry.keys and "dates" in entry.keys:
            reader.report.add(
                "IMS141",
                "an exception has `dates` or `rrule`, not both",
                entry.keys["rrule"],
                help="write two exceptions",
            )
        elif not {"rrule", "dates"} & set(entry.keys):
            reader.report.add(
                "IMS142",
                "this exception says no day",
                item.span,
                help="add `dates: 2026-12-24` or `rrule: FREQ=…`",
            )
        elif "hours" in entry.values and {"rrule", "dates"} & set(entry.values):
            found.append(At(RawException(**entry.values), item.span))
    return tuple(found)


def _rrule(text: str) -> str:
    body = text.removeprefix("RRULE:")
    if not _RRULE.fullmatch(body):
        raise Misread(
            "IMS144",
            f"`{text}` is not a recurrence rule",
            help="write one as in iCalendar, `FREQ=MONTHLY;BYDAY=1MO`",
        )
    return body.upper()


def read_capacity(
    reader: Reader, node: Node
) -> tuple[tuple[At[RawInstant] | None, int], ...] | None:
    """Return units, or units from each date on, in percent."""
    if not isinstance(node, Mapping):
        units = reader.parse(node, parse_units, "units, or a map from dates to units")
        return None if units is None else ((None, units),)
    found: list[tuple[At[RawInstant] | None, int]] = []
    for key, value in node.entries:
        start = reader.placed(key, parse_instant, "a date")
        units = reader.parse(value, parse_units, "units")
        if start is not None and units is not None:
            found.append((start, units))
    return tuple(found)


def read_repetition(reader: Reader, node: Node) -> At[RawEvery] | None:
    """Return the repetition of a window, which has an end."""
    found = reader.placed(node, parse_every, "a repetition")
    if found is None or not isinstance(node, Text):
        return None
    if found.value.interval is not None or found.value.length is None:
        edit = f"{node.value}-04:00" if found.value.interval is None else "fri+sat 22:00-04:00"
        reader.report.add(
            "IMS130",
            f"`{node.value}` says no end",
            node.span,
            help=f"write `{edit}` or `sat 22:00 - mon 04:00`",
        )
        return None
    return found


LEAVE = several("range", parse_range, "a date or range", "[2026-12-24..2027-01-02]")
HOURS = Kind("hours", read_hours, named("hours"), "[08:00-12:00, 13:00-17:00]")
WORK = Kind("week", read_work, named("week"), "{mon-fri: [08:00-12:00, 13:00-17:00]}")
EXCEPTIONS = Kind("exceptions", read_exceptions, named("exceptions"), "{2026-12-24: none}")
CAPACITY = Kind("capacity", read_capacity, named("capacity"), "{2026-11-02: 1, 2026-12-01: 2}")
REPETITION = Kind("every", read_repetition, named("every"), "fri+sat 22:00-04:00")


def _dates(reader: Reader, node: Node) -> RawRange | None:
    return reader.parse(node, parse_range, "a date or range")


def _rule(reader: Reader, node: Node) -> str | None:
    return reader.parse(node, _rrule, "a recurrence rule")


EXCEPTION = Entity(
    "exception",
    "calendar exception",
    (
        Key("dates", Kind("range", _dates, named("range")), "The date or dates on which other hours hold"),
        Key("rrule", Kind("rrule", _rule, named("rrule"), "FREQ=MONTHLY;BYDAY=1MO"),
            "The dates on which other hours hold, as an iCalendar recurrence rule"),
        Key("name", TEXT, "What the day is called"),
        Key("work", HOURS, "The hours that hold, or `none`", field="hours"),
    ),
    "Other hours on some days of a calendar",
    required=("work",),
    foreign={"date": "write `dates: {value}`", "hours": "write `work: {value}`"},
)  # fmt: skip

CALENDAR = Entity(
    "calendar",
    "calendar",
    (
        Key("name", TEXT, "What people call it"),
        Key("base", REF, "Calendar whose hours hold where this one says nothing"),
        Key("timezone", ZONE, "IANA zone of its hours; otherwise that of the file"),
        Key("work", WORK, "Hours by day of the week, or `24x7`"),
        Key("holidays", TAGS, "Holidays by country or country and subdivision, `US` or `GB-SCT`"),
        Key("exceptions", EXCEPTIONS, "Other hours on single dates or ranges; they beat holidays"),
    ),
    "When work is done",
    foreign={
        "hours": "write `work: {value}`",
        "working_hours": "write `work: {value}`",
        "days": "write `work: {mon-fri: 08:00-17:00}`",
        "timezone_name": "write `timezone: {value}`",
        "tz": "write `timezone: {value}`",
        "holiday": "write `holidays: {value}`",
        "leave": "write `exceptions: {DATE: none}`, or `leave:` on the resource",
    },
)

WINDOW = Entity(
    "window",
    "window",
    (
        Key("name", TEXT, "What people call it"),
        Key("from", INSTANT, "Its start; of a repeating window: where the repetition begins",
            field="from_"),
        Key("to", INSTANT, "Its end; a date alone includes that day"),
        Key("until", INSTANT, "Where the repetition ends"),
        Key("every", REPETITION, "When it repeats, with start and end"),
        Key("timezone", ZONE, "IANA zone of its dates; otherwise that of the file"),
        Key("forbids", TAGS, "Tags, groups or activities that lie wholly before or after it, or `all`"),
        Key("except", REFS, "Activities or groups it does not forbid", field="except_"),
        Key("notes", TEXT, "Anything worth saying"),
    ),
    "A span of time that activities lie in, or keep out of",
    foreign={
        "start": "write `from: {value}`",
        "begin": "write `from: {value}`",
        "end": "write `to: {value}`",
        "finish": "write `to: {value}`",
        "allows": "write `within:` on the activities",
        "forbid": "write `forbids: {value}`",
        "unless": "write `except: {value}`",
    },
)  # fmt: skip

RESOURCE = Entity(
    "resource",
    "resource",
    (
        Key("name", TEXT, "What people call it"),
        Key("capacity", CAPACITY, "Units there are, 1 unless said, or units from each date on"),
        Key("party", REF, "The party it belongs to"),
        Key("calendar", REF, "When it works; without one it does not restrict"),
        Key("leave", LEAVE, "Dates on which it is away"),
        Key(
            "holds", BOOLEAN, "Whether it stays taken while the activity rests, as equipment does"
        ),
        Key("email", EMAIL, "Where invitations go"),
        Key("rate", RATE, "Amount an hour in the plan's currency"),
        Key("uid", TEXT_AT, "Identity in another system"),
        Key("notes", TEXT, "Anything worth saying"),
        Key("tags", TAGS, "Words to filter by"),
        Key("fields", FIELDS, "Values of your own, carried through"),
    ),
    "People or equipment of limited capacity",
    foreign={
        "units": "write `capacity: {value}`",
        "count": "write `capacity: {value}`",
        "max_units": "write `capacity: {value}`",
        "availability": "write `capacity: {value}`",
        "mail": "write `email: {value}`",
        "vacation": "write `leave: {value}`",
        "holidays": "write `leave: [{value}]`, or give it a calendar with holidays",
        "cost": "write `rate: {value}` for an amount an hour",
        "company": "write `party: {value}`",
        "team": "write `party: {value}`",
    },
)


def read_calendars(reader: Reader, node: Node) -> tuple[RawCalendar, ...]:
    """Return the entries of ``calendars:``."""
    found = []
    for id_, value in entries(
        reader, node, "a map from ids to calendars", {"24x7": "it is built in"}
    ):
        values = _values(reader, CALENDAR, value, id_)
        found.append(RawCalendar(id_, span=value.span, **values))
    return tuple(found)


def read_windows(reader: Reader, node: Node) -> tuple[RawWindow, ...]:
    """Return the entries of ``windows:``."""
    found = []
    for id_, value in entries(reader, node, "a map from ids to windows"):
        values = _values(reader, WINDOW, value, id_)
        found.append(RawWindow(id_, span=value.span, **values))
    return tuple(found)


RESERVED = dict.fromkeys(("any", "units", "count"), "it is a key of `needs`")


def read_resources(reader: Reader, node: Node) -> tuple[RawResource, ...]:
    """Return the entries of ``resources:``."""
    found = []
    for id_, value in entries(reader, node, "a map from ids to resources", RESERVED):
        values = _values(reader, RESOURCE, value, id_)
        if "tags" in values:
            values["tags"] = tuple(tag.value for tag in values["tags"])
        found.append(RawResource(id_, span=value.span, **values))
    return tuple(found)


def _values(reader: Reader, entity: Entity, node: Node, id_: At[str]) -> dict[str, Any]:
    entry = as_entity(reader, entity, node, id_.value)
    return {} if entry is None else entry.values


CALENDARS = Kind("map of calendars", read_calendars, map_of("calendar"))
WINDOWS = Kind("map of windows", read_windows, map_of("window"))
RESOURCES = Kind("map of resources", read_resources, map_of("resource"))
