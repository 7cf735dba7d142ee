"""Sheet *RACI*: the parties, and who answers for, does, advises on and hears of each part."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Book, Column, Sheet
from imsgen.formats.xlsx.listing import FIRST, begin, end
from imsgen.formats.xlsx.raci import Part, parts_of
from imsgen.formats.xlsx.text import clean
from imsgen.model import Party

NAME = "RACI"
ABOUT = (
    "Who is accountable (A), responsible (R), consulted (C) and informed (I), by group and gate."
)
_LEFT = (Column("ID", 24), Column("Group or gate", 46), Column("Accountable", 24))
_RIGHT = (Column("Backup", 24), Column("To settle", 34))
_DEEPEST = 15


def add_raci(book: Book) -> None:
    """Add the sheet; a plan without parties has none."""
    parties = tuple(book.facts.project.parties.values())
    parts = list(parts_of(book.facts))
    if not parties or not parts:
        return
    sheet = book.sheet(NAME, ABOUT)
    columns = (*_LEFT, *_headings(parties), *_RIGHT)
    begin(
        sheet,
        "RACI",
        "A: party of the owner, or the only one named · R: works in it · C: takes part in its "
        "decisions · I: its messages are for it",
        columns,
    )
    for at, part in enumerate(parts, FIRST):
        _write(sheet, at, part, parties)
    _colour(sheet, len(parts), len(parties))
    end(sheet, columns, FIRST + len(parts) - 1, len(_LEFT) - 1)


def _headings(parties: Sequence[Party]) -> list[Column]:
    """Return a column for each party; a name that comes twice has its id beside it."""
    names = [clean(party.name).replace("\n", " ")[:60] for party in parties]
    return [
        Column(name if names.count(name) == 1 else f"{name} ({party.id})", 13)
        for party, name in zip(parties, names, strict=True)
    ]


def _write(sheet: Sheet, at: int, part: Part, parties: Sequence[Party]) -> None:
    style = (look.CELL, *((look.GROUP,) if part.is_group else ()))
    indent: look.Style = {"indent": min(part.depth, _DEEPEST)} if part.depth else {}
    sheet.text(at, 0, part.id, *style, look.USER)
    sheet.text(at, 1, clean(part.name), *style, look.USER, indent)
    sheet.text(at, 2, clean(part.accountable), *style, look.USER)
    for column, party in enumerate(parties, len(_LEFT)):
        letters = " ".join(part.roles.get(party.id, ""))
        sheet.text(at, column, letters, *style, look.CENTRED)
    first = len(_LEFT) + len(parties)
    sheet.text(at, first, clean(part.backup), *style, look.USER)
    alone = any("A" in letters for letters in part.roles.values())
    sheet.text(at, first + 1, "" if alone else "No party is accountable", *style, look.WARNING)


def _colour(sheet: Sheet, count: int, parties: int) -> None:
    """Shade who is accountable; the letter says so as well."""
    sheet.worksheet.conditional_format(
        FIRST, len(_LEFT), FIRST + count - 1, len(_LEFT) + parties - 1,
        {
            "type": "text", "criteria": "begins with", "value": "A",
            "format": sheet.book.rule(bg_color=look.MEDIUM_LOAD, bold=True),
        },
    )  # fmt: skip
