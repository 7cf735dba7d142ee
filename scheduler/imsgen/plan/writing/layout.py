"""Lines of a plan: one entry a line while it fits, blocks where it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from imsgen.plan.writing.scalars import notation, quoted, words
from imsgen.plan.writing.tree import Bare, Remarked, Tree, Words

WIDTH = 120
"""Columns a line may have."""
_STEP = "  "
_ALIGNED = 16
"""Keys up to so long stand in a column."""
_WRAPPED = frozenset({"decides", "needs", "who"})
"""Keys whose plain values go on in the next line instead of standing in a block."""
_ALWAYS_OPEN = frozenset({"activities"})
"""Keys whose map is never written on one line."""


def plan_text(tree: Mapping[str, Tree], head: Sequence[str] = ()) -> str:
    """Return the text of a plan file, ending in a line break.

    Parameters
    ----------
    tree
        Keys and values in the order they are written.
    head
        Lines of a comment at the top, without the ``#``.
    """
    lines = [_remark(line) for line in head]
    for key, value in tree.items():
        section = _is_section(value)
        if section and lines and lines[-1]:
            lines.append("")
        lines += _entry(key, value, "", is_open=section)
        if section:
            lines.append("")
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n"


def _is_section(value: Tree) -> bool:
    """Whether a top-level value is a list of things rather than a setting."""
    bare, _, _ = _undressed(value)
    return isinstance(bare, Mapping) and any(
        isinstance(_undressed(one)[0], Mapping) for one in bare.values()
    )


def _entry(
    key: str, value: Tree, indent: str, *, is_open: bool = False, column: int = 0
) -> Iterator[str]:
    """Yield the lines of one key; ``column`` is where values of its neighbours begin."""
    bare, tail, before = _undressed(value)
    for remark in before:
        yield indent + remark
    label = f"{indent}{_key(key)}:"
    line = None if is_open or key in _ALWAYS_OPEN else _flow(bare)
    if line is not None:
        placed = f"{label.ljust(len(indent) + column)} {line}"
        if len(placed) <= WIDTH or not isinstance(bare, (Mapping, list, tuple)):
            yield placed + tail
            return
        if key in _WRAPPED and _is_flat(bare):
            yield from _wrapped(placed, len(placed) - len(line), tail)
            return
    if isinstance(bare, Words):
        yield f"{label} |-{tail}"
        for part in bare.text.split("\n"):
            yield f"{indent}{_STEP}{part}" if part else ""
        return
    yield label + tail
    yield from _block(bare, indent + _STEP)


def _is_flat(value: Bare) -> bool:
    """Whether a map or list has nothing inside its values."""
    if isinstance(value, (str, Words)):
        return False
    inner = value.values() if isinstance(value, Mapping) else value
    return all(isinstance(one, str) for one in inner)


def _wrapped(line: str, column: int, tail: str) -> Iterator[str]:
    """Yield a line broken behind its commas, what follows under the first of its entries."""
    indent = " " * (column + 1)
    parts = line[column:].split(", ")
    found = line[:column] + parts[0]
    for part in parts[1:]:
        if len(found) + len(part) + 3 > WIDTH:
            yield f"{found},"
            found = indent + part
        else:
            found += f", {part}"
    yield found + tail


def _undressed(value: Tree) -> tuple[Bare, str, list[str]]:
    """Return a value without its comment, the comment behind it, the comments before it."""
    if not isinstance(value, Remarked):
        return value, "", []
    bare, _, _ = _undressed(value.value)
    tail = f"  {_remark(value.comment)}" if value.comment.strip() else ""
    return bare, tail, [_remark(line) for line in value.before]


def _block(value: Bare, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        column = _column(value)
        for key, one in value.items():
            yield from _entry(key, one, indent, column=column if _stands_in_column(one) else 0)
    elif not isinstance(value, (str, Words)):
        for one in value:
            yield from _item(one, indent)


def _item(value: Tree, indent: str) -> Iterator[str]:
    """Yield the lines of one item of a list."""
    bare, tail, before = _undressed(value)
    for remark in before:
        yield indent + remark
    line = _flow(bare)
    if line is not None:
        yield f"{indent}- {line}{tail}"
    elif isinstance(bare, Words):
        yield f"{indent}- {quoted(bare.text)}{tail}"
    else:
        inner = list(_block(bare, indent + _STEP))
        yield f"{indent}- {inner[0].lstrip()}{tail}"
        yield from inner[1:]


def _column(entries: Mapping[str, Tree]) -> int:
    """Return the width of the keys whose maps stand in a column, the colon included."""
    widths = [len(_key(key)) for key, value in entries.items() if _stands_in_column(value)]
    return 1 + max((width for width in widths if width <= _ALIGNED), default=0)


def _stands_in_column(value: Tree) -> bool:
    bare, _, _ = _undressed(value)
    return isinstance(bare, Mapping) and not any(key in _ALWAYS_OPEN for key in bare)


def _flow(value: Tree) -> str | None:
    """Return a value on one line, or None where it needs more: comments, paragraphs, outlines."""
    if isinstance(value, Remarked) or (isinstance(value, Words) and _is_paragraph(value.text)):
        return None
    if isinstance(value, Words):
        return words(value.text)
    return notation(value) if isinstance(value, str) else _flow_of_many(value)


def _flow_of_many(value: Sequence[Tree] | Mapping[str, Tree]) -> str | None:
    if not isinstance(value, Mapping):
        items = [_flow(one) for one in value]
        return None if None in items else "[" + ", ".join(str(item) for item in items) + "]"
    if any(key in _ALWAYS_OPEN for key in value):
        return None
    parts = {_key(key): _flow(one) for key, one in value.items()}
    if None in parts.values():
        return None
    return "{" + ", ".join(f"{key}: {part}" for key, part in parts.items()) + "}"


def _is_paragraph(text: str) -> bool:
    """Whether text has lines that a block keeps exactly as they are."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and all(line == line.rstrip() and line.isprintable() for line in lines)
        and bool(lines[0])
        and not lines[0].startswith(" ")
        and bool(lines[-1])
    )


def _key(key: str) -> str:
    """Return a key: an id or a date as it stands, anything else quoted."""
    try:
        return notation(key)
    except ValueError:
        return quoted(key)


def _remark(text: str) -> str:
    return f"# {' '.join(text.split())}".rstrip()
