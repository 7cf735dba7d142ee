"""What a plan file consists of before any key is understood.

Every scalar is text: the schema gives the type, so that ``12:30`` and ``no`` mean what they say.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from imsgen.diagnostics import Span

STRUCTURAL = ": # , [ ] { }"
"""Characters that cannot stand in unquoted text everywhere."""


@dataclass(slots=True)
class Text:
    """A scalar; ``style`` is the quote or block character, empty for plain text."""

    value: str
    span: Span
    style: str = ""

    @property
    def simple(self) -> bool:
        """Whether offsets into the value are offsets into the source line."""
        return self.style == "" and self.span.line == self.span.end_line


@dataclass(slots=True)
class Unreadable:
    """Stands where something was reported already: nothing more is said about it."""

    span: Span


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order written; duplicate keys were reported and dropped."""

    span: Span
    flow: bool = False
    entries: list[tuple[Text, Node]] = field(default_factory=list)


@dataclass(slots=True)
class Sequence:
    """A list."""

    span: Span
    flow: bool = False
    items: list[Node] = field(default_factory=list)


Node = Text | Mapping | Sequence | Unreadable


def quoted(text: str) -> str:
    """Return text in quotes, as YAML reads it: double ones unless it holds some itself."""
    if '"' in text and "'" not in text and "\n" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
