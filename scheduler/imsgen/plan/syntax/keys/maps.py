"""Kinds of value that are maps of the user's own keys."""

from __future__ import annotations

from typing import Any

from imsgen.plan.syntax.keys.scalars import one_or_many, parse_url
from imsgen.plan.syntax.keys.table import Kind
from imsgen.plan.syntax.reader import Reader
from imsgen.plan.syntax.text.nodes import Mapping, Node


def _fields(reader: Reader, node: Node) -> dict[str, str] | None:
    if not isinstance(node, Mapping):
        reader.expected(node, "a map from your own names to text")
        return None
    found = {}
    for key, value in node.entries:
        text = reader.parse(value, str, "text")
        if text is not None:
            found[key.value] = text
    return found


def _links(reader: Reader, node: Node) -> dict[str, str] | None:
    found: dict[str, str] = {}
    if isinstance(node, Mapping):
        for key, value in node.entries:
            address = reader.parse(value, parse_url, "a web address")
            if address is not None:
                found[key.value] = address
        return found
    for item in reader.one_or_many(node):
        address = reader.parse(item, parse_url, "a web address")
        if address is not None:
            found[address] = address
    return found


def _own(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": value}


FIELDS = Kind(
    "map of your own",
    _fields,
    lambda: _own({"type": ["string", "number", "boolean"]}),
    "{change: CHG001}",
)
LINKS = Kind(
    "addresses",
    _links,
    lambda: {"anyOf": [*one_or_many("url")["anyOf"], _own({"$ref": "#/$defs/url"})]},
    '{Runbook: "https://wiki.example/patch"}',
)
