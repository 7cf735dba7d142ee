"""Text of a methodology as people read it, and names as they are compared."""

from __future__ import annotations

import html
import re
import unicodedata

_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z&/]{1,7})\)")
_WORD = re.compile(r"[a-z0-9]+")
_FILLERS = frozenset({"and", "the", "of", "a"})
_DIGITS = re.compile(r"(\d+)")


def clean(text: str) -> str:
    """Return text without markup, entities and spaces that only look like spaces."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(char if char.isprintable() else " " for char in text)
    text = " ".join(text.split())
    return re.sub(r" ([,.;:)])", r"\1", text)


def has_markup(text: str) -> bool:
    """Whether text holds HTML or spaces that do not break."""
    return _TAG.search(text) is not None or "\xa0" in text or html.unescape(text) != text


def folded(name: str) -> str:
    """Return a name as it is compared: words without case, plural, acronym and punctuation."""
    plain = unicodedata.normalize("NFKD", _ACRONYM.sub(" ", name).casefold())
    words = _WORD.findall(plain.replace("&", " and "))
    return " ".join(_singular(word) for word in words if word not in _FILLERS)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "siu" else word


def in_order(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts `2` before `10` and both before words."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in _DIGITS.split(text[:64])
        if part
    )
