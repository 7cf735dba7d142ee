"""Sheet *Roster*: who is on duty when, with backup, and the hours side by side."""

from __future__ import annotations

from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import UTC, Book, Column, Sheet
from imsgen.formats.xlsx.scale import Scale, minute_scale
from imsgen.formats.xlsx.text import clean, lines
from imsgen.model import Instant, Roster, Shift
from imsgen.schedule.roster import headline, why_not

NAME = "Roster"
_COLUMNS = (
    Column("Start local", 23),
    Column("Finish local", 23),
    Column("Start UTC", 15),
    Column("Hours", 7),
    Column("Role", 26),
    Column("On duty", 22),
    Column("Party", 16),
    Column("Backup", 26),
    Column("ID", 12),
)
_GRID = len(_COLUMNS) + 1
_BAND, _HEAD, _FIRST = 2, 3, 4
_MOST_SLOTS = 200
"""Hours shown as a picture: longer rosters are lists only."""
_LINE = 12.0
"""Points of one more line in a wrapped cell."""


def add_roster(book: Book) -> None:
    """Add the sheet; a plan that asks for no roster has none."""
    roster = book.facts.schedule.roster
    if roster is None:
        return
    sheet = book.sheet(NAME)
    window = book.facts.project.windows[roster.window].name
    sheet.title("Roster", f"{window}: {headline(roster)}")
    sheet.columns(_COLUMNS)
    for i, column in enumerate(_COLUMNS):
        aligned = look.CENTRED if column.heading == "Hours" else look.LEFT
        sheet.text(_HEAD, i, column.heading, look.HEADING, aligned)
    if not roster.shifts:
        for at, line in enumerate(why_not(book.facts.project, roster), _FIRST):
            sheet.text(at, 0, line, look.USER)
        return
    scale = _scale(book, roster)
    width = _header(sheet, scale) if scale is not None else 0
    for at, one in enumerate(roster.shifts, _FIRST):
        _write(sheet, at, one, roster)
        if scale is not None:
            _hours(sheet, at, one, scale)
    last = _FIRST + len(roster.shifts) - 1
    _totals(sheet, last + 2, roster)
    worksheet = sheet.worksheet
    worksheet.set_row(_HEAD, look.HEADING_HEIGHT)
    worksheet.autofilter(_HEAD, 0, last, len(_COLUMNS) - 1)
    worksheet.freeze_panes(_FIRST, 0)
    worksheet.repeat_rows(_HEAD)
    people = len({one.person for one in (*roster.shifts, *roster.standbys)})
    worksheet.print_area(0, 0, last + people + 3, max(width - 1, len(_COLUMNS) - 1))


def _scale(book: Book, roster: Roster) -> Scale | None:
    """Return an hour a column, None where that would be too many."""
    first = min(one.start for one in roster.shifts)
    last = max(one.finish for one in roster.shifts)
    if last - first > _MOST_SLOTS * 60:
        return None
    return minute_scale(first, Instant(last - 1), 60, book.facts.zone)


def _header(sheet: Sheet, scale: Scale) -> int:
    """Write the labels of the hours and return the column behind the last."""
    sheet.worksheet.set_column(_GRID - 1, _GRID - 1, 2)
    sheet.worksheet.set_column(_GRID, _GRID + len(scale.slots) - 1, 2.4)
    for i, slot in enumerate(scale.slots, _GRID):
        sheet.text(_HEAD, i, slot.tick, look.TICK)
        sheet.text(_BAND, i, slot.band, look.BAND)
    return _GRID + len(scale.slots)


def _write(sheet: Sheet, at: int, one: Shift, roster: Roster) -> None:
    facts = sheet.book.facts
    person = facts.project.people[one.person]
    backups = ", ".join(
        dict.fromkeys(
            facts.project.people[other.person].name
            for other in roster.standbys
            if other.role == one.role and other.start < one.finish and one.start < other.finish
        )
    )
    party = facts.party_text((person.party,)) if person.party else ""
    texts = (facts.project.resources[one.role].name, person.name, party, backups, person.id)
    tallest = max(
        lines(text, column.width + 2) for text, column in zip(texts, _COLUMNS[4:], strict=True)
    )
    style: tuple[look.Style, ...] = (look.CELL,)
    if tallest > 1:
        style = (look.CELL, look.WRAPPED)
    shown = f"ddd {look.DATE_TIME}"
    sheet.moment(at, 0, one.start, *style, look.LEFT, shown=shown, named=True)
    sheet.moment(at, 1, one.finish, *style, look.LEFT, shown=shown, named=True)
    sheet.moment(at, 2, one.start, *style, look.LEFT, zone=UTC)
    sheet.number(at, 3, (one.finish - one.start) / 60, look.HOURS, *style, look.CENTRED)
    for column, text in enumerate(texts, 4):
        sheet.text(at, column, clean(text), *style, look.USER)
    sheet.worksheet.set_row(at, look.ROW_HEIGHT + _LINE * (tallest - 1))


def _hours(sheet: Sheet, at: int, one: Shift, scale: Scale) -> None:
    """Fill the hours of a shift; those it has only a part of are lighter."""
    for i, slot in enumerate(scale.slots, _GRID):
        here = min(one.finish, slot.start + 60) - max(one.start, slot.start)
        if here > 0:
            shade = look.HEAVY_LOAD if here == 60 else look.MEDIUM_LOAD
            sheet.text(at, i, "", look.CELL, {"bg_color": shade})


def _totals(sheet: Sheet, at: int, roster: Roster) -> None:
    """Write how much each person is on duty and stands by."""
    people = sheet.book.facts.project.people.values()
    for column, text in ((0, "Person"), (3, "Hours"), (4, "Shifts"), (5, "Hours as backup")):
        sheet.text(at, column, text, look.HEADING, look.CENTRED if column == 3 else look.LEFT)
    for column in (1, 2):
        sheet.text(at, column, "", look.HEADING)
    for person in people:
        shifts = [one for one in roster.shifts if one.person == person.id]
        stands = [one for one in roster.standbys if one.person == person.id]
        if not shifts and not stands:
            continue
        at += 1
        sheet.text(at, 0, clean(person.name), look.CELL, look.USER)
        hours = [sum(one.finish - one.start for one in some) / 60 for some in (shifts, stands)]
        sheet.number(at, 3, hours[0], look.HOURS, look.CELL, look.CENTRED)
        sheet.number(at, 4, len(shifts), look.COUNT, look.CELL, look.LEFT)
        sheet.number(at, 5, hours[1], look.HOURS, look.CELL, look.LEFT)
        for column in (1, 2):
            sheet.text(at, column, "", look.CELL)
