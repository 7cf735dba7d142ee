"""From a workbook to the text of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from imsgen.diagnostics import Report
from imsgen.formats.importing.beside import Beside
from imsgen.formats.importing.imported import Imported
from imsgen.formats.importing.losses import Losses
from imsgen.formats.mspdi.read.notation import beginning
from imsgen.formats.xlsx.formulas import STATUS_DATE
from imsgen.formats.xlsx.importing.build import Entries, People, give_ids
from imsgen.formats.xlsx.importing.cells import Cells
from imsgen.formats.xlsx.importing.layout import Layout, layout_of
from imsgen.formats.xlsx.importing.network import Network
from imsgen.formats.xlsx.importing.rows import Row, RowReader, nested
from imsgen.formats.xlsx.read import Unreadable, Workbook, read_workbook
from imsgen.formats.xlsx.state_sheet import NAME as STATE_SHEET
from imsgen.plan.writing import Tree, Words, plan_text

_KINDS = {
    "m3": "the M3 Master Schedule Template",
    "project": "MS Project's table of tasks",
    "imsgen": "a workbook of imsgen",
    "given": "the columns named",
}
_START = "2027-01-04"
"""Of a plan whose sheet has no dates."""
_CALENDAR: Mapping[str, Tree] = {"work": {"mon-fri": ["08:00-12:00", "13:00-17:00"]}}


def import_plan(
    path: Path,
    report: Report,
    *,
    columns: Mapping[str, str],
    timezone: str | None = None,
    start: str | None = None,
    stem: str = "",
) -> Imported | None:
    """Return the plan that a workbook holds, or None after reporting why not.

    Parameters
    ----------
    columns
        Letter or heading of each column by key; empty: the layout is one we know.
    timezone
        IANA zone of its dates; None: the one that our own workbooks note, else UTC.
    start
        Nothing is planned before; None: the first date of the sheet.
    stem
        Name of the plan's file, for what lies beside it; empty: the plan holds progress itself.
    """
    try:
        book = read_workbook(path)
    except Unreadable as error:
        report.add("IMS635", f"`{path}` cannot be imported: {error.reason}", help=error.help)
        return None
    layout = layout_of(book, str(path), columns, report)
    if layout is None:
        return None
    losses = Losses()
    losses.add(f"Read as {_KINDS[layout.kind]}: sheet `{layout.sheet.name}`, headings in row "
               f"{layout.heading}")  # fmt: skip
    for heading in layout.left:
        losses.add("A column is left out", heading)
    cells = Cells(layout, losses)
    rows = RowReader(cells, losses).read()
    title = _title(layout, rows, path)
    if not rows:
        report.add("IMS635", f"`{path}`: sheet `{layout.sheet.name}` has no rows below its "
                   f"headings in row {layout.heading}")  # fmt: skip
        return None
    return _Plan(book, layout, rows, losses).imported(
        path, title, _zone(book, timezone, losses), start, stem
    )


class _Plan:
    def __init__(self, book: Workbook, layout: Layout, rows: list[Row], losses: Losses) -> None:
        self._book, self._layout, self._losses = book, layout, losses
        self._cells = Cells(layout, losses)
        self._rows, self._top = rows, nested(rows, losses)
        give_ids(self._top, layout.kind)

    def imported(
        self, path: Path, title: str, timezone: str, start: str | None, stem: str
    ) -> Imported:
        losses = self._losses
        people = People()
        for row in self._rows:  # before owners are looked up among them
            people.needs(row.texts.get("resources", ""))
        links = Network(self._rows, self._cells, losses).links()
        entries = Entries(self._cells, links, people, losses, start or "")
        activities = {row.id: entries.entry(row) for row in self._top}
        losses.add("Working hours are Monday to Friday, 08:00-12:00 and 13:00-17:00")
        if any(row.is_group and (row.length or row.dates or row.percent) for row in self._rows):
            losses.add("Durations, dates and percentages of groups follow from what is inside")
        if people.resources:
            losses.add("Each resource can do as much at once as one row asks of it, at least 1")
        tree: dict[str, Tree | None] = {
            "imsgen": "1",
            "name": Words(title),
            "start": self._start(start),
            "status_date": self._status(entries.actual),
            "timezone": timezone,
            "calendar": "office",
        }
        told: dict[str, Tree] = {id_: dict(one) for id_, one in entries.progress.items()}
        progress = ""
        if told and stem:
            tree["include"] = [Words(Beside(stem).progress)]
            progress = plan_text(
                {"imsgen": "1", "timezone": timezone, "progress": told},
                [f"What has happened by {tree['status_date']}, from {path.name}."],
            )
        tree.update(
            calendars={"office": _CALENDAR},
            parties=people.parties or None,
            resources=dict(people.resources) or None,
            activities=dict(activities),
            progress=told if told and not stem else None,
        )
        found = losses.found()
        head = [f"From {path.name}, times in {timezone}.", *(one.short() for one in found)]
        kept = {key: value for key, value in tree.items() if value is not None}
        return Imported(plan_text(kept, head), found, progress)

    def _start(self, given: str | None) -> str:
        if given:
            return given
        dates = [
            row.dates[key]
            for row in self._rows
            for key in ("start", "actual_start", "constraint_date", "finish", "actual_finish")
            if key in row.dates and not row.is_group
        ]
        if not dates:
            self._losses.add(f"The sheet has no dates: the plan starts on {_START}")
            return _START
        first = min(dates)
        self._losses.add(f"Nothing is planned before the first date, {beginning(first)}")
        return beginning(first)

    def _status(self, actual: list[datetime]) -> str | None:
        """Return the moment progress describes: the sheet's own, else the last thing done."""
        place = self._book.names.get(STATUS_DATE)
        sheet = self._book.sheet(place[0]) if place else None
        known = sheet.at(place[1], place[2]).moment() if place and sheet else None
        if not actual:
            return None
        last = max(actual)
        if known is not None and known >= last:
            return f"{known:%Y-%m-%d %H:%M}"
        self._losses.add(f"The status date is that of the last thing done, {last:%Y-%m-%d %H:%M}")
        if last.hour == last.minute == 0:
            return f"{last - timedelta(days=1):%Y-%m-%d}"
        return f"{last:%Y-%m-%d %H:%M}"


def _title(layout: Layout, rows: list[Row], path: Path) -> str:
    """Return the name of the plan; in M3's template it stands above the first phase."""
    first = rows[0] if rows else None
    if layout.kind == "m3" and first is not None and first.level == 0 and len(rows) > 1:
        del rows[0]
        return first.name
    if layout.kind == "imsgen":
        said = layout.sheet.at(1, 1).said
        if said:
            return said
    return path.stem


def _zone(book: Workbook, given: str | None, losses: Losses) -> str:
    if given:
        return given
    sheet = book.sheet(STATE_SHEET)
    for cells in sheet.cells.values() if sheet else ():
        if 1 in cells and 2 in cells and cells[1].said == "timezone":
            return cells[2].said
    losses.add("The file names no time zone: its dates are read as UTC")
    return "UTC"
