"""`imsgen solve`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from imsgen.cli.console import Console
from imsgen.cli.options import (
    FILE,
    FOLDER,
    PLAN_OR_STDIN,
    chosen_formats,
    common_options,
    format_option,
    layout_option,
    pin_option,
    seconds,
    share,
    tasks_option,
    units,
)

if TYPE_CHECKING:
    from imsgen.cli.finding import Known
    from imsgen.cli.outputs import Outputs
    from imsgen.cli.replanning import Earlier
    from imsgen.formats import Options
    from imsgen.model import Project, Schedule
    from imsgen.solver import Settings

_IN_A_HURRY = 5_000
"""Activities up to which a replan collects no garbage: it is done before there is much."""


@click.command("solve", short_help="Find the dates of a plan, write its files")
@common_options
@format_option
@tasks_option
@click.option("-o", "--output", type=FOLDER, help="Folder of the files. [default: the plan's]")
@pin_option
@layout_option
@click.option(
    "--effort",
    type=units,
    help="How hard to search, in units of about two seconds of one core; the same on any "
    "machine, so the same plan gives the same schedule. [default: 10; a replan takes less: 0.15 "
    "for 300 activities, 0.85 for 1,000]",
)
@click.option(
    "--time-limit",
    type=seconds,
    help="Wall-clock safety net, such as 90s or 5m; a search it ends is not reproducible. "
    "[default: 60s]",
)
@click.option(
    "--gap", type=share, help="Be content with a schedule proved this close to the best."
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Processes that share the work, at most; the schedule is the same for any number. "
    "[default: the cores there are]",
)
@click.option("--seed", type=click.IntRange(min=0), help="Another search of the same length.")
@click.option(
    "--improve",
    metavar="SCHEDULE",
    type=FILE,
    help="Go on from the dates in a schedule file of this plan: the result is no worse.",
)
@click.option(
    "--from",
    "published",
    metavar="SCHEDULE",
    type=FILE,
    help="Replan: keep the most of the dates in a schedule file. [default: the one beside the "
    "plan, once the plan has a status date]",
)
@click.option("--fresh", is_flag=True, help="Forget the published dates: do not replan.")
@click.option(
    "--strict", is_flag=True, help="A missed deadline, or a gate too late to go back, is an error."
)
@click.option(
    "--require-optimal", is_flag=True, help="A schedule that is not proved optimal is an error."
)
@click.option(
    "--locked",
    is_flag=True,
    help="Do not search: write the files of the published schedule, or fail if the plan changed.",
)
@click.argument("plan", type=PLAN_OR_STDIN)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    plan: Path,
    output: Path | None,
    formats: tuple[str, ...],
    tasks: str | None,
    pin: str,
    layout: str,
    strict: bool,
    require_optimal: bool,
    locked: bool,
    improve: Path | None,
    published: Path | None,
    fresh: bool,
    **limits: Any,
) -> int:
    """Find the dates of a plan and write its files.

    Checks the plan, searches the best schedule, verifies it and writes NAME.schedule.json with the
    workbook, the calendar and the MS Project file beside the plan. Ctrl-C keeps the best schedule
    found so far. A plan named - is read from standard input; NAME is then its id, or `plan`.

    A plan in progress whose schedule lies beside it is replanned: what happened stands, and of
    what people were promised as little moves as can be.

    \b
    imsgen solve go-live.yaml
    imsgen solve go-live.yaml -o out -f xlsx,ics --time-limit 5m
    imsgen solve go-live.yaml --strict --require-optimal --json
    imsgen solve go-live.yaml --improve go-live.schedule.json --effort 100
    imsgen solve go-live.yaml --from published/go-live.schedule.json
    imsgen solve go-live.yaml --fresh
    git show HEAD:go-live.yaml | imsgen solve - -o before
    """
    from imsgen.cli.baselines import baselines_of
    from imsgen.cli.finding import Known
    from imsgen.cli.outputs import (
        as_json,
        check_folder,
        options_of,
        say_remarks,
        say_written,
        schedule_path,
        stem_of,
    )
    from imsgen.cli.plans import named_after
    from imsgen.cli.replanning import earlier_schedule, frozen_moves
    from imsgen.cli.settings import settings_text
    from imsgen.cli.summary import summary
    from imsgen.cli.verdict import told_apart, verdict
    from imsgen.diagnostics import Severity
    from imsgen.garbage import uncollected

    console = ctx.find_object(Console) or Console()
    _compatible(locked=locked, improve=improve, published=published, fresh=fresh)
    chosen = chosen_formats(formats)
    project = _load(console, plan)
    named = named_after(plan, project.id)
    target = schedule_path(named, output)
    baselines = (
        baselines_of(console, project, named.parent) if {"xml", "xlsx"} & set(chosen) else {}
    )
    check_folder(target.parent)
    if locked:
        schedule = _published(project, target)
    else:
        earlier = None
        if not fresh and improve is None:
            beside = schedule_path(named, None)
            earlier = earlier_schedule(console, project, published, target, beside)
        settings = _settings(limits, project, replans=earlier is not None)
        if earlier is not None and len(project.activities) <= _IN_A_HURRY:
            ctx.with_resource(uncollected())
        others = {"formats": ", ".join(chosen) or "none", "output": str(target.parent)}
        console.detail("\n".join(settings_text(ctx, settings, others)))
        found = _search(console, project, settings, Known(improve, target, earlier))
        schedule = _next_revision(console, found, target, earlier)
    problems = verdict(schedule, strict=strict, require_optimal=require_optimal)
    problems += frozen_moves(schedule)
    written = _write(
        console,
        schedule,
        chosen,
        target.parent,
        stem_of(named),
        options=options_of(pin, tasks, baselines, layout),
        itself=not locked,
    )
    console.summary(summary(schedule))
    say_written(console, written.files)
    say_remarks(console, written)
    in_summary, others_found = told_apart(problems)
    console.diagnostics(others_found, Severity.WARNING)
    console.diagnostics(in_summary, Severity.ERROR)
    console.document(schedule.status.value, **as_json(written), **_figures(schedule))
    return 1 if any(one.severity is Severity.ERROR for one in problems) else 0


def _load(console: Console, plan: Path) -> Project:
    from imsgen.cli.plans import load_plan
    from imsgen.diagnostics import Severity
    from imsgen.schedule.views import counted

    begun = time.monotonic()
    loaded = load_plan(console, plan)
    # Work done ahead of its links is told each time: its rest is planned by a rule, not a choice.
    ahead = [one for one in loaded.diagnostics if one.code == "IMS336"]
    others = [one for one in loaded.diagnostics if one.code != "IMS336"]
    console.diagnostics(others, Severity.WARNING)
    console.diagnostics(ahead)
    amount = counted(len(loaded.project.activities), "activity")
    console.detail(f"read {amount} in {time.monotonic() - begun:.2f} s")
    return loaded.project


def _compatible(
    *, locked: bool, improve: Path | None, published: Path | None, fresh: bool
) -> None:
    """Refuse options that contradict each other."""
    if locked and improve is not None:
        raise click.UsageError("`--locked` does not search: drop it, or drop `--improve`")
    if published is not None and (locked or fresh or improve is not None):
        other = "--locked" if locked else "--fresh" if fresh else "--improve"
        raise click.UsageError(f"`--from` replans: drop it, or drop `{other}`")


def _settings(limits: dict[str, Any], project: Project, *, replans: bool) -> Settings:
    from imsgen.cli.settings import cores
    from imsgen.solver import Settings, replan_effort

    given = {name: value for name, value in limits.items() if value is not None}
    if replans:
        given = {"effort": replan_effort(len(project.activities)), **given}
    return Settings(**{"workers": cores(), **given})


def _search(console: Console, project: Project, settings: Settings, known: Known) -> Schedule:
    """Return a schedule that our second opinion has nothing against."""
    from imsgen.analysis import found_with_rollbacks
    from imsgen.analysis.roster import with_roster
    from imsgen.cli.finding import finder
    from imsgen.cli.interruptible import interruptible
    from imsgen.cli.progress import progress_line
    from imsgen.errors import VerificationError
    from imsgen.solver import unchanged
    from imsgen.verifier import verify_schedule

    find = finder(console, project, known)
    earlier = known.earlier
    if earlier is not None and unchanged(project, earlier.schedule):
        console.note(f"note: nothing new since `{earlier.path}`: its dates stand")
        return earlier.schedule
    line = progress_line(console, project.timezone)

    def say(text: str) -> None:
        line.clear()
        console.note(text)

    begun = time.monotonic()
    try:
        schedule = interruptible(
            lambda: found_with_rollbacks(find(line), project, settings, line, line.phase),
            line.interrupt,
            say,
        )
        if project.roster is not None:
            line.phase("roster")
            dated, spent = schedule, time.monotonic() - begun
            schedule = interruptible(
                lambda: with_roster(dated, settings, spent, line), line.interrupt, say
            )
        solved = time.monotonic()
        line.phase("verifying")
        violations = verify_schedule(schedule)
    finally:
        line.clear()
    console.detail(
        f"solved in {solved - begun:.2f} s, verified in {time.monotonic() - solved:.2f} s;"
        f" found by `{schedule.run.method}` with {schedule.run.spent:g} units of effort"
    )
    if violations:
        raise VerificationError([str(one) for one in violations])
    return schedule


def _write(
    console: Console,
    schedule: Schedule,
    formats: Sequence[str],
    folder: Path,
    stem: str,
    *,
    options: Options,
    itself: bool,
) -> Outputs:
    """Write the files of a schedule and say on stderr which one is under way."""
    from imsgen.cli.outputs import write_all
    from imsgen.cli.progress import progress_line
    from imsgen.schedule.views import counted

    begun = time.monotonic()
    line = progress_line(console, schedule.project.timezone)
    try:
        written = write_all(
            schedule, formats, folder, stem, itself=itself, options=options, phase=line.phase
        )
    finally:
        line.clear()
    amount = counted(len(written.files), "file")
    console.detail(f"wrote {amount} in {time.monotonic() - begun:.2f} s")
    return written


def _next_revision(
    console: Console, schedule: Schedule, target: Path, earlier: Earlier | None
) -> Schedule:
    """Return the schedule as the next revision of the file it replaces, or it was replanned from."""
    from imsgen.schedule import carry, read_schedule

    previous = None
    if earlier is not None and (earlier.path == target or not target.exists()):
        previous = earlier.schedule
    elif target.exists():
        previous = read_schedule(target)
    if schedule is previous:
        return schedule
    if previous is not None and previous.project.id != schedule.project.id:
        console.note(
            f"`{target}` held the schedule of another plan, `{previous.project.id}`: "
            "its revisions and calendar events are not carried on"
        )
    return carry(schedule, previous)


def _published(project: Project, target: Path) -> Schedule:
    """Return the schedule in the file, if it is still the plan's."""
    from imsgen.cli.verdict import changed
    from imsgen.errors import PlanError, UsageError, VerificationError
    from imsgen.schedule import plan_hash, read_schedule
    from imsgen.verifier import verify_schedule

    if not target.exists():
        raise UsageError(f"there is no `{target}` yet: solve without `--locked` first")
    schedule = read_schedule(target)
    problem = changed(schedule, plan_hash(project), str(target))
    if problem is not None:
        raise PlanError([problem])
    violations = verify_schedule(schedule)
    if violations:
        raise VerificationError([str(one) for one in violations])
    return schedule


def _figures(schedule: Schedule) -> dict[str, Any]:
    """Return the figures of the JSON object: what the summary's head says."""
    from imsgen.cli.way_back import way_back_records
    from imsgen.model import to_text
    from imsgen.schedule import objective_levels
    from imsgen.schedule.lateness import deadlines

    return {
        "plan": schedule.project.id,
        "revision": schedule.revision,
        "replanned": schedule.replanned,
        "finish": to_text(schedule.finish),
        "bound": to_text(schedule.bound),
        "gap": round(schedule.gap, 6),
        "objective": objective_levels(schedule),
        "reproducible": schedule.run.reproducible,
        "activities": len(schedule.activities),
        "deadlines_missed": [one.id for one in deadlines(schedule) if one.late],
        "driving_chain": list(schedule.driving_chain),
        **way_back_records(schedule),
    }
