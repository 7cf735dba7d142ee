"""What turns a methodology into a plan and is not in its files: a data file, open to review."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from imsgen.diagnostics import Report, Span
from imsgen.formats.playbook.wording import folded
from imsgen.plan.syntax.text.compose import compose
from imsgen.plan.syntax.text.nodes import Mapping as MapNode
from imsgen.plan.syntax.text.nodes import Node, Text
from imsgen.plan.syntax.text.nodes import Sequence as ListNode
from imsgen.plan.syntax.text.source import clean, read_source
from imsgen.plan.syntax.values.durations import parse_duration
from imsgen.plan.syntax.values.misread import Misread

SIZES = ("S", "M", "L")
OWN = Path(__file__).with_name("m3.yaml")
"""The rules of the M3 playbook, which hold unless others are named."""
_FIELDS = (
    "phase", "task", "name", "objective", "party", "activities", "sections", "section", "text",
    "inputs", "outputs", "stakeholders", "practices", "criteria",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """Activities that begin with the same verbs: how long, and whether others wait for them."""

    name: str
    verbs: tuple[str, ...]
    estimates: Mapping[str, tuple[str, ...]]
    """By size: least, likely, most."""
    alongside: bool


@dataclass(frozen=True, slots=True)
class Role:
    """How much of a role an activity takes, in percent, and how many people it has."""

    match: str
    units: int
    capacity: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A checkpoint that words in the files ask for."""

    name: str
    match: str
    every: str
    duration: str


@dataclass(frozen=True, slots=True)
class Rules:
    """A methodology: names of its fields, and every assumption made of it."""

    name: str
    start: str
    timezone: str
    hours: Mapping[str, tuple[str, ...]]
    fields: Mapping[str, str]
    parties: Mapping[str, str]
    shared: Mapping[str, tuple[str, ...]]
    kinds: tuple[Kind, ...]
    roles: tuple[Role, ...]
    conditional: tuple[str, ...]
    registers: frozenset[str]
    monitoring: tuple[str, ...]
    aliases: Mapping[str, str]
    gate: Mapping[str, str]
    deciders: tuple[str, ...]
    decision: Mapping[str, tuple[str, ...]]
    meetings: tuple[Meeting, ...]

    def kind(self, text: str) -> Kind:
        """Return the kind of an activity: the first with a verb it begins with, else the last."""
        words = folded(text)
        for kind in self.kinds:
            if any(words == verb or words.startswith(f"{verb} ") for verb in kind.verbs):
                return kind
        return self.kinds[-1]

    def role(self, name: str) -> Role:
        """Return what holds for a role: the first whose words its name has, else the last."""
        words = f" {folded(name)} "
        return next((one for one in self.roles if f" {one.match} " in words), self.roles[-1])

    def document(self, name: str) -> str:
        """Return a document as it is compared, whatever a file calls it."""
        words = folded(name)
        return self.aliases.get(words, words)


class _Wrong(Exception):  # noqa: N818 - control flow inside this module
    """A rule means nothing; carries what was found and expected, and where."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span


def read_rules(path: Path, shown: str, report: Report) -> Rules | None:
    """Return the rules of a methodology, or None after reporting what is wrong with them."""
    text = read_source(path, shown, report)
    if text is None:
        return None
    root, intact = compose(clean(text, shown, report), shown, report)
    if not intact or report.failed:
        return None
    try:
        return _rules(_Table(root, Span(shown, 1, 1, 1, 1)))
    except _Wrong as error:
        report.add(
            "IMS621",
            str(error),
            error.span,
            help="compare it with the rules that `imsgen import` brings along",
        )
        return None


class _Table:
    """A map of the file, asked key by key; every answer has the type asked for."""

    def __init__(self, node: Node | None, span: Span) -> None:
        if not isinstance(node, MapNode):
            raise _Wrong("expected a map of keys", span if node is None else node.span)
        self.span = node.span
        self.nodes = {key.value: value for key, value in node.entries}

    def _get(self, key: str) -> Node:
        if key not in self.nodes:
            raise _Wrong(f"`{key}` is missing", self.span)
        return self.nodes[key]

    def text(self, key: str, otherwise: str | None = None) -> str:
        if otherwise is not None and key not in self.nodes:
            return otherwise
        return _text(self._get(key), key)

    def texts(self, key: str) -> tuple[str, ...]:
        if key not in self.nodes:
            return ()
        node = self._get(key)
        if not isinstance(node, ListNode):
            raise _Wrong(f"`{key}` is not a list", node.span)
        return tuple(_text(one, key) for one in node.items)

    def table(self, key: str) -> _Table:
        return _Table(self._get(key), self.span)

    def mapped(self, key: str) -> dict[str, str]:
        inner = self.table(key)
        return {name: _text(node, name) for name, node in inner.nodes.items()}

    def tables(self, key: str) -> list[_Table]:
        node = self._get(key)
        if not isinstance(node, ListNode):
            raise _Wrong(f"`{key}` is not a list", node.span)
        return [_Table(one, node.span) for one in node.items]


def _text(node: Node, key: str) -> str:
    if not isinstance(node, Text):
        raise _Wrong(f"`{key}` is not text", node.span)
    return node.value


def _rules(root: _Table) -> Rules:
    fields = root.mapped("fields")
    for name in _FIELDS:
        if name not in fields:
            raise _Wrong(f"`fields` does not say what `{name}` is called", root.span)
    plan, shared, aliases = root.table("plan"), root.table("shared"), root.table("aliases")
    gate, decision = root.table("gates"), root.table("decision")
    return Rules(
        name=root.text("name"),
        start=plan.text("start"),
        timezone=plan.text("timezone"),
        hours={day: plan.table("hours").texts(day) for day in plan.table("hours").nodes},
        fields=fields,
        parties=root.mapped("parties"),
        shared={word: shared.texts(word) for word in shared.nodes},
        kinds=_kinds(root.table("kinds")),
        roles=_roles(root),
        conditional=root.texts("conditional"),
        registers=frozenset(folded(one) for one in root.texts("registers")),
        monitoring=tuple(folded(one) for one in root.texts("monitoring")),
        aliases={
            folded(other): folded(name) for name in aliases.nodes for other in aliases.texts(name)
        },
        gate={"style": gate.text("style", "hard"), "duration": _duration(gate, "duration")},
        deciders=gate.texts("decides"),
        decision={key: _patterns(decision, key) for key in ("go", "no_go", "before", "after")},
        meetings=tuple(
            Meeting(
                one.text("name"),
                _pattern(one, "match"),
                one.text("every"),
                _duration(one, "duration"),
            )
            for one in root.tables("checkpoints")
        ),
    )


def _kinds(table: _Table) -> tuple[Kind, ...]:
    found = []
    for name in table.nodes:
        one = table.table(name)
        verbs = tuple(folded(verb) for verb in one.texts("verbs"))
        estimates = {size: _estimate(one, size) for size in SIZES}
        found.append(Kind(name, verbs, estimates, one.text("alongside", "false") == "true"))
    if not found:
        raise _Wrong("`kinds` is empty: the last one holds for whatever no other does", table.span)
    return tuple(found)


def _estimate(table: _Table, size: str) -> tuple[str, ...]:
    found = table.texts(size)
    if len(found) != 3:
        raise _Wrong(f"`{size}` is not three durations: least, likely, most", table.span)
    for one in found:
        _checked(one, table.span)
    return found


def _duration(table: _Table, key: str) -> str:
    return _checked(table.text(key), table.span)


def _checked(text: str, span: Span) -> str:
    try:
        parse_duration(text)
    except Misread as error:
        raise _Wrong(f"`{text}` is not a duration", span) from error
    return text


def _roles(root: _Table) -> tuple[Role, ...]:
    found = []
    for one in root.tables("roles"):
        units, capacity = one.text("units"), one.text("capacity", "1")
        if not re.fullmatch(r"\d{1,3}%", units) or not re.fullmatch(r"\d{1,3}", capacity):
            raise _Wrong("a role has `units` such as `25%` and a `capacity` such as `1`", one.span)
        found.append(Role(folded(one.text("match", "")), int(units[:-1]), capacity))
    if not found or found[-1].match:
        raise _Wrong("the last of `roles` has no `match`: it holds for all others", root.span)
    return tuple(found)


def _patterns(table: _Table, key: str) -> tuple[str, ...]:
    for one in table.texts(key):
        _compiled(one, table.span)
    return table.texts(key)


def _pattern(table: _Table, key: str) -> str:
    return _compiled(table.text(key), table.span)


def _compiled(text: str, span: Span) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise _Wrong(f"`{text}` is not a pattern: {error}", span) from error
    return text
