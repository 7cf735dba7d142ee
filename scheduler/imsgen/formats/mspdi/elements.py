"""Elements written in order, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

Value = str | int | bool | Sequence[ET.Element] | None
"""Text, a number, a flag, the elements inside (or, of the tag's own name, beside), or nothing."""

NAMESPACE = "http://schemas.microsoft.com/project"


def element(tag: str, order: Sequence[str], values: Mapping[str, Value]) -> ET.Element:
    """Return an element with its children in ``order``; a value None is left out.

    Elements are put inside a child of that name, unless they bear the name themselves: then they
    are repeated in its place.

    Raises
    ------
    KeyError
        If a value has no place in the order.
    """
    unknown = values.keys() - set(order)
    if unknown:
        raise KeyError(f"{tag}: {', '.join(sorted(unknown))}")
    made = ET.Element(tag)
    for name in order:
        value = values.get(name)
        if value is None:
            continue
        if isinstance(value, str | int):
            ET.SubElement(made, name).text = value if isinstance(value, str) else str(int(value))
        elif value and value[0].tag == name:
            made.extend(value)
        elif value or name in _MAY_BE_EMPTY:
            ET.SubElement(made, name).extend(value)
    return made


def file_bytes(root: ET.Element) -> bytes:
    """Return the file with the root in Project's namespace, one element a line."""
    root.set("xmlns", NAMESPACE)
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}{body}\n".encode()


_MAY_BE_EMPTY = frozenset({"Calendars", "Tasks", "Resources", "Assignments"})
