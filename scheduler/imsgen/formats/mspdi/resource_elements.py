"""Resources and assignments as elements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from imsgen.formats.mspdi.calendars import CalendarRow
from imsgen.formats.mspdi.codes import ELAPSED_DAYS, HOURLY, NO_RESOURCE
from imsgen.formats.mspdi.elements import Element, Value, element
from imsgen.formats.mspdi.order import ASSIGNMENT, AVAILABILITY_PERIOD, RESOURCE
from imsgen.formats.mspdi.rows import Row
from imsgen.formats.mspdi.task_elements import percent_of
from imsgen.formats.mspdi.text import one_line, paragraphs
from imsgen.formats.mspdi.wall import WallClock, date_text, duration_text
from imsgen.model import FULL, Project, Resource

_WORK = 1
_PRORATED = 3
_DAWN, _DUSK = "1984-01-01T00:00:00", "2049-12-31T23:59:00"
"""The first and last moment Project knows."""


@dataclass(frozen=True, slots=True)
class Work:
    """An assignment: ``units`` in percent, work in minutes."""

    resource: str | None
    """None: nobody; Project keeps the progress of a task without resources so."""
    units: int
    work: float
    done: float


def assignments_of(row: Row) -> list[Work]:
    """Return what a task's resources do; a task without has one when anything is done."""
    if row.summary or not row.active:
        return []
    found = [_work(row, need.resource, need.units) for need in row.needs]
    if not found and row.actual_start is not None:
        return [_work(row, None, FULL)]
    return found


def _work(row: Row, resource: str | None, units: int) -> Work:
    length = row.duration
    if row.elapsed and row.calendar is not None:
        # an hour that the clock skips is in the duration as Project counts it, and no work
        length = row.calendar.work.work_between(row.start, row.finish)
    return Work(resource, units, length * units / FULL, min(row.done, length) * units / FULL)


def unassigned() -> Element:
    """Return resource 0, Project's row for nobody."""
    return element("Resource", RESOURCE, {"UID": 0, "ID": 0, "Type": _WORK, "IsNull": 0})


def resource(
    one: Resource,
    ids: tuple[int, int],
    calendar: CalendarRow,
    project: Project,
    clock: WallClock,
) -> Element:
    """Return a resource, ``ids`` its UID and ID; dated capacity as periods of availability."""
    party = project.parties.get(one.party) if one.party else None
    most = max((units for _, units in one.capacity), default=FULL)
    values: dict[str, Value] = {
        "UID": ids[0],
        "ID": ids[1],
        "Name": one_line(one.name.replace("[", "(").replace("]", ")")) or one.id,
        "Type": _WORK,
        "IsNull": 0,
        "Group": one_line(party.name) if party is not None else one.party,
        "EmailAddress": one_line(one.email) if one.email else None,
        "MaxUnits": units_text(most),
        "CanLevel": 1,
        "AccrueAt": _PRORATED,
        "StandardRate": one.rate,
        "StandardRateFormat": HOURLY if one.rate else None,
        "CalendarUID": calendar.uid,
        "Notes": paragraphs(one.notes) or None,
        "IsGeneric": 0,
        "IsInactive": 0,
        "IsEnterprise": 0,
        "BookingType": 0,
        "IsCostResource": 0,
        "IsBudget": 0,
        "AvailabilityPeriods": _availability(one, clock),
    }
    return element("Resource", RESOURCE, values)


def units_text(units: int) -> str:
    """Return percent as Project's units, ``0.5`` for 50."""
    return f"{units / FULL:g}"


def _availability(one: Resource, clock: WallClock) -> list[Element]:
    if len(one.capacity) == 1 and one.capacity[0][0] is None:
        return []
    periods = []
    for i, (begin, units) in enumerate(one.capacity):
        last = i + 1 == len(one.capacity)
        until = None if last else one.capacity[i + 1][0]
        values: dict[str, Value] = {
            "AvailableFrom": _DAWN if begin is None else date_text(clock.minute(begin)),
            "AvailableTo": _DUSK if until is None else date_text(clock.minute(until) - 1),
            "AvailableUnits": units_text(units),
        }
        periods.append(element("AvailabilityPeriod", AVAILABILITY_PERIOD, values))
    return periods


def assignment(one: Work, uid: int, row: Row, resources: Mapping[str, int]) -> Element:
    """Return an assignment, flat over the task."""
    finished = row.actual_finish is not None
    values: dict[str, Value] = {
        "UID": uid,
        "TaskUID": row.uid,
        "ResourceUID": NO_RESOURCE if one.resource is None else resources[one.resource],
        "PercentWorkComplete": percent_of(one.done, one.work, finished),
        "ActualFinish": date_text(row.finish) if finished else None,
        "ActualStart": None if row.actual_start is None else date_text(row.actual_start),
        "ActualWork": duration_text(one.done),
        "Delay": 0,
        "Finish": date_text(row.finish),
        "HasFixedRateUnits": 1,
        "FixedMaterial": 0,
        "LevelingDelay": 0,
        "LevelingDelayFormat": ELAPSED_DAYS,
        "RegularWork": duration_text(one.work),
        "RemainingWork": duration_text(one.work - one.done),
        "Start": date_text(row.start),
        "Stop": None if row.stop is None else date_text(row.stop),
        "Resume": None if row.resume is None else date_text(row.resume),
        "Units": units_text(one.units),
        "Work": duration_text(one.work),
        "WorkContour": 0,
        "BookingType": 0,
    }
    return element("Assignment", ASSIGNMENT, values)
