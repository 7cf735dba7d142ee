"""What could not be carried over, a line a kind, with number and name of everything concerned."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

_SHOWN = 12
_CELL = re.compile(r"(.*!)([A-Z]{1,3})(\d+)")


class Labelled(Protocol):
    """A thing of some file that people know by a label."""

    @property
    def label(self) -> str:
        """Return what people look for in the file."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of loss and what it happened to."""

    text: str
    things: tuple[str, ...]

    def line(self) -> str:
        """Return it in one line, naming a dozen."""
        if not self.things:
            return self.text
        shown = ", ".join(self.things[:_SHOWN])
        more = len(self.things) - _SHOWN
        return f"{self.text}: {shown}{f' and {more} more' if more > 0 else ''}"

    def places(self) -> list[str]:
        """Return what it happened to; cells one below the other as one range, ``Plan!B4:B9``."""
        found: list[str] = []
        column, first, last = "", 0, 0
        for thing in self.things:
            cell = _CELL.fullmatch(thing)
            if cell is None:
                found.append(thing)
                column = ""
                continue
            row = int(cell[3])
            if column == cell[1] + cell[2] and row == last + 1:
                found[-1] = f"{column}{first}:{cell[2]}{row}"
            else:
                found.append(thing)
                column, first = cell[1] + cell[2], row
            last = row
        return found

    def short(self) -> str:
        """Return it without names, counted."""
        count = len(self.things)
        return f"{self.text} ({count} {'time' if count == 1 else 'times'})" if count else self.text


class Losses:
    """Collects losses in the order they are met."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, None]] = {}

    def add(self, text: str, thing: Labelled | str | None = None) -> None:
        """Note a loss; ``thing`` is what it happened to."""
        things = self._found.setdefault(text, {})
        if thing:
            things[thing if isinstance(thing, str) else thing.label] = None

    def found(self) -> tuple[Loss, ...]:
        """Return the losses."""
        return tuple(Loss(text, tuple(things)) for text, things in self._found.items())
