"""YAML text as nodes with places.

The parser's events are used directly, not its composer: they show anchors and tags, need no
recursion, and an alias is refused where it stands, so nothing is ever expanded. After a syntax
error the line is mended and the text is read again, so that later errors show too.
"""

from __future__ import annotations

import yaml

from imsgen.diagnostics import Label, Report, Span
from imsgen.plan.syntax.text.colons import colon_left_out
from imsgen.plan.syntax.text.comments import cut_by_comments
from imsgen.plan.syntax.text.empty import drop_empty
from imsgen.plan.syntax.text.mistakes import explain
from imsgen.plan.syntax.text.nodes import Mapping, Node, Sequence, Text, Unreadable
from imsgen.plan.syntax.text.repair import PLACEHOLDER, Repairs

DEPTH = 20
ATTEMPTS = 12
WORK = 30_000_000
"""Characters read at most while looking for further syntax errors."""

Loader: type[yaml.BaseLoader | yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Stop(Exception):  # noqa: N818 - control flow inside this module
    """Reading cannot go on; the reason was reported."""


def compose(text: str, shown: str, report: Report) -> tuple[Node | None, bool]:
    """Return the root node and whether the text was good YAML throughout.

    The root is None for an empty document or when nothing could be read.
    """
    repairs = Repairs(text)
    attempts = min(ATTEMPTS, 1 + WORK // (len(text) + 1))
    for attempt in range(attempts):
        findings = Report()
        composer = _Composer(shown, findings)
        try:
            root = composer.read(repairs.text)
        except _Stop:
            report.diagnostics.extend(findings.diagnostics)
            return None, False
        except yaml.MarkedYAMLError as error:
            mistake = explain(error, repairs.original, shown)
            if not repairs.mends(mistake.line):
                report.diagnostics.extend(findings.diagnostics)
                report.diagnostics.append(mistake.diagnostic)
                return None, False
            report.diagnostics.append(mistake.diagnostic)
            if mistake.final:
                return None, False
            repairs.mend(mistake.line)
            continue
        report.diagnostics.extend(findings.diagnostics)
        cut_by_comments(repairs.text, shown, composer.enclosed, report)
        return root, attempt == 0
    return None, False


class _Composer:
    """Builds nodes from events."""

    def __init__(self, shown: str, report: Report) -> None:
        self.shown = shown
        self.report = report
        self.root: Node | None = None
        self.stack: list[Mapping | Sequence] = []
        self.key: Text | None = None
        self.keys: list[Text | None] = []
        self.seen: list[dict[str, Text]] = []
        self.enclosed: list[Span] = []
        """Places of quoted and block text, where a `#` is no comment."""

    def read(self, text: str) -> Node | None:
        """Return the root node of the first document."""
        documents = 0
        for event in yaml.parse(text, Loader):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close(event)
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._second_document(event)
                    break
        return self.root

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start is not None  # noqa: S101 - marks are always kept
        assert end is not None  # noqa: S101
        return Span(self.shown, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        style = event.style or ""
        span = self._span(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse(event, span)
            if not event.value:
                self._place(Unreadable(span))
                return
        value = event.value
        if style:
            self.enclosed.append(span)
        elif value == PLACEHOLDER:
            self._place(Unreadable(span))
            return
        self._place(Text(value, span, style))

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        span = self._span(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse(event, span)
        if len(self.stack) >= DEPTH:
            self.report.add(
                "IMS113",
                f"nested more than {DEPTH} levels deep",
                Span(self.shown, span.line, span.column, span.line, span.column + 1),
                help="move the inner groups to a file of their own and `include:` it",
            )
            raise _Stop
        flow = bool(event.flow_style)
        node: Mapping | Sequence
        if type(event) is yaml.MappingStartEvent:
            node = Mapping(span, flow)
        else:
            node = Sequence(span, flow)
        self._place(node)
        self.stack.append(node)
        self.keys.append(self.key)
        self.key = None
        self.seen.append({})

    def _close(self, event: yaml.Event) -> None:
        node = self.stack.pop()
        self.key = self.keys.pop()
        self.seen.pop()
        start = node.span
        if node.flow:
            end = self._span(event)
            node.span = Span(self.shown, start.line, start.column, end.end_line, end.end_column)
        else:
            last = node.entries[-1][1] if isinstance(node, Mapping) else node.items[-1]
            node.span = Span(
                self.shown, start.line, start.column, last.span.end_line, last.span.end_column
            )
        parent = self.stack[-1] if self.stack else None
        owner = ""
        if isinstance(parent, Mapping) and parent.entries and parent.entries[-1][1] is node:
            owner = parent.entries[-1][0].value
        bare = drop_empty(node, owner, self.report)
        if bare is not None:
            self._replace(node, bare)

    def _replace(self, old: Node, new: Node) -> None:
        """Put another node where the one just closed stands."""
        parent = self.stack[-1] if self.stack else None
        if isinstance(parent, Mapping):
            if parent.entries and parent.entries[-1][1] is old:
                parent.entries[-1] = (parent.entries[-1][0], new)
        elif isinstance(parent, Sequence):
            parent.items[-1] = new
        else:
            self.root = new

    def _place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if type(parent) is Sequence:
            parent.items.append(node)
            return
        if self.key is None:
            self.key = self._as_key(node)
            return
        key, self.key = self.key, None
        assert isinstance(parent, Mapping)  # noqa: S101 - for the type checker
        if "{" in key.value or "[" in key.value:
            key, node = colon_left_out(key, node, self.report) or (key, node)
        seen = self.seen[-1]
        first = seen.get(key.value)
        if first is None:
            seen[key.value] = key
        else:
            self._duplicate(key, first)
        parent.entries.append((key, node))

    def _as_key(self, node: Node) -> Text:
        if isinstance(node, Text):
            if node.value == "<<" and not node.style:
                self.report.add(
                    "IMS106",
                    "merge keys are not read: a plan says things once, where they hold",
                    node.span,
                    help="write the keys out, or put them on the group",
                )
            return node
        if not isinstance(node, Unreadable):
            self.report.add("IMS103", "a key must be text, found a list or map", node.span)
        return Text("", node.span)

    def _duplicate(self, key: Text, first: Text) -> None:
        self.report.add(
            "IMS104",
            f"`{key.value}` is written twice",
            key.span,
            label="again here",
            labels=(Label(first.span, "first here"),),
            help="remove one, or give it another name",
        )

    def _refuse(
        self,
        event: yaml.ScalarEvent | yaml.CollectionStartEvent,
        span: Span,
    ) -> None:
        if event.anchor is not None:
            name = f"&{event.anchor}"
            end = span.column + len(name)
            self.report.add(
                "IMS106",
                f"`{name}` is a YAML anchor, which a plan does not have",
                Span(self.shown, span.line, span.column, span.line, end),
                help=f'remove it; a text that starts with `&` needs quotes: `"{name}"`',
            )
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            end = span.column + len(tag)
            self.report.add(
                "IMS107",
                f"`{tag}` is a YAML tag, which a plan does not have",
                Span(self.shown, span.line, span.column, span.line, end),
                help=f'remove it; a text that starts with `!` needs quotes: `"{tag}"`',
            )

    def _alias(self, event: yaml.AliasEvent) -> None:
        span = self._span(event)
        name = f"*{event.anchor}"
        self.report.add(
            "IMS106",
            f"`{name}` is a YAML alias, which a plan does not have",
            span,
            help=f'write the value out; a text that starts with `*` needs quotes: `"{name}"`',
        )
        self._place(Unreadable(span))

    def _second_document(self, event: yaml.Event) -> None:
        start = self._span(event)
        self.report.add(
            "IMS108",
            "a plan file is one document: `---` starts a second one",
            Span(self.shown, start.line, start.column, start.line, start.column + 3),
            help="move it to a file of its own and `include:` it",
        )
