"""`imsgen new`."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

import click

from imsgen.cli.console import Console
from imsgen.cli.options import PLAN, common_options


@click.command("new", short_help="Start a plan from a template")
@common_options
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.argument("template", required=False)
@click.argument("file", required=False, type=PLAN)
@click.pass_obj
def command(console: Console, /, *, template: str | None, file: Path | None, force: bool) -> int:
    """Start a plan from a template; without one, list the templates.

    \b
    imsgen new
    imsgen new cutover go-live.yaml
    """
    from imsgen.cli.templates import templates
    from imsgen.errors import UsageError
    from imsgen.schedule import write_file

    known = templates()
    if template is None:
        width = max(map(len, known), default=0)
        lines = [f"  {one.name:<{width}}  {one.line}" for one in known.values()]
        example = next(iter(known), "minimal")
        console.data(
            "\n".join(["Templates", *lines, "", f"Start with `imsgen new {example} my-plan.yaml`"])
        )
        console.document(
            "ok", templates=[{"name": one.name, "line": one.line} for one in known.values()]
        )
        return 0
    if template not in known:
        close = get_close_matches(template, known, 1)
        meant = f"did you mean `{close[0]}`?" if close else f"choose from {', '.join(known)}"
        raise UsageError(f"`{template}` is not a template: {meant}")
    target = file or Path(f"{template}.yaml")
    if target.exists() and not force:
        raise UsageError(f"`{target}` exists: name another file, or add `--force` to replace it")
    write_file(target, known[template].text)
    console.summary(
        f"Written\n  {target}\n\nNext: `imsgen check {target}`, `imsgen solve {target}`"
    )
    console.document("ok", files=[str(target)])
    return 0
