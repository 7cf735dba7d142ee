"""The entry point: `imsgen COMMAND`."""

from __future__ import annotations

import sys

import click

from imsgen import __version__
from imsgen.cli.group import ImsgenGroup

COMMANDS = (
    "new",
    "check",
    "solve",
    "verify",
    "export",
    "invite",
    "show",
    "diff",
    "gates",
    "roster",
    "import",
    "update",
    "rehearse",
    "status",
    "baseline",
    "schema",
    "rule",
    "completion",
)
"""In the order of the help; each is a module of :mod:`imsgen.cli.commands`."""


@click.group(
    cls=ImsgenGroup,
    names=COMMANDS,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "auto_envvar_prefix": "IMSGEN",
        "max_content_width": 100,
    },
)
@click.version_option(__version__, "--version", message="imsgen %(version)s")
def cli() -> None:
    """Turn a plan kept as text into a verified optimal schedule and its files.

    \b
    imsgen new cutover go-live.yaml    start a plan from a template
    imsgen check go-live.yaml          report every problem of the plan
    imsgen solve go-live.yaml          find the dates, write workbook, calendar and MS Project file
    imsgen show go-live.yaml --why load
    imsgen diff approved go-live.yaml  tell what moved, why, and who must be told
    imsgen import plan.xml             make a plan of a file from MS Project

    Every option can be given as a variable: IMSGEN_SOLVE_TIME_LIMIT=5m is
    `imsgen solve --time-limit 5m`. Exit codes: 0 done, 1 the plan has errors, 2 wrong usage,
    3 no schedule exists, 4 none found in the limit, 5 a bug of ours, 130 interrupted.
    """


def main() -> None:
    """Run the command line; plans are UTF-8 whatever the console is set to."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    cli.main(prog_name="imsgen")
