"""`imsgen update`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsgen.cli.console import Console
from imsgen.cli.options import FILE, PLAN, common_options

if TYPE_CHECKING:
    from imsgen.formats.xlsx.update import Update


@click.command("update", short_help="Bring back what people filled in in the workbook")
@common_options
@click.option("--write", is_flag=True, help="Change the plan; without it the changes are listed.")
@click.argument("plan", type=PLAN)
@click.argument("workbook", type=FILE)
@click.pass_obj
def command(console: Console, /, *, plan: Path, workbook: Path, write: bool) -> int:
    """Bring what people filled in in the workbook back into the plan.

    Percent complete, actual dates, what remains, owner, notes, decisions of gates and the status
    date, by id: only cells that differ from what was exported. Where the plan changed too, that is
    a conflict. Comments and order of the plan stay, its files change all or none. The workbook is
    only read: solve for a new one.

    \b
    imsgen update go-live.yaml go-live.xlsx
    imsgen update go-live.yaml go-live.xlsx --write
    """
    from imsgen.cli.plans import load_plan
    from imsgen.errors import UsageError
    from imsgen.formats.xlsx.update import update_plan
    from imsgen.schedule import write_files

    if not workbook.exists():
        raise UsageError(f"there is no file `{workbook}`")
    project = load_plan(console, plan).project
    found = update_plan(plan, project, workbook)
    console.summary(_listed(found))
    console.diagnostics(found.remarks)
    for id_ in found.missing:
        console.note(f"note: `{id_}` has no row in the workbook; the plan keeps it")
    if write:
        write_files({path: text.encode() for path, text in found.texts.items()})
    if found.changes:
        told = "Written" if write else "Nothing is written: add --write to change"
        names = "\n".join(f"  {path.name}" for path in found.texts)
        console.summary(f"\n{told}\n{names}")
    console.document(
        "ok",
        changes=[
            {"id": one.id, "key": one.key, "old": one.old, "new": one.new, "cell": one.place}
            for one in found.changes
        ],
        files=[str(path) for path in found.texts] if write else [],
        missing=list(found.missing),
    )
    return 0


def _listed(found: Update) -> str:
    """Return the changes, a line each."""
    if not found.changes:
        return "Nothing was changed in the workbook"
    width = max(len(f"{one.id} {one.key}") for one in found.changes)
    lines = ["Changes"]
    for one in found.changes:
        name = f"{one.id} {one.key}".strip()
        old, new = (" ".join(text.split()) or "nothing" for text in (one.old, one.new))
        percent = "%" if one.key == "percent_complete" else ""
        lines.append(f"  {name:<{width}}  {old}{percent} -> {new}{percent}  ({one.place})")
    return "\n".join(lines)
