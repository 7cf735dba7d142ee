"""Text of a methodology as people read it, and names as they are compared."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from imsgen.formats.importing.ids import slug

_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_BRACKETS = re.compile(r"\(([\w&/]{2,8})\)")
_PLURAL_MARK = re.compile(r"\((?:s|es)\)", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
_DIGITS = re.compile(r"(\d+)")


def clean(text: str) -> str:
    """Return text without markup, entities and spaces that only look like spaces."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    text = " ".join(text.split())
    return re.sub(r" ([,.;:)])", r"\1", text)


def words_of(key: str) -> str:
    """Return a key such as `programManagement` as words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key)


def has_markup(text: str) -> bool:
    """Whether text holds HTML or spaces that do not break."""
    return (
        ("<" in text and _TAG.search(text) is not None)
        or "\xa0" in text
        or ("&" in text and html.unescape(text) != text)
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """How names are compared in the language of a methodology."""

    skipped: frozenset[str] = frozenset()
    """Words that make no difference: articles, `and`."""
    endings: tuple[tuple[str, str], ...] = ()
    """Endings of words and what stands for them: the first that fits."""
    kept: tuple[str, ...] = ()
    """Endings that look like one of those and are none."""

    def folded(self, name: str) -> str:
        """Return a name as it is compared: words without case, plural, acronym, punctuation."""
        plain = _BRACKETS.sub(_without_acronym, _PLURAL_MARK.sub("", name))
        plain = plain.casefold().replace("&", " and ")
        words = [word for word in _words(plain) if word not in self.skipped]
        return " ".join(map(self._single, words)) or " ".join(name.casefold().split())

    def _single(self, word: str) -> str:
        if len(word) > 3 and not word.endswith(self.kept):
            for ending, instead in self.endings:
                if word.endswith(ending) and len(word) > len(ending) + 2:
                    return word[: -len(ending)] + instead
        return word

    def id(self, name: str, otherwise: str) -> str:
        """Return a name as an id that does not end in the middle of a phrase."""
        parts = slug(name, otherwise).split("-")
        while len(parts) > 1 and parts[-1] in self.skipped:
            parts.pop()
        return "-".join(parts)


def _without_acronym(found: re.Match[str]) -> str:
    """Return brackets as they stand, unless they hold an acronym: `(IV&V)`, not `(draft)`."""
    return " " if sum(map(str.isupper, found[1])) > 1 else found[0]


def _words(text: str) -> list[str]:
    """Return the words of text in any script."""
    if text.isascii():
        return _WORD.findall(text)
    text = unicodedata.normalize("NFKC", text)
    return "".join(
        # signs on letters are part of words: in some scripts they are the vowels
        char if char.isalnum() or unicodedata.category(char).startswith("M") else " "
        for char in text
    ).split()


def in_order(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts `2` before `10` and both before words."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in _DIGITS.split(text[:64])
        if part
    )
