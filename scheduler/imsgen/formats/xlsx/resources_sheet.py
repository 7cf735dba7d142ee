"""Sheets of load against capacity: *Resources* by week, and by hour where it is a matter of hours.

Dates are those of the schedule; the hours within a window show who is needed when, and whether
anybody is needed twice.
"""

from __future__ import annotations

from math import ceil

from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Book
from imsgen.formats.xlsx.load_charts import draw_charts
from imsgen.formats.xlsx.load_grid import FIRST, NARROW, WIDE, Grid, draw_grid
from imsgen.formats.xlsx.scale import Scale, minute_scale, period_scale
from imsgen.formats.xlsx.spans import Span, spans_of
from imsgen.formats.xlsx.workload import workloads
from imsgen.model import Instant

NAME, HOURLY = "Resources", "Resources by hour"
ABOUT = "Hours held and capacity by week, with charts by party and of the busiest."
ABOUT_HOURS = "Who is needed in which hour of a window, and how many are there."
_MOST_WIDE = 26
"""Periods that print large enough in wide columns."""
_HOUR = 60


def add_resources(book: Book) -> None:
    """Add the sheet by week; a plan without resources has none."""
    facts = book.facts
    if not facts.project.resources:
        return
    schedule = facts.schedule
    starts = [one.start for one in schedule.activities.values()]
    first = min(starts, default=schedule.project.start)
    scale = period_scale(first, max(schedule.finish, first), facts.zone)
    width = WIDE if len(scale.slots) <= _MOST_WIDE else NARROW
    grid = Grid(workloads(facts, _ends(scale)), scale, width)
    title = "Resources"
    below = (
        f"Hours held against capacity, by {scale.unit} · used is load ÷ capacity · "
        "capacity counts working time, and what is worked beyond it"
    )
    _add(book, NAME, ABOUT, (title, below), grid)


def add_hourly(book: Book) -> None:
    """Add a sheet for each stretch of hours that has one of its own, and needs somebody."""
    facts = book.facts
    spans = spans_of(facts.schedule)
    for span in spans:
        scale = _hours(span, book)
        loads = tuple(one for one in workloads(facts, _ends(scale)) if sum(one.load) > 0)
        if not loads:
            continue
        name = HOURLY if len(spans) == 1 else f"Load {span.name}"
        title = f"Resources by hour: {span.name}"
        below = f"Who is held in each hour against who is there · {facts.project.timezone}"
        _add(book, name, ABOUT_HOURS, (title, below), Grid(loads, scale, NARROW))


def _hours(span: Span, book: Book) -> Scale:
    last = Instant(max(span.finish - 1, span.start))
    return minute_scale(span.start, last, _HOUR, book.facts.zone)


def _ends(scale: Scale) -> list[Instant]:
    return [slot.start for slot in scale.slots] + [scale.end]


def _add(book: Book, name: str, about: str, head: tuple[str, str], grid: Grid) -> None:
    sheet = book.sheet(name, about)
    sheet.title(*head)
    draw_grid(sheet, grid)
    after, parts = draw_charts(sheet, grid)
    sheet.worksheet.print_area(0, 0, max(after - 1, FIRST), grid.last_column)
    table = (0, ceil((grid.last + 1) * look.ROW_HEIGHT * 4 / 3))
    sheet.print_parts(grid.pixels, (table, *parts))
