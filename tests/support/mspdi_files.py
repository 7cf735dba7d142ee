"""MS Project XML files written by hand, and the plans they become."""

from __future__ import annotations

from pathlib import Path

from imsgen.diagnostics import Report
from imsgen.formats.importing.imported import Imported
from imsgen.formats.mspdi import import_plan
from imsgen.plan import load_text

NS = "http://schemas.microsoft.com/project"

STANDARD = "".join(
    f"<WeekDay><DayType>{day}</DayType><DayWorking>{int(1 < day < 7)}</DayWorking>"
    + (
        "<WorkingTimes>"
        "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
        "<WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime>"
        "</WorkingTimes>"
        if 1 < day < 7
        else ""
    )
    + "</WeekDay>"
    for day in range(1, 8)
)


def task(uid: int, name: str, hours: int = 8, level: int = 1, more: str = "") -> str:
    """Return a task as MS Project writes it."""
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name}</Name><OutlineLevel>{level}</OutlineLevel>"
        f"<Start>2027-03-01T08:00:00</Start><Finish>2027-03-01T17:00:00</Finish>"
        f"<Duration>PT{hours}H0M0S</Duration><DurationFormat>7</DurationFormat>{more}</Task>"
    )


def link(uid: int, kind: int = 1, lag: int = 0, form: int = 7) -> str:
    """Return a link from a task."""
    return (
        f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{kind}</Type>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{form}</LagFormat></PredecessorLink>"
    )


def document(tasks: str = "", more: str = "", calendar: str = STANDARD, before: str = "") -> str:
    """Return a file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<Project xmlns="{NS}">'
        "<Title>Move</Title><StartDate>2027-03-01T08:00:00</StartDate><CalendarUID>1</CalendarUID>"
        "<Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar>"
        f"<WeekDays>{calendar}</WeekDays></Calendar></Calendars>"
        f"<Tasks>{tasks}</Tasks>{more}</Project>"
    )


def imported(
    text: str | bytes, folder: Path, timezone: str = "UTC"
) -> tuple[Imported | None, Report]:
    """Return the plan of a file, and what was said."""
    path = folder / "plan.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    report = Report()
    return import_plan(path, timezone, report), report


def plan(text: str, folder: Path) -> str:
    """Return the plan of a file that has nothing wrong, and loads."""
    found, report = imported(text, folder)
    assert not report.diagnostics
    assert found is not None
    load_text(found.text.encode(), "plan.yaml")
    return found.text
