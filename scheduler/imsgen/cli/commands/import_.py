"""`imsgen import`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsgen.cli.console import Console
from imsgen.cli.options import FILE, common_options

if TYPE_CHECKING:
    from imsgen.diagnostics import Diagnostic, Report
    from imsgen.formats.mspdi.read.convert import Imported


@click.command("import", short_help="Make a plan of a file from MS Project and others")
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
@click.option("--force", is_flag=True, help="Replace files that exist.")
@click.argument("file", type=FILE)
@click.pass_obj
def command(
    console: Console, /, *, file: Path, output: Path | None, timezone: str | None, force: bool
) -> int:
    """Make a plan of a file from MS Project (XML), and list what could not be carried over.

    What has happened goes to NAME.progress.yaml beside the plan, baselines to baselines/.
    Files such as .mpp and .xer come through the extra `imsgen[mpxj]` and Java 17 or later.

    \b
    imsgen import plan.xml --timezone Europe/London
    imsgen import plan.xml -o - | less
    imsgen import plan.mpp -o plans/go-live.yaml
    """
    from imsgen.diagnostics import Report
    from imsgen.errors import PlanError

    _check_zone(timezone)
    target = output or Path(f"{file.stem}.yaml")
    only_text = str(target) == "-"
    _check_free(target, force or only_text)
    report = Report()
    imported = _read(file, timezone, report, "" if only_text else target.stem)
    if imported is None:
        raise PlanError(tuple(report.diagnostics))
    losses = [{"text": one.text, "things": list(one.things)} for one in imported.losses]
    if only_text:
        console.data(imported.text.rstrip("\n"))
        console.diagnostics(report.diagnostics)
        _say(console, imported)
        console.document("ok", plan=imported.text, losses=losses)
        return 0
    files, problems = _write(console, imported, target, force)
    console.diagnostics([*report.diagnostics, *problems])
    _say(console, imported)
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


def _write(
    console: Console, imported: Imported, target: Path, force: bool
) -> tuple[list[Path], Sequence[Diagnostic]]:
    """Write the plan and what lies beside it; return the files, and errors of the plan."""
    from imsgen.errors import PlanError
    from imsgen.formats.mspdi.read.baselines import Beside
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


def _say(console: Console, imported: Imported) -> None:
    """List on stderr what the plan says otherwise than the file."""
    if imported.losses:
        lines = [f"  {one.line()}" for one in imported.losses]
        console.note("\n".join(["Not as it stands in the file", *lines, ""]))


def _check_free(path: Path, force: bool) -> None:
    from imsgen.errors import UsageError

    if path.exists() and not force:
        raise UsageError(f"`{path}` exists: name another file, or add `--force` to replace it")


def _check_zone(name: str | None) -> None:
    from zoneinfo import available_timezones

    from imsgen.errors import UsageError

    if name is not None and name not in available_timezones():
        raise UsageError(f"`{name}` is no time zone: write an IANA name such as `Europe/London`")
