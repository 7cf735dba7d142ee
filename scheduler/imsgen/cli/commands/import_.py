"""`imsgen import`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsgen.cli.console import Console
from imsgen.cli.options import FILE, FILE_OR_FOLDER, common_options

if TYPE_CHECKING:
    from imsgen.diagnostics import Diagnostic, Report
    from imsgen.formats.importing.imported import Imported
    from imsgen.formats.playbook.context import Choices

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xls"})
_ASSUMED = "Assumed"
_LOST = "Not as it stands in the file"


@click.command(
    "import", short_help="Make a plan of a file from MS Project, a workbook, or key tasks"
)
@common_options
@click.option(
    "-o",
    "--output",
    type=FILE,
    help="The plan to write, - for standard output. [default: the file's name, with .yaml, here]",
)
@click.option(
    "--timezone",
    metavar="ZONE",
    help="IANA zone of the file's dates: Europe/London. [default: what files of imsgen note, else UTC]",
)
@click.option(
    "--size",
    type=click.Choice(("S", "M", "L"), case_sensitive=False),
    help="Of key tasks: size of the project, which durations follow from. [default: M]",
)
@click.option(
    "--gates",
    type=click.Choice(("hard", "soft")),
    help="Of key tasks: whether a phase waits for the gate before it. [default: as the rules say]",
)
@click.option(
    "--start",
    metavar="DATE",
    help="Of key tasks and workbooks: nothing is planned before. [default: as the rules say; the first date]",
)
@click.option(
    "--rules",
    type=FILE,
    help="Of key tasks: names of fields, durations and all else assumed. [default: those of M3]",
)
@click.option(
    "--columns",
    metavar="MAP",
    help='Of a workbook: what its columns are, by letter or heading: id=A,name="Task name".',
)
@click.option("--force", is_flag=True, help="Replace files that exist.")
@click.argument("file", type=FILE_OR_FOLDER)
@click.pass_obj
def command(
    console: Console,
    /,
    *,
    file: Path,
    output: Path | None,
    timezone: str | None,
    size: str | None,
    gates: str | None,
    start: str | None,
    rules: Path | None,
    columns: str | None,
    force: bool,
) -> int:
    """Make a plan of a file from MS Project (XML), and list what could not be carried over.

    A workbook (.xlsx) is read where it is the M3 Master Schedule Template, MS Project's table of
    tasks or a workbook of imsgen; of any other, say with --columns what its columns are. What is
    assumed and what is left out is listed with the addresses of the cells.

    A Markdown file, or a folder of them, holds key tasks of a methodology: activities, roles and
    documents without dates. Documents become links; durations and all else that the files do not
    say are assumptions, listed and marked in the plan.

    What has happened goes to NAME.progress.yaml beside the plan, baselines to baselines/.
    Files such as .mpp and .xer come through the extra `imsgen[mpxj]` and Java 17 or later.

    \b
    imsgen import plan.xml --timezone Europe/London
    imsgen import schedule.xlsx
    imsgen import schedule.xlsx --columns 'id=A,name="Task name",duration=C,predecessors=F'
    imsgen import plan.xml -o - | less
    imsgen import plan.mpp -o plans/go-live.yaml
    imsgen import playbook/keyTask --size L --start 2027-02-01 -o migration.yaml
    """
    from imsgen.diagnostics import Report
    from imsgen.errors import PlanError, UsageError
    from imsgen.formats.playbook import is_playbook

    _check_zone(timezone)
    key_tasks, workbook = is_playbook(file), file.suffix.casefold() in _WORKBOOKS
    given = {"--size": size, "--gates": gates, "--rules": rules}
    if not workbook:
        given["--start"] = start
    for name in (name for name, value in given.items() if value and not key_tasks):
        raise UsageError(f"`{name}` is for key tasks in Markdown, and `{file}` is no such file")
    if columns and not workbook:
        raise UsageError(f"`--columns` is for workbooks (.xlsx), and `{file}` is none")
    target = output or Path(f"{file.resolve().stem}.yaml")
    only_text = str(target) == "-"
    _check_free(target, force or only_text)
    report = Report()
    if key_tasks:
        choices = _choices(size, gates, start, timezone)
        imported = _read_key_tasks(file, choices, rules, report)
    elif workbook:
        stem = "" if only_text else target.stem
        imported = _read_workbook(
            file, report, columns=columns, timezone=timezone, start=start, stem=stem
        )
    else:
        imported = _read(file, timezone, report, "" if only_text else target.stem)
    if imported is None:
        raise PlanError(tuple(report.diagnostics))
    title = _ASSUMED if key_tasks else "Assumed, or left out" if workbook else _LOST
    losses = [{"text": one.text, "things": list(one.things)} for one in imported.losses]
    if only_text:
        console.data(imported.text.rstrip("\n"))
        console.diagnostics(report.diagnostics)
        _say(console, imported, title)
        console.document("ok", plan=imported.text, losses=losses)
        return 0
    files, problems = _write(console, imported, target, force)
    console.diagnostics([*report.diagnostics, *problems])
    _say(console, imported, title)
    shown = "\n".join(f"  {one}" for one in files)
    console.summary(f"Written\n{shown}\n\nNext: `imsgen check {target}`, `imsgen solve {target}`")
    status = "error" if problems else "ok"
    console.document(status, files=[str(one) for one in files], losses=losses)
    return int(bool(problems))


def _read(file: Path, timezone: str | None, report: Report, stem: str) -> Imported | None:
    from tempfile import TemporaryDirectory

    from imsgen.formats.mpxj import is_for_mpxj, to_mspdi
    from imsgen.formats.mspdi import import_plan

    if not is_for_mpxj(file):
        return import_plan(file, timezone, report, stem=stem)
    with TemporaryDirectory() as folder:
        made = Path(folder) / f"{file.stem}.mspdi.xml"
        to_mspdi(file, made)
        return import_plan(made, timezone, report, shown=str(file), stem=stem)


def _choices(
    size: str | None, gates: str | None, start: str | None, timezone: str | None
) -> Choices:
    from imsgen.formats.playbook.context import Choices

    _check_start(start)
    return Choices((size or "M").upper(), gates or "", start or "", timezone or "")


def _read_workbook(
    file: Path,
    report: Report,
    *,
    columns: str | None,
    timezone: str | None,
    start: str | None,
    stem: str,
) -> Imported | None:
    from imsgen.errors import UsageError
    from imsgen.formats.xlsx.importing import import_plan
    from imsgen.formats.xlsx.importing.layout import KEYS, parsed_map

    _check_start(start)
    named = parsed_map(columns) if columns else {}
    if named is None:
        raise UsageError(
            f'`--columns {columns}`: expected pairs such as `id=A,name="Task name"`, of '
            + ", ".join(f"`{key}`" for key in KEYS)
        )
    return import_plan(file, report, columns=named, timezone=timezone, start=start, stem=stem)


def _check_start(start: str | None) -> None:
    from imsgen.errors import UsageError
    from imsgen.plan.syntax.values.instants import parse_instant
    from imsgen.plan.syntax.values.misread import Misread

    try:
        parse_instant(start or "2027-01-04")
    except Misread as error:
        raise UsageError(f"`--start`: {error}") from error


def _read_key_tasks(
    file: Path, choices: Choices, rules: Path | None, report: Report
) -> Imported | None:
    from imsgen.errors import UsageError
    from imsgen.formats.playbook import import_plan

    if not file.exists():
        raise UsageError(f"`{file}` does not exist")
    return import_plan(file, choices, rules, report)


def _write(
    console: Console, imported: Imported, target: Path, force: bool
) -> tuple[list[Path], Sequence[Diagnostic]]:
    """Write the plan and what lies beside it; return the files, and errors of the plan."""
    from imsgen.errors import PlanError
    from imsgen.formats.importing.beside import Beside
    from imsgen.plan import load
    from imsgen.schedule import write_file, write_schedule

    beside = Beside(target.stem)
    progress = target.with_name(beside.progress)
    agreed = {one.id: target.parent / beside.baseline(one.id) for one in imported.baselines}
    for path in [*([progress] if imported.progress else []), *agreed.values()]:
        _check_free(path, force)
    files = [target]
    if imported.progress:
        files.append(write_file(progress, imported.progress))
    write_file(target, imported.text)
    try:
        project = load(target).project
    except PlanError as error:
        console.texts[str(target)] = imported.text.encode()
        return files, error.diagnostics
    for one in imported.baselines:
        write_schedule(one.schedule(project), agreed[one.id])
    return [*files, *agreed.values()], ()


def _say(console: Console, imported: Imported, title: str) -> None:
    """List on stderr what the plan says otherwise than the file, or beyond it.

    With `--json` the object says it, and stderr nothing.
    """
    if console.json or not imported.losses:
        return
    lines = [title]
    for one in imported.losses:
        if title == _ASSUMED:
            lines += [f"  {one.text}", *(f"    {thing}" for thing in one.things)]
        elif title == _LOST:
            lines.append(f"  {one.line()}")
        else:
            lines.append(f"  {': '.join(filter(None, (one.text, ', '.join(one.places()))))}")
    console.note("\n".join([*lines, ""]))


def _check_free(path: Path, force: bool) -> None:
    from imsgen.errors import UsageError

    if path.exists() and not force:
        raise UsageError(
            f"`{path}` exists: name another file with `-o`, or add `--force` to replace it, "
            "and with it whatever was edited"
        )


def _check_zone(name: str | None) -> None:
    from zoneinfo import available_timezones

    from imsgen.errors import UsageError

    if name is not None and name not in available_timezones():
        raise UsageError(f"`{name}` is no time zone: write an IANA name such as `Europe/London`")
