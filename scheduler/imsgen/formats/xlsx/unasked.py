"""Edits where nobody was asked for any: said, so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.diagnostics import Report, Severity
from imsgen.formats.xlsx.columns import ACTUAL_FINISH, ACTUAL_START, DECISION_HEADING, ID, STATE
from imsgen.formats.xlsx.exported import Exported, Rows
from imsgen.formats.xlsx.read import Sheet, Workbook
from imsgen.formats.xlsx.read.tables import Table, table_of
from imsgen.formats.xlsx.watch import changed
from imsgen.model import Project

_SHOWN = 5
"""Cells that a message lists."""
_ANSWERS = frozenset({ID, ACTUAL_START, ACTUAL_FINISH, STATE, DECISION_HEADING})
"""Headings, on sheets other than the first, whose cells are read."""


def report_unasked(
    book: Workbook, filled: Sheet, exported: Exported, project: Project, report: Report
) -> None:
    """Report changed cells that `update` takes nothing from.

    On the row of a group, what people fill in for activities is an error: it would be lost. Any
    other edit is a warning, for moving a bar by its date is what the sheet is for.

    Parameters
    ----------
    filled
        The sheet that was exported first, whatever it is called now.
    """
    for i, rows in enumerate(exported.sheets):
        wanted = {str(column): heading for column, heading in enumerate(rows.headings)}
        key = next((one for one, heading in wanted.items() if heading == ID), "")
        sheet = book.sheet(rows.sheet) if i else filled
        table = table_of(sheet, wanted, (key,)) if sheet is not None and key else None
        if table is None:
            continue
        asked = frozenset(exported.headings.values()) if not i else _ANSWERS
        elsewhere: dict[str, list[str]] = {}
        for id_, place, heading in _changed(table, rows, key):
            if heading in asked:
                if id_ in project.groups and heading != ID and not i:
                    report.add(
                        "IMS631",
                        f"{place}: `{id_}` is a group, its `{heading}` is not read",
                        help="fill in the activities inside, or change the group in the plan",
                    )
                continue
            elsewhere.setdefault(heading, []).append(place)
        for heading, places in elsewhere.items():
            more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
            report.add(
                "IMS633",
                f"{', '.join(places[:_SHOWN])}{more}: `{heading}` was changed, which is not read",
                help="change it in the plan; the next workbook shows what the plan says",
                severity=Severity.WARNING,
            )


def _changed(table: Table, rows: Rows, key: str) -> Iterator[tuple[str, str, str]]:
    """Yield id, place and heading of each cell that says something else now."""
    single = {key: column for key, column in table.columns.items() if key not in table.doubled}
    seen: set[str] = set()
    for row in table.rows():
        id_ = table.cell(row, key).said
        kept = rows.digits.get(id_)
        if kept is None or id_ in seen:
            continue
        seen.add(id_)
        now = {
            int(column): (cell.said, cell.formula)
            for column in single
            if not (cell := table.cell(row, column)).formula or cell.valued
        }
        for i in changed(kept, now):
            yield id_, table.place(row, str(i)), rows.headings[i]
