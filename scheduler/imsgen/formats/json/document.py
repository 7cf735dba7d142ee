"""One JSON object: a version and a list of flat objects for each table."""

from __future__ import annotations

import json
from pathlib import Path

from imsgen.formats.facts import Facts
from imsgen.formats.tables import TABLES, Cell
from imsgen.model import Schedule
from imsgen.schedule.files import write_file

FORMAT = 1
"""Version of the tables: raised when a column changes or goes, not when one is added."""


def write(schedule: Schedule, path: Path) -> tuple[Path, ...]:
    """Write the tables of a schedule and return the file written."""
    text = json.dumps(document(schedule), ensure_ascii=False, indent=1, allow_nan=False)
    return (write_file(path, text.encode("utf-8", "replace") + b"\n"),)


def document(schedule: Schedule) -> dict[str, int | list[dict[str, Cell]]]:
    """Return ``imsgen_tables``, the version, and every table by name."""
    facts = Facts(schedule)
    found: dict[str, int | list[dict[str, Cell]]] = {"imsgen_tables": FORMAT}
    for table in TABLES:
        header = table.header
        found[table.name] = [dict(zip(header, row, strict=True)) for row in table.rows(facts)]
    return found
