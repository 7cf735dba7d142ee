"""Calendar files for Outlook and every other calendar program."""

from __future__ import annotations

from pathlib import Path

from imsgen.model import Schedule

__all__ = ["write"]


def write(schedule: Schedule, path: Path) -> tuple[Path, ...]:
    """Write the meetings of a schedule as an iCalendar file and return the files written."""
    from imsgen.formats.ical.calendar import calendar_bytes
    from imsgen.schedule.files import write_file

    return (write_file(path, calendar_bytes(schedule)),)
