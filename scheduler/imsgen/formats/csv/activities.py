"""The table of activities in one CSV file.

UTF-8 with a byte order mark, without which Excel reads it in the machine's code page; lines end
in CR LF; every text is quoted, numbers are not.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from imsgen.formats.facts import Facts
from imsgen.formats.tables import ACTIVITIES, Cell
from imsgen.model import Schedule
from imsgen.schedule.files import write_file

LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet run what follows (OWASP, CSV injection)."""


def write(schedule: Schedule, path: Path) -> tuple[Path, ...]:
    """Write the activities of a schedule and return the file written."""
    return (write_file(path, as_text(schedule).encode("utf-8-sig", "replace")),)


def as_text(schedule: Schedule) -> str:
    """Return the file's text."""
    facts = Facts(schedule)
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(ACTIVITIES.header)
    for row in ACTIVITIES.rows(facts):
        writer.writerow([defused(cell) for cell in row])
    return buffer.getvalue()


def defused(cell: Cell) -> str | int | float:
    """Return the cell as written: text a spreadsheet would run gets an apostrophe before it.

    Leading spaces do not hide it; truth values become ``true`` and ``false``, None is empty.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\x00", "")
    return f"'{text}" if text.startswith(LIVE) or text.lstrip().startswith(LIVE) else text
