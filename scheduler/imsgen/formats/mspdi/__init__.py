"""MS Project XML: opens with exactly the solved dates, on logic instead of constraints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from imsgen.diagnostics import Report
from imsgen.formats.options import Options, Written
from imsgen.model import Schedule

if TYPE_CHECKING:
    from imsgen.formats.importing.imported import Imported

__all__ = ["import_plan", "report", "write", "write_with"]


def write_with(schedule: Schedule, path: Path, options: Options) -> Written:
    """Write a schedule as MS Project XML; return the file and what it cannot say.

    Raises
    ------
    PlanError
        If the file would open with other dates than the schedule's; nothing is written.
    """
    from imsgen.formats.mspdi.document import Document
    from imsgen.formats.mspdi.moved import refuse_moves
    from imsgen.garbage import uncollected
    from imsgen.schedule.files import write_file

    with uncollected():
        document = Document(schedule, options)
        content, remarks = document.content(path.name), document.remarks()
        del document
        refuse_moves(content, path.name, options)
    return Written((write_file(path, content),), remarks)


def write(schedule: Schedule, path: Path, options: Options | None = None) -> tuple[Path, ...]:
    """Write a schedule as MS Project XML and return the files written."""
    return write_with(schedule, path, options or Options()).files


def report(schedule: Schedule, options: Options | None = None) -> tuple[str, ...]:
    """Return what MS Project cannot say of this schedule, one line a kind; best none."""
    from imsgen.formats.mspdi.document import Document

    return Document(schedule, options).remarks()


def import_plan(
    path: Path, timezone: str | None, report: Report, shown: str = "", stem: str = ""
) -> Imported | None:
    """Return the plan an MS Project XML file holds; None: it cannot be read, as is reported.

    Parameters
    ----------
    timezone
        IANA zone of the file's dates; None: the one our own files note, else UTC.
    shown
        What the file is called in diagnostics.
    stem
        Name of the plan's file without its suffix, where progress and baselines can lie beside
        it; empty: the plan is only text.
    """
    from imsgen.formats.importing.beside import Beside
    from imsgen.formats.mspdi.read.convert import read_plan

    beside = Beside(stem) if stem else None
    return read_plan(path, shown or str(path), timezone, report, beside)
