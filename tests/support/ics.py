"""A reader of calendar files that knows nothing of the library that writes them.

It says what Outlook, Exchange and the standards hold against a file, and what a file has against
the one it replaces: what a published calendar must never do.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

KNOWN = frozenset(
    [
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "STATUS",
        "TRANSP",
        "CLASS",
        "PRIORITY",
        "SEQUENCE",
        "LAST-MODIFIED",
        "CATEGORIES",
        "RRULE",
        "EXDATE",
        "X-MICROSOFT-CDO-BUSYSTATUS",
        "X-MICROSOFT-CDO-ALLDAYEVENT",
    ]
)
"""Properties our events have; any other came in by a text."""
CORE = ("DTSTART", "DTEND", "SUMMARY", "LOCATION", "STATUS", "RRULE", "EXDATE", "DESCRIPTION")
"""Properties whose change raises SEQUENCE."""
_TEXT = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME"}
Property = tuple[str, dict[str, str], str]


@dataclass
class Part:
    """A component with its properties, and the components in it."""

    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """Return the properties of a name."""
        return [one for one in self.properties if one[0] == name]

    def value(self, name: str) -> str:
        """Return the first value of a name; empty where there is none."""
        found = self.all(name)
        return found[0][2] if found else ""

    def inner(self, name: str) -> list[Part]:
        """Return the components of a name in it."""
        return [one for one in self.parts if one.name == name]


def faults(content: bytes, *, invitation: bool = False) -> list[str]:
    """Return what is wrong with a calendar file: a code and the event, one a fault."""
    root, found = parse(content)
    if root is None:
        return [*found, "no calendar"]
    events = root.inner("VEVENT")
    method = root.value("METHOD")
    if method and not (invitation and len(events) == 1):
        found.append(f"METHOD {method} with {len(events)} events")
    zones = {one.value("TZID"): one for one in root.inner("VTIMEZONE")}
    for zone in zones.values():
        for side in zone.parts:
            if side.all("RDATE") or not (side.all("RRULE") or len(zone.parts) == 1):
                found.append("zone without yearly rule")
    for uid, amount in Counter(one.value("UID") for one in events).items():
        if amount > 1:
            found.append(f"UID twice {uid}")
    for event in events:
        known = KNOWN | ({"ORGANIZER", "ATTENDEE"} if invitation else frozenset())
        found += [f"{fault} {event.value('UID')}" for fault in _of_event(event, zones, known)]
    return found


def parse(content: bytes) -> tuple[Part | None, list[str]]:
    """Return the calendar and what is wrong with its lines."""
    found = []
    if re.search(rb"(?<!\r)\n|\r(?!\n)", content) or not content.endswith(b"END:VCALENDAR\r\n"):
        found.append("line ends")
    lines: list[bytes] = []
    for line in content.split(b"\r\n")[:-1]:
        if len(line) > 75:
            found.append("long line")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            found.append("a character cut by folding")
        if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line):
            found.append("control character")
        if line[:1] == b" " and lines:
            lines[-1] += line[1:]
        else:
            lines.append(line)
    root: Part | None = None
    open_: list[Part] = []
    for line in lines:
        match = re.match(r'([A-Z0-9-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:]*))*):(.*)',
                         line.decode("utf-8", "replace"), re.DOTALL)  # fmt: skip
        if match is None:
            found.append(f"no property: {line[:40]!r}")
            continue
        name, value = match[1], match[3]
        parameters = {
            key: text.strip('"')
            for key, text in re.findall(r';([A-Z-]+)=("[^"]*"|[^";]*)', match[2])
        }
        if name == "BEGIN":
            part = Part(value)
            if open_:
                open_[-1].parts.append(part)
            elif root is None:
                root = part
            open_.append(part)
        elif name == "END":
            if not open_ or open_.pop().name != value:
                found.append("components cross")
        elif open_:
            open_[-1].properties.append((name, parameters, value))
            if name in _TEXT and re.search(r"(?<!\\)(?:\\\\)*(?:[;,]|\\[^\\;,nN])", value):
                found.append(f"escapes in {name}")
    return root, found


def _of_event(event: Part, zones: dict[str, Part], known: frozenset[str]) -> list[str]:
    found = [f"no {one}" for one in ("UID", "DTSTAMP", "DTSTART", "DTEND") if not event.all(one)]
    found += [f"unexpected {one[0]}" for one in event.properties if one[0] not in known]
    found += [f"empty {one[0]}" for one in event.properties if not one[2].strip()]
    counted = Counter(one[0] for one in event.properties)
    found += [f"{name} twice" for name, n in counted.items() if n > 1 and name != "ATTENDEE"]
    if len(event.value("SUMMARY")) > 255 or not event.value("SUMMARY").strip():
        found.append("SUMMARY")
    off = event.value("STATUS") == "CANCELLED"
    if off and (event.value("SEQUENCE") == "0" or event.inner("VALARM")):
        found.append("cancelled, but not raised or with an alarm")
    if len(event.inner("VALARM")) > 1:
        found.append("alarms")
    if found:
        return found
    start, end = event.all("DTSTART")[0], event.all("DTEND")[0]
    if not (_moment(start) and _moment(end)):
        return ["floating or bad time"]
    if end[2] <= start[2]:
        found.append("ends before it starts")
    zone = start[1].get("TZID", "")
    if zone and zone not in zones:
        found.append("no VTIMEZONE")
    if event.all("RRULE"):
        found += _of_rule(event, start)
    return found


def _of_rule(event: Part, start: Property) -> list[str]:
    rule = event.value("RRULE")
    if not re.fullmatch(r"FREQ=WEEKLY;UNTIL=\d{8}T\d{6}Z;BYDAY=[A-Z,]+", rule):
        return ["RRULE"]
    moment = _moment(start)
    assert moment is not None
    occurrences = list(rrulestr(rule, dtstart=moment))
    if not occurrences or occurrences[0] != moment:
        return ["the first occurrence is not DTSTART"]
    for _, parameters, values in event.all("EXDATE"):
        for value in values.split(","):
            hole = _moment(("EXDATE", parameters, value))
            if parameters.get("TZID") != start[1].get("TZID") or hole not in occurrences:
                return ["EXDATE"]
    return []


def _moment(prop: Property) -> datetime | None:
    _, parameters, value = prop
    try:
        if parameters.get("VALUE") == "DATE":
            return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC)
        if value.endswith("Z"):
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        zone = ZoneInfo(parameters["TZID"])
        return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=zone)
    except (ValueError, KeyError):
        return None


def differences(before: bytes, after: bytes) -> list[str]:
    """Return what a file does to the readers of the one before it that it must not do."""
    old, new = (_events(one) for one in (before, after))
    found = []
    for uid, was in old.items():
        now = new.get(uid)
        if now is None:
            if was.value("STATUS") != "CANCELLED":
                found.append(f"vanished {uid}")
            continue
        changed = any(was.all(name) != now.all(name) for name in CORE)
        low, high = int(was.value("SEQUENCE")), int(now.value("SEQUENCE"))
        if high < low or (changed and high == low):
            found.append(f"changed, SEQUENCE {low} to {high} {uid}")
        if changed and now.value("LAST-MODIFIED") <= was.value("LAST-MODIFIED"):
            found.append(f"changed, LAST-MODIFIED not later {uid}")
        if not changed and high > low:
            found.append(f"SEQUENCE rose for nothing {uid}")
    return found


def _events(content: bytes) -> dict[str, Part]:
    root, _ = parse(content)
    assert root is not None
    return {one.value("UID"): one for one in root.inner("VEVENT")}
