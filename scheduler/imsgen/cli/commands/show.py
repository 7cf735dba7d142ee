"""`imsgen show`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from imsgen.cli.console import Console
from imsgen.cli.options import PLAN, common_options

if TYPE_CHECKING:
    from imsgen.model import Schedule

TABLES = ("activities", "critical", "resources", "meetings", "deadlines", "forecast")


@click.command("show", short_help="Show a schedule, or why a date is so")
@common_options
@click.option("-t", "--table", "name", type=click.Choice(TABLES), help="Show a table instead.")
@click.option("--why", "id_", metavar="ID", help="Tell what drives the date of an activity.")
@click.option(
    "--baseline",
    metavar="NAME",
    help="Which baseline of the plan `--table forecast` compares with. [default: its first]",
)
@click.option("--board", is_flag=True, help="Show what runs now, what is next and what is late.")
@click.option(
    "--at", metavar="TIME", default="", help="When the board is. [default: the plan's status date]"
)
@click.option(
    "--hours",
    type=click.IntRange(1, 168),
    default=4,
    show_default=True,
    help="How far ahead the board looks.",
)
@click.option("--watch", is_flag=True, help="Show the board again when something changes.")
@click.argument("schedule", type=PLAN)
@click.pass_obj
def command(
    console: Console,
    /,
    *,
    schedule: Path,
    name: str | None,
    id_: str | None,
    baseline: str | None,
    board: bool,
    at: str,
    hours: int,
    watch: bool,
) -> int:
    """Show a schedule: its summary, a table, why an activity is when it is, or the night board.

    SCHEDULE may be the plan: then the schedule file beside it is meant.

    \b
    imsgen show go-live.yaml
    imsgen show go-live.yaml --table critical
    imsgen show go-live.yaml --table forecast --baseline approved
    imsgen show go-live.yaml --why cutover.load
    imsgen show go-live.yaml --board --at 02:40 --hours 6
    imsgen show go-live.yaml --board --watch

    With --watch the board follows the files of the plan and, on a terminal, the clock, until
    Ctrl-C.
    """
    from imsgen.cli.forecast import show_forecast
    from imsgen.cli.outputs import find_schedule
    from imsgen.cli.summary import summary
    from imsgen.cli.tables import TABLES as MAKERS
    from imsgen.cli.why import chain, find_activity, why
    from imsgen.schedule import read_schedule

    if baseline is not None and name != "forecast":
        raise click.UsageError("`--baseline` goes with `--table forecast`")
    if board or watch or at:
        if not board:
            raise click.UsageError("`--at` and `--watch` go with `--board`")
        if name is not None or id_ is not None:
            raise click.UsageError("`--board` is a view of its own: drop `--table` and `--why`")
        _board(console, schedule, at, hours * 60, again=watch)
        return 0
    path = find_schedule(schedule)
    found = read_schedule(path)
    content: dict[str, Any] = {"plan": found.project.id, "revision": found.revision}
    if id_ is not None:
        full = find_activity(found, id_)
        console.data(why(found, full))
        content["why"] = _records(found, chain(found, full))
    elif name == "forecast":
        content["forecast"] = show_forecast(console, found, path.parent, baseline)
    elif name is not None:
        console.data(MAKERS[name](found))
        ids = [
            one for one, dates in found.activities.items() if name != "critical" or dates.critical
        ]
        content["activities"] = _records(found, tuple(ids))
    else:
        console.data(summary(found).rstrip("\n"))
        content["activities"] = _records(found, tuple(found.activities))
    console.document(found.status.value, **content)
    return 0


def _board(console: Console, path: Path, at: str, span: int, *, again: bool) -> None:
    """Show the night board, once or until Ctrl-C."""
    from imsgen.cli.watching import Source, show_board, watch

    live = again and sys.stdout.isatty() and not at
    source = Source(path, at, span, live)
    if again:
        watch(console, source)
    else:
        show_board(console, source)


def _records(schedule: Schedule, ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return activities as JSON records."""
    from imsgen.schedule import encode

    return [
        {"name": schedule.project.activities[id_].name} | encode(schedule.activities[id_])
        for id_ in ids
    ]
