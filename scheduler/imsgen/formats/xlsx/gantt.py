"""The Gantt: conditional formats over empty cells, which follow the dates when they change.

A few rules for the whole area instead of a fill for each cell: small files, fast, and sorting or
filtering rows keeps the bars right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Sheet, serial
from imsgen.formats.xlsx.parties import Mark
from imsgen.formats.xlsx.scale import Scale

_HALF_MINUTE = 1 / 2880
"""Days: typed and written times differ by less."""


BAND, AXIS, TICK, FIRST = 2, 3, 4, 5
"""Rows of every sheet with bars: names of bands, slot starts (hidden), labels, the first row."""


@dataclass(frozen=True, slots=True)
class Reads:
    """The columns that the bars read, counted from 0."""

    start: int
    finish: int
    length: int
    """A number that is 0 for milestones and empty for groups."""
    critical: int
    party: int
    percent: int | None = None
    baseline: tuple[int, int] | None = None
    """Start and finish that were agreed."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where the Gantt stands: below ``FIRST``, from ``column`` on; ``last_row`` is included."""

    last_row: int
    column: int
    reads: Reads


def draw_axis(
    sheet: Sheet,
    area: Area,
    scale: Scale,
    zone: ZoneInfo,
    width: float,
    *,
    tints: Mapping[int, str] | None = None,
) -> None:
    """Write the header: names of bands, a hidden row of slot starts, labels of slots.

    Parameters
    ----------
    zone
        Of the dates that the bars read.
    width
        Of a slot, in characters.
    tints
        Colours of labels by slot.
    """
    serials = [serial(slot.start, zone) for slot in scale.slots] + [serial(scale.end, zone)]
    tints = tints or {}
    for i, at in enumerate(serials):
        sheet.number(AXIS, area.column + i, at, look.DATE_TIME, {"font_size": 8})
    for i, tick in enumerate(scale.ticks(width)):
        tint: look.Style = {"bg_color": tints[i]} if i in tints else {}
        sheet.text(TICK, area.column + i, tick, look.TICK, tint)
    starts = [0, *scale.bands]
    for i, following in zip(starts, [*starts[1:], len(scale.slots)], strict=True):
        label = scale.slots[i].band
        room = (following - i) * (width + 0.7)
        short = label.split(" ")[0]
        shown = label if room >= len(label) else short if room >= len(short) else ""
        if shown:
            sheet.text(BAND, area.column + i, shown, look.BAND)
    last = area.column + len(scale.slots)
    sheet.worksheet.set_column(area.column, last - 1, width)
    sheet.worksheet.set_column(last, last, 1.5)


def draw_bars(
    sheet: Sheet,
    area: Area,
    scale: Scale,
    marks: Iterable[Mark],
    *,
    resting: Sequence[int] = (),
    now: str = "",
) -> None:
    """Add the rules, the strongest first.

    Parameters
    ----------
    resting
        Indices of slots in which nobody works.
    now
        Name of the cell whose date gets a line.
    """
    rules = _Rules(sheet, area, scale)
    refs = _References(area)
    rules.add(refs.milestone, bg_color=look.MILESTONE)
    rules.add(refs.group, bg_color=look.SUMMARY)
    if refs.done:
        rules.add(refs.done, bg_color=look.DONE)
    rules.add(refs.critical, bg_color=look.CRITICAL)
    seen: dict[str, str] = {}
    for mark in marks:
        if seen.setdefault(mark.letter, mark.colour) == mark.colour:
            rules.add(refs.of_party(mark.letter), bg_color=mark.colour)
    rules.add(refs.any, bg_color=look.NOBODY)
    if refs.baseline:  # last, for LibreOffice applies only the first rule that holds
        rules.add(refs.baseline, bottom=1, bottom_color=look.INK)
    if now:
        here = refs.slot
        rules.add(f"AND({now}>={here},{now}<{refs.following})", left=1, left_color=look.ACCENT)
    rules.columns(resting, bg_color=look.NON_WORKING)
    rules.columns(scale.bands, left=1, left_color=look.LINE)


def draw_mark(sheet: Sheet, row: int, column: int, mark: Mark | None, source: int) -> None:
    """Write the letter of a party beside its bar, read from ``source``, where sorting takes it."""
    letter = mark.letter if mark else ""
    sheet.text(row, source, letter, look.CELL, look.CENTRED)
    cell = xl_rowcol_to_cell(row, source, col_abs=True)
    style: look.Style = {"bold": True, "font_color": look.FAINT}
    sheet.formula(row, column, f'={cell}&""', letter, "General", style, look.CENTRED)


def colour_marks(sheet: Sheet, last: int, column: int, marks: Iterable[Mark]) -> None:
    """Give each letter the colour of its bars."""
    for letter, colour in {mark.letter: mark.colour for mark in reversed(list(marks))}.items():
        sheet.worksheet.conditional_format(
            FIRST, column, last, column,
            {
                "type": "cell", "criteria": "==", "value": f'"{letter}"',
                "format": sheet.book.rule(bg_color=colour, font_color="#FFFFFF", bold=True),
            },
        )  # fmt: skip


class _References:
    """The conditions, as formulas of the area's first cell."""

    def __init__(self, area: Area) -> None:
        def cell(column: int) -> str:
            return str(xl_rowcol_to_cell(FIRST, column, col_abs=True))

        def slot(column: int) -> str:
            return str(xl_rowcol_to_cell(AXIS, column, row_abs=True))

        e = f"{_HALF_MINUTE:.6f}"
        self.slot = slot(area.column)
        self.following = slot(area.column + 1)
        reads = area.reads
        start, finish, length = cell(reads.start), cell(reads.finish), cell(reads.length)
        overlap = f"{start}<{self.following}-{e},{finish}>{self.slot}+{e}"
        self.any = f"AND({overlap})"
        self.milestone = (
            f"AND(ISNUMBER({length}),{length}=0,ISNUMBER({start}),"
            f"{start}>={self.slot}-{e},{start}<{self.following}-{e})"
        )
        self.group = f'AND({length}="",{overlap})'
        self.critical = f'AND({cell(reads.critical)}="Yes",{overlap})'
        self._party, self._overlap = cell(reads.party), overlap
        self.done = ""
        if reads.percent is not None:
            percent = cell(reads.percent)
            reached = f"{start}+{percent}*({finish}-{start})"
            self.done = f"AND({percent}>0,{self.slot}+{e}<{reached},{overlap})"
        self.baseline = ""
        if reads.baseline is not None:
            agreed, until = (cell(column) for column in reads.baseline)
            self.baseline = (
                f"AND(ISNUMBER({agreed}),{agreed}<{self.following}-{e},"
                f"OR({until}>{self.slot}+{e},AND({agreed}={until},{agreed}>={self.slot}-{e})))"
            )

    def of_party(self, letter: str) -> str:
        return f'AND({self._party}="{letter}",{self._overlap})'


class _Rules:
    """Adds rules to the whole area or to some of its columns."""

    def __init__(self, sheet: Sheet, area: Area, scale: Scale) -> None:
        self._sheet = sheet
        self._area = area
        self._last = area.column + len(scale.slots) - 1

    def add(self, condition: str, **properties: Any) -> None:
        """Add a rule; one that fills the cell ends the search where it holds."""
        area = self._area
        self._sheet.worksheet.conditional_format(
            FIRST,
            area.column,
            area.last_row,
            self._last,
            {
                "type": "formula",
                "criteria": f"={condition}",
                "format": self._sheet.book.rule(**properties),
                "stop_if_true": "bg_color" in properties,
            },
        )

    def columns(self, indices: Sequence[int], **properties: Any) -> None:
        """Add one rule that always holds, for the slots of the given indices."""
        if not indices:
            return
        area = self._area
        names = [xl_col_to_name(area.column + i) for i in indices]
        ranges = " ".join(f"{name}{FIRST + 1}:{name}{area.last_row + 1}" for name in names)
        self._sheet.worksheet.conditional_format(
            FIRST,
            area.column + indices[0],
            area.last_row,
            area.column + indices[0],
            {
                "type": "formula",
                "criteria": "=TRUE",
                "format": self._sheet.book.rule(**properties),
                "multi_range": ranges,
            },
        )
