"""Changing a few values in the text of a plan; every other character stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

Map: TypeAlias = "yaml.MappingNode"
_Pair: TypeAlias = "tuple[yaml.Node, yaml.Node]"
_Cut: TypeAlias = "tuple[int, int, str]"
_BLOCK = frozenset("|>")
_BLANKS = " \t"
_ENDED = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE)
_BREAKS = str.maketrans({"\x85": " ", "\u2028": " ", "\u2029": " "})
"""Breaks of YAML 1.1 that are none in a plan."""
_Loader: type[yaml.BaseLoader | yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True)
class _Changes:
    """What is asked of one map."""

    inside: Map
    added: dict[str, str] = field(default_factory=dict)
    removed: dict[str, None] = field(default_factory=dict)
    behind: dict[str, str] = field(default_factory=dict)
    """By a new key, the key it stands behind; at the end where there is none."""


class Edit:
    """A text and the changes asked for, all made at once by :meth:`text`.

    Places are those of the text as given, so the order of calls does not matter; what is added
    to one map stands in the order of the calls. Asked twice for one key, the last call counts.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._break = "\r\n" if "\r\n" in text else "\n"
        root = yaml.compose(text.translate(_BREAKS), Loader=_Loader)
        self.root = root if isinstance(root, yaml.MappingNode) else None
        """The outermost map; None where the text holds none."""
        self._replaced: dict[int, tuple[yaml.Node, str]] = {}
        self._changes: dict[int, _Changes] = {}
        self._insertions: list[_Cut] = []
        self._tail: list[str] = []

    def set(self, inside: Map, key: str, value: str, *, behind: str = "") -> None:
        """Give a key another value, or add it to its map.

        Parameters
        ----------
        value
            YAML on one line.
        behind
            The key that a new one stands behind; at the end of the map if it has no such key.
        """
        pair = _pair(inside, key)
        if pair is not None:
            self._replaced[id(pair[1])] = (pair[1], value)
            return
        self.add(inside, key, value)
        other = _pair(inside, behind) if behind else None
        if other is not None:
            self._of(inside).behind[key] = _key(other)

    def set_after(self, inside: Map, anchor: str, key: str, value: str) -> None:
        """Give a key another value, or add it on the line behind another one's."""
        self.set(inside, key, value, behind=anchor)

    def add(self, inside: Map, key: str, value: str) -> None:
        """Add a key that the map does not have, such as an id; at its end."""
        self._of(inside).added[key] = value

    def remove(self, inside: Map, key: str) -> None:
        """Take a key away; what is not there is no error. Comments on its line stay."""
        pair = _pair(inside, key)
        if pair is not None:
            self._of(inside).removed[_key(pair)] = None

    def append(self, lines: Sequence[str]) -> None:
        """Add lines at the end of the text, which is no map in braces."""
        self._tail += lines

    def extend(self, items: yaml.SequenceNode, value: str) -> None:
        """Add an item, YAML on one line, at the end of a list that has some."""
        end = self._end(items.value[-1])
        if items.flow_style:
            self._insertions.append((end, end, f", {value}"))
            return
        at = self._line_end(end)
        indent = " " * items.start_mark.column
        self._insertions.append((at, at, f"{self._break}{indent}- {value}"))

    def text(self) -> str:
        """Return the text with every change made."""
        cuts = list(self._insertions)
        cuts += [
            (self._start(node), self._end(node), new) for node, new in self._replaced.values()
        ]
        for changes in self._changes.values():
            cuts += self._cuts(changes)
        text = self._text
        # An insertion behind a removal that ends there stands after it.
        for start, end, new in sorted(cuts, key=lambda cut: cut[:2], reverse=True):
            text = text[:start] + new + text[end:]
        if self._tail:
            text = self._with_tail(text)
        return text

    def _of(self, inside: Map) -> _Changes:
        return self._changes.setdefault(id(inside), _Changes(inside))

    def _with_tail(self, text: str) -> str:
        lines = self._break.join(self._tail) + self._break
        ended = _ENDED.search(text)
        if ended is not None:  # what stands behind the end of the document is no part of it
            return text[: ended.start()] + lines + text[ended.start() :]
        return (text if text.endswith("\n") or not text else text + self._break) + lines

    # -- places ------------------------------------------------------------------------------

    def _start(self, node: yaml.Node) -> int:
        return int(node.start_mark.index)

    def _end(self, node: yaml.Node) -> int:
        """Return where a value ends: behind the last of its own characters."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return self._end(last[1] if isinstance(node, yaml.MappingNode) else last)
        end = min(int(node.end_mark.index), len(self._text))
        if isinstance(node, yaml.ScalarNode) and node.style in _BLOCK:
            own = self._text[self._start(node) : end]
            head = own.partition("\n")[0].partition("#")[0]
            return end if "+" in head else self._start(node) + len(own.rstrip())
        return end

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """Return where the line of a place ends, before its break."""
        if at and self._text[at - 1] == "\n":  # behind block text that keeps its last breaks
            return at
        end = self._text.find("\n", at)
        end = len(self._text) if end < 0 else end
        return end - 1 if end > at and self._text[end - 1] == "\r" else end

    # -- additions and removals --------------------------------------------------------------

    def _cuts(self, changes: _Changes) -> list[_Cut]:
        inside = changes.inside
        kept = [pair for pair in inside.value if _key(pair) not in changes.removed]
        last = kept[-1] if kept else None
        found: dict[int, list[str]] = {}
        for key, value in changes.added.items():
            wanted = changes.behind.get(key)
            pair = next((one for one in kept if _key(one) == wanted), last)
            at = self._behind(inside, pair)
            lines = found.setdefault(at, [])
            lines.insert(0 if wanted else len(lines), f"{key}: {value}")
        cuts = [self._inserted(inside, at, lines, last) for at, lines in found.items()]
        without = self._from_braces if inside.flow_style else self._from_block
        return cuts + without(inside, changes.removed, last)

    def _behind(self, inside: Map, pair: _Pair | None) -> int:
        """Return where something new stands behind an entry, or first where there is none."""
        if pair is not None:
            end = self._end(pair[1])
            return end if inside.flow_style else self._line_end(end)
        return (
            self._start(inside) + 1 if inside.flow_style else self._line_start(self._start(inside))
        )

    def _inserted(self, inside: Map, at: int, lines: list[str], last: _Pair | None) -> _Cut:
        if inside.flow_style:
            return at, at, "".join(f", {line}" for line in lines) if last else ", ".join(lines)
        indent = " " * inside.start_mark.column
        if last is None or (at and self._text[at - 1] == "\n"):
            return at, at, "".join(f"{indent}{line}{self._break}" for line in lines)
        return at, at, "".join(f"{self._break}{indent}{line}" for line in lines)

    def _from_braces(self, inside: Map, keys: dict[str, None], last: _Pair | None) -> list[_Cut]:
        """Return the cuts that take entries out of braces, and leave every comment there."""
        cuts, tail = [], 0
        if last is not None and inside.value[-1] is not last:
            following = inside.value[inside.value.index(last) + 1]
            start, end = self._end(last[1]), self._start(following[0])
            if self._text[start:end].strip(_BLANKS) == ",":
                tail = end
                cuts.append((start, end, ""))
        for pair in inside.value:
            if _key(pair) not in keys:
                continue
            start, end = self._start(pair[0]), self._end(pair[1])
            comma = self._skipped(end)
            if self._text[comma : comma + 1] == ",":
                end = self._skipped(comma + 1)
                end = comma + 1 if self._text[end : end + 1] == "#" else end
            cuts.append((start, end, "") if start == tail else self._whole_line(start, end))
        return cuts

    def _skipped(self, at: int) -> int:
        while at < len(self._text) and self._text[at] in _BLANKS:
            at += 1
        return at

    def _whole_line(self, start: int, end: int) -> _Cut:
        """Return a cut that takes its line along where nothing else is on it."""
        begin, stop = self._line_start(start), self._line_end(end)
        rest = self._text[begin:start] + self._text[end:stop]
        if rest.strip(_BLANKS) or begin == 0:
            return start, end, ""
        after = self._text.find("\n", stop)
        return begin, len(self._text) if after < 0 else after + 1, ""

    def _from_block(self, inside: Map, keys: dict[str, None], last: _Pair | None) -> list[_Cut]:
        if keys and last is None and not self._of(inside).added:
            return [(self._start(inside), self._end(inside), "{}")]
        return [
            self._line_of(inside, i) for i, pair in enumerate(inside.value) if _key(pair) in keys
        ]

    def _line_of(self, inside: Map, i: int) -> _Cut:
        """Return the cut that takes whole lines away, but for a comment behind the value."""
        name, value = inside.value[i]
        start, end = self._start(name), self._end(value)
        begin, stop = self._line_start(start), self._line_end(end)
        if self._text[begin:start].strip(_BLANKS):  # behind the dash of a list
            more = i + 1 < len(inside.value)
            return start, self._start(inside.value[i + 1][0]) if more else end, ""
        behind = self._text[end:stop].strip()
        if behind:
            return start, stop, behind
        after = self._text.find("\n", stop)
        return begin, len(self._text) if after < 0 or stop == end == after + 1 else after + 1, ""


def _key(pair: _Pair) -> str:
    return str(pair[0].value)


def _pair(inside: Map, key: str) -> _Pair | None:
    """Return the entry of a key; one that is spelled with hyphens where none is spelled so."""
    named = [one for one in inside.value if isinstance(one[0], yaml.ScalarNode)]
    exact = (one for one in named if one[0].value == key)
    alike = (one for one in named if one[0].value.replace("-", "_") == key)
    return next(exact, None) or next(alike, None)


def value_of(inside: Map, key: str) -> yaml.Node | None:
    """Return the value of a key, hyphens in it read as the plan reads them."""
    pair = _pair(inside, key)
    return pair[1] if pair is not None else None
