"""Rows of tasks, resources and assignments, from elements to plain values."""

from __future__ import annotations

from fractions import Fraction

from imsgen.formats.mspdi.read.calendars import read_calendar
from imsgen.formats.mspdi.read.custom_fields import aliases, fields
from imsgen.formats.mspdi.read.days import lineage, week_of
from imsgen.formats.mspdi.read.source import (
    Assignment,
    Baseline,
    Calendar,
    Link,
    ProjectFile,
    Resource,
    Task,
)
from imsgen.formats.mspdi.read.tree import Element
from imsgen.formats.mspdi.read.values import Values
from imsgen.formats.mspdi.text import one_line, paragraphs

_NOTES_LIMIT = 5000


def read_project(root: Element, values: Values, lost: list[str]) -> ProjectFile:
    """Return what the file says; ``lost`` gets a line for each thing without a counterpart."""
    found = ProjectFile(
        values.span(root),
        name=one_line(root.said("Name")),
        title=one_line(root.said("Title")),
        start=values.moment(root, "StartDate"),
        finish=values.moment(root, "FinishDate"),
        from_start=root.get("ScheduleFromStart") is None or values.flag(root, "ScheduleFromStart"),
        status_date=values.moment(root, "StatusDate"),
        calendar=_or(values.whole(root, "CalendarUID"), -1),
        currency=one_line(root.said("CurrencyCode"), 3),
        day=_length(values.whole(root, "MinutesPerDay"), 480, 1440),
        week=_length(values.whole(root, "MinutesPerWeek"), 2400, 10080),
        days_per_month=_length(values.whole(root, "DaysPerMonth"), 20, 31),
    )
    for element in root.all("Calendars", "Calendar"):
        calendar = read_calendar(element, values, lost)
        if calendar is not None:
            found.calendars[calendar.uid] = calendar
    _tidy(found.calendars, lost)
    names = aliases(root)
    for element in root.all("Resources", "Resource"):
        resource = _resource(element, values, names)
        if resource is not None:
            found.resources[resource.uid] = resource
    numbers = set[int]()
    for element in root.all("Tasks", "Task"):
        task = _task(element, values, names)
        if task is None:
            continue
        if task.uid in numbers:
            lost.append(f"A row with the number of another is numbered anew: {task.name}")
            task.uid = -1 - len(numbers)
        numbers.add(task.uid)
        found.tasks.append(task)
    for element in root.all("Assignments", "Assignment"):
        assignment = _assignment(element, values)
        if assignment is not None:
            found.assignments.append(assignment)
    return found


def _tidy(calendars: dict[int, Calendar], lost: list[str]) -> None:
    """Let no calendar be its own base, and leave out those that never work."""
    for calendar in calendars.values():
        chain = list(lineage(calendar, calendars))
        if chain[-1].base in calendars:
            chain[-1].base = None
    for uid, calendar in list(calendars.items()):
        chain = list(lineage(calendar, calendars))
        others = [one for link in chain for one in link.exceptions]
        if not any(week_of(calendar, calendars)) and not any(one.hours for one in others):
            lost.append(f"A calendar that never works is left out: {calendar.name}")
            del calendars[uid]


def _task(element: Element, values: Values, names: dict[str, str]) -> Task | None:
    uid = values.whole(element, "UID")
    if uid is None or values.flag(element, "IsNull"):
        return None
    return Task(
        uid,
        values.span(element),
        name=one_line(element.said("Name")),
        level=_or(values.whole(element, "OutlineLevel"), 1),
        wbs=one_line(element.said("WBS")),
        outline=one_line(element.said("OutlineNumber")),
        active=element.get("Active") is None or values.flag(element, "Active"),
        manual=values.flag(element, "Manual"),
        milestone=values.flag(element, "Milestone"),
        summary=values.flag(element, "Summary"),
        recurring=values.flag(element, "Recurring"),
        external=values.flag(element, "ExternalTask") or values.flag(element, "IsSubproject"),
        estimated=values.flag(element, "Estimated"),
        ignore_resources=values.flag(element, "IgnoreResourceCalendar"),
        start=values.moment(element, "Start"),
        finish=values.moment(element, "Finish"),
        duration=values.length(element, "Duration"),
        format=_or(values.whole(element, "DurationFormat"), 7),
        priority=_or(values.whole(element, "Priority"), 500),
        calendar=_or(values.whole(element, "CalendarUID"), -1),
        constraint=_or(values.whole(element, "ConstraintType"), 0),
        constraint_date=values.moment(element, "ConstraintDate"),
        deadline=values.moment(element, "Deadline"),
        percent=_or(values.whole(element, "PercentComplete"), 0),
        actual_start=values.moment(element, "ActualStart"),
        actual_finish=values.moment(element, "ActualFinish"),
        remaining=values.length(element, "RemainingDuration"),
        stop=values.moment(element, "Stop"),
        resume=values.moment(element, "Resume"),
        notes=paragraphs(element.said("Notes"))[:_NOTES_LIMIT],
        hyperlink=one_line(element.said("Hyperlink")),
        address=one_line(element.said("HyperlinkAddress"), 2000),
        contact=one_line(element.said("Contact")),
        fields=fields(element, names),
        links=[
            link
            for one in element.all("PredecessorLink")
            if (link := _link(one, values)) is not None
        ],
        baselines=[_baseline(one, values) for one in element.all("Baseline")],
        fixed_cost=values.number(element, "FixedCost") or Fraction(0),
    )


def _link(element: Element, values: Values) -> Link | None:
    predecessor = values.whole(element, "PredecessorUID")
    if predecessor is None:
        return None
    format_ = _or(values.whole(element, "LagFormat"), 7)
    lag = values.number(element, "LinkLag") or Fraction(0)
    return Link(
        predecessor,
        type=_or(values.whole(element, "Type"), 1),
        lag=lag if format_ & ~32 in {19, 20} else lag / 10,
        format=format_,
        cross_project=values.flag(element, "CrossProject"),
        span=values.span(element),
    )


def _baseline(element: Element, values: Values) -> Baseline:
    return Baseline(
        number=_or(values.whole(element, "Number"), 0),
        start=values.moment(element, "Start"),
        finish=values.moment(element, "Finish"),
        duration=values.minutes(element, "Duration"),
        work=values.minutes(element, "Work"),
    )


def _resource(element: Element, values: Values, names: dict[str, str]) -> Resource | None:
    uid = values.whole(element, "UID")
    if uid is None or uid <= 0 or values.flag(element, "IsNull"):
        return None
    units = values.number(element, "MaxUnits")
    return Resource(
        uid,
        values.span(element),
        name=one_line(element.said("Name")) or f"Resource {uid}",
        type=2
        if values.flag(element, "IsCostResource")
        else _or(values.whole(element, "Type"), 1),
        initials=one_line(element.said("Initials")),
        group=one_line(element.said("Group")),
        email=one_line(element.said("EmailAddress")),
        notes=paragraphs(element.said("Notes"))[:_NOTES_LIMIT],
        calendar=_or(values.whole(element, "CalendarUID"), -1),
        max_units=Fraction(1) if units is None else units,
        available=[
            (
                values.moment(one, "AvailableFrom"),
                values.moment(one, "AvailableTo"),
                values.number(one, "AvailableUnits") or Fraction(0),
            )
            for one in element.all("AvailabilityPeriods", "AvailabilityPeriod")
        ],
        rate=values.number(element, "StandardRate") or Fraction(0),
        rate_format=_or(values.whole(element, "StandardRateFormat"), 2),
        fields=fields(element, names),
    )


def _assignment(element: Element, values: Values) -> Assignment | None:
    uid, task, resource = (values.whole(element, tag) for tag in ("UID", "TaskUID", "ResourceUID"))
    if task is None or resource is None:
        return None
    units = values.number(element, "Units")
    return Assignment(
        _or(uid, 0),
        task,
        resource,
        units=Fraction(1) if units is None else units,
        work=values.minutes(element, "Work"),
        start=values.moment(element, "Start"),
        finish=values.moment(element, "Finish"),
        contour=_or(values.whole(element, "WorkContour"), 0),
        overtime=values.minutes(element, "OvertimeWork") or 0,
        delay=_or(values.whole(element, "Delay"), 0),
        paused=element.paused,
        span=values.span(element),
    )


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _length(value: int | None, otherwise: int, most: int) -> int:
    return value if value is not None and 0 < value <= most else otherwise
