"""Below the steps of a window: what is done instead if one of its gates says No-Go.

The rows have no id, so that `update` does not take them for steps of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import UTC, Sheet
from imsgen.formats.xlsx.spans import Span
from imsgen.formats.xlsx.text import clean
from imsgen.model import Rollback, RollbackDriver, RollbackStep
from imsgen.schedule.way_back import STEPS, driver_text, rollback_text, told, told_windows


@dataclass(frozen=True, slots=True)
class Places:
    """The columns of the sheet that a step of a rollback fills."""

    label: int
    step: int
    start: int
    finish: int
    start_utc: int
    finish_utc: int
    minutes: int
    after: int


def rollbacks_of(sheet: Sheet, span: Span) -> tuple[Rollback, ...]:
    """Return the rollbacks from the gates that protect the window of the sheet."""
    schedule = sheet.book.facts.schedule
    shown = told(schedule)
    return tuple(
        shown[gate]
        for one in told_windows(schedule)
        if (one.opens, one.ends) == (span.start, span.finish)
        for gate in one.gates
        if gate in shown
    )


def rows_for(rollbacks: tuple[Rollback, ...]) -> int:
    """Return how many rows they take, a blank one before each included."""
    return sum(2 + len(back.steps) for back in rollbacks)


def write_rollbacks(
    sheet: Sheet, row: int, rollbacks: tuple[Rollback, ...], places: Places
) -> None:
    """Write a line for each gate, with its margin, and the steps of a No-Go as planned below it."""
    project = sheet.book.facts.project
    for back in rollbacks:
        row += 1
        gate = project.activities[back.gate].name
        bad: look.Style = look.WARNING if back.irreversible or (back.margin or 0) < 0 else {}
        text = f"No-Go of {gate}: {rollback_text(project, back)}"
        sheet.text(row, places.label, clean(text), {"bold": True}, bad, look.USER)
        for one, driver in _with_drivers(back):
            row += 1
            _write(sheet, row, one, driver, places)
        row += 1


def _with_drivers(back: Rollback) -> Iterator[tuple[RollbackStep, RollbackDriver | None]]:
    driving = {(one.kind, one.id): one for one in back.drivers}
    for one in back.steps:
        yield one, driving.get((one.kind, one.id))


def _write(
    sheet: Sheet, row: int, one: RollbackStep, driver: RollbackDriver | None, places: Places
) -> None:
    project = sheet.book.facts.project
    node = project.activities.get(one.id) or project.groups[one.id]
    style = (look.CELL, look.OFF_PLAN, {"bold": True} if driver else {})
    for column in range(places.label, places.after + 1):
        sheet.text(row, column, "", *style)  # the line below it runs on
    sheet.text(row, places.label, STEPS[one.kind].capitalize(), *style)
    sheet.text(row, places.step, clean(node.name), *style, look.USER)
    shown = look.WEEKDAY_TIME
    for column, moment in ((places.start, one.start), (places.finish, one.finish)):
        sheet.moment(row, column, moment, *style, look.LEFT, shown=shown, named=True)
    for column, moment in ((places.start_utc, one.start), (places.finish_utc, one.finish)):
        sheet.moment(row, column, moment, *style, look.LEFT, shown=shown, zone=UTC)
    sheet.number(row, places.minutes, one.finish - one.start, look.COUNT, *style)
    why = "" if driver is None else driver_text(driver)
    sheet.text(row, places.after, clean(why), *style, look.USER)
