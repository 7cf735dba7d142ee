"""Sheet *Resources*: load against capacity by week."""

from __future__ import annotations

from imsgen.formats.notation import units_text
from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Book, Column, Sheet
from imsgen.formats.xlsx.scale import Scale, period_scale
from imsgen.formats.xlsx.text import clean
from imsgen.formats.xlsx.workload import Workload, workloads

NAME = "Resources"
_BAND, _HEAD, _FIRST = 2, 3, 4
_COLUMNS = (
    Column("ID", 16),
    Column("Resource", 30),
    Column("Party", 18),
    Column("Units", 7),
    Column("Measure", 12),
    Column("Total", 9),
)
_GRID = len(_COLUMNS)
_MEASURES = ("Used", "Load h", "Capacity h")


def add_resources(book: Book) -> None:
    """Add the sheet; a plan without resources has none."""
    facts = book.facts
    if not facts.project.resources:
        return
    schedule = facts.schedule
    starts = [one.start for one in schedule.activities.values()]
    first = min(starts, default=schedule.project.start)
    scale = period_scale(first, max(schedule.finish, first), facts.zone)
    ends = [slot.start for slot in scale.slots] + [scale.end]
    loads = workloads(facts, ends)
    sheet = book.sheet(NAME, "Hours held and capacity by week.")
    sheet.title(
        "Resources",
        f"Hours held against capacity, by {scale.unit} · used is load ÷ capacity · "
        "capacity counts working time, and what is worked beyond it",
    )
    _header(sheet, scale)
    for i, load in enumerate(loads):
        _write(sheet, _FIRST + 3 * i, load)
    last = _FIRST + 3 * len(loads) - 1
    _colour(sheet, len(loads), len(scale.slots))
    worksheet = sheet.worksheet
    worksheet.outline_settings(True, False, True, False)
    worksheet.autofilter(_HEAD, 0, last, _GRID - 1)
    worksheet.freeze_panes(_FIRST, _GRID)
    worksheet.repeat_rows(_BAND, _HEAD)
    worksheet.print_area(0, 0, last, _GRID + len(scale.slots) - 1)


def _header(sheet: Sheet, scale: Scale) -> None:
    sheet.columns(_COLUMNS)
    for i, column in enumerate(_COLUMNS):
        aligned = {"Units": look.CENTRED, "Total": look.RIGHT}.get(column.heading, look.LEFT)
        sheet.text(_HEAD, i, column.heading, look.HEADING, aligned)
    for i, slot in enumerate(scale.slots, _GRID):
        sheet.text(_HEAD, i, slot.tick, look.HEADING, look.RIGHT)
        sheet.text(_BAND, i, slot.band, look.BAND)
    sheet.worksheet.set_column(_GRID, _GRID + len(scale.slots) - 1, 7)


def _write(sheet: Sheet, at: int, load: Workload) -> None:
    facts = sheet.book.facts
    resource = load.resource
    held, there = sum(load.load), sum(load.capacity)
    used = [h / c if c else None for h, c in zip(load.load, load.capacity, strict=True)]
    rows: tuple[tuple[float | None, tuple[float | None, ...], str], ...] = (
        (held / there if there else None, tuple(used), look.USED),
        (held, load.load, look.HOURS),
        (there, load.capacity, look.HOURS),
    )
    most = max(units for _, units in resource.capacity)
    for i, (measure, (total, values, shown)) in enumerate(zip(_MEASURES, rows, strict=True)):
        first = i == 0
        style: tuple[look.Style, ...] = ({"bold": first}, look.CELL if i == 2 else {})
        if not first:
            style = (*style, {"font_color": look.FAINT})
        party = facts.party_text((resource.party,)) if resource.party else ""
        for column, text in enumerate((resource.id, resource.name, party)):
            sheet.text(at + i, column, clean(text), *style, look.USER)
        sheet.text(at + i, 3, units_text(most), *style, look.CENTRED)
        sheet.text(at + i, 4, measure, *style)
        sheet.number(at + i, 5, total, shown, *style)
        for column, value in enumerate(values, _GRID):
            quiet = None if not first and not value else value
            sheet.number(at + i, column, quiet, shown, *style)
        options = {} if first else {"level": 1}
        sheet.worksheet.set_row(at + i, look.ROW_HEIGHT, None, options)


def _colour(sheet: Sheet, count: int, periods: int) -> None:
    """Shade how busy a resource is; above its capacity is an alarm."""
    if not count or not periods:
        return
    steps = (
        (1.0001, {"bg_color": look.CRITICAL, "font_color": "#FFFFFF"}),
        (0.9, {"bg_color": look.HEAVY_LOAD, "font_color": "#FFFFFF"}),
        (0.5, {"bg_color": look.MEDIUM_LOAD}),
        (0.0001, {"bg_color": look.LIGHT_LOAD}),
    )
    for least, look_of_it in steps:
        sheet.worksheet.conditional_format(
            _FIRST,
            _GRID,
            _FIRST + 3 * count - 1,
            _GRID + periods - 1,
            {
                "type": "formula",
                "criteria": f'=AND($E{_FIRST + 1}="{_MEASURES[0]}",G{_FIRST + 1}>={least})',
                "format": sheet.book.rule(**look_of_it),
                "stop_if_true": True,
            },
        )
