"""`imsgen diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from imsgen.cli.console import Console
from imsgen.cli.options import FOLDER, common_options

if TYPE_CHECKING:
    from imsgen.analysis.changes import Changes
    from imsgen.analysis.changes.model import Told
    from imsgen.cli.compared import Side


@click.command("diff", short_help="Show what moved, why, and who must be told")
@common_options
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="Plain text, or markdown for a mail or a pull request.",
)
@click.option(
    "--told",
    "who",
    metavar="WHO",
    help="Only what one person or party must be told, by id or name.",
)
@click.option(
    "--calendar",
    type=FOLDER,
    help="Write the calendar events that changed to a folder: for all, and for each concerned.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything differs.")
@click.argument("old")
@click.argument("new")
@click.pass_obj
def command(
    console: Console,
    /,
    *,
    old: str,
    new: str,
    form: str,
    who: str | None,
    calendar: Path | None,
    exit_code: bool,
) -> int:
    """Show what differs between two schedules of a plan: slips, their causes, who must be told.

    OLD and NEW are schedule files, or plans: then the schedule beside each is meant; for a plan
    that is not solved only the plans are compared. One of them may be the name of a baseline of
    the other, or - for a schedule on standard input.

    The exit code is 0 whether anything differs or not; with `--exit-code` it is 1 if so.

    \b
    imsgen diff approved go-live.yaml
    imsgen diff before.schedule.json go-live.schedule.json --format markdown
    imsgen diff approved go-live.yaml --told dba --format markdown
    imsgen diff approved go-live.yaml --calendar changes
    git show HEAD:go-live.schedule.json | imsgen diff - go-live.yaml --exit-code
    """
    from imsgen.analysis.changes import compare, compare_plans
    from imsgen.cli.compared import another_plan, both_sides
    from imsgen.diagnostics import Severity
    from imsgen.formats.changes import as_record

    before, after = both_sides(console, old, new)
    problem = another_plan(before, after)
    if problem is not None:
        console.diagnostics([problem], Severity.WARNING)
        if problem.severity is Severity.ERROR:
            console.document("usage")
            return 2
    if before.schedule is not None and after.schedule is not None:
        changes = compare(before.schedule, after.schedule)
    else:
        changes = compare_plans(before.project, after.project)
    one = None if who is None else _told(changes, who, before, after)
    console.data(_shown(changes, form, who, one))
    files = [] if calendar is None else _calendars(console, before, after, calendar)
    record: dict[str, Any] = as_record(changes)
    if who is not None:
        record["told"] = [told for told in record["told"] if one and told["id"] == one.id]
    console.document("same" if changes.empty else "changed", **record, files=files)
    return 1 if exit_code and not changes.empty else 0


def _told(changes: Changes, who: str, *sides: Side) -> Told | None:
    """Return what a person or party must be told; None: nothing.

    Raises
    ------
    UsageError
        If neither plan knows anybody of that id or name.
    """
    from imsgen.errors import UsageError

    ids = [id_ for side in sides for id_ in _known(side, who)]
    if not ids:
        raise UsageError(f"`{who}` is no resource, owner or party of the plan: name one by its id")
    return next((one for one in changes.told if one.id in ids), None)


def _known(side: Side, who: str) -> list[str]:
    """Return the ids of people and parties that have an id or name."""
    project = side.project
    named = [(id_, one.name) for id_, one in project.parties.items()]
    named += [(id_, one.name) for id_, one in project.resources.items()]
    named += [(one.owner, one.owner) for one in project.activities.values() if one.owner]
    wanted = who.casefold()
    return [id_ for id_, name in dict.fromkeys(named) if who == id_ or wanted == name.casefold()]


def _shown(changes: Changes, form: str, who: str | None, one: Told | None) -> str:
    from imsgen.cli.layout import screen_width
    from imsgen.formats.changes import as_markdown, as_text
    from imsgen.formats.changes.markdown import for_one
    from imsgen.formats.changes.text import told_lines

    if who is None:
        if form == "markdown":
            return as_markdown(changes).rstrip("\n")
        return as_text(changes, screen_width())
    if one is None:
        return f"nothing to tell `{who}`"
    if form == "markdown":
        return for_one(changes, one).rstrip("\n")
    return "\n".join(told_lines(one, screen_width()))


def _calendars(console: Console, old: Side, new: Side, folder: Path) -> list[str]:
    """Write the calendars of what changed and return the files."""
    from imsgen.cli.outputs import check_folder
    from imsgen.errors import UsageError
    from imsgen.formats.ical.delta import write_changes

    if old.schedule is None or new.schedule is None:
        raise UsageError("`--calendar` needs two schedules: solve the plan first")
    if old.project.id != new.project.id:
        raise UsageError(
            f"calendars know events by the id of their plan, which is `{old.project.id}` in one "
            f"and `{new.project.id}` in the other"
        )
    check_folder(folder)
    files = [str(path) for path in write_changes(old.schedule, new.schedule, folder)]
    console.note(
        "\n".join(["Written", *(f"  {one}" for one in files)]) if files else "no event changed"
    )
    return files
