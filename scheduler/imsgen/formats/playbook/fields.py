"""The fields of one file, asked by what the rules say they are called."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.diagnostics import Label, Report, Severity, Span
from imsgen.formats.playbook.rules import Rules, normal
from imsgen.formats.playbook.source import Said
from imsgen.formats.playbook.wording import clean, has_markup
from imsgen.plan.syntax.text.nodes import Mapping, Node, Sequence, Text, Unreadable

_LONGEST = 4000
"""Characters of one text; nobody reads more in a cell of a schedule."""
_YES_AND_NO = frozenset({"true", "false", "yes", "no", "on", "off"})


class Fields:
    """The keys of a map in front matter; what is of another type is reported and left out."""

    def __init__(
        self,
        root: Mapping,
        shown: str,
        rules: Rules,
        report: Report,
        markup: list[Span] | None = None,
    ) -> None:
        self._root = root
        self.shown = shown
        self._rules = rules
        self._report = report
        self._nodes: dict[str, Node] = {}
        for key, node in root.entries:
            self._nodes.setdefault(normal(key.value), node)
        self.markup: list[Span] = [] if markup is None else markup
        """Where markup was found, line by line."""

    def inside(self, node: Mapping) -> Fields:
        """Return the fields of a map in this file."""
        return Fields(node, self.shown, self._rules, self._report, self.markup)

    def top(self) -> Span:
        """Return the first line of what the file says."""
        start = self._root.span
        return Span(self.shown, start.line, start.column, start.line, start.column + 1)

    def say(self, code: str, message: str, span: Span, first: Span | None = None) -> None:
        """Report a defect; ``first`` is where the same thing stands before."""
        labels = () if first is None else (Label(line_of(first), "first here"),)
        self._report.add(code, message, line_of(span), severity=Severity.WARNING, labels=labels)

    def odd(self, node: Node, expected: str) -> None:
        """Report something of another type; the rest of the file is read."""
        found = {Text: "text", Sequence: "a list", Mapping: "a map"}.get(type(node), "nothing")
        self.say("IMS615", f"expected {expected}, found {found}: it is left out", node.span)

    def called(self, field: str) -> str:
        """Return what a field is called here, or first of all."""
        names = self._rules.fields[field]
        return next(
            (one for one in names if normal(one) in self._nodes), names[0] if names else ""
        )

    def node(self, field: str) -> Node | None:
        """Return what a field holds; None: it is not there."""
        found = (self._nodes.get(normal(one)) for one in self._rules.fields[field])
        return next((one for one in found if one is not None), None)

    def unknown(self) -> Iterator[tuple[str, Span]]:
        """Yield the keys that the rules do not know, and their places."""
        names = {normal(name) for names in self._rules.fields.values() for name in names}
        for key, _ in self._root.entries:
            if normal(key.value) not in names | self._rules.ignored:
                yield key.value, line_of(key.span)

    def plain(self, field: str) -> str:
        """Return the text of a field, empty if it is none."""
        node = self.node(field)
        return clean(node.value[:_LONGEST]) if isinstance(node, Text) else ""

    def text(self, field: str) -> str:
        """Return the text of a field; something else is reported."""
        node = self.node(field)
        if node is not None and not isinstance(node, (Text, Unreadable)):
            self.odd(node, f"text under `{self.called(field)}`")
        return self._clean(node)

    def lines(self, field: str) -> list[Said]:
        """Return the lines of a list."""
        return [*self.said(self.node(field), self.called(field))]

    def said(self, node: Node | None, key: str, otherwise: tuple[str, ...] = ()) -> Iterator[Said]:
        """Yield the lines of a list, each plain text or a map with text and party.

        Parameters
        ----------
        otherwise
            The parties of a line that names none.
        """
        for one in self.items(node, key):
            parties: tuple[str, ...] = ()
            value: Node | None = one
            if isinstance(one, Mapping):
                inner = self.inside(one)
                value = inner.node("text") or inner.node("name") or self._colon_inside(one)
                parties = self.parties(inner.node("party"))
            text = self._clean(value)
            if text:
                yield Said(text, one.span, parties or otherwise)
            elif not isinstance(one, Unreadable) and not isinstance(value, Unreadable):
                self.odd(one, f"a line of `{key}`")

    def _colon_inside(self, node: Mapping) -> Text | None:
        """Return a line that is a map only because nobody put its colon in quotes."""
        (key, value), *others = node.entries
        known = {normal(name) for names in self._rules.fields.values() for name in names}
        if others or not isinstance(value, Text) or normal(key.value) in known:
            return None
        if normal(key.value) in self._rules.ignored or value.span.line != key.span.line:
            return None
        self.say("IMS615", "a text with `: ` and no quotes: it is read as one text", key.span)
        return Text(f"{key.value}: {value.value}", node.span)

    def items(self, node: Node | None, key: str) -> list[Node]:
        """Return the items of a list, or text as its only one; something else is reported."""
        if isinstance(node, Sequence):
            return list(node.items)
        if isinstance(node, Text) and _says_something(node):
            self.say(
                "IMS615",
                f"expected a list under `{key}`, found text: it is taken for its only line",
                node.span,
            )
            return [node]
        if node is not None and not isinstance(node, Unreadable):
            self.odd(node, f"a list under `{key}`")
        return []

    def parties(self, node: Node | None) -> tuple[str, ...]:
        """Return the words for parties, those for several replaced."""
        items = node.items if isinstance(node, Sequence) else [node]
        found: dict[str, None] = {}
        for one in items:
            if isinstance(one, Text):
                found.update(dict.fromkeys(self._rules.party(clean(one.value[:_LONGEST]))))
            elif one is not None and not isinstance(one, Unreadable):
                self.odd(one, f"a party under `{self.called('party')}`")
        return tuple(one for one in found if any(map(str.isalnum, one)))

    def _clean(self, node: Node | None) -> str:
        if not isinstance(node, Text):
            return ""
        value = node.value
        if len(value) > _LONGEST:
            self.say(
                "IMS615", f"text of {len(value)} characters is cut after {_LONGEST}", node.span
            )
            value = value[:_LONGEST]
        if has_markup(value):
            self.markup.append(node.span)
        return clean(value)


def _says_something(node: Text) -> bool:
    """Whether text is more than a number or a yes or no."""
    return any(map(str.isalpha, node.value)) and node.value.casefold() not in _YES_AND_NO


def line_of(span: Span) -> Span:
    """Return the part of a place that lies on its first line."""
    if span.end_line == span.line:
        return span
    return Span(span.file, span.line, span.column, span.line, span.column + 1)
