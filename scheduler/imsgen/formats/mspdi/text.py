"""Text of a plan made fit for XML and for the fields of MS Project."""

from __future__ import annotations

import re

NAME_LIMIT = 255
"""Characters of a name or a text field in Project."""
CALENDAR_NAME_LIMIT = 51

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")


def one_line(text: str, limit: int = NAME_LIMIT) -> str:
    """Return the text on one line, without what XML cannot hold, at most ``limit`` long."""
    line = _SPACES.sub(" ", _NOT_XML.sub("", _BREAKS.sub(" ", text))).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def paragraphs(text: str) -> str:
    r"""Return the text with ``\n`` as its only line break, without what XML cannot hold."""
    return _NOT_XML.sub("", _BREAKS.sub("\n", text)).strip()


def unique(name: str, taken: set[str], limit: int) -> str:
    """Return the name, numbered if it is taken, case aside; and take it."""
    candidate, n = name, 1
    while candidate.casefold() in taken:
        n += 1
        mark = f" ({n})"
        candidate = name[: limit - len(mark)] + mark
    taken.add(candidate.casefold())
    return candidate
