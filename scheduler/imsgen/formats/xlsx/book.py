"""The workbook being written: styles made once, sheets that take text only as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook

from imsgen.formats.clock import local, occurs_twice, offset
from imsgen.formats.facts import Facts
from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.columns import ID, Columns
from imsgen.formats.xlsx.scale import Scale
from imsgen.formats.xlsx.text import clean, margin, sheet_name
from imsgen.formats.xlsx.watch import Watched, number_text
from imsgen.model import DAY, Instant, Schedule, to_datetime
from imsgen.schedule.meetings import stamp_of

_EPOCH = 25_569
"""1970-01-01 in Excel's days since 1899-12-30."""
A3 = 8
_PAGE = 1380
"""Pixels across A3 landscape at full size, between the margins."""
_PAGE_HEIGHTS = (960, 1060)
"""And down, less what repeats on each page: at least and at most, for programs differ."""
_READABLE = 50
"""Percent at which the text still can be read."""
_LEAST_SCALE = 40
_WIDER = 1.8
"""At most so much wider than usual are slots that have a page of their own."""
_LEAST_SLOT = 1.0
"""Characters."""
UTC = ZoneInfo("UTC")


def serial(instant: Instant, zone: ZoneInfo) -> float:
    """Return the local time of an instant as Excel counts it, in days."""
    return (_EPOCH * DAY + instant + offset(instant, zone)) / DAY


def day_due(instant: Instant, zone: ZoneInfo) -> float:
    """Return a deadline as a cell has it: the end of a day is that day, a whole number."""
    at = serial(instant, zone)
    return at if at % 1 else at - 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: heading, width in characters, and whether it starts collapsed."""

    heading: str
    width: float
    collapsed: bool = False


def pixels(width: float) -> int:
    """Return the pixels of a column of so many characters."""
    return int(width * 7 + 5.5)


class Book:
    """A workbook in memory; the same calls give the same bytes."""

    def __init__(self, facts: Facts, columns: Columns, baseline: Schedule | None = None) -> None:
        self.facts = facts
        self.columns = columns
        """Of sheet *Schedule*."""
        self.baseline = baseline
        """The earlier schedule that dates are compared with."""
        self._buffer = BytesIO()
        self.workbook = Workbook(
            self._buffer,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": dict(look.NORMAL),
            },
        )
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.about: dict[str, str] = {}
        """What each sheet so far holds, by its name."""
        self.lists: dict[str, tuple[str, ...]] = {}
        """What cells may say, by the name of the list."""
        self.watched: list[Watched] = []
        schedule = facts.schedule
        self.workbook.set_properties(
            {
                "title": margin(schedule.project.name),
                "subject": "Integrated master schedule",
                "author": "imsgen",
                "comments": f"Revision {schedule.revision}, plan {schedule.plan_hash[:12]}",
                "created": to_datetime(stamp_of(schedule.project, schedule.revision)),
            }
        )

    def style(self, *parts: look.Style) -> Any:
        """Return the cell format of the given properties, later ones winning."""
        merged = dict(look.BASE)
        for part in parts:
            merged.update(part)
        key = tuple(sorted(merged.items()))
        if key not in self._styles:
            self._styles[key] = self.workbook.add_format(merged)
        return self._styles[key]

    def rule(self, **properties: Any) -> Any:
        """Return a format for a conditional format: only what it changes."""
        key = (("rule", True), *sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self.workbook.add_format(properties)
        return self._styles[key]

    def sheet(self, name: str, about: str = "") -> Sheet:
        """Add a sheet; the name is made one that Excel accepts.

        ``about`` says on the cover what the sheet holds.
        """
        accepted = sheet_name(name, list(self.about))
        self.about[accepted] = about
        return Sheet(self, self.workbook.add_worksheet(accepted))

    def content(self) -> bytes:
        """Close the workbook and return its bytes."""
        self.workbook.close()
        return self._buffer.getvalue()


class Sheet:
    """One worksheet."""

    def __init__(self, book: Book, worksheet: Any) -> None:
        self.book = book
        self.worksheet = worksheet
        self._watched: Watched | None = None
        worksheet.hide_gridlines(2)
        worksheet.set_landscape()
        worksheet.set_paper(A3)
        worksheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        worksheet.fit_to_pages(1, 0)
        schedule = book.facts.schedule
        name = margin(schedule.project.name, 120)
        worksheet.set_header(f"&L&8{' ' if name[:1].isdigit() else ''}{name}&R&8&A")
        worksheet.set_footer(
            f"&L&8 Revision {schedule.revision}, plan {schedule.plan_hash[:12]}"
            f"&C&8 Times in {margin(schedule.project.timezone)}&R&8 &P / &N"
        )

    def watch(self, first: int, headings: Sequence[str]) -> None:
        """Keep what the cells below the headings say, so that `update` sees edits of any.

        Rows are told apart by their ``ID``; ``first`` is the one below the headings.
        """
        key = list(headings).index(ID)
        self._watched = Watched(self.worksheet.get_name(), first, tuple(headings), key)
        self.book.watched.append(self._watched)

    def _note(self, row: int, column: int, text: str | None) -> None:
        if self._watched is not None:
            self._watched.note(row, column, text)

    def text(self, row: int, column: int, value: str, *style: look.Style) -> None:
        """Write text; it never becomes a formula, a number or a link."""
        made = self.book.style(*style)
        self._note(row, column, clean(value))
        if value:
            self.worksheet.write_string(row, column, clean(value), made)
        else:
            self.worksheet.write_blank(row, column, None, made)

    def number(
        self, row: int, column: int, value: float | None, shown: str, *style: look.Style
    ) -> None:
        """Write a number in a number format, or nothing."""
        made = self.book.style({"num_format": shown}, *style)
        self._note(row, column, "" if value is None else number_text(value))
        if value is None:
            self.worksheet.write_blank(row, column, None, made)
        else:
            self.worksheet.write_number(row, column, value, made)

    def moment(
        self,
        row: int,
        column: int,
        instant: Instant | None,
        *style: look.Style,
        zone: ZoneInfo | None = None,
        shown: str = look.DATE_TIME,
        named: bool = False,
    ) -> None:
        """Write a date and time in a zone, the plan's if none is given.

        The zone's abbreviation follows where that hour occurs twice, or always when ``named``;
        the cell stays a date.
        """
        there = zone or self.book.facts.zone
        if instant is None:
            self.number(row, column, None, shown, *style)
            return
        if named or occurs_twice(instant, there):
            shown += f' "{local(instant, there).tzname()}"'
        self.number(row, column, serial(instant, there), shown, *style)

    def deadline(self, row: int, column: int, instant: Instant | None, *style: look.Style) -> None:
        """Write a deadline; the end of a day is that day, not the next one at 00:00."""
        zone = self.book.facts.zone
        if instant is None or serial(instant, zone) % 1:
            self.moment(row, column, instant, *style)
        else:
            self.number(row, column, day_due(instant, zone), look.DATE, *style)

    def formula(
        self,
        row: int,
        column: int,
        formula: str,
        value: float | str | None,
        shown: str,
        *style: look.Style,
    ) -> None:
        """Write a formula of ours with the value it has, None for an empty text."""
        made = self.book.style({"num_format": shown}, *style)
        self._note(row, column, None)
        self.worksheet.write_formula(row, column, formula, made, "" if value is None else value)

    def columns(self, columns: Sequence[Column], first: int = 0) -> None:
        """Set the widths, and collapse what starts collapsed behind a plus sign."""
        for i, column in enumerate(columns, first):
            options = {"level": 1, "hidden": True} if column.collapsed else {}
            self.worksheet.set_column(i, i, column.width, None, options)

    def choice(self, name: str, values: tuple[str, ...], place: tuple[int, int, int, int]) -> None:
        """Have cells take one of a list, which the hidden sheet holds under a name."""
        self.book.lists[name] = values
        validation = {"validate": "list", "source": f"={name}"}
        self.worksheet.data_validation(*place, validation)

    def print_with_grid(
        self, columns: Sequence[Column], scale: Scale, at: int, keep: int
    ) -> float:
        """Fit columns and grid on one page, or give each its own where that would be too small.

        Slots become narrower before the page is parted.

        Parameters
        ----------
        scale
            The slots of the grid.
        at
            The column at which the second page begins.
        keep
            The last of the columns repeated on it.

        Returns
        -------
        float
            Width of a slot in characters.
        """
        left = sum(pixels(column.width) for column in columns if not column.collapsed)
        room = _PAGE * 100 // _READABLE - left - pixels(2.7)
        fitting = (room / len(scale.slots) - 5.5) / 7
        if fitting >= _LEAST_SLOT:
            return min(scale.width, fitting)
        grid = pixels(scale.width) * len(scale.slots)
        repeated = sum(pixels(column.width) for column in columns[: keep + 1])
        widest = max(left, repeated + grid)
        percent = min(100 * _PAGE // widest, 100)
        self.worksheet.set_print_scale(max(percent, _LEAST_SCALE))
        self.worksheet.set_v_pagebreaks([at])
        self.worksheet.print_across()
        self.worksheet.repeat_columns(0, keep)
        page = _PAGE * 100 // max(percent, _LEAST_SCALE)
        filling = ((page - repeated - 2 * pixels(2.7)) / len(scale.slots) - 5.5) / 7
        return min(max(filling, scale.width), _WIDER * scale.width)

    def print_parts(self, width: int, parts: Sequence[tuple[int, int]]) -> None:
        """Fit one page across, and begin pages where no part is cut in two if it fits on one.

        Parameters
        ----------
        width
            Pixels of what is printed.
        parts
            First row and pixels down of each part, in order.
        """
        percent = min(100 * _PAGE // max(width, 1), 100)
        if percent < _LEAST_SCALE:
            return  # all on one page across matters more: Excel then sets the breaks itself
        self.worksheet.set_print_scale(percent)
        rooms = [high * 100 // percent for high in _PAGE_HEIGHTS]
        lefts, breaks = rooms, []
        for at, (first, high) in enumerate(parts):
            if at and high > min(lefts):
                breaks.append(first)
                lefts = rooms
            lefts = [
                left - high if high <= left else room - high % room
                for left, room in zip(lefts, rooms, strict=True)
            ]
        self.worksheet.set_h_pagebreaks(breaks)

    def title(self, text: str, below: str) -> None:
        """Write the title in the first row and a line of facts in the second."""
        self.worksheet.set_row(0, look.TITLE_HEIGHT)
        self.text(0, 0, text, look.TITLE, look.USER)
        self.text(1, 0, below, look.SUBTITLE, look.USER)
