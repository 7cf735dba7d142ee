"""The JSON Schema of a plan file, for editors, made from the tables of keys."""

from __future__ import annotations

from typing import Any

from imsgen.plan.syntax.keys.activities import ACTIVITY, ALTERNATIVE, GATE, PROGRESS, UNDO, WITHIN
from imsgen.plan.syntax.keys.calendars import CALENDAR, EXCEPTION, RESOURCE, WINDOW
from imsgen.plan.syntax.keys.links import ANY, LINK
from imsgen.plan.syntax.keys.meetings import CHECKPOINT, COMMUNICATION
from imsgen.plan.syntax.keys.people import PERSON, ROSTER
from imsgen.plan.syntax.keys.plan import OPTIONS, PLAN
from imsgen.plan.syntax.keys.table import Entity
from imsgen.plan.syntax.values.durations import FORM
from imsgen.plan.syntax.values.names import REFERENCE

Schema = dict[str, Any]

ENTITIES = (
    ACTIVITY, ALTERNATIVE, ANY, CALENDAR, CHECKPOINT, COMMUNICATION, EXCEPTION, GATE, LINK,
    OPTIONS, PERSON, PROGRESS, RESOURCE, ROSTER, UNDO, WINDOW, WITHIN,
)  # fmt: skip

_DATE = r"\d{4}-\d\d-\d\d"
_INSTANT = rf"{_DATE}([ T]\d\d:\d\d)?(Z|[+-]\d\d:\d\d| [A-Za-z].*)?"
_DAY = "(mon|tue|wed|thu|fri|sat|sun)"
_HOURS = r"(\d\d:\d\d-\d\d:\d\d|none|24x7)"
_LAG = rf"[+-]?\s*({FORM}|\d+(\.\d+)?\s*%)"
_TYPE = "(FS|SS|FF|SF|fs|ss|ff|sf)"
_LINK = rf"{REFERENCE.pattern}(\s+{_TYPE}(\s*[+-]\s*\S+)?|\s+[+-]\s*\S+)?"


def json_schema() -> Schema:
    """Return the schema, JSON Schema draft 2020-12.

    A scalar that may consist of digits is text or number: YAML readers turn ``4711`` and ``0.5``
    into numbers.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://imsgen.invalid/plan.schema.json",
        "title": "imsgen plan",
        **_entity(PLAN),
        "$defs": dict(sorted((_scalars() | _compounds() | _entities()).items())),
    }


def _entity(entity: Entity) -> Schema:
    schema: Schema = {
        "type": "object",
        "description": entity.text,
        "properties": {
            key.name: {"description": key.text, **_with_example(key.kind.example)}
            | key.kind.schema()
            for key in entity.keys
        },
        "additionalProperties": False,
    }
    if entity.required:
        schema["required"] = list(entity.required)
    return schema


def _with_example(example: str) -> Schema:
    return {"examples": [example]} if example and example[0] not in "[{" else {}


def _entities() -> Schema:
    return {entity.name: _entity(entity) for entity in ENTITIES}


def _scalar(description: str, pattern: str = "", *more: str) -> Schema:
    schema: Schema = {"type": ["string", "number", *more], "description": description}
    if pattern:
        schema["pattern"] = f"^{pattern}$"
    return schema


def _word(description: str, pattern: str = "") -> Schema:
    """Return the schema of a text that no YAML reader takes for a number."""
    return {**_scalar(description, pattern), "type": "string"}


def _scalars() -> Schema:
    """Return the definitions of values that are one text."""
    return {
        "amount": _scalar("An amount an hour", r"\d+(\.\d+)?"),
        "boolean": {"enum": [True, False, "true", "false"], "description": "`true` or `false`"},
        "constraint": _word(
            "A date constraint of MS Project",
            rf"(ASAP|ALAP|(MSO|MFO|SNET|SNLT|FNET|FNLT) +{_INSTANT})",
        ),
        "count": _scalar("A whole number from 1", r"\d+"),
        "currency": _word("A currency code", "[A-Z]{3}"),
        "duration": {
            "anyOf": [
                _word("`45m 4h 3d 2w 1mo`, elapsed `em eh ed ew`", rf"({FORM}|0)"),
                {"const": 0},
            ]
        },
        "email": _word("An e-mail address", r"\S+@\S+"),
        "event": _word(
            "An end of an activity, gate, group or the plan",
            rf"{REFERENCE.pattern}\.(start|finish|go|no-go)",
        ),
        "every": _word("`weekday 09:00`, `fri+sat 22:00-04:00`, `sat 22:00 - mon 04:00`, `4h`"),
        "id": _scalar("Letters, digits, `-`, `_`", r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}"),
        "instant": _word("A date, maybe a time, maybe a zone", _INSTANT),
        "lag": _word("A duration or percentage, with a sign", _LAG),
        "lag_calendar": {"enum": ["successor", "predecessor", "project", "24x7"]},
        "number": _scalar("A whole number from 0 to 9", r"\d"),
        "percentage": _scalar("0 to 100 percent", r"\d+\s*%?"),
        "priority": _scalar("0 to 1000", r"\d+"),
        "range": _word("A date, or `A..B`", rf"{_INSTANT}( *\.\. *{_INSTANT})?"),
        "ref": _scalar("An id, with its groups or without", REFERENCE.pattern),
        "rrule": _word(
            "An iCalendar recurrence rule", "(DTSTART:[0-9]{8} )?(RRULE:)?[Ff][Rr][Ee][Qq]=.+"
        ),
        "text": _scalar("Text", "", "boolean"),
        "type": {"enum": ["FS", "SS", "FF", "SF"], "description": "Type of a link"},
        "units": _scalar("`2`, `0.5` or `50%`", r"\d+(\.\d+)?\s*%?"),
        "url": _word("A web address", r"[A-Za-z][A-Za-z0-9+.\-]+:\S+"),
        "version": {"enum": [1, "1"], "description": "Version of the plan language"},
        "when": _word("A date, or an event with an offset"),
        "zone": _word("An IANA time zone"),
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _several(*forms: str) -> Schema:
    return {"type": "array", "items": {"anyOf": [_ref(form) for form in forms]}}


def _compounds() -> Schema:
    """Return the definitions of values that are text, list or map."""
    hours = _word("Hours of a day", _HOURS)
    days = f"^(weekday|day|{_DAY}|{_DAY}-{_DAY}|{_DAY}(\\+{_DAY})*)$"
    units_by_id = {
        "type": "object",
        "propertyNames": {"pattern": f"^{REFERENCE.pattern}$"},
        "additionalProperties": _ref("units"),
    }
    need = {"anyOf": [_ref("ref"), _ref("any"), units_by_id]}
    short = {**_scalar("`ID`, `ID SS+2d`, `ID +2eh`"), "pattern": f"^{_LINK}$"}
    link = {"anyOf": [short, _ref("link")]}
    return {
        "capacity": {
            "anyOf": [
                _ref("units"),
                {"type": "object", "additionalProperties": _ref("units")},
            ]
        },
        "estimate": {
            "anyOf": [
                _ref("duration"),
                {"type": "array", "items": _ref("duration"), "minItems": 3, "maxItems": 3},
            ]
        },
        "exceptions": {
            "anyOf": [
                {"type": "object", "additionalProperties": _ref("hours")},
                _several("exception"),
            ]
        },
        "hours": {"anyOf": [hours, {"type": "array", "items": hours}]},
        "links": {"anyOf": [link, {"type": "array", "items": link}]},
        "needs": {"anyOf": [need, {"type": "array", "items": need}]},
        "spans": {
            "anyOf": [
                _ref("ref"),
                {"type": "array", "items": _ref("event"), "minItems": 2, "maxItems": 2},
            ]
        },
        "undo_or_duration": {"anyOf": [_ref("duration"), _ref("undo")]},
        "week": {
            "anyOf": [
                hours,
                {"type": "object", "patternProperties": {days: _ref("hours")},
                 "additionalProperties": False},
            ]
        },
        "within_windows": {"anyOf": [_ref("ref"), _ref("within"), _several("ref", "within")]},
    }  # fmt: skip
