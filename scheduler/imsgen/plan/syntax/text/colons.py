"""A colon left out before a brace: YAML reads ``load {duration: 1d}`` as one long key."""

from __future__ import annotations

import re

from imsgen.diagnostics import Report, Span
from imsgen.plan.syntax.text.nodes import Node, Text, Unreadable

_SWALLOWED = re.compile(r"([^\s{\[]+)\s*([{\[]).*", re.DOTALL)


def colon_left_out(key: Text, value: Node, report: Report) -> tuple[Text, Node] | None:
    """Report a key that swallowed its value; return the entry it stands for, unreadable."""
    found = _SWALLOWED.fullmatch(key.value)
    if found is None or key.style or not isinstance(value, Text):
        return None
    span = key.span
    name = found[1].rstrip(":")
    missing = "a space" if found[1].endswith(":") else "a `:`"
    report.add(
        "IMS101",
        f"{missing} is missing behind `{found[1]}`",
        Span(span.file, span.line, span.column, value.span.end_line, value.span.end_column),
        help=f"write `{name}: {found[2]}…`",
    )
    end = span.column + len(name)
    place = Span(span.file, span.line, span.column, span.line, end)
    return Text(name, place), Unreadable(value.span)
