"""Calendar files for Outlook and every other calendar program."""

from __future__ import annotations

from pathlib import Path

from imsgen.formats.options import Options, Written
from imsgen.model import Schedule

__all__ = ["write", "write_with"]


def write_with(schedule: Schedule, path: Path, options: Options) -> Written:
    """Write the calendars of a schedule with the activities asked for."""
    return Written(write(schedule, path, tasks=options.tasks))


def write(schedule: Schedule, path: Path, *, tasks: str = "") -> tuple[Path, ...]:
    """Write the calendars of a schedule and return the files written, everybody's first.

    Beside ``NAME.ics`` the folder ``NAME.ical`` has the calendars of each party and person, what
    changed since the last revision, and how to import them.

    Parameters
    ----------
    tasks
        Which activities besides meetings: ``mine``, ``critical``, ``all``; empty for a person's
        own steps only.
    """
    from imsgen.formats.ical.files import contents
    from imsgen.schedule.files import write_file

    folder = path.with_name(f"{path.name.removesuffix('.ics')}.ical")
    return tuple(
        write_file(folder / name if name else path, content)
        for name, content in contents(schedule, path.name, tasks)
    )
