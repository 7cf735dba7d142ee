"""What stood in the cells that nobody fills in, so that `update` sees whether somebody did.

Of each cell a few digits of a checksum are kept: enough to say that it was changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from zlib import crc32

WIDTH = 4
"""Digits of one cell."""
_FORMULA = "=" * WIDTH


def mark(text: str | None) -> str:
    """Return the digits of a cell's text; of None, which is a formula's, signs of equality."""
    if text is None:
        return _FORMULA
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return f"{crc32(plain.encode('utf-8', 'replace')) & 0xFFFF:0{WIDTH}x}"


def number_text(value: float) -> str:
    """Return what a number says, the same whichever program saved it."""
    return f"{value:.12g}"


def marks(texts: Iterable[str | None]) -> str:
    """Return the digits of a row."""
    return "".join(map(mark, texts))


def changed(kept: str, now: Mapping[int, tuple[str, bool]]) -> list[int]:
    """Return the columns, as they were exported, whose cells say something else now.

    Parameters
    ----------
    kept
        The digits of the row as exported.
    now
        Text, and whether a formula makes it, by column as exported; columns that are gone are
        left out.
    """
    found = []
    for i, (text, formula) in now.items():
        was = kept[i * WIDTH : (i + 1) * WIDTH]
        typed_over = was == _FORMULA and bool(text) and not formula
        if typed_over or was not in {"", _FORMULA, mark(text)}:
            found.append(i)
    return found


@dataclass(slots=True)
class Watched:
    """A table of a sheet as it is being written."""

    sheet: str
    first: int
    """Its first row below the headings, counted from 0."""
    headings: tuple[str, ...]
    key: int
    """The column of the ids."""
    rows: dict[int, dict[int, str | None]] = field(default_factory=dict)

    def note(self, row: int, column: int, text: str | None) -> None:
        """Keep what a cell says, None for a formula's."""
        if row >= self.first and column < len(self.headings):
            self.rows.setdefault(row, {})[column] = text

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield id and digits of each row; rows whose id another one has are left out."""
        counts = Counter(cells.get(self.key) for cells in self.rows.values())
        for cells in self.rows.values():
            id_ = cells.get(self.key)
            if id_ and counts[id_] == 1:
                yield id_, marks(cells.get(i, "") for i in range(len(self.headings)))
