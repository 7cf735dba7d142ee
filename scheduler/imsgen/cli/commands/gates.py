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

    SCHEDULE may be the plan: then the schedule file beside it is meant, and where there is none
    the plan is solved and nothing written. What has begun by the decision is undone in reverse
    order, under the same calendars and resources; then follows the group that the gate's `else`
    names. For the window that gates protect it shows the last moment from which everything can
    still be undone in time, and how long that takes all along.

    \b
    imsgen gates go-live.yaml
    imsgen gates go-live.schedule.json --json
    """
    from imsgen.cli.current import current_schedule
    from imsgen.cli.layout import screen_width
    from imsgen.cli.way_back import gate_parts, gates, way_back_records

    found = current_schedule(console, schedule)
    if found.rollbacks:
        console.data(gates(found))
    else:
        console.data("no gate of this schedule is still to decide")
    for part in gate_parts(found, screen_width()):
        console.data(f"\n{part}")
    console.document(
        found.status.value,
        plan=found.project.id,
        revision=found.revision,
        **way_back_records(found),
    )
    return 0
