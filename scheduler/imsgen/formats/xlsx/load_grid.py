"""A grid of load against capacity: three rows a resource, a column a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imsgen.formats.notation import units_text
from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Column, Sheet, pixels
from imsgen.formats.xlsx.scale import Scale
from imsgen.formats.xlsx.text import clean
from imsgen.formats.xlsx.workload import Workload

BAND, HEAD, FIRST = 2, 3, 4
COLUMNS = (
    Column("ID", 16),
    Column("Resource", 30),
    Column("Party", 24),
    Column("Kind", 10),
    Column("Units", 7),
    Column("Measure", 12),
    Column("Total", 9),
)
RESOURCE, MEASURE = 1, 5
GRID = len(COLUMNS)
WIDE, NARROW = 7.0, 5.0
"""Characters of a period that shows `1,234.5`, and of one that shows `1,235`."""
MEASURES = ("Used", "Load h", "Capacity h")
ROWS = len(MEASURES)
"""Of each resource."""
PEOPLE, EQUIPMENT = "People", "Equipment"


@dataclass(frozen=True, slots=True)
class Grid:
    """What stands on the sheet: loads from row ``FIRST`` on, periods from column ``GRID`` on."""

    loads: tuple[Workload, ...]
    scale: Scale
    width: float
    """Of a period, in characters."""

    @property
    def hours(self) -> str:
        """Return the number format of hours that fits the periods."""
        return look.HOURS if self.width >= WIDE else look.SHORT_HOURS

    @property
    def last(self) -> int:
        """Return the last row of the grid."""
        return FIRST + ROWS * len(self.loads) - 1

    @property
    def pixels(self) -> int:
        """Return how wide the grid is."""
        left = sum(pixels(column.width) for column in COLUMNS)
        return left + pixels(self.width) * len(self.scale.slots)

    @property
    def last_column(self) -> int:
        """Return the column of the last period."""
        return GRID + len(self.scale.slots) - 1


def draw_grid(sheet: Sheet, grid: Grid) -> None:
    """Write headings and rows, and shade how busy everyone is."""
    _header(sheet, grid)
    for i, load in enumerate(grid.loads):
        _write(sheet, FIRST + ROWS * i, load, grid.hours)
    _colour(sheet, grid)
    worksheet = sheet.worksheet
    worksheet.outline_settings(True, False, True, False)
    worksheet.autofilter(HEAD, 0, grid.last, GRID - 1)
    worksheet.freeze_panes(FIRST, RESOURCE + 1)
    worksheet.repeat_rows(BAND, HEAD)


def _header(sheet: Sheet, grid: Grid) -> None:
    sheet.columns(COLUMNS)
    for i, column in enumerate(COLUMNS):
        aligned = {"Units": look.CENTRED, "Total": look.RIGHT}.get(column.heading, look.LEFT)
        sheet.text(HEAD, i, column.heading, look.HEADING, aligned)
    for i, slot in enumerate(grid.scale.slots, GRID):
        sheet.text(HEAD, i, slot.tick, look.HEADING, look.RIGHT)
        sheet.text(BAND, i, slot.band, look.BAND)
    sheet.worksheet.set_column(GRID, grid.last_column, grid.width)


def _write(sheet: Sheet, at: int, load: Workload, hours: str) -> None:
    facts, resource = sheet.book.facts, load.resource
    most = max(units for _, units in resource.capacity)
    party = facts.party_text((resource.party,)) if resource.party else ""
    texts = (resource.id, resource.name, party, EQUIPMENT if resource.holds else PEOPLE)
    for i, (measure, (total, values, shown)) in enumerate(zip(MEASURES, _rows(load), strict=True)):
        first = i == 0
        style: tuple[look.Style, ...] = ({"bold": first}, look.CELL if i == 2 else {})
        if not first:
            style = (*style, {"font_color": look.FAINT})
        for column, text in enumerate(texts):
            sheet.text(at + i, column, clean(text), *style, look.USER)
        sheet.text(at + i, 4, units_text(most), *style, look.CENTRED)
        sheet.text(at + i, MEASURE, measure, *style)
        sheet.number(at + i, GRID - 1, total, shown, *style)
        of_period = hours if shown == look.HOURS else shown
        for column, value in enumerate(values, GRID):
            sheet.number(at + i, column, value, of_period, *style)
        options = {} if first else {"level": 1}
        sheet.worksheet.set_row(at + i, look.ROW_HEIGHT, None, options)


_Values = Sequence[float | None]


def _rows(load: Workload) -> tuple[tuple[float | None, _Values, str], ...]:
    """Return total, values by period and number format of each measure."""
    held, there = sum(load.load), sum(load.capacity)
    used = [h / c if c else None for h, c in zip(load.load, load.capacity, strict=True)]
    return (
        (held / there if there else None, used, look.USED),
        (held, [value or None for value in load.load], look.HOURS),
        (there, [value or None for value in load.capacity], look.HOURS),
    )


def _colour(sheet: Sheet, grid: Grid) -> None:
    """Shade how busy a resource is; above its capacity is an alarm."""
    if not grid.loads or not grid.scale.slots:
        return
    steps = (
        (1.0001, {"bg_color": look.CRITICAL, "font_color": "#FFFFFF"}),
        (0.9, {"bg_color": look.HEAVY_LOAD, "font_color": "#FFFFFF"}),
        (0.5, {"bg_color": look.MEDIUM_LOAD}),
        (0.0001, {"bg_color": look.LIGHT_LOAD}),
    )
    for least, look_of_it in steps:
        sheet.worksheet.conditional_format(
            FIRST,
            GRID,
            grid.last,
            grid.last_column,
            {
                "type": "formula",
                "criteria": f'=AND($F{FIRST + 1}="{MEASURES[0]}",H{FIRST + 1}>={least})',
                "format": sheet.book.rule(**look_of_it),
                "stop_if_true": True,
            },
        )
