"""Very hidden sheet ``_imsgen``: what was exported, so that `update` sees what people changed."""

from __future__ import annotations

from imsgen.formats.xlsx.book import Book, Sheet
from imsgen.formats.xlsx.editable import COLUMNS, DECISION, cell_texts, date_text, decision_of

NAME = "_imsgen"
VERSION = "2"
ROWS = "rows of"
"""Begins the lines of a sheet: its name and headings; then by id what the cells said."""
KEYS = ("id", "mode", *COLUMNS, DECISION)
"""Head of the lines of the activities."""


def add_state(book: Book) -> None:
    """Add the sheet: facts of the plan, headings of the columns, and a line for each activity."""
    facts, columns = book.facts, book.columns
    schedule, project = facts.schedule, facts.project
    sheet = book.sheet(NAME)
    lines: list[tuple[str, ...]] = [
        ("imsgen", VERSION),
        ("plan", project.id),
        ("plan_hash", schedule.plan_hash),
        ("revision", str(schedule.revision)),
        ("timezone", project.timezone),
        ("status_date", date_text(project.status_date, facts.zone)),
        ("id", columns.heading("ID")),
        *((key, columns.heading(name)) for key, name in COLUMNS.items()),
        (),
        KEYS,
    ]
    for id_, activity in project.activities.items():
        placed = schedule.activities.get(id_)
        mode = placed.mode if placed else 0
        texts = cell_texts(project, activity, mode, facts.zone)
        decided = decision_of(activity) if id_ in project.gates else ""
        lines.append((id_, str(mode), *texts.values(), decided))
    for watched in book.watched:
        lines += [(ROWS, watched.sheet, *watched.headings), *watched.lines()]
    _write(sheet, lines)
    sheet.worksheet.very_hidden()


def _write(sheet: Sheet, lines: list[tuple[str, ...]]) -> None:
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            if text:
                sheet.text(row, column, text)
