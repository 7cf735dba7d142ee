"""`imsgen completion`."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from imsgen.cli.console import Console
from imsgen.cli.options import common_options

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command("completion", short_help="Complete commands in your shell")
@common_options
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_obj
def command(console: Console, /, *, shell: str) -> int:
    """Write the script that completes commands and options in a shell.

    \b
    imsgen completion bash > ~/.local/share/bash-completion/completions/imsgen
    imsgen completion zsh  > ~/.zfunc/_imsgen
    imsgen completion fish > ~/.config/fish/completions/imsgen.fish
    imsgen completion powershell >> $PROFILE
    """
    from imsgen.cli.main import cli

    found = get_completion_class(shell) or ShellComplete
    script = found(cli, {}, "imsgen", "_IMSGEN_COMPLETE").source()
    if not console.json:
        click.echo(script)  # tabs and all
    console.document("ok", shell=shell, script=script)
    return 0
