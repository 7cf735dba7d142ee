"""`imsgen export`."""

from __future__ import annotations

from pathlib import Path

import click

from imsgen.cli.console import Console
from imsgen.cli.options import (
    FOLDER,
    PLAN,
    chosen_formats,
    common_options,
    format_option,
    layout_option,
    pin_option,
    tasks_option,
)


@click.command("export", short_help="Write the files of a schedule again")
@common_options
@format_option
@tasks_option
@click.option("-o", "--output", type=FOLDER, help="Folder of the files. [default: the schedule's]")
@pin_option
@layout_option
@click.argument("schedule", type=PLAN)
@click.pass_obj
def command(
    console: Console,
    /,
    *,
    schedule: Path,
    output: Path | None,
    formats: tuple[str, ...],
    tasks: str | None,
    pin: str,
    layout: str,
) -> int:
    """Write the files of a schedule again, without solving.

    The same schedule gives the same bytes. SCHEDULE may be the plan: then the schedule file
    beside it is meant.

    \b
    imsgen export go-live.schedule.json
    imsgen export go-live.schedule.json -f xlsx,csv -o out
    imsgen export go-live.schedule.json -f ics --tasks critical
    imsgen export go-live.schedule.json -f xml --pin links
    """
    from imsgen.cli.baselines import baselines_of
    from imsgen.cli.outputs import (
        as_json,
        check_folder,
        find_schedule,
        options_of,
        say_remarks,
        say_written,
        stem_of,
        write_all,
    )
    from imsgen.cli.progress import progress_line
    from imsgen.errors import UsageError
    from imsgen.schedule import read_schedule
    from imsgen.verifier import verify_schedule

    chosen = chosen_formats(formats)
    path = find_schedule(schedule)
    check_folder(output or path.parent)
    published = read_schedule(path)
    violations = verify_schedule(published)
    if violations:
        raise UsageError(
            f"`{path}` was changed by hand and breaks its plan, solve the plan again: "
            f"{violations[0].message}"
        )
    baselines = (
        baselines_of(console, published.project, path.parent)
        if {"xml", "xlsx"} & set(chosen)
        else {}
    )
    line = progress_line(console, published.project.timezone)
    try:
        written = write_all(
            published,
            chosen,
            output or path.parent,
            stem_of(path),
            itself=False,
            options=options_of(pin, tasks, baselines, layout),
            phase=line.phase,
        )
    finally:
        line.clear()
    say_written(console, written.files)
    say_remarks(console, written)
    console.document(published.status.value, **as_json(written))
    return 0
