"""Which sheet holds the schedule, and what its columns are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from imsgen.diagnostics import Report
from imsgen.formats.xlsx.columns import AFTER, M3_HEADINGS
from imsgen.formats.xlsx.read import Form, Sheet, Workbook, address
from imsgen.formats.xlsx.read.cells import place_of
from imsgen.formats.xlsx.read.tables import HEADING_ROWS, plain
from imsgen.formats.xlsx.state_sheet import NAME as STATE_SHEET

PROJECT_SHEET = "Task_Table1"
"""What MS Project calls the sheet of its tasks."""
_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "nr", "no", "taskid", "activityid"),
    "uid": ("uniqueid",),
    "wbs": ("wbs", "wbscode", "outlinenumber", "pspcode"),
    "level": ("outlinelevel", "level", "gliederungsebene"),
    "phase": ("phase",),
    "name": (
        "name",
        "taskname",
        "task",
        "activity",
        "activityname",
        "step",
        "title",
        "vorgangsname",
    ),
    "duration": ("duration", "dauer", "durée"),
    "percent": ("complete", "percentcomplete", "progress", "abgeschlossen", "achevé"),
    "start": ("start", "startdate", "plannedstart", "scheduledstart", "anfang", "début"),
    "finish": ("finish", "end", "enddate", "finishdate", "plannedfinish", "ende", "fin"),
    "actual_start": ("actualstart",),
    "actual_finish": ("actualfinish", "actualend"),
    "predecessors": ("predecessors", "predecessor", "dependson", "vorgänger", "prédécesseurs"),
    "successors": ("successors", "successor", "nachfolger", "successeurs"),
    "resources": ("resourcenames", "resources", "resource", "assignedto", "ressourcennamen"),
    "resource_type": ("resourcetype",),
    "owner": ("owner", "responsible", "assignee", "lead", "taskowner"),
    "party": ("party", "organization", "organisation"),
    "notes": ("notes", "comments", "comment", "remarks"),
    "deadline": ("deadline", "duedate"),
    "milestone": ("milestone",),
    "constraint": ("constrainttype",),
    "constraint_date": ("constraintdate",),
    "mode": ("taskmode",),
    "active": ("active", "isactive", "aktiv"),
    "remaining": ("remaining",),
}
KEYS = tuple(_NAMES)
"""What a column can be."""
_OURS = {AFTER: "predecessors", "Predecessors": "", "Successors": "", "Resource Type": "resources"}
"""In our own workbooks links stand by id beside those by number."""
_BY_NAME = {name: key for key, names in _NAMES.items() for name in names}
_MAP = re.compile(r'\s*([a-z_]+)\s*=\s*(?:"([^"]*)"|([^,]*))\s*(?:,|$)')


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet, the row of its headings, and its columns by key."""

    kind: str
    """``project``, ``m3``, ``imsgen`` or ``given``."""
    sheet: Sheet
    heading: int
    columns: Mapping[str, int]
    left: tuple[str, ...] = field(default=())
    """Headings of columns that are not imported, with their places."""


def layout_of(
    book: Workbook, shown: str, given: Mapping[str, str], report: Report
) -> Layout | None:
    """Return what a workbook holds where; None after asking for the columns.

    Parameters
    ----------
    given
        Column letter or heading by key, as the user says.
    """
    if given:
        return _given(book, shown, given, report)
    ours = book.sheet(STATE_SHEET) is not None
    for sheet in book.visible():
        row = _headings(sheet)
        if row is None:
            continue
        texts = {plain(cell.said): column for column, cell in sheet.cells[row].items()}
        kind = ""
        if ours and {"ID", "Start", "Finish"} <= set(texts):
            kind = "imsgen"
        elif sheet.name == PROJECT_SHEET or {"Outline_Level", "Name"} <= set(texts):
            kind = "project"
        elif {one.casefold() for one in M3_HEADINGS} <= {one.casefold() for one in texts}:
            kind = "m3"
        if kind:
            return _named(kind, sheet, row)
    _ask(book, shown, report)
    return None


def parsed_map(text: str) -> dict[str, str] | None:
    """Return ``id=A,name="Task name"`` as a map; None if it is none."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        part = _MAP.match(text, at)
        if part is None or part[1] in found:
            return None
        found[part[1]] = part[2] if part[2] is not None else part[3].strip()
        at = part.end()
    return found if found and all(found.values()) and set(found) <= set(KEYS) else None


def _key_of(heading: str) -> str:
    return _BY_NAME.get(re.sub(r"[\W_]+", "", heading.casefold()), "")


def _headings(sheet: Sheet) -> int | None:
    """Return the row among the first whose cells name most columns."""
    best, most = None, 1
    for row, cells in sheet.cells.items():
        if row > HEADING_ROWS:
            break
        known = {_key_of(cell.said) for cell in cells.values() if cell.form is Form.TEXT} - {""}
        if len(known) > most:
            best, most = row, len(known)
    return best


def _named(kind: str, sheet: Sheet, row: int) -> Layout:
    columns: dict[str, int] = {}
    left = []
    for column, cell in sorted(sheet.cells[row].items()):
        key = _key_of(cell.said) if cell.form is Form.TEXT else ""
        if kind == "imsgen":
            key = _OURS.get(plain(cell.said), key)
        if key and key not in columns:
            columns[key] = column
        elif cell.form is Form.TEXT and cell.said and (kind != "imsgen" or key):
            left.append(f"`{plain(cell.said)}` ({sheet.place(row, column)})")
    return Layout(kind, sheet, row, columns, tuple(left))


def _given(book: Workbook, shown: str, given: Mapping[str, str], report: Report) -> Layout | None:
    best: list[str] = list(given.values())
    for sheet in book.visible():
        for row, cells in sheet.cells.items():
            if row > HEADING_ROWS:
                break
            named = {plain(cell.said).casefold(): column for column, cell in cells.items()}
            columns, lost = {}, []
            for key, text in given.items():
                letters = place_of(f"{text}1") if text.isupper() or len(text) == 1 else None
                column = named.get(plain(text).casefold()) or (letters[1] if letters else None)
                if column is None or column not in cells:
                    lost.append(text)
                else:
                    columns[key] = column
            if not lost:
                return Layout("given", sheet, row, columns)
            best = min(best, lost, key=len)
    report.add(
        "IMS636",
        f"`{shown}` has no row with the columns " + ", ".join(f"`{one}`" for one in best),
        help="say headings as they stand, or letters: " + _found(book),
    )
    return None


def _ask(book: Workbook, shown: str, report: Report) -> None:
    found = _found(book)
    if not found:
        report.add("IMS635", f"`{shown}` has no headings: a row with two texts at least")
        return
    guess = _guess(book)
    report.add(
        "IMS636",
        f"the columns of `{shown}` are those of no layout that imsgen knows: {found}",
        help=f"say what they are: `--columns {guess}`; there are {', '.join(KEYS)}",
    )


def _found(book: Workbook) -> str:
    """Return the headings of the sheet that has most, with their letters."""
    sheet, row = _likeliest(book)
    if sheet is None:
        return ""
    texts = [
        f"{address(row, column).rstrip('0123456789')} `{plain(cell.said)}`"
        for column, cell in sorted(sheet.cells[row].items())
        if cell.said
    ]
    return f"sheet `{sheet.name}`, row {row}: {', '.join(texts[:30])}"


def _likeliest(book: Workbook) -> tuple[Sheet | None, int]:
    best: tuple[Sheet | None, int] = (None, 0)
    most = 1
    for sheet in book.visible():
        for row, cells in sheet.cells.items():
            if row > HEADING_ROWS:
                break
            count = sum(cell.form is Form.TEXT for cell in cells.values())
            known = sum(bool(_key_of(cell.said)) for cell in cells.values())
            if count > 1 and count + 10 * known > most:
                best, most = (sheet, row), count + 10 * known
    return best


def _guess(book: Workbook) -> str:
    sheet, row = _likeliest(book)
    if sheet is None:
        return "name=A,duration=B"
    named: dict[str, str] = {}
    for column, cell in sorted(sheet.cells[row].items()):
        key = _key_of(cell.said)
        if key and key not in named:
            named[key] = address(row, column).rstrip("0123456789")
    free = (address(row, column).rstrip("0123456789") for column in sorted(sheet.cells[row]))
    named.setdefault("name", next((one for one in free if one not in named.values()), "A"))
    return ",".join(f"{key}={letter}" for key, letter in named.items())
