"""Mending a line that is not YAML, so that what follows it can be read."""

from __future__ import annotations

import re

PLACEHOLDER = "\ue000"
"""Stands where a value could not be read."""

_KEYED = re.compile(
    r"^(\s*(?:- +)*)((?:\"[^\"]*\"|'[^']*'|[^\s\"'#{}\[\],:][^:#]*?):)(\s+)(\S.*)$"
)
_BARE = re.compile(r"^\s*[^\s:#{}\[\],\"'][^:#{}\[\],\"']*$")
_CLOSERS = re.compile(r"^\s*[\]},]+\s*$")


class Repairs:
    """A text and the lines of it that were mended.

    A line is first given a value that says nothing, keeping its key; if that does not help, it
    is emptied.
    """

    def __init__(self, text: str) -> None:
        self.original = text.split("\n")
        self.lines = list(self.original)
        self.tried: dict[int, int] = {}

    @property
    def text(self) -> str:
        """The text as mended so far."""
        return "\n".join(self.lines)

    def mends(self, line: int) -> bool:
        """Whether anything is left to try on a line, counted from 0."""
        return 0 <= line < len(self.lines) and bool(self.lines[line].strip())

    def mend(self, line: int) -> None:
        """Change a line so that the parser gets past it."""
        attempt = self.tried.get(line, 0)
        self.tried[line] = attempt + 1
        text = self.lines[line]
        if attempt == 0 and (keyed := _KEYED.match(text)):
            comma = "," if text.rstrip().endswith(",") else ""
            self.lines[line] = f"{keyed[1]}{keyed[2]} {PLACEHOLDER}{comma}"
            self._blank_continuation(line)
        elif attempt == 0 and _BARE.match(text) and self._has_children(line):
            self.lines[line] = text.rstrip() + ":"
        else:
            self.lines[line] = ""

    def _indent(self, line: int) -> int:
        text = self.lines[line]
        return len(text) - len(text.lstrip())

    def _has_children(self, line: int) -> bool:
        for other in range(line + 1, len(self.lines)):
            if self.lines[other].strip():
                return self._indent(other) > self._indent(line)
        return False

    def _blank_continuation(self, line: int) -> None:
        indent = self._indent(line)
        for other in range(line + 1, len(self.lines)):
            text = self.lines[other]
            if text.strip() and self._indent(other) <= indent and not _CLOSERS.match(text):
                return
            self.lines[other] = ""
