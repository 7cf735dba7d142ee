"""What a workbook said when it was exported, from its hidden sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from imsgen.diagnostics import Report
from imsgen.formats.xlsx.editable import COLUMNS
from imsgen.formats.xlsx.read import Workbook
from imsgen.formats.xlsx.state_sheet import KEYS, NAME, ROWS, VERSION


@dataclass(slots=True)
class Rows:
    """The rows of a sheet: what their cells said, as digits by id."""

    sheet: str
    headings: list[str]
    digits: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Exported:
    """Facts of the plan, texts of the cells to fill in, and digits of all others."""

    plan: str
    timezone: str
    status: str
    headings: dict[str, str]
    """Above the columns of sheet *Schedule*, by key of the plan and ``id``."""
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    """By activity and key; ``mode`` too."""
    sheets: list[Rows] = field(default_factory=list)

    def rows(self, sheet: str) -> dict[str, str]:
        """Return the digits of a sheet by id; of the first, where none is called so."""
        named = [one for one in self.sheets if one.sheet == sheet] or self.sheets[:1]
        return named[0].digits if named else {}


def read_exported(book: Workbook, path: Path, report: Report) -> Exported | None:
    """Return what was exported; None after reporting that it was not, or cannot be read."""
    sheet = book.sheet(NAME)
    if sheet is None:
        report.add(
            "IMS630",
            f"`{path}` has no sheet `{NAME}`: imsgen did not write it",
            help="export a workbook with `imsgen export`, and fill in that one",
        )
        return None
    head: dict[str, str] = {}
    lines: list[list[str]] = []
    for cells in sheet.cells.values():
        line = [cells[i].said if i in cells else "" for i in range(1, max(cells) + 1)]
        if lines or tuple(line) == KEYS:
            lines.append(line)
        else:
            head[line[0]] = line[1] if len(line) > 1 else ""
    known = {"plan", "timezone", "id", *COLUMNS} <= set(head) and lines
    if head.get("imsgen") != VERSION or not known:
        report.add(
            "IMS630",
            f"`{path}` was written by another version of imsgen: format "
            f"`{head.get('imsgen', '')}`, expected `{VERSION}`",
            help="export it again, and fill in the new one",
        )
        return None
    headings = {key: head[key] for key in ("id", *COLUMNS)}
    found = Exported(head["plan"], head["timezone"], head.get("status_date", ""), headings)
    for line in lines[1:]:
        _keep(found, line)
    return found


def _keep(found: Exported, line: list[str]) -> None:
    if line[0] == ROWS:
        found.sheets.append(Rows(line[1], line[2:]))
    elif found.sheets:
        found.sheets[-1].digits[line[0]] = line[1] if len(line) > 1 else ""
    else:
        padded = [*line, *[""] * (len(KEYS) - len(line))]
        found.texts[line[0]] = dict(zip(KEYS, padded, strict=False))
