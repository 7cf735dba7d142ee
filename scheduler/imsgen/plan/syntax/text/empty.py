"""Keys without a value, and what their writer probably meant."""

from __future__ import annotations

import re

from imsgen.diagnostics import Report, Span
from imsgen.plan.syntax.text.nodes import Mapping, Node, Sequence, Text, Unreadable, quoted

LISTS = frozenset(
    {"after", "alternatives", "any", "backup", "constraint", "criteria", "critical", "decides",
     "except", "forbids", "holidays", "include", "leave", "needs", "owner", "party", "spans",
     "tags", "who", "within"}
)  # fmt: skip
_HOURS = re.compile(r"\d{1,2}:\d\d *- *\d{1,2}:\d\d")
_GLUED = re.compile(r"([a-z_-]+)(:| )(\S.*)")
_DAY = re.compile(r"(?i)(mon|tue|wed|thu|fri|sat|sun)")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def drop_empty(node: Mapping | Sequence, owner: str, report: Report) -> Unreadable | None:
    """Report keys and items without a value and make them unreadable.

    ``owner`` is the key the node belongs to. Returns what to put in place of a map that was
    meant as a list.
    """
    if isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            if _empty(item):
                report.add(
                    "IMS105",
                    "this item is empty",
                    _visible(item.span),
                    help="write something, or remove the item",
                )
                node.items[index] = Unreadable(item.span)
        return None
    for _, value in node.entries:
        if _empty(value):
            if node.flow and _meant_as_list(node, owner, report):
                return Unreadable(node.span)
            node.entries = _without_empty(node, owner, report)
            return None
    return None


def _meant_as_list(node: Mapping, owner: str, report: Report) -> bool:
    """Report braces around bare words."""
    if not all(_empty(value) and _bare(key, value) for key, value in node.entries):
        return False
    first = _GLUED.fullmatch(node.entries[0][0].value)
    if first is not None and (first[2] == ":" or owner not in LISTS):
        what = "a space is missing behind" if first[2] == ":" else "a `:` is missing behind"
        report.add(
            "IMS105",
            f"{what} `{first[1]}{first[2].strip()}`",
            node.entries[0][0].span,
            help=f"write `{first[1]}: {first[3]}`",
        )
        return True
    written = ", ".join(key.value for key, _ in node.entries)
    report.add(
        "IMS105",
        "braces make a map, whose keys have values; a list has brackets",
        node.span,
        help=f"write `{owner}: [{written}]`" if owner else f"write `[{written}]`",
    )
    return True


def _bare(key: Text, value: Node) -> bool:
    """Whether a key without a value has no colon either."""
    start, end = value.span, key.span
    return (start.line, start.column) == (end.end_line, end.end_column)


def _empty(node: Node) -> bool:
    return type(node) is Text and not node.style and node.value in _NOTHING


def _visible(span: Span) -> Span:
    if (span.line, span.column) != (span.end_line, span.end_column):
        return span
    return Span(span.file, span.line, span.column, span.line, span.column + 1)


def _without_empty(node: Mapping, owner: str, report: Report) -> list[tuple[Text, Node]]:
    """Return the entries with each empty value reported and replaced."""
    kept: list[tuple[Text, Node]] = []
    index = 0
    while index < len(node.entries):
        key, value = node.entries[index]
        index += 1
        if not _empty(value):
            kept.append((key, value))
            continue
        run = [key]
        if node.flow and _bare(key, value):
            while index < len(node.entries) and _empty(node.entries[index][1]):
                run.append(node.entries[index][0])
                index += 1
            if kept and _belongs_before(kept, run, owner, report):
                continue
            if index < len(node.entries) and _joined_days(run, node.entries[index][0], report):
                continue
        for one in run:
            _no_value(one, report)
            kept.append((one, Unreadable(one.span)))
    return kept


def _belongs_before(
    kept: list[tuple[Text, Node]], run: list[Text], owner: str, report: Report
) -> bool:
    """Report a run of bare keys that continues the value before it."""
    key, value = kept[-1]
    if type(value) is not Text:
        return False
    parts = [value.value, *(one.value for one in run)]
    name = key.value.replace("-", "_")
    if owner == "needs":
        edit = ", ".join([f"{key.value}: {value.value}", *(f"{one.value}: 1" for one in run)])
        message = f"`{run[0].value}` says no units"
        edit = f"needs: {{{edit}}}"
    elif all(_HOURS.fullmatch(part) for part in parts) or name in LISTS:
        edit = f"{key.value}: [{', '.join(parts)}]"
        message = f"`{key.value}` has several values, which need a list"
    elif any(_HOURS.fullmatch(part) for part in parts[1:]):
        return False
    else:
        edit = f"{key.value}: {quoted(', '.join(parts))}"
        what = "the name" if name == "name" else f"the text of `{key.value}`"
        message = f"`{run[0].value}` has no value; a comma ends {what} unless it is quoted"
    end = run[-1].span
    report.add(
        "IMS105",
        message,
        Span(end.file, value.span.line, value.span.column, end.end_line, end.end_column),
        help=f"write `{edit}`",
    )
    kept[-1] = (key, Unreadable(value.span))
    return True


def _joined_days(run: list[Text], following: Text, report: Report) -> bool:
    """Report days joined by commas."""
    keys = [*run, following]
    if not all(_DAY.match(one.value) for one in keys):
        return False
    report.add(
        "IMS105",
        f"`{run[0].value}` has no hours; days are joined by `+`",
        Span(following.span.file, run[0].span.line, run[0].span.column,
             following.span.end_line, following.span.end_column),
        help=f"write `{'+'.join(one.value for one in keys)}: …`",
    )  # fmt: skip
    return True


def _no_value(key: Text, report: Report) -> None:
    report.add(
        "IMS105",
        f"`{key.value}` has no value",
        key.span,
        label="nothing behind it",
        help=f"write a value, or remove `{key.value}`",
    )
