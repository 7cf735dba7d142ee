"""`imsgen schema`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from imsgen.cli.console import Console
from imsgen.cli.options import PLAN, common_options


@click.command("schema", short_help="JSON Schema of the plan file, for editors")
@common_options
@click.option("-o", "--output", type=PLAN, help="Write it to a file.")
@click.pass_obj
def command(console: Console, /, *, output: Path | None) -> int:
    """Write the JSON Schema of the plan file, for completion in editors.

    \b
    imsgen schema -o imsgen.schema.json

    and as the first line of the plan:

    \b
    # yaml-language-server: $schema=imsgen.schema.json
    """
    from imsgen.plan.syntax import json_schema
    from imsgen.schedule import write_file

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return 0
    write_file(output, text)
    console.summary(f"Written\n  {output}")
    console.document("ok", files=[str(output)])
    return 0
