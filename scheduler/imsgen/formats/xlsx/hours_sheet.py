"""Sheet *Cutover hours*: the runbook of a window, step by step, with a grid of 15 to 60 minutes.

The grid runs in UTC, where every hour comes once, and carries the local clock as labels: right
also in the night when clocks change.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from imsgen.formats.clock import local
from imsgen.formats.facts import Facts
from imsgen.formats.notation import duration_text
from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import UTC, Book, Column, Sheet
from imsgen.formats.xlsx.columns import ACTUAL_FINISH, ACTUAL_START, ID, STATE
from imsgen.formats.xlsx.editable import STATES, state_of
from imsgen.formats.xlsx.gantt import (
    AXIS,
    BAND,
    FIRST,
    TICK,
    Area,
    Reads,
    colour_marks,
    draw_axis,
    draw_bars,
    draw_mark,
)
from imsgen.formats.xlsx.hours_way_back import Places, rollbacks_of, rows_for, write_rollbacks
from imsgen.formats.xlsx.listing import height
from imsgen.formats.xlsx.parties import Mark, marks_of
from imsgen.formats.xlsx.scale import Scale, minute_scale
from imsgen.formats.xlsx.spans import Span, spans_of
from imsgen.formats.xlsx.text import clean
from imsgen.model import DAY, Activity, Group, Instant, Kind, Undo
from imsgen.schedule.tminus import Zero, t_minus, zero_of
from imsgen.schedule.views import MONTHS, WEEKDAYS, counted
from imsgen.schedule.way_back import last_safe_text, told_windows

NAME = "Cutover hours"
ABOUT = "The steps of a stretch of hours, with owner, backup, undo and UTC."
MOST_SLOTS = 120
"""Columns of the grid, unless the stretch is so long that hours need more."""

_T, _ID, _STEP, _PARTY, _OWNER, _BACKUP = range(6)
_START, _FINISH, _START_UTC, _FINISH_UTC, _MINUTES, _CRITICAL = range(6, 12)
_AFTER, _VERIFY, _UNDO, _ACTUAL_START, _ACTUAL_FINISH, _STATE = range(12, 18)
_PLACES = Places(_T, _STEP, _START, _FINISH, _START_UTC, _FINISH_UTC, _MINUTES, _AFTER)
_MARK, _GAP, _KEY, _GRID = range(18, 22)

_AFTER_WIDTH, _UNDO_WIDTH = 48.0, 36.0
_VERIFICATIONS = ("verification", "verify", "check", "evidence")
"""Names of the user's own field that says how a step is proved."""


def add_hours(book: Book) -> None:
    """Add a sheet for each stretch of hours worth one; none, if there is none."""
    spans = spans_of(book.facts.schedule)
    for span in spans:
        _add(book, span, NAME if len(spans) == 1 else f"Hours {span.name}")


def _add(book: Book, span: Span, name: str) -> None:
    sheet = book.sheet(name, ABOUT)
    zero = zero_of(book.facts.schedule) or Zero(span.start, f"{span.name} opens")
    scale = _scale(book, span)
    _head(sheet, span, zero)
    columns = _columns(sheet, span)
    marks = marks_of(book.facts.project)
    for at, id_ in enumerate(span.ids, FIRST):
        _write(sheet, at, book.facts.project.activities[id_], zero, marks)
    last = FIRST + len(span.ids) - 1
    back = rollbacks_of(sheet, span)
    end = last + 1 + rows_for(back) if back else last
    area = Area(end, _GRID, Reads(_START_UTC, _FINISH_UTC, _MINUTES, _CRITICAL, _KEY))
    width = sheet.print_with_grid(columns, scale, _GAP, _STEP)
    draw_axis(sheet, area, scale, UTC, width)
    draw_bars(sheet, area, scale, marks.values(), resting=_outside(span, scale))
    colour_marks(sheet, last, _KEY, marks.values())
    write_rollbacks(sheet, last + 1, back, _PLACES)
    _finish(sheet, last, scale, end)


def _scale(book: Book, span: Span) -> Scale:
    """Return slots of 15 minutes for 30 hours, 30 for 60, else 60; all of the window shows."""
    length = span.finish - span.start
    step = next((step for step in (15, 30) if length <= MOST_SLOTS * step), 60)
    last = span.finish - 1 if span.window else span.finish
    return minute_scale(span.start, Instant(last), step, book.facts.zone)


def _outside(span: Span, scale: Scale) -> list[int]:
    """Return the slots that begin before the window opens."""
    if not span.window:
        return []
    return [i for i, slot in enumerate(scale.slots) if slot.start < span.start]


def _head(sheet: Sheet, span: Span, zero: Zero) -> None:
    zone = sheet.book.facts.zone
    opens, closes = _moment(local(span.start, zone)), _moment(local(span.finish, zone))
    done = max(sheet.book.facts.schedule.activities[id_].finish for id_ in span.ids)
    spare = span.finish - done
    parts = [f"{opens} to {closes}", counted(len(span.ids), "step")]
    if span.window:
        parts.append(f"{duration_text(spare, DAY)} spare before it closes")
    parts += [
        last_safe_text(sheet.book.facts.project, one)
        for one in told_windows(sheet.book.facts.schedule)
        if (one.opens, one.ends) == (span.start, span.finish)
    ]
    parts.append(f"T is {zero.name}, {_moment(local(zero.instant, zone))}")
    sheet.title(span.name, " · ".join(parts))


def _moment(moment: datetime) -> str:
    day = f"{WEEKDAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    return f"{day} {moment:%H:%M} {moment.tzname()}"


def _columns(sheet: Sheet, span: Span) -> list[Column]:
    facts = sheet.book.facts
    activities = [facts.project.activities[id_] for id_ in span.ids]

    def fitting(texts: Sequence[str], least: float, most: float) -> float:
        return min(max(max(map(len, texts), default=0) * 1.0 + 1, least), most)

    zone = facts.project.timezone
    columns = [
        Column("T", 12),
        Column(ID, fitting([one.id for one in activities], 9, 26)),
        Column("Step", fitting([one.name for one in activities], 22, 48)),
        Column("Party", fitting([facts.party_text(one.party) for one in activities], 8, 26)),
        Column("Owner", fitting([_owner(facts, one) for one in activities], 8, 26)),
        Column("Backup", fitting([facts.person(one.backup) for one in activities], 8, 26)),
        Column(f"Start {zone}", 17),
        Column(f"Finish {zone}", 17),
        Column("Start UTC", 13.5),
        Column("Finish UTC", 13.5),
        Column("Minutes", 8.5),
        Column("Critical", 8),
        Column("After", fitting([facts.predecessors_text(i) for i in span.ids], 10, _AFTER_WIDTH)),
        Column("Verification", fitting([_verification(one) for one in activities], 12, 30)),
        Column("Undo", fitting([_undo(sheet, one) for one in activities], 14, _UNDO_WIDTH)),
        Column(ACTUAL_START, 11.5),
        Column(ACTUAL_FINISH, 11.5),
        Column(STATE, 11.5),
        Column("Mark", 5, collapsed=True),
    ]
    sheet.columns(columns)
    sheet.watch(FIRST, [column.heading for column in columns])
    for i, column in enumerate(columns):
        sheet.text(TICK, i, column.heading, look.HEADING)
    sheet.worksheet.set_column(_GAP, _GAP, 2, None, {"collapsed": True})
    sheet.worksheet.set_column(_KEY, _KEY, 2.7)
    return columns


def _write(
    sheet: Sheet, at: int, activity: Activity, zero: Zero, marks: dict[tuple[str, ...], Mark]
) -> None:
    facts = sheet.book.facts
    dates = facts.schedule.activities[activity.id]
    decision: look.Style = look.GROUP if activity.kind is Kind.GATE else {}
    cell = (look.CELL, decision)
    texts = {
        _ID: activity.id,
        _STEP: activity.name,
        _PARTY: facts.party_text(activity.party),
        _OWNER: _owner(facts, activity),
        _BACKUP: facts.person(activity.backup),
        _AFTER: facts.predecessors_text(activity.id),
        _VERIFY: _verification(activity),
    }
    sheet.text(at, _T, t_minus(dates.start, zero.instant), *cell)
    undo = _undo(sheet, activity)
    high = height([(texts[_AFTER], _AFTER_WIDTH), (texts[_VERIFY], 30), (undo, _UNDO_WIDTH)])
    sheet.worksheet.set_row(at, high)
    wrapped: look.Style = {"text_wrap": True} if high > look.ROW_HEIGHT else {}
    for column, text in texts.items():
        sheet.text(at, column, clean(text), *cell, look.USER, wrapped)
    for column, instant in ((_START, dates.start), (_FINISH, dates.finish)):
        sheet.moment(at, column, instant, *cell, look.LEFT, shown=look.WEEKDAY_TIME, named=True)
    for column, instant in ((_START_UTC, dates.start), (_FINISH_UTC, dates.finish)):
        sheet.moment(at, column, instant, *cell, look.LEFT, shown=look.WEEKDAY_TIME, zone=UTC)
    sheet.number(at, _MINUTES, dates.finish - dates.start, look.COUNT, *cell)
    critical = look.WARNING if dates.critical else {}
    sheet.text(at, _CRITICAL, "Yes" if dates.critical else "", *cell, critical, look.CENTRED)
    stuck = look.WARNING if activity.irreversible else {}
    sheet.text(at, _UNDO, undo, *cell, stuck, wrapped)
    for column in (_ACTUAL_START, _ACTUAL_FINISH):
        progress = activity.progress
        name = "actual_start" if column == _ACTUAL_START else "actual_finish"
        sheet.moment(
            at, column, getattr(progress, name, None), look.CELL, look.LEFT,
            {"bg_color": look.EDITABLE}, shown=look.WEEKDAY_TIME,
        )  # fmt: skip
    sheet.text(at, _STATE, state_of(activity), look.CELL, {"bg_color": look.EDITABLE})
    draw_mark(sheet, at, _KEY, marks.get(activity.party), _MARK)


def _owner(facts: Facts, activity: Activity) -> str:
    """Return the owner; for a gate without one, who decides."""
    gate = facts.project.gates.get(activity.id)
    if activity.owner is None and gate is not None:
        return facts.people(gate.decides)
    return facts.person(activity.owner)


def _verification(activity: Activity) -> str:
    """Return the user's field that says how the step is proved."""
    fields = {name.lower(): text for name, text in activity.fields.items()}
    return next((fields[name] for name in _VERIFICATIONS if name in fields), "")


def _undo(sheet: Sheet, activity: Activity) -> str:
    """Return how the step is undone: its own undo, that of a group, or that it cannot be."""
    if activity.irreversible:
        return "Point of no return"
    day = sheet.book.facts.project.day
    if activity.undo is not None:
        return _undo_text(activity.undo, day)
    for group in sheet.book.facts.project.ancestors(activity.id):
        if group.undo is not None:
            return f"{_undo_text(group.undo, day)} for all of {_short(group)}"
    return ""


def _short(group: Group) -> str:
    return clean(group.id)


def _undo_text(undo: Undo, day: int) -> str:
    if not undo.duration and not undo.verify:
        return "nothing to undo"
    text = duration_text(undo.duration, day)
    return f"{text}, verify {duration_text(undo.verify, day)}" if undo.verify else text


def _finish(sheet: Sheet, last: int, scale: Scale, end: int) -> None:
    worksheet = sheet.worksheet
    sheet.choice("lst_state", STATES, (FIRST, _STATE, last, _STATE))
    worksheet.set_row(AXIS, None, None, {"hidden": True})
    worksheet.set_row(TICK, look.HEADING_HEIGHT)
    worksheet.autofilter(TICK, 0, last, _MARK)
    worksheet.freeze_panes(FIRST, _PARTY)
    worksheet.repeat_rows(BAND, TICK)
    worksheet.print_area(0, 0, end, _GRID + len(scale.slots) - 1)
    worksheet.set_zoom(90)
