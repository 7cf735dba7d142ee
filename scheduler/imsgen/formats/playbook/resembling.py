"""Which of many names resembles another, without comparing each with each."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

_RESEMBLES = 0.84
_MOST_COMPARED = 24
"""Names compared with one: those that share its rarest words."""
_COMMON = 200
"""A word of so many names tells nothing about any of them."""


class Resembling:
    """Names as they are compared, and as people write them."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._of_word: dict[str, list[str]] = {}
        for name in names:
            for word in dict.fromkeys(name.split()):
                self._of_word.setdefault(word, []).append(name)

    def closest(self, name: str) -> str:
        """Return the name most like another one as people write it, empty if none is like it."""
        found = max(
            ((_likeness(name, one), -place, one) for place, one in enumerate(self._near(name))),
            default=(0.0, 0, ""),
        )
        return self._names[found[2]] if found[0] >= _RESEMBLES else ""

    def _near(self, name: str) -> list[str]:
        lists = [self._of_word.get(word, []) for word in dict.fromkeys(name.split())]
        near: dict[str, None] = {}
        for one in sorted(lists, key=len):
            if len(one) > _COMMON or len(near) >= _MOST_COMPARED:
                break
            near.update(dict.fromkeys(one[:_MOST_COMPARED]))
        return [*near]


def _likeness(one: str, other: str) -> float:
    """Return how alike two names are: their letters in order, or a word more or less."""
    fewer, more = sorted((set(one.split()), set(other.split())), key=len)
    if len(fewer) >= 2 and fewer < more and len(fewer) + 1 == len(more):
        return 0.9
    return SequenceMatcher(None, one, other).ratio()
