"""Sheet *Communications*: the messages in the nine columns of the M3 communications plan."""

from __future__ import annotations

from imsgen.formats.messages import OPEN, Delivery, deliveries, frequency
from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Book, Column, Sheet
from imsgen.formats.xlsx.text import clean, lines

NAME = "Communications"
COLUMNS = (
    Column("Communication Name", 28),
    Column("Primary Message", 52),
    Column("Stakeholder Group/Target Audience", 26),
    Column("Vehicle", 18),
    Column("Responsibility for Preparation", 24),
    Column("Frequency", 22),
    Column("Delivery Date", 24),
    Column("Feedback Mechanism", 26),
    Column("Status", 14),
    Column("ID", 18),
)
"""The template's nine, as it calls them, and the plan's id."""
_DATE = 6
_HEAD, _FIRST = 3, 4
_LINE = 12.0
"""Points of one more line in a wrapped cell."""


def add_messages(book: Book) -> None:
    """Add the sheet; a plan without messages has none."""
    found = deliveries(book.facts)
    if not found:
        return
    sheet = book.sheet(NAME, "The messages, in the columns of the M3 communications plan.")
    zone = book.facts.project.timezone
    sheet.title(
        "Communications plan", f"Messages by the date the schedule sends them · local is {zone}"
    )
    sheet.columns(COLUMNS)
    for i, column in enumerate(COLUMNS):
        sheet.text(_HEAD, i, column.heading, look.HEADING)
    for at, one in enumerate(found, _FIRST):
        _write(sheet, at, one)
    last = _FIRST + len(found) - 1
    worksheet = sheet.worksheet
    worksheet.set_row(_HEAD, look.HEADING_HEIGHT)
    worksheet.autofilter(_HEAD, 0, last, len(COLUMNS) - 1)
    worksheet.freeze_panes(_FIRST, 1)
    worksheet.repeat_rows(_HEAD)
    worksheet.print_area(0, 0, last, len(COLUMNS) - 1)


def _write(sheet: Sheet, at: int, one: Delivery) -> None:
    facts, message = sheet.book.facts, one.message
    purpose = f"Purpose: {message.purpose}" if message.purpose else ""
    texts = (
        message.name,
        "\n".join(part for part in (message.message, purpose) if part),
        message.audience,
        message.channel,
        facts.person(message.owner),
        frequency(facts, one),
        "",
        message.feedback,
        message.status or OPEN,
        message.id,
    )
    tallest = max(
        lines(text, column.width + 2) for text, column in zip(texts, COLUMNS, strict=True)
    )
    one_line: look.Style = {"valign": "vcenter"} if tallest == 1 else {}
    style = (look.CELL, look.WRAPPED, one_line)
    for i, text in enumerate(texts):
        if i != _DATE:
            sheet.text(at, i, clean(text), *style, look.USER)
    shown = f"ddd {look.DATE_TIME}"
    sheet.moment(at, _DATE, one.first, *style, look.LEFT, shown=shown, named=True)
    sheet.worksheet.set_row(at, min(look.ROW_HEIGHT + _LINE * (tallest - 1), 400))
