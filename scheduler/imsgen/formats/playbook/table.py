"""A map of a data file, asked key by key; every answer has the type asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from imsgen.diagnostics import Span
from imsgen.plan.syntax.text.nodes import Mapping as MapNode
from imsgen.plan.syntax.text.nodes import Node, Text
from imsgen.plan.syntax.text.nodes import Sequence as ListNode
from imsgen.plan.syntax.values.durations import parse_duration
from imsgen.plan.syntax.values.instants import parse_instant
from imsgen.plan.syntax.values.misread import Misread

_MINUTES = {
    "m": 1, "h": 60, "d": 480, "w": 2400, "mo": 9600, "em": 1, "eh": 60, "ed": 1440, "ew": 10080,
}  # fmt: skip
"""For comparison alone: what a day is, the plan says."""


class Wrong(Exception):  # noqa: N818 - control flow between this module and the one that reads
    """A rule means nothing; carries what was found and expected, and where."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span


class Table:
    """Keys and values; a question with another answer than expected raises ``Wrong``."""

    def __init__(self, node: Node | None, span: Span) -> None:
        if not isinstance(node, MapNode):
            raise Wrong("expected a map of keys", span if node is None else node.span)
        self.span = node.span
        self.nodes: dict[str, Node] = {key.value: value for key, value in node.entries}

    def only(self, keys: frozenset[str]) -> None:
        """Refuse a key that nobody asks for: it is misspelt."""
        for key, node in self.nodes.items():
            if key not in keys:
                raise Wrong(f"`{key}` is no key here, expected {_either(sorted(keys))}", node.span)

    def _get(self, key: str) -> Node:
        if key not in self.nodes:
            raise Wrong(f"`{key}` is missing", self.span)
        return self.nodes[key]

    def text(self, key: str, otherwise: str | None = None) -> str:
        """Return a text."""
        if otherwise is not None and key not in self.nodes:
            return otherwise
        return _text(self._get(key), key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a key that is not there is an empty list."""
        return tuple(text for text, _ in self._items(key))

    def one_or_more(self, key: str) -> tuple[str, ...]:
        """Return a text or a list of texts."""
        if isinstance(self.nodes.get(key), Text):
            return (self.text(key),)
        return self.texts(key)

    def table(self, key: str, otherwise: Mapping[str, Node] | None = None) -> Table:
        """Return an inner table; ``otherwise`` is what it holds if it is not there."""
        if otherwise is not None and key not in self.nodes:
            empty = Table(MapNode(self.span), self.span)
            empty.nodes = dict(otherwise)
            return empty
        return Table(self._get(key), self.span)

    def mapped(self, key: str) -> dict[str, str]:
        """Return texts by text; a key that is not there is an empty map."""
        inner = self.table(key, {})
        return {name: _text(node, name) for name, node in inner.nodes.items()}

    def tables(self, key: str) -> list[Table]:
        """Return a list of tables; a key that is not there is an empty list."""
        if key not in self.nodes:
            return []
        node = self._get(key)
        if not isinstance(node, ListNode):
            raise Wrong(f"`{key}` is not a list", node.span)
        return [Table(one, node.span) for one in node.items]

    def pattern(self, key: str) -> re.Pattern[str]:
        """Return a regular expression, which ignores case."""
        return _compiled(self.text(key), self._get(key).span)

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        """Return regular expressions, which ignore case."""
        return tuple(_compiled(text, span) for text, span in self._items(key))

    def duration(self, key: str) -> str:
        """Return a duration."""
        text = self.text(key)
        _length(text, self._get(key).span)
        return text

    def durations(self, key: str) -> list[tuple[Fraction, str]]:
        """Return durations, each with its length for comparison."""
        return [(_length(text, span), text) for text, span in self._items(key)]

    def instant(self, key: str) -> str:
        """Return a date or a date with a time of day."""
        text = self.text(key)
        try:
            parse_instant(text)
        except Misread as error:
            raise Wrong(f"`{text}` is not a date such as `2027-01-04 08:00`", self.span) from error
        return text

    def _items(self, key: str) -> list[tuple[str, Span]]:
        if key not in self.nodes:
            return []
        node = self._get(key)
        if not isinstance(node, ListNode):
            raise Wrong(f"`{key}` is not a list", node.span)
        return [(_text(one, key), one.span) for one in node.items]


def _text(node: Node, key: str) -> str:
    if not isinstance(node, Text):
        raise Wrong(f"`{key}` is not text", node.span)
    return node.value


def _compiled(text: str, span: Span) -> re.Pattern[str]:
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise Wrong(f"`{text}` is not a pattern: {error}", span) from error


def _length(text: str, span: Span) -> Fraction:
    try:
        found = parse_duration(text)
    except Misread as error:
        raise Wrong(f"`{text}` is not a duration", span) from error
    if text.endswith("?"):
        raise Wrong(f"`{text}`: the question mark is added on import", span)
    return sum((number * _MINUTES[unit] for number, unit in found.amounts), start=Fraction(0))


def _either(names: list[str]) -> str:
    quoted = [f"`{one}`" for one in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else quoted[0]
