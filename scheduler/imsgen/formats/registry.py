"""Which formats there are, and the package that writes each."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

from imsgen.errors import UsageError
from imsgen.formats.options import Options, Written
from imsgen.model import Schedule

PACKAGES = {
    "xlsx": "imsgen.formats.xlsx",
    "ics": "imsgen.formats.ical",
    "xml": "imsgen.formats.mspdi",
    "json": "imsgen.formats.json",
    "csv": "imsgen.formats.csv",
}
"""Package by name of the format, which is also the suffix of its file."""

MEANT = {
    "excel": "xlsx",
    "xls": "xlsx",
    "ical": "ics",
    "outlook": "ics",
    "mspdi": "xml",
    "mpp": "xml",
}
"""What people call a format otherwise."""


def names() -> tuple[str, ...]:
    """Return the names of the formats, in the order they are listed to people."""
    return tuple(PACKAGES)


def write(
    schedule: Schedule, name: str, folder: Path, stem: str, options: Options | None = None
) -> Written:
    """Write a schedule in one format as ``folder/stem.name``; return the files and remarks.

    A format may write more files beside the first. Each appears whole or not at all, and the
    same schedule and options give the same bytes.

    Raises
    ------
    PlanError
        If the file would not say what the schedule does.
    UsageError
        If there is no such format, or a file cannot be written.
    """
    package = import_module(PACKAGES[known(name)])
    path = folder / f"{stem}.{name}"
    if hasattr(package, "write_with"):
        written: Written = package.write_with(schedule, path, options or Options())
        return written
    return Written(tuple(package.write(schedule, path)))


def known(name: str) -> str:
    """Return the name if it is a format's.

    Raises
    ------
    UsageError
        If it is not, saying which one was meant.
    """
    if name in PACKAGES:
        return name
    lowered = name.lower().lstrip(".")
    close = [lowered] if lowered in PACKAGES else get_close_matches(lowered, PACKAGES, 1)
    meant = MEANT.get(lowered) or (close[0] if close else None)
    hint = f"did you mean `{meant}`?" if meant else f"choose from {', '.join(PACKAGES)}"
    raise UsageError(f"`{name}` is not a format: {hint}")
