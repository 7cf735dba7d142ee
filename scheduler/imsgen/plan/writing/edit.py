"""Changing a few values in the text of a plan; every other character stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import yaml

Map: TypeAlias = "yaml.MappingNode"
_Cut: TypeAlias = "tuple[int, int, str]"
_BLOCK = frozenset("|>")


class Edit:
    """A text and the changes asked for, all made at once by :meth:`text`.

    Places are those of the text as given, so the order of calls does not matter; what is added
    to one map stands in the order of the calls.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._break = "\r\n" if "\r\n" in text else "\n"
        self._lines = [0]
        self._lines += [i + 1 for i, char in enumerate(text) if char == "\n"]
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
        self.root = root if isinstance(root, yaml.MappingNode) else None
        """The outermost map; None where the text holds none."""
        self._cuts: list[_Cut] = []
        self._added: dict[int, tuple[Map, list[str]]] = {}
        self._removed: dict[int, tuple[Map, list[str]]] = {}
        self._tail: list[str] = []

    def set(self, inside: Map, key: str, value: str) -> None:
        """Give a key another value, or add it at the end of its map.

        ``value`` is YAML on one line.
        """
        node = value_of(inside, key)
        if node is None:
            _, lines = self._added.setdefault(id(inside), (inside, []))
            lines.append(f"{key}: {value}")
            return
        ended = self._break if isinstance(node, yaml.ScalarNode) and node.style in _BLOCK else ""
        self._cuts.append((self._start(node), self._end(node), value + ended))

    def set_after(self, inside: Map, anchor: str, key: str, value: str) -> None:
        """Give a key another value, or add it on the line behind another one's."""
        node = value_of(inside, anchor)
        if inside.flow_style or node is None or value_of(inside, key) is not None:
            self.set(inside, key, value)
            return
        at = self._line_end(self._end(node))
        indent = " " * inside.value[0][0].start_mark.column
        self._cuts.append((at, at, f"{self._break}{indent}{key}: {value}"))

    def remove(self, inside: Map, key: str) -> None:
        """Take a key away; what is not there is no error. Comments on its line stay."""
        if value_of(inside, key) is not None:
            _, keys = self._removed.setdefault(id(inside), (inside, []))
            keys.append(key)

    def append(self, lines: Sequence[str]) -> None:
        """Add lines at the end of the text."""
        self._tail += lines

    def extend(self, items: yaml.SequenceNode, value: str) -> None:
        """Add an item at the end of a list that has some.

        ``value`` is YAML on one line.
        """
        end = self._end(items.value[-1])
        if items.flow_style:
            self._cuts.append((end, end, f", {value}"))
            return
        at = self._line_end(end)
        indent = " " * items.start_mark.column
        self._cuts.append((at, at, f"{self._break}{indent}- {value}"))

    def text(self) -> str:
        """Return the text with every change made."""
        cuts = list(self._cuts)
        for inside, keys in self._removed.values():
            if not (self._emptied(inside) and id(inside) in self._added):
                cuts += self._without(inside, keys)
        for inside, lines in self._added.values():
            cuts.append(self._with(inside, lines))
        text = self._text
        # An insertion behind a removal that ends there stands after it.
        for start, end, new in sorted(cuts, key=lambda cut: cut[:2], reverse=True):
            text = text[:start] + new + text[end:]
        if self._tail:
            text = text if text.endswith("\n") or not text else text + self._break
            text += self._break.join(self._tail) + self._break
        return text

    # -- places ------------------------------------------------------------------------------

    def _start(self, node: yaml.Node) -> int:
        return self._lines[node.start_mark.line] + node.start_mark.column

    def _end(self, node: yaml.Node) -> int:
        """Return where a value ends: the last of its own characters."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return self._end(last[1] if isinstance(node, yaml.MappingNode) else last)
        mark = node.end_mark
        if mark.line >= len(self._lines):
            return len(self._text)
        return self._lines[mark.line] + mark.column

    def _line_end(self, at: int) -> int:
        """Return where the line of a place ends, before its break."""
        if at and self._text[at - 1] == "\n":  # behind block text, which takes its break along
            return at
        end = self._text.find("\n", at)
        end = len(self._text) if end < 0 else end
        return end - 1 if end and self._text[end - 1 : end] == "\r" else end

    # -- additions and removals --------------------------------------------------------------

    def _emptied(self, inside: Map) -> bool:
        """Whether a map in braces loses all that it has."""
        _, keys = self._removed.get(id(inside), (inside, []))
        return bool(inside.flow_style) and all(name.value in keys for name, _ in inside.value)

    def _with(self, inside: Map, lines: list[str]) -> _Cut:
        if inside.flow_style:
            if self._emptied(inside):
                return self._start(inside) + 1, self._end(inside) - 1, ", ".join(lines)
            at = self._end(inside.value[-1][1])
            return at, at, "".join(f", {line}" for line in lines)
        indent = " " * inside.value[0][0].start_mark.column
        at = self._line_end(self._end(inside.value[-1][1]))
        if at and self._text[at - 1] == "\n":
            return at, at, "".join(f"{indent}{line}{self._break}" for line in lines)
        return at, at, "".join(f"{self._break}{indent}{line}" for line in lines)

    def _without(self, inside: Map, keys: list[str]) -> list[_Cut]:
        if not inside.flow_style:
            if id(inside) not in self._added and all(
                name.value in keys for name, _ in inside.value
            ):
                return [(self._start(inside), self._end(inside), "{}")]
            return [self._line_of(inside, key) for key in keys]
        kept = [pair for pair in inside.value if pair[0].value not in keys]
        if not kept:
            return [(self._start(inside) + 1, self._end(inside) - 1, "")]
        last = max(inside.value.index(pair) for pair in kept)
        cuts = [
            (self._start(here[0]), self._start(following[0]), "")
            for here, following in pairwise(inside.value[: last + 1])
            if here[0].value in keys
        ]
        if last + 1 < len(inside.value):
            ends = (self._end(inside.value[last][1]), self._end(inside.value[-1][1]))
            cuts.append((*ends, ""))
        return cuts

    def _line_of(self, inside: Map, key: str) -> _Cut:
        """Return the cut that takes whole lines away, but for a comment behind the value."""
        name, value = next(pair for pair in inside.value if pair[0].value == key)
        start, end = self._start(name), self._end(value)
        stop = self._line_end(end)
        behind = self._text[end:stop].strip()
        if behind:
            return start, stop, behind
        begin = self._lines[name.start_mark.line]
        after = self._text.find("\n", stop)
        return begin, len(self._text) if after < 0 or stop == end == after + 1 else after + 1, ""


def value_of(inside: Map, key: str) -> yaml.Node | None:
    """Return the value of a key, hyphens in it read as the plan reads them."""
    for name, value in inside.value:
        if isinstance(name, yaml.ScalarNode) and key in {name.value, name.value.replace("-", "_")}:
            found: yaml.Node = value
            return found
    return None
