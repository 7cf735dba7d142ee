"""`imsgen import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsgen.cli.console import Console
from imsgen.cli.options import FILE, common_options

if TYPE_CHECKING:
    from imsgen.diagnostics import Report
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
    default="UTC",
    show_default=True,
    metavar="ZONE",
    help="IANA zone of the file's dates, which name none: Europe/London.",
)
@click.option("--force", is_flag=True, help="Replace the plan if it exists.")
@click.argument("file", type=FILE)
@click.pass_obj
def command(
    console: Console, /, *, file: Path, output: Path | None, timezone: str, force: bool
) -> int:
    """Make a plan of a file from MS Project (XML), and list what could not be carried over.

    Files such as .mpp and .xer come through the extra `imsgen[mpxj]`.

    \b
    imsgen import plan.xml --timezone Europe/London
    imsgen import plan.mpp -o plans/go-live.yaml
    """
    from imsgen.diagnostics import Report
    from imsgen.errors import PlanError, UsageError
    from imsgen.plan import load_text
    from imsgen.schedule import write_file

    _check_zone(timezone)
    target = output or Path(f"{file.stem}.yaml")
    if target.exists() and not force and str(target) != "-":
        raise UsageError(f"`{target}` exists: name another file, or add `--force` to replace it")
    report = Report()
    imported = _read(file, timezone, report)
    if imported is None:
        raise PlanError(tuple(report.diagnostics))
    text = imported.text
    losses = [{"text": one.text, "things": list(one.things)} for one in imported.losses]
    if str(target) == "-":
        console.data(text.rstrip("\n"))
        console.diagnostics(report.diagnostics)
        _say(console, imported)
        console.document("ok", plan=text, losses=losses)
        return 0
    write_file(target, text)
    try:
        problems = load_text(text.encode(), str(target)).diagnostics
        failed = False
    except PlanError as error:
        problems, failed = error.diagnostics, True
        console.texts[str(target)] = text.encode()
    console.diagnostics([*report.diagnostics, *(problems if failed else ())])
    _say(console, imported)
    console.summary(
        f"Written\n  {target}\n\nNext: `imsgen check {target}`, `imsgen solve {target}`"
    )
    console.document("error" if failed else "ok", files=[str(target)], losses=losses)
    return int(failed)


def _read(file: Path, timezone: str, report: Report) -> Imported | None:
    from tempfile import TemporaryDirectory

    from imsgen.formats.mpxj import SUFFIXES, to_mspdi
    from imsgen.formats.mspdi import read

    if file.suffix.lower() not in SUFFIXES or not file.exists():
        return read(file, timezone, report)
    with TemporaryDirectory() as folder:
        made = Path(folder) / f"{file.stem}.xml"
        to_mspdi(file, made)
        return read(made, timezone, report, shown=str(file))


def _say(console: Console, imported: Imported) -> None:
    """List on stderr what the plan says otherwise than the file."""
    if imported.losses:
        lines = [f"  {one.line()}" for one in imported.losses]
        console.note("\n".join(["Not as it stands in the file", *lines, ""]))


def _check_zone(name: str) -> None:
    from zoneinfo import available_timezones

    from imsgen.errors import UsageError

    if name not in available_timezones():
        raise UsageError(f"`{name}` is no time zone: write an IANA name such as `Europe/London`")
