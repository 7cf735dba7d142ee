"""`imsgen baseline`."""

from __future__ import annotations

from pathlib import Path

import click

from imsgen.cli.console import Console
from imsgen.cli.options import PLAN, common_options


@click.command("baseline", short_help="Publish the schedule as what is measured against")
@common_options
@click.option("--replace", is_flag=True, help="Publish again under a name that is taken.")
@click.option("--dry-run", is_flag=True, help="Check and list the files; write nothing.")
@click.argument("plan", type=PLAN)
@click.argument("name", required=False, default="")
@click.pass_obj
def command(console: Console, /, *, plan: Path, name: str, replace: bool, dry_run: bool) -> int:
    """Publish the schedule of a plan as a baseline: dates that variance is measured from.

    The schedule file is copied to baselines/ beside the plan and named in the plan, whose comments
    and order stay. It must be that of the plan as it is now, and keep every rule. NAME is by
    default the revision, such as rev3. The first baseline of a plan is the one that variance is
    measured from.

    \b
    imsgen baseline go-live.yaml
    imsgen baseline go-live.yaml approved
    imsgen baseline go-live.yaml approved --replace
    """
    from imsgen.cli.outputs import schedule_path
    from imsgen.cli.plans import load_plan
    from imsgen.cli.publishing import publication
    from imsgen.schedule import write_files

    project = load_plan(console, plan).project
    found = publication(plan, project, schedule_path(plan, None), name, again=replace)
    if not dry_run:
        write_files(found.files)
    told = "would be" if dry_run else "is"
    if found.files:
        files = "\n".join(f"  {path}" for path in found.files)
        console.summary(f"Revision {found.revision} {told} baseline `{found.name}`\n{files}")
    else:
        console.summary(f"Revision {found.revision} is baseline `{found.name}` already")
    console.document(
        "ok",
        name=found.name,
        revision=found.revision,
        files=[] if dry_run else [str(path) for path in found.files],
        dry_run=dry_run,
    )
    return 0
