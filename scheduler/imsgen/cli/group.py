"""A group that imports a command when it is asked for, and turns failures into exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from keyword import iskeyword
from typing import Any, NoReturn

import click

from imsgen.cli.console import Console
from imsgen.cli.failures import report_failure


class ImsgenGroup(click.Group):
    """The top-level command.

    ``names`` are modules of :mod:`imsgen.cli.commands`, each with an object ``command``; one that
    is a word of Python has a ``_`` behind it.
    """

    def __init__(self, *args: Any, names: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self._names = tuple(names)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of their use."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self._names:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        module = import_module(f"imsgen.cli.commands.{name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was meant."""
        name = args[0]
        if name not in self._names and not name.startswith("-"):
            close = get_close_matches(name, self._names, 1)
            if close:
                meant = f"did you mean `{close[0]}`?"
            elif name.endswith((".yaml", ".yml")):
                meant = f"to solve a plan write `imsgen solve {name}`"
            else:
                meant = "`imsgen --help` lists the commands"
            raise click.UsageError(f"`{name}` is not a command: {meant}", ctx)
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> NoReturn:
        """Run a command and exit with the code its outcome has."""
        more["standalone_mode"] = False
        console = more.setdefault("obj", Console())
        # A wrong option is found before any is read, and the answer is JSON all the same.
        console.json = "--json" in (sys.argv[1:] if args is None else args)
        try:
            code = super().main(args, *rest, **more)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has seen enough; keep the interpreter from failing once more at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0
        except Exception as error:
            code = report_failure(error, console)
        except KeyboardInterrupt as error:
            code = report_failure(error, console)
        sys.exit(code if isinstance(code, int) else 0)
