"""How a table of keys reads a map: every key known, described, and read by its kind of value."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from imsgen.diagnostics import Label, Span
from imsgen.plan.document import At
from imsgen.plan.syntax.reader import Reader
from imsgen.plan.syntax.text.nodes import Mapping, Node, Sequence, Text, Unreadable, quoted
from imsgen.plan.syntax.values.misread import Misread
from imsgen.plan.syntax.values.names import parse_id, slug


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: how it is read, its JSON Schema, its form and an example."""

    form: str
    """Its name in the grammar, ``duration``."""
    read: Callable[[Reader, Node], Any]
    """Returns None after reporting a problem."""
    schema: Callable[[], dict[str, Any]]
    example: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a map."""

    name: str
    kind: Kind
    text: str
    """One sentence for the reference and for editors, without a full stop."""
    field: str = ""
    """The field it fills, when that has another name."""
    aliases: tuple[str, ...] = ()
    """Other names that are read too, and written back as this one."""

    @property
    def target(self) -> str:
        """The field it fills."""
        return self.field or self.name


@dataclass(frozen=True)
class Entity:
    """A map with known keys.

    ``foreign`` are the keys of other tools with the edit to make; ``required`` must be there.
    """

    name: str
    noun: str
    keys: tuple[Key, ...]
    text: str = ""
    required: tuple[str, ...] = ()
    foreign: Table[str, str] = field(default_factory=dict)
    short: str = ""
    """Form of the single value that may stand in place of the map."""

    @cached_property
    def by_name(self) -> dict[str, Key]:
        """Keys by name, other names that are read too included."""
        return {name: key for key in self.keys for name in (key.name, *key.aliases)}


@dataclass(slots=True)
class Entry:
    """What a map said: values by field, places by key."""

    values: dict[str, Any]
    keys: dict[str, Span]


def read_entity(reader: Reader, entity: Entity, node: Mapping, owner: str = "") -> Entry:
    """Return the values of a map; ``owner`` is the id it describes, for messages."""
    values: dict[str, Any] = {}
    keys: dict[str, Span] = {}
    written: dict[str, str] = {}
    by_name = entity.by_name
    for key_node, value_node in node.entries:
        name = key_node.value
        key = by_name.get(name) or by_name.get(name.replace("-", "_"))
        if key is None:
            _unknown(reader, entity, key_node, value_node, owner)
            continue
        name = key.name
        if name in keys:
            if written[name] != key_node.value:
                _twice(reader, name, key_node, keys[name])
            continue
        written[name] = key_node.value
        keys[name] = key_node.span
        if type(value_node) is not Unreadable:
            value = key.kind.read(reader, value_node)
            if value is not None:
                values[key.target] = value
    for name in entity.required:
        if name not in keys:
            what = f"{entity.noun} `{owner}`" if owner else f"this {entity.noun}"
            reader.report.add(
                "IMS142",
                f"{what} has no `{name}`",
                _start(node.span),
                help=f"add `{name}: …`",
            )
    return Entry(values, keys)


def _elsewhere(entity: Entity, name: str) -> str:
    """Return where a key belongs, or what to do with it."""
    from imsgen.plan.syntax.schema import ENTITIES

    homes = [other.noun for other in ENTITIES if name in other.by_name]
    if homes:
        return f"`{name}` is a key of {' and '.join(_article(noun) for noun in homes[:2])}"
    if "fields" in entity.by_name:
        return "put what is your own under `fields:`"
    if len(entity.keys) > 10:
        return "remove it; `imsgen schema` lists the keys"
    return "known keys: " + ", ".join(f"`{key.name}`" for key in entity.keys)


def as_written(node: Node) -> str:
    """Return a short value as the plan has it, for an edit."""
    if isinstance(node, Text) and "\n" not in node.value:
        return quoted(node.value) if node.style else node.value
    if isinstance(node, Sequence):
        return f"[{', '.join(as_written(item) for item in node.items)}]"
    if isinstance(node, Mapping) and len(node.entries) <= 4:
        inside = ", ".join(f"{key.value}: {as_written(value)}" for key, value in node.entries)
        return f"{{{inside}}}"
    return "…"


def _start(span: Span) -> Span:
    if span.line == span.end_line:
        return span
    return Span(span.file, span.line, span.column, span.line, span.column + 1)


def _twice(reader: Reader, name: str, again: Text, first: Span) -> None:
    reader.report.add(
        "IMS104",
        f"`{name}` is written twice: `{again.value}` is read as `{name}`",
        again.span,
        label="again here",
        labels=(Label(first, "first here"),),
        help="remove one",
    )


def _unknown(reader: Reader, entity: Entity, key: Text, value: Node, owner: str) -> None:
    name = key.value
    if name in ("", "<<"):  # reported already
        return
    folded = name.strip().lower().replace("-", "_").replace(" ", "_")
    where = f" in {entity.noun}" + (f" `{owner}`" if owner else "")
    edit = entity.foreign.get(folded)
    if edit is not None:
        written = as_written(value)
        reader.report.add(
            "IMS140",
            f"`{name}` is no key of this language{where}",
            key.span,
            help=edit.replace("{value}", written).replace("{owner}", owner or "ID"),
        )
        return
    close = get_close_matches(folded, entity.by_name, 1, 0.7)
    if close:
        help_ = f"a key with a similar name exists: `{close[0]}`"
    elif hint := get_close_matches(folded, entity.foreign, 1, 0.8):
        written = as_written(value)
        help_ = entity.foreign[hint[0]].replace("{value}", written).replace("{owner}", owner)
    else:
        help_ = _elsewhere(entity, folded)
    reader.report.add("IMS102", f"unknown key `{name}`{where}", key.span, help=help_)


def entries(
    reader: Reader, node: Node, what: str, reserved: Table[str, str] | None = None
) -> list[tuple[At[str], Node]]:
    """Return the entries of a map from new ids to what they stand for.

    ``reserved`` are ids that mean something already, with the reason.
    """
    if not isinstance(node, Mapping):
        reader.expected(node, what, help="write `ID: {…}` for each")
        return []
    found: list[tuple[At[str], Node]] = []
    folded: dict[str, Text] = {}
    for key, value in node.entries:
        try:
            id_ = parse_id(key.value)
        except Misread as misread:
            if not key.value:
                continue
            reader.wrong(key, misread)
            id_ = slug(key.value)
            if not id_:
                continue
        if reserved and id_ in reserved:
            reader.report.add(
                "IMS135", f"`{id_}` is no id here: {reserved[id_]}", key.span,
                help="choose another id",
            )  # fmt: skip
            continue
        first = folded.setdefault(id_.casefold(), key)
        if first is not key and first.value != id_ and id_ == key.value:
            reader.report.add(
                "IMS135",
                f"`{first.value}` and `{id_}` differ only in case, which spreadsheets ignore",
                key.span,
                labels=(Label(first.span, "the other one"),),
                help="rename one of them",
            )
        if first is key or first.value != id_:
            found.append((At(id_, key.span), value))
    return found


def as_entity(reader: Reader, entity: Entity, node: Node, owner: str = "") -> Entry | None:
    """Return the values of a node that must be a map."""
    if not isinstance(node, Mapping):
        reader.expected(node, f"a map with the keys of {_article(entity.noun)}")
        return None
    return read_entity(reader, entity, node, owner)


def _article(noun: str) -> str:
    if noun in ("options", "progress"):
        return f"`{noun}:`"
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
