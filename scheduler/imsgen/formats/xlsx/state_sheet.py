"""Very hidden sheet ``_imsgen``: what was exported, so that `update` sees what people changed."""

from __future__ import annotations

from imsgen.formats.clock import local
from imsgen.formats.xlsx.book import Book
from imsgen.formats.xlsx.editable import COLUMNS, MINUTE, cell_texts

NAME = "_imsgen"
VERSION = "1"


def add_state(book: Book) -> None:
    """Add the sheet: facts of the plan, headings of the columns, and a line for each activity."""
    facts, columns = book.facts, book.columns
    schedule, project = facts.schedule, facts.project
    sheet = book.sheet(NAME)
    status = project.status_date
    head = (
        ("imsgen", VERSION),
        ("plan", project.id),
        ("plan_hash", schedule.plan_hash),
        ("revision", str(schedule.revision)),
        ("timezone", project.timezone),
        ("status_date", "" if status is None else local(status, facts.zone).strftime(MINUTE)),
        ("id", columns.heading("ID")),
        *((key, columns.heading(name)) for key, name in COLUMNS.items()),
    )
    for at, (name, value) in enumerate(head):
        sheet.text(at, 0, name)
        sheet.text(at, 1, value)
    first = len(head) + 1
    for column, key in enumerate(("id", "mode", *COLUMNS)):
        sheet.text(first, column, key)
    for at, (id_, activity) in enumerate(project.activities.items(), first + 1):
        placed = schedule.activities.get(id_)
        mode = placed.mode if placed else 0
        texts = cell_texts(project, activity, mode)
        for column, text in enumerate((id_, str(mode), *texts.values())):
            if text:
                sheet.text(at, column, text)
    sheet.worksheet.very_hidden()
