"""Readable ids from names: ``Load & convert data (2)`` is ``load-convert-data-2``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 28
"""Letters of an id, unless its first word alone is longer."""
_MOST = 64
_SPLIT = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ł": "l", "&": " "})
VALID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}")


def slug(name: str, otherwise: str) -> str:
    """Return a name as an id: its first words, in lower case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    words = [word for word in _SPLIT.split(plain.encode("ascii", "ignore").decode()) if word]
    if not words:
        return otherwise
    found = words[0][:_MOST]
    for word in words[1:]:
        if len(found) + 1 + len(word) > _LONGEST:
            break
        found += f"-{word}"
    return found


class Ids:
    """Ids that differ in more than case; many of one name are numbered without looking again."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = {id_.casefold() for id_ in reserved}
        self._numbers: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Return an id that is not taken, and take it: as wanted, else with the first number."""
        found, number = wanted, self._numbers.get(wanted, 1)
        while found.casefold() in self._taken:
            number += 1
            mark = f"-{number}"
            found = wanted[: _MOST - len(mark)] + mark
        self._numbers[wanted] = number
        self._taken.add(found.casefold())
        return found
