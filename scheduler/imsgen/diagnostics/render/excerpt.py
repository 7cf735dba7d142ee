"""A line of a plan with marks under it."""

from __future__ import annotations

from dataclasses import dataclass

from imsgen.diagnostics.render.visible import cells

WIDTH = 140
"""Columns of a line that are shown; a longer one is cut around its first mark."""
MARGIN = 40
"""Columns shown before the mark of a cut line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Columns to underline, ``[start, end)`` from 0, and what to say about them."""

    start: int
    end: int
    text: str
    primary: bool = True

    @property
    def sign(self) -> str:
        """The character of the underline."""
        return "^" if self.primary else "-"


def excerpt(line: str, marks: list[Mark]) -> list[tuple[str, Mark | None]]:
    """Return the line and one underline for each mark, the mark beside its underline."""
    shown = cells(line.rstrip())
    first, last = _window(shown, marks)
    text = "".join(character for character, _ in shown[first:last])
    prefix = "…" if first > 0 else ""
    suffix = "…" if last < len(shown) else ""
    rows: list[tuple[str, Mark | None]] = [(f"{prefix}{text}{suffix}", None)]
    for mark in marks:
        start = min(max(mark.start, first), max(last, first))
        end = min(max(mark.end, start + 1), max(last, start + 1))
        indent = len(prefix) + sum(width for _, width in shown[first:start])
        length = max(sum(width for _, width in shown[start:end]), 1)
        label = f" {mark.text}" if mark.text else ""
        rows.append((" " * indent + mark.sign * length + label, mark))
    return rows


def _window(shown: list[tuple[str, int]], marks: list[Mark]) -> tuple[int, int]:
    """Return the characters ``[first, last)`` of a line that fit, with the first mark in them."""
    if sum(width for _, width in shown) <= WIDTH or not marks:
        return 0, len(shown)
    first = marks[0].start
    before = 0
    while first > 0 and before + shown[min(first, len(shown)) - 1][1] <= MARGIN:
        first -= 1
        before += shown[first][1]
    first = min(first, len(shown))
    last, used = first, 0
    while last < len(shown) and used + shown[last][1] <= WIDTH:
        used += shown[last][1]
        last += 1
    while first > 0 and used + shown[first - 1][1] <= WIDTH:
        first -= 1
        used += shown[first][1]
    return first, last
