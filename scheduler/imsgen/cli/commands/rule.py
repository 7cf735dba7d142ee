"""`imsgen rule`."""

from __future__ import annotations

from difflib import get_close_matches
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
    from imsgen.diagnostics.explain import page

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
        close = get_close_matches(name, codes, 1, 0.8)
        meant = f"did you mean `{close[0]}`?" if close else "`imsgen rule` lists them"
        raise click.UsageError(f"`{code}` is not a code: {meant}")
    console.data(page(codes[name]))
    console.document("ok", codes=[_content(codes[name])])
    return 0


def _content(code: Code) -> dict[str, str]:
    return {
        "code": code.code,
        "title": code.title,
        "severity": str(code.severity),
        "explanation": code.explanation,
        "bad": code.bad,
        "good": code.good,
    }
