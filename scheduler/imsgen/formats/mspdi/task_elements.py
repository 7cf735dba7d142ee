"""Tasks as elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from imsgen.formats.mspdi.baselines import Baselines
from imsgen.formats.mspdi.codes import (
    ELAPSED_DAYS,
    ESTIMATED,
    LINK_TYPES,
    NO_CALENDAR,
    NO_FORMAT,
)
from imsgen.formats.mspdi.elements import Element, Value, element
from imsgen.formats.mspdi.fields import Fields
from imsgen.formats.mspdi.order import FIELD_VALUE, PREDECESSOR_LINK, TASK
from imsgen.formats.mspdi.rows import LinkRow, Row
from imsgen.formats.mspdi.text import one_line, paragraphs
from imsgen.formats.mspdi.wall import date_text, duration_text

FIXED_DURATION = 1
_HIGHEST = 999
"""Priority; at 1000 Project would never level a task, which is not what a plan means by it."""


def project_task(name: str, start: int, finish: int, duration: int, notes: str) -> Element:
    """Return task 0, the project's own summary."""
    values: dict[str, Value] = {
        "UID": 0,
        "ID": 0,
        "Name": one_line(name),
        "WBS": "0",
        "OutlineNumber": "0",
        "OutlineLevel": 0,
        "Priority": 500,
        "Start": date_text(start),
        "Finish": date_text(finish),
        "Duration": duration_text(duration),
        "DurationFormat": NO_FORMAT,
        "Milestone": 0,
        "Summary": 1,
        "PercentComplete": 0,
        "ActualDuration": duration_text(0),
        "RemainingDuration": duration_text(duration),
        "Notes": paragraphs(notes) or None,
    }
    return element("Task", TASK, {**_SAME, **values})


def task(
    row: Row,
    uids: Mapping[str, int],
    fields: Fields,
    baselines: Baselines,
    *,
    work: float,
    done_work: float,
) -> Element:
    """Return a row as an element; ``work`` and ``done_work`` are its assignments' minutes."""
    item = row.item
    address = next(iter(item.links.items()), None)
    values: dict[str, Value] = {
        "UID": row.uid,
        "ID": row.number,
        "Name": one_line(item.name) or row.id,
        "Active": row.active,
        "Manual": row.manual,
        "WBS": one_line(item.wbs) or row.outline,
        "OutlineNumber": row.outline,
        "OutlineLevel": row.level,
        "Priority": min(item.priority, _HIGHEST),
        "Start": date_text(row.start),
        "Finish": date_text(row.finish),
        "Duration": duration_text(row.duration),
        "ManualStart": date_text(row.start) if row.manual else None,
        "ManualFinish": date_text(row.finish) if row.manual else None,
        "ManualDuration": duration_text(row.duration) if row.manual else None,
        "DurationFormat": row.format,
        "Work": duration_text(work),
        "Estimated": row.format >= ESTIMATED and row.format != NO_FORMAT,
        "Milestone": row.milestone,
        "Summary": row.summary,
        "ConstraintType": row.constraint,
        "ConstraintDate": _date(row.constraint_date),
        "CalendarUID": NO_CALENDAR if row.calendar is None else row.calendar.uid,
        "Deadline": _date(row.deadline),
        "LevelingDelay": row.delay * 10,
        "Hyperlink": one_line(address[0]) if address else None,
        "HyperlinkAddress": one_line(address[1], 2000) if address else None,
        "IgnoreResourceCalendar": row.ignore_resources,
        "Notes": paragraphs("\n".join(_notes(row))) or None,
        "RemainingWork": duration_text(work - done_work),
        "ActualWork": duration_text(done_work),
        "PredecessorLink": [_link(link, uids) for link in row.links],
        "ExtendedAttribute": [
            element("ExtendedAttribute", FIELD_VALUE, {"FieldID": str(id_), "Value": text})
            for id_, text in fields.values(item)
        ],
        "Baseline": baselines.of(row.id),
    }
    return element("Task", TASK, {**_SAME, **values, **_progress(row, work, done_work)})


_SAME: dict[str, Value] = {
    "Active": 1,
    "Manual": 0,
    "Type": FIXED_DURATION,
    "IsNull": 0,
    "ResumeValid": 0,
    "EffortDriven": 0,
    "Recurring": 0,
    "OverAllocated": 0,
    "Estimated": 0,
    "ConstraintType": 0,
    "CalendarUID": NO_CALENDAR,
    "LevelAssignments": 1,
    "LevelingCanSplit": 0,
    "LevelingDelay": 0,
    "LevelingDelayFormat": ELAPSED_DAYS,
    "IgnoreResourceCalendar": 0,
}


def _progress(row: Row, work: float, done_work: float) -> dict[str, Value]:
    percent = percent_of(row.done, row.duration, row.actual_finish is not None)
    values: dict[str, Value] = {
        "PercentComplete": percent,
        "PercentWorkComplete": percent_of(done_work, work, False) if work else percent,
        "ActualDuration": duration_text(row.done),
        "RemainingDuration": duration_text(row.duration - row.done),
        "ActualStart": _date(row.actual_start),
        "ActualFinish": _date(row.actual_finish),
        "Stop": _date(row.stop),
        "Resume": _date(row.resume),
        "ResumeValid": row.resume is not None,
    }
    progress = getattr(row.item, "progress", None)
    if progress is not None and progress.percent_complete is not None:
        values["PhysicalPercentComplete"] = progress.percent_complete
    return values


def percent_of(done: float, whole: float, finished: bool) -> int:
    """Return how much is done in whole percent, 100 only when all is."""
    if finished:
        return 100
    if not whole:
        return 0
    return min(round(done * 100 / whole), 100 if done >= whole else 99)


def _notes(row: Row) -> Iterator[str]:
    yield from filter(None, [row.item.notes])
    yield from row.notes
    yield from (f"{one_line(name)}: {address}" for name, address in row.item.links.items())


def _link(link: LinkRow, uids: Mapping[str, int]) -> Element:
    values: dict[str, Value] = {
        "PredecessorUID": uids[link.predecessor],
        "Type": LINK_TYPES[link.type],
        "CrossProject": 0,
        "LinkLag": link.lag if link.percent else link.lag * 10,
        "LagFormat": link.format,
    }
    return element("PredecessorLink", PREDECESSOR_LINK, values)


def _date(wall: int | None) -> str | None:
    return None if wall is None else date_text(wall)


def uids_of(rows: Iterable[Row]) -> dict[str, int]:
    """Return the UID by id."""
    return {row.id: row.uid for row in rows}
