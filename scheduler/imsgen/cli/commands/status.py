"""`imsgen status`."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from imsgen.cli.console import Console
from imsgen.cli.options import FILE, PLAN, common_options


def _complete(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return ids of the plan, and states once an id stands there."""
    from imsgen.cli.reporting import completed

    plan = ctx.params.get("plan")
    said = ctx.params.get("reports") or ()
    found = completed(Path(plan), said, incomplete) if plan else []
    return [CompletionItem(text, help=help_) for text, help_ in found]


@click.command("status", short_help="Write down what has started and finished")
@common_options
@click.option("--at", metavar="TIME", default="", help="When: `02:40`, or with its date.")
@click.option("--remaining", metavar="DURATION", default="", help="What is left of it: `2h`.")
@click.option(
    "--as-of",
    metavar="TIME",
    default="",
    help="The new status date. [default: the last time reported, if that is later]",
)
@click.option(
    "--as-planned",
    is_flag=True,
    help="What should have happened by --as-of and is not reported went as the schedule says.",
)
@click.option("--from", "table", type=FILE, help="A CSV file, or the workbook, with the reports.")
@click.option("--correct", is_flag=True, help="What is reported replaces what is known.")
@click.option("--dry-run", is_flag=True, help="Check and list the changes; write nothing.")
@click.argument("plan", type=PLAN)
@click.argument("reports", nargs=-1, metavar="[ID STATE]...", shell_complete=_complete)
@click.pass_obj
def command(
    console: Console,
    /,
    *,
    plan: Path,
    reports: tuple[str, ...],
    at: str,
    remaining: str,
    as_of: str,
    as_planned: bool,
    table: Path | None,
    correct: bool,
    dry_run: bool,
) -> int:
    """Write down in the plan what has started and finished, and move its status date.

    A STATE is started, finished, 60% or waiting, with its time as in finished@02:40 or --at; a
    time alone is the one nearest to the status date, no time at all is the status date. Several
    ids may share a state, and states follow each other. What is known already is refused unless
    --correct. It goes to progress.yaml, which is made when missing; comments and order stay.

    \b
    imsgen status go-live.yaml stop finished@01:10 load started --at 01:15
    imsgen status go-live.yaml load 60% --remaining 2h --as-of 03:00
    imsgen status go-live.yaml --as-planned --as-of "2027-03-12 15:00"
    imsgen status go-live.yaml --from reports.csv --dry-run
    """
    from imsgen.cli.plans import load_plan
    from imsgen.cli.reporting import Said, from_workbook, gathered, listed
    from imsgen.schedule import write_files

    if as_planned and not as_of:
        raise click.UsageError("`--as-planned` until when? add `--as-of TIME`")
    project = load_plan(console, plan).project
    if not (reports or as_of or table):
        console.data("\n".join(listed(project)))
        console.document("ok", changes=[], files=[], dry_run=dry_run)
        return 0
    if table is not None and table.suffix.lower() == ".xlsx":
        if reports or at or as_of or remaining or correct or as_planned:
            raise click.UsageError("a workbook says all by itself: leave the other reports out")
        found = from_workbook(plan, project, table)
    else:
        said = Said(reports, at, remaining, as_of, table, correct, as_planned)
        found = gathered(plan, project, said)
    console.diagnostics(found.remarks)
    console.summary("\n".join(found.lines) if found.lines else "Nothing new is reported")
    if not dry_run:
        write_files({path: text.encode() for path, text in found.texts.items()})
    if found.texts:
        told = "Nothing is written" if dry_run else "Written"
        names = [
            f"  {plan.parent / path.relative_to(plan.resolve().parent)}" for path in found.texts
        ]
        console.summary("\n".join([f"\n{told}", *names]))
    console.document(
        "ok",
        changes=list(found.changes),
        files=[] if dry_run else [str(path) for path in found.texts],
        dry_run=dry_run,
    )
    return 0
