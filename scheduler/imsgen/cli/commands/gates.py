"""`imsgen gates`."""

from __future__ import annotations

from pathlib import Path

import click

from imsgen.cli.console import Console
from imsgen.cli.options import PLAN, common_options


@click.command("gates", short_help="Show until when each gate may say No-Go")
@common_options
@click.argument("schedule", type=PLAN)
@click.pass_obj
def command(console: Console, /, *, schedule: Path) -> int:
    """Show until when each gate may say No-Go, and the way back from it.

    SCHEDULE may be the plan: then the schedule file beside it is meant. What has begun by the
    decision is undone in reverse order, under the same calendars and resources; then follows the
    group that the gate's `else` names.

    \b
    imsgen gates go-live.yaml
    imsgen gates go-live.schedule.json --json
    """
    from imsgen.cli.outputs import find_schedule
    from imsgen.cli.way_back import gates, records, steps
    from imsgen.schedule import read_schedule

    found = read_schedule(find_schedule(schedule))
    if found.rollbacks:
        console.data(gates(found))
    else:
        console.data("no gate of this schedule is still to decide")
    for id_, back in found.rollbacks.items():
        if back.steps:
            console.data(f"\nNo-Go of `{id_}`\n{steps(found, back)}")
    console.document(
        found.status.value,
        plan=found.project.id,
        revision=found.revision,
        gates=records(found),
    )
    return 0
