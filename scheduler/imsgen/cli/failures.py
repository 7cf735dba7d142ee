"""From an exception to what the user reads and the exit code."""

from __future__ import annotations

import re
import traceback

import click

from imsgen.cli.console import Console
from imsgen.diagnostics import Severity
from imsgen.errors import (
    ImsgenError,
    Infeasible,
    Interrupted,
    NoRoomError,
    NoSolution,
    PlanError,
    UsageError,
    VerificationError,
    out_of_memory,
)

INTERRUPTED = 130


def report_failure(error: BaseException, console: Console) -> int:
    """Say what went wrong and return the exit code."""
    if isinstance(error, (KeyboardInterrupt, click.Abort, Interrupted)):
        console.error("interrupted before a first schedule: nothing was written")
        console.document("interrupted")
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        console.failure(_plain(error))
        if isinstance(error, click.UsageError) and error.ctx is not None:
            console.command = console.command or error.ctx.command.name or ""
            usage, path = error.ctx.get_usage(), error.ctx.command_path
            console.error(f"\n{usage}\n`{path} --help` tells more")
        console.document("usage", message=_plain(error))
        return error.exit_code
    if isinstance(error, (PlanError, Infeasible)):
        return _plan(error, console)
    if isinstance(error, (UsageError, NoSolution)):
        console.failure(str(error))
        status = "usage" if isinstance(error, UsageError) else "no_solution"
        console.document(status, message=str(error))
        return error.exit_code
    if out_of_memory(error):
        text = _memory(error)
        console.failure(text)
        console.document("no_solution", message=text)
        return NoSolution.exit_code
    return _bug(error, console)


def _memory(error: BaseException) -> str:
    """Say that memory ran out, with how much where that is known."""
    text = "there is not enough memory to go on: allow more, or solve a smaller plan"
    return f"{text} ({error})" if isinstance(error, NoRoomError) else text


def _plan(error: PlanError | Infeasible, console: Console) -> int:
    from imsgen.schedule.views import counted

    console.diagnostics(error.diagnostics)
    if isinstance(error, Infeasible):
        console.document("infeasible")
        return error.exit_code
    amounts = {
        severity: sum(one.severity is severity for one in console.collected)
        for severity in (Severity.ERROR, Severity.WARNING)
    }
    found = [counted(amount, str(severity)) for severity, amount in amounts.items() if amount]
    console.error(f"\nfound {' and '.join(found) or 'problems'}")
    console.document("error")
    return error.exit_code


def _bug(error: BaseException, console: Console) -> int:
    """Own up to a bug, briefly; the traceback only when asked for."""
    if isinstance(error, VerificationError):
        what = "our own check found that this schedule breaks the plan:\n  " + "\n  ".join(
            error.violations
        )
    else:
        what = f"internal error: {type(error).__name__}: {error}"
    if console.verbosity > 1:
        console.error("".join(traceback.format_exception(error)).rstrip())
    console.failure(what)
    console.error(
        "\nThis is a bug in imsgen, not in your plan, and no file was written. Please report it "
        "with the plan\nand what `-vv` shows."
    )
    console.document("bug", message=what)
    return ImsgenError.exit_code


def _plain(error: click.ClickException) -> str:
    """Return what click says in the manner of our own messages: backticks, no full stop."""
    text = re.sub(r"'([^']*)'", r"`\1`", error.format_message()).removesuffix(".")
    text = text.replace(". (", " (")
    return text[:1].lower() + text[1:]
