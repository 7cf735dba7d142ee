"""The whole workbook, in the order people leaf through it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from imsgen.formats.facts import Facts
from imsgen.formats.options import Options, Written
from imsgen.formats.xlsx.baseline_sheet import add_baseline
from imsgen.formats.xlsx.book import Book
from imsgen.formats.xlsx.checkpoints_sheet import add_checkpoints
from imsgen.formats.xlsx.columns import Layout, columns_of
from imsgen.formats.xlsx.cover_sheet import add_cover
from imsgen.formats.xlsx.health_sheet import add_health
from imsgen.formats.xlsx.hours_sheet import add_hours
from imsgen.formats.xlsx.lists_sheet import add_lists
from imsgen.formats.xlsx.messages_sheet import add_messages
from imsgen.formats.xlsx.raci_sheet import add_raci
from imsgen.formats.xlsx.resources_sheet import add_hourly, add_resources
from imsgen.formats.xlsx.roster_sheet import add_roster
from imsgen.formats.xlsx.schedule_sheet import add_schedule
from imsgen.formats.xlsx.state_sheet import add_state
from imsgen.formats.xlsx.way_back_sheet import add_way_back
from imsgen.model import Schedule
from imsgen.schedule.files import write_file

SHEETS: tuple[Callable[[Book], None], ...] = (
    add_schedule,
    add_hours,
    add_way_back,
    add_checkpoints,
    add_messages,
    add_roster,
    add_resources,
    add_hourly,
    add_raci,
    add_baseline,
    add_health,
    add_cover,
    add_lists,
    add_state,
)
"""In order. Schedule is first, for previews and prints begin with it; a sheet with nothing to say
is left out, and Cover lists those before it."""


def as_bytes(schedule: Schedule, options: Options | None = None) -> bytes:
    """Return the workbook of a schedule; the same schedule and options give the same bytes."""
    chosen = options or Options()
    baseline = next(iter(chosen.baselines.values()), None)
    columns = columns_of(
        Layout(chosen.layout),
        baseline=baseline is not None,
        progress=schedule.project.status_date is not None,
    )
    book = Book(Facts(schedule), columns, baseline)
    for add in SHEETS:
        add(book)
    return book.content()


def write_with(schedule: Schedule, path: Path, options: Options) -> Written:
    """Write the workbook of a schedule and return the file written."""
    return Written((write_file(path, as_bytes(schedule, options)),))
