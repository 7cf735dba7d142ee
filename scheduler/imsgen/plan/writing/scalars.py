"""One value as YAML: plain where every reader sees the same text, quoted where not."""

from __future__ import annotations

import re

_TELLING = frozenset(":#,[]{}&*!|>%@\"'`")
"""Characters that mean something somewhere in YAML: text that holds one is quoted."""
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "~"})
_LIKE_A_NUMBER = re.compile(r"[-+.]?\d[\d_.,eExXaAbBcCdDfFoO+-]*")
_UNSAFE_START = re.compile(r"[-?<=](\s|$)|<<|---|\.\.\.|[-?=.]")
_NOTATION = re.compile(r"[^\s#\[\]{}&*!|>%@\"'`,:?-][^\[\]{},\"]*|-?[\w.][^\[\]{},\"]*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def words(text: str) -> str:
    """Return free text, in double quotes unless it can only be read as this text."""
    if (
        not text
        or text != text.strip()
        or not text.isprintable()
        or any(char in _TELLING for char in text)
        or text.lower() in _WORDS
        or _LIKE_A_NUMBER.fullmatch(text)
        or _UNSAFE_START.match(text)
    ):
        return quoted(text)
    return text


def quoted(text: str) -> str:
    """Return text in double quotes, what does not print as escapes."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def notation(text: str) -> str:
    """Return a value in the plan's notation as it stands.

    Raises
    ------
    ValueError
        If YAML would read it as something else: then it is no notation but free text.
    """
    if (
        _NOTATION.fullmatch(text)
        and ": " not in text
        and " #" not in text
        and text[-1] not in ": "
    ):
        return text
    raise ValueError(f"{text!r} is not written as a value of a plan")
