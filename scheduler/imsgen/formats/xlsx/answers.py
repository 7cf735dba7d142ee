"""Reading a workbook that people filled in: what each editable cell says, as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from imsgen.diagnostics import Report, Severity
from imsgen.formats.xlsx.columns import ACTUAL_FINISH, ACTUAL_START, DECISION_HEADING, ID, STATE
from imsgen.formats.xlsx.editable import COLUMNS, DATED, DECISION, DECISIONS
from imsgen.formats.xlsx.exported import Exported, read_exported
from imsgen.formats.xlsx.formulas import STATUS_DATE
from imsgen.formats.xlsx.read import Unreadable, Workbook, read_workbook
from imsgen.formats.xlsx.read.tables import Table, find_tables
from imsgen.formats.xlsx.schedule_sheet import NAME as SCHEDULE
from imsgen.formats.xlsx.typed import Answer, Typed
from imsgen.formats.xlsx.unasked import report_unasked
from imsgen.model import Project

STATE_KEY = "state"
_HOURS = {"id": ID, "actual_start": ACTUAL_START, "actual_finish": ACTUAL_FINISH, STATE_KEY: STATE}
_MEETINGS = {"id": ID, DECISION: DECISION_HEADING}


@dataclass(slots=True)
class Answers:
    """A workbook as it was exported, and as it is now."""

    exported: Exported
    zone: ZoneInfo
    """Of the dates in its cells."""
    given: dict[str, dict[str, list[Answer]]] = field(default_factory=dict)
    """By activity and key of the plan: what each cell says, on one sheet or several."""
    status: Answer | None = None
    missing: list[str] = field(default_factory=list)
    """Activities that were exported and have no row now."""


def read_answers(path: Path, project: Project, report: Report) -> Answers | None:
    """Return what a workbook says; None if it cannot be read, after reporting why."""
    try:
        book = read_workbook(path)
    except Unreadable as error:
        report.add("IMS630", f"`{path}` cannot be read: {error.reason}", help=error.help)
        return None
    exported = read_exported(book, path, report)
    if exported is None:
        return None
    if exported.plan != project.id:
        report.add(
            "IMS630",
            f"`{path}` is the workbook of plan `{exported.plan}`, expected `{project.id}`",
            help="name the plan that it was exported from",
        )
        return None
    zone = exported.timezone
    if zone not in available_timezones():
        report.add("IMS630", f"`{path}`: its dates are in `{zone}`, which is no time zone")
        return None
    return _Reader(book, Answers(exported, ZoneInfo(zone)), project, report).read(path)


class _Reader:
    def __init__(self, book: Workbook, found: Answers, project: Project, report: Report) -> None:
        self._book, self._found, self._project, self._report = book, found, project, report
        self._typed = Typed(report, found.zone)

    def read(self, path: Path) -> Answers | None:
        found = self._found
        table = self._schedule(path)
        if table is None:
            return None
        self._sound(table)
        self._rows(table, tuple(key for key in COLUMNS if key in table.columns))
        found.missing = [id_ for id_ in found.exported.texts if id_ not in found.given]
        for hours in find_tables(self._book, _HOURS, _HOURS):
            if hours.sheet is not table.sheet:
                self._sound(hours)
                self._rows(hours, (*DATED, STATE_KEY))
        for meetings in find_tables(self._book, _MEETINGS, _MEETINGS):
            self._sound(meetings)
            self._decisions(meetings)
        place = self._book.names.get(STATUS_DATE)
        sheet = self._book.sheet(place[0]) if place else None
        if place and sheet:
            cell = sheet.at(place[1], place[2])
            found.status = self._typed.date(cell, sheet.place(place[1], place[2]))
        report_unasked(self._book, table.sheet, found.exported, self._project, self._report)
        return found

    def _schedule(self, path: Path) -> Table | None:
        """Return the table people fill in: where it was exported, or the only one like it."""
        wanted = self._found.exported.headings
        tables = [
            one
            for one in find_tables(self._book, wanted, ("id",))
            if len(one.columns) > len(wanted) // 2
            and STATE not in {cell.said for cell in one.sheet.cells[one.heading].values()}
        ]
        named = [one for one in tables if one.sheet.name == SCHEDULE]
        if len(named or tables) != 1:
            several = ", ".join(f"`{one.sheet.name}`" for one in tables)
            lost = ", ".join(f"`{name}`" for name in wanted.values())
            self._report.add(
                "IMS630",
                f"`{path}` has no sheet with the headings {lost}"
                if not tables
                else f"`{path}` has several sheets to fill in: {several}",
                help="keep the headings as they were exported"
                if not tables
                else f"keep one, called `{SCHEDULE}`",
            )
            return None
        table = (named or tables)[0]
        name = table.sheet.name
        for other in tables:
            if other is not table:
                self._unread(f"sheet `{other.sheet.name}` is not read, only `{name}` is")
        for key, heading in wanted.items():
            if key not in table.columns:
                self._unread(f"sheet `{name}` has no column `{heading}` any more")
        return table

    def _sound(self, table: Table) -> None:
        """Report what makes it unclear which cell says what."""
        name = table.sheet.name
        for key in table.doubled:
            heading = table.cell(table.heading, key).said
            self._refuse(table.place(table.heading, key), f"`{heading}` stands above several "
                         f"columns of sheet `{name}`", "keep one of them")  # fmt: skip
        for place in table.merged():
            self._refuse(place, "the cells are merged, so it is not clear whose value it is",
                         "part them and fill in each")  # fmt: skip

    def _rows(self, table: Table, keys: tuple[str, ...]) -> None:
        seen: dict[str, str] = {}
        for row in table.rows():
            place = table.place(row, "id")
            id_ = self._typed.text(table.cell(row, "id"), place).text
            if not id_:
                if any(not table.cell(row, key).blank for key in keys):
                    self._refuse(place, "there is no id in this row", "write new activities in "
                                 "the plan, or clear the row")  # fmt: skip
            elif id_ in seen:
                self._refuse(place, f"`{id_}` is there twice, first in {seen[id_]}",
                             "keep one of the rows")  # fmt: skip
            elif id_ in self._found.exported.texts:
                seen[id_] = place
                said = self._found.given.setdefault(id_, {})
                for key in keys:
                    answer = self._typed.read(key, table.cell(row, key), table.place(row, key))
                    said.setdefault(key, []).append(answer)
            elif id_ in self._found.exported.rows(table.sheet.name):
                seen[id_] = place  # a group
            else:
                self._refuse(place, f"`{id_}` is not in the workbook as exported",
                             "write new activities in the plan, or clear the row")  # fmt: skip

    def _decisions(self, table: Table) -> None:
        """Read what was decided at gates; nothing else can be decided in a plan."""
        for row in table.rows():
            id_ = table.cell(row, "id").said
            answer = self._typed.text(table.cell(row, DECISION), table.place(row, DECISION))
            decided = answer.text.upper() or DECISIONS[0]
            if decided not in DECISIONS:
                self._refuse(answer.place, f"`{answer.text}` is no decision, expected "
                             + ", ".join(f"`{one}`" for one in DECISIONS))  # fmt: skip
            elif self._found.exported.texts.get(id_, {}).get(DECISION):
                said = self._found.given.setdefault(id_, {})
                said.setdefault(DECISION, []).append(Answer(decided, answer.place))
            elif decided != DECISIONS[0]:
                self._refuse(answer.place, f"`{decided}`: a plan keeps the decisions of gates, and "
                             f"`{id_}` is none", "write it under its notes in the plan")  # fmt: skip

    def _unread(self, what: str) -> None:
        self._report.add("IMS633", what, severity=Severity.WARNING)

    def _refuse(self, place: str, what: str, help_: str = "") -> None:
        self._report.add("IMS631", f"{place}: {what}", help=help_)
