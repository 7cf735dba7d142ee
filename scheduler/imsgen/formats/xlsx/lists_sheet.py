"""Hidden sheet *Lists*: what cells may say, by names that validations refer to."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from imsgen.formats.xlsx.book import Book

NAME = "Lists"


def add_lists(book: Book) -> None:
    """Add the sheet, a column a list; it comes after the sheets that have lists."""
    if not book.lists:
        return
    sheet = book.sheet(NAME)
    for column, (name, values) in enumerate(book.lists.items()):
        sheet.text(0, column, name)
        for row, value in enumerate(values, 1):
            sheet.text(row, column, value)
        letter = xl_col_to_name(column)
        title = sheet.worksheet.get_name()
        book.workbook.define_name(name, f"='{title}'!${letter}$2:${letter}${len(values) + 1}")
    sheet.worksheet.hide()
