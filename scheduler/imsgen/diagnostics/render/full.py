"""Diagnostics for people: the line itself, marked, and the edit that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imsgen.diagnostics.model import Diagnostic, Label, Span
from imsgen.diagnostics.render.colors import BOLD, FRAME, HELP, SEVERITIES, Paint
from imsgen.diagnostics.render.excerpt import Mark, excerpt
from imsgen.diagnostics.render.sources import Lines, SourceOf
from imsgen.diagnostics.render.visible import visible


def render(diagnostics: Sequence[Diagnostic], source_of: SourceOf, *, color: bool) -> str:
    """Return each diagnostic with its excerpts, an empty line between them."""
    page = _Page(Lines(source_of), Paint(color=color))
    blocks = ["\n".join(page.block(one)) for one in diagnostics]
    return "\n\n".join(blocks) + ("\n" if blocks else "")


@dataclass(frozen=True, slots=True)
class _Page:
    """Draws diagnostics, reading each file at most once."""

    lines: Lines
    paint: Paint

    def block(self, one: Diagnostic) -> list[str]:
        """Return the rows of one diagnostic."""
        title = self.paint(SEVERITIES[one.severity], f"{one.severity}[{one.code}]")
        rows = [title + self.paint(BOLD, f": {visible(one.message)}")]
        if one.span is not None:
            rows += self._places(one, one.span)
        rows += [self.paint(HELP, "note") + f": {visible(note)}" for note in one.notes]
        if one.help:
            rows.append(self.paint(HELP, "help") + f": {visible(one.help)}")
        rows += [self.paint(HELP, "  or") + f": {visible(other)}" for other in one.alternatives]
        return rows

    def _places(self, one: Diagnostic, span: Span) -> list[str]:
        """Return the excerpts: the place's own file first, other files after it."""
        marked: dict[str, list[tuple[Label, bool]]] = {
            span.file: [(Label(span, one.label), True)],
        }
        for label in one.labels:
            marked.setdefault(label.span.file, []).append((label, False))
        last = max(label.span.line for labels in marked.values() for label, _ in labels)
        gutter = len(str(last))
        rows: list[str] = []
        for file, labels in marked.items():
            arrow = self.paint(FRAME, "-->" if file == span.file else ":::")
            first = labels[0][0].span
            rows.append(f"{' ' * gutter}{arrow} {visible(file)}:{first.line}:{first.column}")
            rows += self._file(file, labels, gutter, SEVERITIES[one.severity])
        if len(rows) > len(marked) and (one.notes or one.help):
            rows.append(" " * (gutter + 1) + self.paint(FRAME, "|"))
        return rows

    def _file(
        self, file: str, labels: list[tuple[Label, bool]], gutter: int, style: str
    ) -> list[str]:
        """Return the marked lines of one file in order, without the header."""
        by_line: dict[int, list[tuple[Label, bool]]] = {}
        for label, primary in labels:
            by_line.setdefault(label.span.line, []).append((label, primary))
        bar = self.paint(FRAME, "|")
        empty = " " * (gutter + 1) + bar
        rows: list[str] = []
        before: int | None = None
        for number in sorted(by_line):
            text = self.lines.line(file, number)
            if text is None:
                continue
            if before is None:
                rows.append(empty)
            elif number > before + 1:
                rows.append(self.paint(FRAME, "..."))
            before = number
            marks = [_mark(label, text, primary=primary) for label, primary in by_line[number]]
            for row, mark in excerpt(text, marks):
                if mark is None:
                    head = self.paint(FRAME, f"{number:>{gutter}}")
                    rows.append(f"{head} {bar} {row}".rstrip())
                    continue
                indent = len(row) - len(row.lstrip())
                drawn = self.paint(style if mark.primary else FRAME, row[indent:])
                rows.append(f"{empty} {row[:indent]}{drawn}")
        return rows


def _mark(label: Label, text: str, *, primary: bool) -> Mark:
    span = label.span
    end = span.end_column - 1 if span.end_line == span.line else len(text.rstrip())
    start = min(span.column - 1, len(text))
    return Mark(start, max(end, start + 1), visible(label.text), primary)
