"""Where excerpts come from."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

SourceOf = Callable[[str], str | None]
"""From the file of a span to its text, None when there is none to show."""

_LIMIT = 10_000_000
_BREAK = re.compile("\r\n|\r|\n")


def read_file(file: str) -> str | None:
    """Return the text of a file, or None when it cannot be read."""
    path = Path(file)
    try:
        if not path.is_file() or path.stat().st_size > _LIMIT:
            return None
        return path.read_bytes().decode("utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return None


class Lines:
    """The lines of files, each file read once and only when a line of it is asked for."""

    def __init__(self, source_of: SourceOf) -> None:
        self._source_of = source_of
        self._lines: dict[str, list[str]] = {}

    def line(self, file: str, number: int) -> str | None:
        """Return a line, counted from 1, without its break, or None."""
        if file not in self._lines:
            text = self._source_of(file)
            self._lines[file] = [] if text is None else _BREAK.split(text.removeprefix("\ufeff"))
        lines = self._lines[file]
        return lines[number - 1] if 0 < number <= len(lines) else None
