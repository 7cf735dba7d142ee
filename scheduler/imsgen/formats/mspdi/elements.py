"""Elements written in order, and nothing else.

Text is made at once, without a tree of it in memory: a plan of ten thousand activities has eight
hundred thousand elements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NAMESPACE = "http://schemas.microsoft.com/project"


@dataclass(frozen=True, slots=True)
class Element:
    """An element and the lines of its content, each with as many spaces as it lies deep in it."""

    tag: str
    lines: tuple[str, ...]


Value = str | int | bool | Sequence[Element] | None
"""Text, a number, a flag, the elements inside (or, of the tag's own name, beside), or nothing."""


def element(tag: str, order: Sequence[str], values: Mapping[str, Value]) -> Element:
    """Return an element with its children in ``order``; a value None is left out.

    Elements are put inside a child of that name, unless they bear the name themselves: then they
    are repeated in its place.

    Raises
    ------
    KeyError
        If a value has no place in the order.
    """
    lines: list[str] = []
    left = len(values)
    for name in order:
        if name not in values:
            continue
        left -= 1
        value = values[name]
        if isinstance(value, str):
            lines.append(f" <{name}>{_escaped(value)}</{name}>" if value else f" <{name}/>")
        elif isinstance(value, int):
            lines.append(f" <{name}>{int(value)}</{name}>")
        elif value is not None:
            lines += _nested(name, value)
    if left:
        unknown = values.keys() - set(order)
        raise KeyError(f"{tag}: {', '.join(sorted(unknown))}")
    return Element(tag, tuple(lines))


def _escaped(text: str) -> str:
    """Return text as it stands between tags; the library's own needs a web client to be loaded."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def file_bytes(root: Element) -> bytes:
    """Return the file with the root in Project's namespace, one element a line."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    begin = f'<{root.tag} xmlns="{NAMESPACE}">'
    return "\n".join([head, begin, *root.lines, f"</{root.tag}>", ""]).encode()


def _nested(name: str, inside: Sequence[Element]) -> list[str]:
    if inside and inside[0].tag == name:
        return _indented(inside, " ")
    if inside:
        return [f" <{name}>", *_indented(inside, "  "), f" </{name}>"]
    return [f" <{name}/>"] if name in _MAY_BE_EMPTY else []


def _indented(inside: Sequence[Element], pad: str) -> list[str]:
    lines: list[str] = []
    for one in inside:
        if one.lines:
            lines.append(f"{pad}<{one.tag}>")
            lines += [pad + line for line in one.lines]
            lines.append(f"{pad}</{one.tag}>")
        else:
            lines.append(f"{pad}<{one.tag}/>")
    return lines


_MAY_BE_EMPTY = frozenset({"Calendars", "Tasks", "Resources", "Assignments"})
