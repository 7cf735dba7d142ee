"""`imsgen check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsgen.cli.console import Console
from imsgen.cli.options import PLAN_OR_STDIN, common_options

if TYPE_CHECKING:
    from imsgen.diagnostics import Diagnostic
    from imsgen.errors import UsageError

FORMS = ("full", "concise", "json", "github", "sarif")
FOR_MACHINES = ("json", "github", "sarif")


@click.command("check", short_help="Report every problem of plans")
@common_options
@click.option(
    "--output-format",
    "form",
    type=click.Choice(FORMS),
    default="full",
    help="How to show problems: with the source, one a line, or for a machine. [default: full]",
)
@click.option("--strict", is_flag=True, help="Warnings make the exit code 1 as well.")
@click.argument("plans", nargs=-1, required=True, type=PLAN_OR_STDIN)
@click.pass_obj
def command(console: Console, /, *, plans: tuple[Path, ...], form: str, strict: bool) -> int:
    """Report every problem of plans without solving them.

    A plan named - is read from standard input; it includes files of the current folder.

    \b
    imsgen check go-live.yaml
    imsgen check plans/*.yaml --output-format github
    git show HEAD:go-live.yaml | imsgen check -
    """
    from imsgen.cli.plans import load_plan, shown_plan
    from imsgen.diagnostics import Severity
    from imsgen.errors import PlanError, UsageError
    from imsgen.schedule.views import counted

    found: list[Diagnostic] = []
    lines = []
    unreadable: list[UsageError] = []
    for plan in plans:
        try:
            loaded = load_plan(console, plan)
        except UsageError as error:
            unreadable.append(error)
            continue
        except PlanError as error:
            problems = error.diagnostics
            lines.append(f"{shown_plan(plan)}: {_amounts(problems)}")
        else:
            problems = loaded.diagnostics
            size = counted(len(loaded.project.activities), "activity")
            lines.append(f"{shown_plan(plan)}: {size}, {_amounts(problems)}")
        found.extend(problems)
    _show(console, found, form)
    if lines and form not in FOR_MACHINES:
        console.summary("\n".join(lines))
    failed = any(one.severity is Severity.ERROR for one in found)
    if unreadable:
        for one in unreadable[:-1]:
            console.failure(str(one))
        raise unreadable[-1]
    console.document("error" if failed else "ok", plans=[shown_plan(plan) for plan in plans])
    return 1 if failed or (strict and _any_warning(found)) else 0


def _show(console: Console, found: list[Diagnostic], form: str) -> None:
    if form == "full" or console.json:
        console.diagnostics(found)
        return
    from imsgen.diagnostics.render import render

    text = render(found, form, color=console.colored(err=form not in FOR_MACHINES)).rstrip("\n")
    if form in FOR_MACHINES:
        console.data(text)
    elif text:
        console.error(text)


def _amounts(found: tuple[Diagnostic, ...]) -> str:
    from imsgen.diagnostics import Severity
    from imsgen.schedule.views import counted

    amounts = [
        counted(sum(one.severity is severity for one in found), str(severity))
        for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE)
        if any(one.severity is severity for one in found)
    ]
    return ", ".join(amounts) or "no problems"


def _any_warning(found: list[Diagnostic]) -> bool:
    from imsgen.diagnostics import Severity

    return any(one.severity is Severity.WARNING for one in found)
