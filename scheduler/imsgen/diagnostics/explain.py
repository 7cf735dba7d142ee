"""What a code means, for `imsgen rule`."""

from __future__ import annotations

from textwrap import fill

from imsgen.diagnostics.codes import Code, all_codes

WIDTH = 88


def explain(code: str) -> str:
    """Return the documentation of a code as plain text.

    Raises
    ------
    KeyError
        If there is no such code.
    """
    return page(all_codes()[code])


def page(code: Code) -> str:
    """Return the documentation of a code entry: title, explanation, a bad and a good example."""
    parts = [f"{code.code}: {code.title} ({code.severity})", wrapped(code.explanation)]
    if code.bad:
        parts.append("Instead of\n\n" + indented(code.bad))
    if code.good:
        parts.append(("write\n\n" if code.bad else "Write\n\n") + indented(code.good))
    return "\n\n".join(part for part in parts if part)


def wrapped(text: str) -> str:
    """Return paragraphs filled to a readable width; lists, tables and code stay as they are."""
    paragraphs = []
    for paragraph in text.strip().split("\n\n"):
        kept = paragraph.startswith((" ", "-", "*", "|", "`" * 3))
        filled = fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)
        paragraphs.append(paragraph if kept else filled)
    return "\n\n".join(paragraphs)


def indented(text: str) -> str:
    """Return text as a block of code."""
    return "\n".join(f"    {line}".rstrip() for line in text.strip("\n").splitlines())
