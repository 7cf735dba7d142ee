"""Which files a command writes, where, and what opens them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from imsgen.cli.console import Console
from imsgen.errors import UsageError
from imsgen.model import Schedule

if TYPE_CHECKING:
    from imsgen.formats import Options

SUFFIX = ".schedule.json"
PLANS = (".yaml", ".yml")
CALENDARS = ".ical"
"""Suffix of the folder of calendars by party and by owner."""

_OPENED_BY = {
    SUFFIX: "the schedule itself: keep it in git beside the plan",
    ".xlsx": "workbook for Excel or LibreOffice",
    ".ics": "calendar for Outlook, Google, Apple",
    ".xml": "MS Project: File > Open, type XML",
    ".json": "every activity as plain data",
    ".csv": "every activity as a table",
}


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a command wrote, and by format what that cannot say of the plan."""

    files: tuple[Path, ...]
    remarks: dict[str, tuple[str, ...]] = field(default_factory=dict)


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
    beside = schedule_path(path, None)
    if path.name.endswith(SUFFIX):
        if not path.exists():
            raise UsageError(f"there is no file `{path}`")
        return path
    if path.exists() and path.suffix not in PLANS:
        return path
    if not beside.exists():
        plan = path if path.suffix in PLANS else path.with_suffix(".yaml")
        if not plan.exists():
            raise UsageError(f"there is no file `{plan if path.suffix in PLANS else path}`")
        raise UsageError(f"there is no `{beside}` yet: run `imsgen solve {plan}` first")
    return beside


def check_folder(folder: Path) -> None:
    """Make sure that a folder can be written to, before the work of a search is lost.

    Raises
    ------
    UsageError
        If it is no folder, cannot be made in what is there, or may not be written to.
    """
    there = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if not there.is_dir():
        raise UsageError(f"`{there}` is a file, expected a folder to write to")
    if not os.access(there, os.W_OK | os.X_OK):
        raise UsageError(f"`{there}` is a folder you may not write to")


def write_all(
    schedule: Schedule,
    formats: Sequence[str],
    folder: Path,
    stem: str,
    *,
    itself: bool,
    options: Options,
    phase: Callable[[str], None] | None = None,
) -> Outputs:
    """Write a schedule in several formats, all or none.

    Everything is made in a folder beside the target first, so that an error in one format leaves
    the published files as they were.

    Parameters
    ----------
    itself
        Whether to write the schedule file as well, as the first.
    options
        What is asked of formats.
    phase
        Is told which file is written next.

    Raises
    ------
    PlanError
        If a file would not say what the schedule does.
    UsageError
        If a file cannot be written.
    """
    from imsgen.formats import write
    from imsgen.schedule import write_schedule

    told = phase or (lambda _text: None)
    remarks: dict[str, tuple[str, ...]] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{stem}.", dir=folder) as name:
            beside = Path(name)
            made = [beside / f"{stem}{SUFFIX}"] if itself else []
            for path in made:
                told(f"writing {path.name}")
                write_schedule(schedule, path)
            for format_ in formats:
                told(f"writing {stem}.{format_}")
                written = write(schedule, format_, beside, stem, options)
                made += written.files
                if written.remarks:
                    remarks[format_] = written.remarks
            files = [_moved(path, folder / path.relative_to(beside)) for path in made]
            return Outputs(tuple(files), remarks)
    except OSError as error:
        raise UsageError(f"`{folder}` cannot be written: {error.strerror or error}") from None


def _moved(path: Path, target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    except PermissionError:
        raise UsageError(
            f"`{target}` cannot be replaced: it is write-protected or open in another program"
        ) from None
    return target


def say_written(console: Console, files: Sequence[Path]) -> None:
    """List the files with what opens them."""
    if not files:
        return
    listed: dict[str, str] = {}
    inside: dict[str, int] = {}
    for path in files:
        folder = next((one for one in path.parents if one.suffix == CALENDARS), None)
        if folder is not None:
            name = f"{folder}{os.sep}"
            inside[name] = inside.get(name, 0) + (path.suffix == ".ics")
            more = f"{inside[name]} more calendars, and " if inside[name] else ""
            listed[name] = f"{more}README.txt: how to import"
            continue
        suffix = SUFFIX if path.name.endswith(SUFFIX) else path.suffix
        listed[str(path)] = _OPENED_BY.get(suffix, "")
    width = max(len(name) for name in listed)
    lines = ["Written", *(f"  {name:<{width}}  {use}".rstrip() for name, use in listed.items())]
    console.summary("\n".join(lines))


def say_remarks(console: Console, written: Outputs) -> None:
    """Say on stderr what a format cannot hold of the plan, one line a kind."""
    for format_, told in written.remarks.items():
        things, them = ("thing", "it") if len(told) == 1 else ("things", "them")
        console.note(
            f"\nnote: `.{format_}` cannot say {len(told)} {things} of this plan as such; its "
            f"project notes list {them} too"
        )
        for line in told:
            console.note(f"  {line}")


def as_json(written: Outputs) -> dict[str, Any]:
    """Return the files and remarks as the JSON object of a command has them."""
    return {
        "files": [str(path) for path in written.files],
        "remarks": {format_: list(told) for format_, told in written.remarks.items()},
    }


def options_of(
    pin: str,
    tasks: str | None,
    baselines: Mapping[str, Schedule] | None = None,
    layout: str = "standard",
) -> Options:
    """Return the choices of formats that the command line was given."""
    from imsgen.formats import Options, Pin

    return Options(pin=Pin(pin), tasks=tasks or "", baselines=baselines or {}, layout=layout)
