"""Text of a plan made fit for a diary: one line or plain paragraphs, whatever it holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SUMMARY_LIMIT = 255
"""Characters of a subject in Outlook, counted as :func:`subject` counts them."""
CATEGORY_LIMIT = 100
DESCRIPTION_LIMIT = 8000

_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")


def one_line(text: str, limit: int = SUMMARY_LIMIT) -> str:
    """Return the text on one line, without control characters, at most ``limit`` characters."""
    return _cut(_SPACES.sub(" ", _printable(_BREAKS.sub(" ", text))).strip(), limit)


def subject(text: str) -> str:
    """Return the text on one line, short enough for a subject however characters are counted.

    Those that are escaped in the file count twice, as do those of two UTF-16 units.
    """
    line = one_line(text)
    room = SUMMARY_LIMIT
    for i, character in enumerate(line):
        room -= 2 if character in "\\;," or ord(character) > 0xFFFF else 1
        if room < 0:
            return _cut(line, i - 1)
    return line


def paragraphs(text: str, limit: int = DESCRIPTION_LIMIT) -> str:
    r"""Return the text with ``\n`` as its only line break and control character."""
    lines = (_printable(line).rstrip() for line in _BREAKS.split(text))
    return _cut("\n".join(lines).strip(), limit)


def category(text: str) -> str:
    """Return the text as a category: Outlook takes commas and semicolons out."""
    return one_line(re.sub(r"[,;\\]", " ", text), CATEGORY_LIMIT)


def distinct(texts: Iterable[str]) -> list[str]:
    """Return the non-empty texts once each, case aside, in their order."""
    found: dict[str, str] = {}
    for text in texts:
        if text:
            found.setdefault(text.casefold(), text)
    return list(found.values())


def _printable(text: str) -> str:
    """Drop control characters and replace what UTF-8 cannot hold; a tab becomes a space."""
    if text.isprintable():
        return text
    kept = []
    for character in text.replace("\t", " "):
        kind = unicodedata.category(character)
        if kind == "Cs":
            kept.append("\ufffd")
        elif kind != "Cc":
            kept.append(character)
    return "".join(kept)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
