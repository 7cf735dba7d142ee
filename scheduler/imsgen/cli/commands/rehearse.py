"""`imsgen rehearse`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsgen.cli.console import Console
from imsgen.cli.options import FILE, PLAN, common_options, units

if TYPE_CHECKING:
    from imsgen.analysis.rehearsal import Step
    from imsgen.cli.rehearsal import Night
    from imsgen.model import Project, Schedule

_SECONDS = 60.0
"""Wall-clock safety net of a solve."""


@click.command("rehearse", short_help="Learn durations from rehearsals")
@common_options
@click.option("--write", is_flag=True, help="Change the plan; without it durations are listed.")
@click.option(
    "--learn",
    type=click.Choice(["three-point", "longest", "last"]),
    default="three-point",
    show_default=True,
    help="What to plan: least, last and most of all seen and planned; the longest seen; the last.",
)
@click.option(
    "--effort", type=units, default="3", show_default=True, help="Units of work a solve takes."
)
@click.argument("plan", type=PLAN)
@click.argument("actuals", type=FILE, nargs=-1, required=True)
@click.pass_obj
def command(
    console: Console,
    /,
    *,
    plan: Path,
    actuals: tuple[Path, ...],
    write: bool,
    learn: str,
    effort: float,
) -> int:
    """Put the timings of rehearsals beside the plan, and propose durations for the real night.

    ACTUALS are files, the oldest rehearsal first: CSV with a row `id,start,finish` or
    `id,duration` (and `pause`, where work stopped), or the workbook with its actual dates filled
    in. Shown are each step as planned and taken, the sum along the driving chain, and what the
    night comes to when solved with what was learned: with the likely durations, and with the
    most of each. With --write the durations go into the plan; comments and layout stay.

    \b
    imsgen rehearse go-live.yaml rehearsal-1.csv
    imsgen rehearse go-live.yaml rehearsal-1.csv rehearsal-2.csv --write
    """
    from imsgen.analysis.rehearsal import Learning, learned, sums, untimed
    from imsgen.cli.plans import load_plan
    from imsgen.cli.rehearsal import (
        nights_table,
        records,
        steps_table,
        sums_record,
        sums_text,
        untimed_text,
    )
    from imsgen.diagnostics import Report
    from imsgen.errors import Infeasible, PlanError
    from imsgen.formats.rehearsal import read_rehearsal, rewritten
    from imsgen.model import to_text
    from imsgen.plan import load_edited
    from imsgen.schedule import write_files

    project = load_plan(console, plan).project
    report = Report()
    rehearsals = [read_rehearsal(path, project, report) for path in actuals]
    if report.failed:
        raise PlanError(report.sorted())
    if not any(rehearsals):
        console.summary("No step of the plan was timed")
        console.document("ok", steps=[], files=[])
        return 0
    now = _published(console, project, plan, effort)
    found = rewritten(plan, project, learned(now, rehearsals, Learning(learn)))
    after = load_edited(plan, found.texts).project if found.texts else project
    nights = _nights(console, now, after, found.steps, effort)
    parts = [
        steps_table(found.steps),
        sums_text(sums(found.steps)),
        untimed_text(untimed(project, now, found.steps)),
        nights_table(nights),
    ]
    console.summary("\n\n".join(part for part in parts if part))
    if write:
        write_files({path: text.encode() for path, text in found.texts.items()})
    if found.texts:
        told = "Written" if write else "Nothing is written: add --write to change"
        names = "\n".join(f"  {path.name}" for path in found.texts)
        console.summary(f"\n{told}\n{names}")
    fits = all(night.schedule is not None for night in nights[:2])
    console.document(
        "ok" if fits else "infeasible",
        steps=records(found.steps),
        sums=sums_record(found.steps),
        nights={
            night.label: None if night.schedule is None else to_text(night.schedule.finish)
            for night in nights
        },
        files=[str(path) for path in found.texts] if write else [],
    )
    return 0 if fits else Infeasible.exit_code


def _published(console: Console, project: Project, plan: Path, effort: float) -> Schedule:
    """Return the schedule beside the plan if it is still the plan's, else a fresh one."""
    from imsgen.cli.outputs import schedule_path
    from imsgen.schedule import plan_hash, read_schedule

    beside = schedule_path(plan, None)
    if beside.exists():
        known = read_schedule(beside)
        if known.plan_hash == plan_hash(project):
            return known
    return _solved(console, project, effort)


def _solved(console: Console, project: Project, effort: float) -> Schedule:
    from imsgen.analysis import solve
    from imsgen.cli.interruptible import interruptible
    from imsgen.cli.progress import progress_line
    from imsgen.cli.settings import cores
    from imsgen.solver import Settings

    line = progress_line(console, project.timezone)
    settings = Settings(effort=effort, time_limit=_SECONDS, levels=2, workers=cores())
    try:
        return interruptible(lambda: solve(project, settings, line), line.interrupt, console.note)
    finally:
        line.clear()


def _nights(
    console: Console, now: Schedule, after: Project, steps: Sequence[Step], effort: float
) -> list[Night]:
    """Return the plan as it is, with what was learned, and with the most of each step."""
    from imsgen.cli.rehearsal import Night
    from imsgen.errors import Infeasible, NoSolution

    most = {one.id: one.proposed.most for one in steps if one.proposed is not None}
    slow = {
        id_: replace(one, modes=(replace(one.modes[0], duration=most[id_]),))
        if id_ in most
        else one
        for id_, one in after.activities.items()
    }
    nights = [Night("as planned", now)]
    worst = replace(after, activities=slow)
    for label, project in (("as learned", after), ("most of each", worst)):
        try:
            nights.append(Night(label, _solved(console, project, effort)))
        except (Infeasible, NoSolution) as error:
            nights.append(Night(label, None))
            if isinstance(error, Infeasible):
                console.diagnostics(error.diagnostics)
    return nights
