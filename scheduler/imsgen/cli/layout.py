"""Text that fits the screen: broken between its parts, not in the middle of a date."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from shutil import get_terminal_size
from textwrap import wrap
from typing import Final

WIDTH: Final = 96
"""Columns where there is no terminal, and the most used on one."""
_NARROWEST: Final = 72
"""Columns below which lines are left to the terminal."""


def screen_width() -> int:
    """Return the columns to write on stdout."""
    if not sys.stdout.isatty():
        return WIDTH
    return min(WIDTH, max(_NARROWEST, get_terminal_size().columns))


def filled(parts: Sequence[str], width: int, hang: int) -> Iterator[str]:
    """Yield lines of as many parts as fit, the second line and the next indented by ``hang``."""
    line = parts[0]
    for part in parts[1:]:
        if len(line) + 1 + len(part) > width:
            yield line
            line = " " * hang + part
        else:
            line = f"{line} {part}"
    yield line


def wrapped(text: str, width: int, indent: int) -> Iterator[str]:
    """Yield the lines of a text, all indented, no word of it cut."""
    yield from wrap(
        text,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
