"""`imsgen verify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsgen.cli.console import Console
from imsgen.cli.options import PLAN, PLAN_OR_STDIN, common_options

if TYPE_CHECKING:
    from imsgen.diagnostics import Diagnostic
    from imsgen.model import Project
    from imsgen.verifier import Violation

CODE = "IMS605"


@click.command("verify", short_help="Check a schedule against its plan")
@common_options
@click.argument("plan", type=PLAN_OR_STDIN)
@click.argument("schedule", type=PLAN, required=False)
@click.pass_obj
def command(console: Console, /, *, plan: Path, schedule: Path | None) -> int:
    """Check a schedule against its plan, rule by rule, independently of the solver.

    SCHEDULE is the schedule file beside the plan unless named. The plan may have changed since:
    then this tells whether the published dates still hold. A plan named - is read from standard
    input.

    \b
    imsgen verify go-live.yaml
    imsgen verify go-live.yaml published/go-live.schedule.json
    """
    from imsgen.cli.outputs import find_schedule
    from imsgen.cli.plans import load_plan, named_after
    from imsgen.diagnostics import Severity
    from imsgen.schedule import plan_hash, read_schedule
    from imsgen.schedule.views import counted
    from imsgen.verifier import verify, verify_schedule

    loaded = load_plan(console, plan)
    console.diagnostics(loaded.diagnostics, Severity.WARNING)
    path = find_schedule(named_after(plan, loaded.project.id)) if schedule is None else schedule
    published = read_schedule(path)
    same = published.plan_hash == plan_hash(loaded.project)
    if same:
        violations = verify_schedule(published)
    else:
        of, plan_id = published.project.id, loaded.project.id
        console.note(
            f"note: the plan has changed since `{path}` was solved"
            if of == plan_id
            else f"note: `{path}` is a schedule of the plan `{of}`, this plan is `{plan_id}`"
        )
        known = loaded.project.activities
        dates = {id_: one for id_, one in published.activities.items() if id_ in known}
        violations = verify(loaded.project, dates)
    console.diagnostics([_diagnostic(one, loaded.project) for one in violations])
    if violations:
        console.error(f"`{path}` breaks the plan in {counted(len(violations), 'place')}")
    else:
        amount = counted(len(published.activities), "activity")
        console.summary(f"{path}: {amount}, every rule of the plan holds")
    console.document("broken" if violations else "ok", schedule=str(path), plan_changed=not same)
    return 1 if violations else 0


def _diagnostic(violation: Violation, project: Project) -> Diagnostic:
    from imsgen.diagnostics import Diagnostic, Severity

    places = (f"activity:{violation.ids[0]}", f"group:{violation.ids[0]}") if violation.ids else ()
    span = next((project.sources[one] for one in places if one in project.sources), None)
    return Diagnostic(CODE, Severity.ERROR, violation.message, span)
