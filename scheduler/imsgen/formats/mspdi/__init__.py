"""MS Project XML: opens with exactly the solved dates, on logic instead of constraints."""

from __future__ import annotations

from pathlib import Path

from imsgen.model import Schedule

__all__ = ["report", "write"]


def write(schedule: Schedule, path: Path) -> tuple[Path, ...]:
    """Write a schedule as MS Project XML and return the files written."""
    from imsgen.formats.mspdi.document import Document
    from imsgen.schedule.files import write_file

    return (write_file(path, Document(schedule).content(path.name)),)


def report(schedule: Schedule) -> tuple[str, ...]:
    """Return what MS Project cannot say of this schedule, one line a kind; best none."""
    from imsgen.formats.mspdi.document import Document

    return Document(schedule).remarks()
