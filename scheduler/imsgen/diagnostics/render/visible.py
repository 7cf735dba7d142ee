"""Text that is safe and aligned on a terminal."""

from __future__ import annotations

import re
import unicodedata

TAB = 4
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff]"
)


def visible(text: str) -> str:
    r"""Return text with control and direction characters spelled out, U+001B as `\x1b`."""
    return _UNSAFE.sub(_escape, text) if _UNSAFE.search(text) else text


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    known = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    number = ord(character)
    return known.get(character) or (f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}")


def cells(line: str) -> list[tuple[str, int]]:
    """Return what to print for each character, with the columns it takes on a terminal."""
    found: list[tuple[str, int]] = []
    column = 0
    for character in line:
        if character == "\t":
            width = TAB - column % TAB
            shown = " " * width
        elif _UNSAFE.match(character):
            shown = visible(character)
            width = len(shown)
        else:
            shown, width = character, width_of(character)
        found.append((shown, width))
        column += width
    return found


def width_of(character: str) -> int:
    """Return the columns of a printable character: 0 combining, 2 wide, else 1."""
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
