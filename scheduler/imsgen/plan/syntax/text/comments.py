"""Text that a comment cut short: ``load #1`` is only ``load`` to YAML."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from imsgen.diagnostics import Report, Severity, Span
from imsgen.plan.syntax.text.nodes import quoted

_SUSPECT = re.compile(r"(?m)^[^\n]*[ \t]#[^\s#]")
_COMMENT = re.compile(r"(?<=[ \t])#")
_NOT_TEXT = "{}[],:\"'"


def cut_by_comments(text: str, shown: str, enclosed: Sequence[Span], report: Report) -> None:
    """Warn where a comment follows text and no space follows its ``#``.

    ``enclosed`` are the places of quoted and block text, where ``#`` is an ordinary character.
    """
    suspects = list(_SUSPECT.finditer(text))
    if not suspects:
        return
    on_line: dict[int, list[Span]] = defaultdict(list)
    for span in enclosed:
        for line in range(span.line, span.end_line + 1):
            on_line[line].append(span)
    number, position = 1, 0
    for suspect in suspects:
        number += text.count("\n", position, suspect.start())
        position = suspect.start()
        end = text.find("\n", position)
        content = text[position : end if end >= 0 else len(text)]
        _look(content, number, shown, on_line.get(number, ()), report)


def _look(line: str, number: int, shown: str, enclosed: Sequence[Span], report: Report) -> None:
    for found in _COMMENT.finditer(line):
        column = found.start() + 1
        if any(
            (one.line, one.column) <= (number, column) < (one.end_line, one.end_column)
            for one in enclosed
        ):
            continue
        before = line[: found.start()].rstrip()
        after = line[found.end() :]
        if not before or before[-1] in _NOT_TEXT or not after or after[0] in " \t#":
            return
        value = before.rsplit(": ", 1)[-1].lstrip("-{[ ")
        whole = quoted(f"{value} #{after.rstrip()}")
        report.add(
            "IMS114",
            f"`#{after.split()[0]}` is read as a comment, not as part of `{value}`",
            Span(shown, number, column, number, len(line) + 1),
            severity=Severity.WARNING,
            help=f"a comment is written `# {after.split()[0]}`; as text it needs quotes: `{whole}`",
        )
        return
