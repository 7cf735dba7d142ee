"""Sheet *Checkpoints*: where people decide and meet, local and UTC, with what is decided on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from imsgen.formats.facts import Facts
from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import UTC, Book, Column, Sheet, serial
from imsgen.formats.xlsx.columns import DECISION_HEADING, ID
from imsgen.formats.xlsx.editable import DECISIONS, decision_of
from imsgen.formats.xlsx.formulas import days_until
from imsgen.formats.xlsx.text import clean, lines
from imsgen.formats.xlsx.way_back import last_moment, way_back
from imsgen.model import Instant, Meeting, MeetingKind

NAME = "Checkpoints"
ABOUT = "Gates, milestones, meetings and messages; + shows each of a series."
_KINDS = {
    MeetingKind.GATE: "Gate",
    MeetingKind.CHECKPOINT: "Checkpoint",
    MeetingKind.MILESTONE: "Milestone",
    MeetingKind.COMMUNICATION: "Message",
    MeetingKind.LAST_SAFE: "Last safe",
}
_HEAD, _FIRST = 3, 4
_TO_GO, _KIND, _NAMED, _DECISION = 3, 4, 5, 9
"""Columns."""
_LINE = 12.0
"""Points of one more line in a wrapped cell."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the sheet."""

    id: str
    kind: str
    name: str
    start: Instant
    finish: Instant
    zone: str
    decides: str = ""
    who: str = ""
    criteria: str = ""
    place: str = ""
    notes: str = ""
    decision: str = ""
    occurrence: bool = False


def add_checkpoints(book: Book) -> None:
    """Add the sheet; a plan without gates, checkpoints or marked milestones has none."""
    rows = list(_lines(book.facts))
    if not rows:
        return
    sheet = book.sheet(NAME, ABOUT)
    zone = book.facts.project.timezone
    sheet.title(
        "Checkpoints", f"Gates, milestones, meetings and messages, by start · local is {zone}"
    )
    columns = (
        Column("Start local", 23),
        Column("Finish local", 23),
        Column("Start UTC", 17),
        Column("Days to go", 9.5),
        Column("Kind", 11),
        Column("Name", 34),
        Column("Decides", 20),
        Column("Takes part", 26),
        Column("Criteria", 46),
        Column(DECISION_HEADING, 14),
        Column("Place", 18),
        Column(ID, 22),
        Column("Notes", 34),
    )
    sheet.columns(columns)
    sheet.watch(_FIRST, [column.heading for column in columns])
    for i, column in enumerate(columns):
        sheet.text(_HEAD, i, column.heading, look.HEADING)
    for at, row in enumerate(rows, _FIRST):
        _write(sheet, at, row)
        options = {"level": 1, "hidden": True} if row.occurrence else {}
        sheet.worksheet.set_row(at, _height(row), None, options)
    last = _FIRST + len(rows) - 1
    worksheet = sheet.worksheet
    worksheet.outline_settings(True, False, True, False)
    _colour(sheet, last)
    sheet.choice("lst_decision", DECISIONS, (_FIRST, _DECISION, last, _DECISION))
    worksheet.set_row(_HEAD, look.HEADING_HEIGHT)
    worksheet.autofilter(_HEAD, 0, last, len(columns) - 1)
    worksheet.freeze_panes(_FIRST, 0)
    worksheet.repeat_rows(_HEAD)
    worksheet.print_area(0, 0, last, len(columns) - 1)


def _colour(sheet: Sheet, last: int) -> None:
    """Make decisions stand out; the words say the same."""
    colours = {"GO": look.DONE, "CONDITIONAL": look.CAUTION, "NO-GO": look.CRITICAL}
    for word, colour in colours.items():
        sheet.worksheet.conditional_format(
            _FIRST, _DECISION, last, _DECISION,
            {
                "type": "cell", "criteria": "==", "value": f'"{word}"',
                "format": sheet.book.rule(font_color=colour, bold=True),
            },
        )  # fmt: skip


def _height(row: _Line) -> float:
    """Return the height that shows every line of the row's longest cell, in points."""
    cells = ((row.criteria, 48), (row.who, 28), (row.notes, 36), (row.name, 36), (row.decides, 22))
    tallest = max(lines(text, width) for text, width in cells)
    return min(look.ROW_HEIGHT + _LINE * (tallest - 1), 400)


def _write(sheet: Sheet, at: int, row: _Line) -> None:
    faint = look.OFF_PLAN if row.occurrence else {}
    one_line: look.Style = {"valign": "vcenter"} if _height(row) == look.ROW_HEIGHT else {}
    style = (look.CELL, look.WRAPPED, one_line, look.GROUP if row.kind == "Gate" else {}, faint)
    zone = ZoneInfo(row.zone)
    shown = f"ddd {look.DATE_TIME}"
    sheet.moment(at, 0, row.start, *style, look.LEFT, zone=zone, shown=shown, named=True)
    sheet.moment(at, 1, row.finish, *style, look.LEFT, zone=zone, shown=shown, named=True)
    sheet.moment(at, 2, row.start, *style, look.LEFT, zone=UTC)
    days = days_until(serial(row.start, zone), sheet.book.facts, f"$A{at + 1}")
    sheet.formula(at, _TO_GO, *days, look.COUNT, *style, look.CENTRED)
    sheet.text(at, _KIND, row.kind, *style)
    texts = (row.name, row.decides, row.who, row.criteria)
    for column, text in enumerate(texts, _NAMED):
        sheet.text(at, column, clean(text), *style, look.USER)
    editable: look.Style = {"bg_color": look.EDITABLE} if row.decision else {}
    sheet.text(at, _DECISION, row.decision, *style, editable)
    for column, text in enumerate((row.place, row.id, row.notes), _DECISION + 1):
        sheet.text(at, column, clean(text), *style, look.USER)


def _lines(facts: Facts) -> Iterator[_Line]:
    """Yield meetings by start; repeated ones follow a line that sums them up."""
    meetings = [one for one in facts.schedule.meetings if one.kind in _KINDS and not one.cancelled]
    first: dict[tuple[str, MeetingKind], Instant] = {}
    for one in meetings:
        first[_key(one)] = min(first.get(_key(one), one.start), one.start)
    meetings.sort(key=lambda one: (first[_key(one)], _key(one), one.start))
    for _, occurrences in groupby(meetings, key=_key):
        yield from _series(facts, list(occurrences))


def _key(meeting: Meeting) -> tuple[str, MeetingKind]:
    """Return what the occurrences of one thing share; a message and a meeting may share an id."""
    return meeting.series or meeting.id, meeting.kind


def _series(facts: Facts, meetings: list[Meeting]) -> Iterator[_Line]:
    if len(meetings) == 1:
        yield _line(facts, meetings[0])
        return
    head = _line(facts, meetings[0])
    yield _Line(
        id=head.id.partition(".")[0] if not meetings[0].series else meetings[0].series,
        kind=head.kind,
        name=f"{head.name}, {len(meetings)} times",
        start=head.start,
        finish=meetings[-1].finish,
        zone=head.zone,
        decides=head.decides,
        who=head.who,
        criteria=head.criteria,
        place=head.place,
        notes=head.notes,
    )
    for one in meetings:
        yield _Line(one.id, head.kind, one.name, one.start, one.finish, one.timezone,
                    occurrence=True)  # fmt: skip


def _line(facts: Facts, meeting: Meeting) -> _Line:
    project = facts.project
    kind = _KINDS[meeting.kind]
    base = (meeting.id, kind, meeting.name, meeting.start, meeting.finish, meeting.timezone)
    gate = project.gates.get(meeting.id)
    if gate is not None:
        activity = project.activities[meeting.id]
        people = (facts.people(gate.decides), facts.people(gate.who))
        notes = "\n".join(text for text in (way_back(facts, gate), activity.notes) if text)
        return _Line(*base, *people, _bullets(gate.criteria), gate.location, notes,
                     decision_of(activity))  # fmt: skip
    checkpoint = project.checkpoints.get(meeting.series or meeting.id)
    if checkpoint is not None:
        return _Line(
            *base,
            facts.people(checkpoint.decides),
            facts.people(checkpoint.who),
            _bullets(checkpoint.criteria),
            checkpoint.location,
            checkpoint.notes,
            DECISIONS[0] if checkpoint.decides else "",
        )
    if meeting.kind is MeetingKind.COMMUNICATION:
        return _message(facts, meeting)
    if meeting.kind is MeetingKind.LAST_SAFE:
        return _Line(*base, notes=last_moment(facts, meeting))
    known = project.activities.get(meeting.id)
    return (
        _Line(*base, who=facts.person(known.owner), notes=known.notes) if known else _Line(*base)
    )


def _message(facts: Facts, meeting: Meeting) -> _Line:
    """Return the line of a message: from whom to whom, by what channel, and its words."""
    id_ = meeting.id.removeprefix("comms:").partition(".")[0]
    one = facts.project.communications.get(meeting.series or id_)
    base = (meeting.id, _KINDS[meeting.kind], meeting.name, meeting.start, meeting.finish)
    if one is None:
        return _Line(*base, meeting.timezone)
    people = (("from", facts.person(one.owner)), ("to", one.audience))
    told = " ".join(f"{word} {name}" for word, name in people if name)
    parts = (one.message, one.purpose and f"Purpose: {one.purpose}",
             one.feedback and f"Feedback: {one.feedback}")  # fmt: skip
    return _Line(
        *base,
        meeting.timezone,
        who=told[:1].upper() + told[1:],
        place=one.channel,
        notes="\n".join(part for part in parts if part),
    )


def _bullets(criteria: tuple[str, ...]) -> str:
    return "\n".join(f"• {one}" for one in criteria)
