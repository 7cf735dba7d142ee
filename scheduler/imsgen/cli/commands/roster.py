"""`imsgen roster`."""

from __future__ import annotations

from pathlib import Path

import click

from imsgen.cli.console import Console
from imsgen.cli.options import PLAN, common_options


@click.command("roster", short_help="Show who is on duty when")
@common_options
@click.argument("schedule", type=PLAN)
@click.pass_obj
def command(console: Console, /, *, schedule: Path) -> int:
    """Show who is on duty when, and who stands by.

    SCHEDULE may be the plan: then the schedule file beside it is meant, and where there is none
    the plan is solved and nothing written. The roster is that of the plan's `people:` and
    `roster:`, found when the plan was solved: every role covered in the window by people who play
    it, with the fewest shifts, then the least time on duty, then the fairest, then what people
    prefer. Where these people cannot do it by these rules, it says who is missing when and what
    would mend it, and exits with 3.

    \b
    imsgen roster go-live.yaml
    imsgen roster go-live.schedule.json --json
    """
    from imsgen.cli.current import current_schedule
    from imsgen.cli.roster import record, text
    from imsgen.errors import Infeasible, NoSolution, UsageError
    from imsgen.model import RosterStatus

    found = current_schedule(console, schedule)
    roster = found.roster
    if roster is None:
        if found.project.roster is not None:
            raise UsageError(f"`{schedule}` has no roster yet: run `imsgen solve` again")
        raise UsageError(
            f"the plan of `{schedule}` asks for no roster: add `roster: {{window: ID}}` and `people:`"
        )
    console.data(text(found, roster))
    console.document(
        roster.status.value,
        plan=found.project.id,
        revision=found.revision,
        roster=record(found, roster),
    )
    return {
        RosterStatus.INFEASIBLE: Infeasible.exit_code,
        RosterStatus.UNKNOWN: NoSolution.exit_code,
    }.get(roster.status, 0)
