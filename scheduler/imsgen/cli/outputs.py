"""Which files a command writes, where, and what opens them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from imsgen.cli.console import Console
from imsgen.errors import UsageError
from imsgen.model import Schedule

SUFFIX = ".schedule.json"
PLANS = (".yaml", ".yml")

_OPENED_BY = {
    SUFFIX: "the schedule itself: dates, proof and plan; keep it beside the plan in git",
    ".xlsx": "workbook for Excel or LibreOffice",
    ".ics": "calendar for Outlook, Google and Apple: open or import it",
    ".xml": "MS Project: File > Open, type XML",
    ".json": "every activity as plain data",
    ".csv": "every activity as a table",
}


def stem_of(path: Path) -> str:
    """Return the name the files of a plan or schedule share, ``go-live`` for ``go-live.yaml``."""
    return path.name.removesuffix(SUFFIX) if path.name.endswith(SUFFIX) else path.stem


def schedule_path(plan: Path, folder: Path | None) -> Path:
    """Return where the schedule file of a plan lies: beside it, or in the output folder."""
    return (folder or plan.parent) / f"{stem_of(plan)}{SUFFIX}"


def find_schedule(path: Path) -> Path:
    """Return the schedule file a user means by naming it, its plan or the plan's stem.

    Raises
    ------
    UsageError
        If there is none yet.
    """
    if path.name.endswith(SUFFIX) or (path.exists() and path.suffix not in PLANS):
        return path
    beside = schedule_path(path, None)
    if not beside.exists():
        plan = path if path.suffix in PLANS else path.with_suffix(".yaml")
        raise UsageError(f"there is no `{beside}` yet: run `imsgen solve {plan}` first")
    return beside


def export(schedule: Schedule, formats: Sequence[str], folder: Path, stem: str) -> list[Path]:
    """Write a schedule in several formats and return the files."""
    from imsgen.formats import write

    return [path for name in formats for path in write(schedule, name, folder, stem)]


def say_written(console: Console, files: Sequence[Path]) -> None:
    """List the files with what opens them."""
    if not files:
        return
    width = max(len(str(path)) for path in files)
    lines = ["Written"]
    for path in files:
        suffix = SUFFIX if path.name.endswith(SUFFIX) else path.suffix
        lines.append(f"  {path!s:<{width}}  {_OPENED_BY.get(suffix, '')}".rstrip())
    console.summary("\n".join(lines))
