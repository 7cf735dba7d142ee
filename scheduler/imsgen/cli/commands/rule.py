"""`imsgen rule`."""

from __future__ import annotations

from difflib import get_close_matches
from textwrap import fill
from typing import TYPE_CHECKING

import click

from imsgen.cli.console import Console
from imsgen.cli.options import common_options

if TYPE_CHECKING:
    from imsgen.diagnostics.codes import Code


@click.command("rule", short_help="Explain the code of a message")
@common_options
@click.argument("code", required=False)
@click.pass_obj
def command(console: Console, /, *, code: str | None) -> int:
    """Explain a code of a message, with an example; without one, list all codes.

    \b
    imsgen rule IMS203
    """
    from imsgen.diagnostics.codes import all_codes

    codes = all_codes()
    if code is None:
        console.data(
            "\n".join(f"{one.code}  {one.severity:<8} {one.title}" for one in codes.values())
        )
        console.document("ok", codes=[_content(one) for one in codes.values()])
        return 0
    name = code.upper().strip("[]")
    name = f"IMS{name}" if name.isdigit() else name
    if name not in codes:
        close = get_close_matches(name, codes, 1)
        meant = f"did you mean `{close[0]}`?" if close else "`imsgen rule` lists them"
        raise click.UsageError(f"`{code}` is not a code: {meant}")
    console.data(page(codes[name]))
    console.document("ok", codes=[_content(codes[name])])
    return 0


def page(code: Code) -> str:
    """Return the documentation of a code as text."""
    parts = [f"{code.code}: {code.title} ({code.severity})", _wrapped(code.explanation)]
    if code.bad:
        parts.append("Instead of\n\n" + _indented(code.bad))
    if code.good:
        parts.append(("write\n\n" if code.bad else "Write\n\n") + _indented(code.good))
    return "\n\n".join(part for part in parts if part)


def _wrapped(text: str) -> str:
    """Return paragraphs filled to a readable width; what is indented or listed stays."""
    paragraphs = []
    for paragraph in text.strip().split("\n\n"):
        kept = paragraph.startswith((" ", "-", "*", "|", "`" * 3))
        paragraphs.append(paragraph if kept else fill(paragraph, 88, break_long_words=False))
    return "\n\n".join(paragraphs)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.strip("\n").splitlines())


def _content(code: Code) -> dict[str, str]:
    return {
        "code": code.code,
        "title": code.title,
        "severity": str(code.severity),
        "explanation": code.explanation,
        "bad": code.bad,
        "good": code.good,
    }
