"""The whole workbook, in the order people leaf through it."""

from __future__ import annotations

from pathlib import Path

from imsgen.formats.facts import Facts
from imsgen.formats.xlsx.book import Book
from imsgen.formats.xlsx.checkpoints_sheet import add_checkpoints
from imsgen.formats.xlsx.cover_sheet import add_cover
from imsgen.formats.xlsx.hours_sheet import add_hours
from imsgen.formats.xlsx.resources_sheet import add_resources
from imsgen.formats.xlsx.schedule_sheet import add_schedule
from imsgen.model import Schedule
from imsgen.schedule.files import write_file


def as_bytes(schedule: Schedule) -> bytes:
    """Return the workbook of a schedule; the same schedule gives the same bytes."""
    book = Book(Facts(schedule))
    add_schedule(book)
    add_hours(book)
    add_checkpoints(book)
    add_resources(book)
    add_cover(book)
    return book.content()


def write(schedule: Schedule, path: Path) -> tuple[Path, ...]:
    """Write the workbook of a schedule and return the file written."""
    return (write_file(path, as_bytes(schedule)),)
