"""What every reading of a value shares: the file, the report, and how a problem gets its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TypeVar

from imsgen.diagnostics import Report, Span
from imsgen.plan.document import At
from imsgen.plan.syntax.text.nodes import Mapping, Node, Sequence, Text, Unreadable
from imsgen.plan.syntax.values.misread import Misread

T = TypeVar("T")


class Reader:
    """Reads values of one file and reports what is wrong with them."""

    def __init__(self, shown: str, root: Mapping, report: Report) -> None:
        self.shown = shown
        self.root = root
        self.report = report

    def piece(self, node: Text, at: tuple[int, int] | None) -> Span:
        """Return the place of ``[start, end)`` in a text, or of all of it."""
        span = node.span
        if at is None or not node.simple:
            return span
        start, end = at
        if start >= end:
            end = start + 1
        return Span(span.file, span.line, span.column + start, span.line, span.column + end)

    def wrong(self, node: Text, misread: Misread) -> None:
        """Report a text that its parser refused."""
        if node.style in ("'", '"') and node.value[:1] in ("[", "{"):
            self.report.add(
                "IMS138",
                "quotes make this a text, expected a list or map",
                node.span,
                help=f"remove the quotes: `{node.value}`",
            )
            return
        self.report.add(
            misread.code,
            misread.message,
            self.piece(node, misread.at),
            label=misread.label,
            help=misread.help,
        )

    def expected(self, node: Node, what: str, help: str = "") -> None:  # noqa: A002
        """Report a value of the wrong shape."""
        if isinstance(node, Unreadable):
            return
        if isinstance(node, Text) and node.style and node.value[:1] in ("[", "{"):
            self.wrong(node, Misread("IMS138", ""))
            return
        found = {Text: "text", Mapping: "a map", Sequence: "a list"}[type(node)]
        self.report.add("IMS103", f"expected {what}, found {found}", outline(node), help=help)

    def parse(self, node: Node, parser: Callable[[str], T], what: str) -> T | None:
        """Return the text of a node through its parser, or None after reporting why not."""
        if not isinstance(node, Text):
            self.expected(node, what)
            return None
        try:
            return parser(node.value)
        except Misread as misread:
            self.wrong(node, misread)
            return None

    def placed(self, node: Node, parser: Callable[[str], T], what: str) -> At[T] | None:
        """Return the parsed value with its place."""
        value = self.parse(node, parser, what)
        return None if value is None else At(value, node.span)

    def one_or_many(self, node: Node) -> list[Node]:
        """Return the items of a list, or the single value."""
        return node.items if isinstance(node, Sequence) else [node]

    @cached_property
    def known_ids(self) -> frozenset[str]:
        """Short ids of everything in the outline of this file."""
        return frozenset(_ids(self.root))


def _ids(root: Mapping) -> Iterator[str]:
    waiting = [
        value for key, value in root.entries if key.value in ("activities", "gates", "checkpoints")
    ]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Mapping):
            continue
        for key, value in node.entries:
            yield key.value
            if isinstance(value, Mapping):
                waiting.extend(
                    inner for name, inner in value.entries if name.value == "activities"
                )


def outline(node: Node) -> Span:
    """Return the place to point at: all of a text or a one-line value, else its first line."""
    span = node.span
    if isinstance(node, Text) or span.line == span.end_line:
        return span
    return Span(span.file, span.line, span.column, span.line, span.column + 1)
