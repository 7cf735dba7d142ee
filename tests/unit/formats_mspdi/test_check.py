"""The second reading of a file, on files written by hand with dates computed by hand.

The calendar works Monday to Friday 08:00-12:00 and 13:00-17:00; 2026-11-02 is a Monday.
"""

from __future__ import annotations

import pytest
from tests.support.placed import placed_schedule
from tests.support.projects import link, make_project, task

from imsgen.errors import PlanError
from imsgen.formats.mspdi.check import moves_in
from imsgen.formats.mspdi.document import Document
from imsgen.formats.mspdi.moved import refuse_moves
from imsgen.formats.options import Options

_WEEK = "".join(
    f"<WeekDay><DayType>{day}</DayType><DayWorking>{int(1 < day < 7)}</DayWorking>"
    + (
        "<WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime>"
        "</WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime>"
        "</WorkingTime></WorkingTimes>"
        if 1 < day < 7
        else ""
    )
    + "</WeekDay>"
    for day in range(1, 8)
)
_NIGHTS = "".join(
    f"<WeekDay><DayType>{day}</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime>"
    "<FromTime>22:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime><WorkingTime>"
    "<FromTime>00:00:00</FromTime><ToTime>03:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>"
    for day in range(1, 8)
)
_HOLIDAY = (
    "<Exceptions><Exception><TimePeriod><FromDate>2026-11-04T00:00:00</FromDate>"
    "<ToDate>2026-11-04T23:59:00</ToDate></TimePeriod><DayWorking>0</DayWorking></Exception>"
    "</Exceptions>"
)
_CALENDARS = (
    f"<Calendar><UID>1</UID><BaseCalendarUID>-1</BaseCalendarUID><WeekDays>{_WEEK}</WeekDays></Calendar>"
    f"<Calendar><UID>2</UID><BaseCalendarUID>-1</BaseCalendarUID><WeekDays>{_NIGHTS}</WeekDays></Calendar>"
    f"<Calendar><UID>3</UID><BaseCalendarUID>-1</BaseCalendarUID><WeekDays>{_WEEK}</WeekDays>{_HOLIDAY}</Calendar>"
    f"<Calendar><UID>4</UID><BaseCalendarUID>1</BaseCalendarUID>{_HOLIDAY}</Calendar>"
)


def _task(uid: int, start: str, finish: str, hours: str, **more: str) -> str:
    """Return a task; ``more`` are elements by name, ``links`` as they stand."""
    links = more.pop("links", "")
    elements = {"OutlineLevel": "1", "Summary": "0", "DurationFormat": "7", **more}
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in elements.items())
    return (
        f"<Task><UID>{uid}</UID><Name>t{uid}</Name><Start>{_date(start)}</Start>"
        f"<Finish>{_date(finish)}</Finish><Duration>PT{hours}H0M0S</Duration>{inside}{links}</Task>"
    )


def _link(predecessor: int, type_: str = "FS", lag: int = 0, format_: int = 7) -> str:
    number = ["FF", "FS", "SF", "SS"].index(type_)
    return (
        f"<PredecessorLink><PredecessorUID>{predecessor}</PredecessorUID><Type>{number}</Type>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{format_}</LagFormat></PredecessorLink>"
    )


def _date(text: str) -> str:
    """Return ``2 08:00`` of November 2026 as a file has it."""
    day, _, time = text.partition(" ")
    return f"2026-11-{int(day):02}T{time}:00"


def _moved(*tasks: str, assigned: str = "") -> list[int]:
    content = (
        '<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2026-11-02T08:00:00'
        "</StartDate><CalendarUID>1</CalendarUID><HonorConstraints>0</HonorConstraints>"
        f"<Calendars>{_CALENDARS}</Calendars><Tasks>{''.join(tasks)}</Tasks><Resources><Resource>"
        "<UID>1</UID><CalendarUID>4</CalendarUID></Resource></Resources>"
        f"<Assignments>{assigned}</Assignments></Project>"
    )
    return [move.uid for move in moves_in(content.encode())]


FIRST = _task(1, "2 08:00", "2 17:00", "8")
"""Monday."""


@pytest.mark.parametrize(
    ("start", "finish", "hours", "more"),
    [
        ("3 08:00", "3 17:00", "8", {"links": _link(1)}),
        ("4 08:00", "4 17:00", "8", {"links": _link(1, "FS", 4800)}),
        ("2 13:00", "3 12:00", "8", {"links": _link(1, "SS", 2400)}),
        ("2 13:00", "2 17:00", "4", {"links": _link(1, "FF")}),
        ("3 10:00", "3 15:00", "4", {"links": _link(1, "FF", 3600)}),
        ("2 13:00", "3 10:00", "6", {"links": _link(1, "SF", 6000)}),
        ("2 13:00", "3 12:00", "8", {"links": _link(1, "SS", 50, 19)}),
        ("3 15:00", "4 10:00", "4", {"links": _link(1, "FS", 13200, 8)}),
        ("4 10:00", "5 10:00", "8", {"links": _link(1), "LevelingDelay": "15600"}),
        ("3 08:00", "4 08:00", "24", {"links": _link(1), "LevelingDelay": "9000", "DurationFormat": "8"}),
        ("2 17:00", "2 17:00", "0", {"links": _link(1)}),
        ("2 22:00", "3 03:00", "5", {"links": _link(1), "CalendarUID": "2"}),
        ("3 08:00", "5 12:00", "12", {"links": _link(1), "CalendarUID": "3"}),
        ("5 08:00", "5 12:00", "4",
         {"links": _link(1), "ConstraintType": "4", "ConstraintDate": _date("5 08:00")}),
        ("5 08:00", "5 17:00", "8",
         {"links": _link(1), "ConstraintType": "6", "ConstraintDate": _date("5 17:00")}),
        ("2 08:00", "3 17:00", "16",
         {"ActualStart": _date("2 08:00"), "Resume": _date("3 08:00"), "RemainingDuration": "PT8H0M0S"}),
        ("9 08:00", "9 09:00", "1", {"links": _link(1), "Manual": "1"}),
    ],
)  # fmt: skip
def test_a_date_computed_by_hand_stays(
    start: str, finish: str, hours: str, more: dict[str, str]
) -> None:
    """Every link type, lag, delay, constraint and calendar; an hour later each would move."""
    assert _moved(FIRST, _task(2, start, finish, hours, **more)) == []
    if more.get("Manual") != "1":
        day, hour = start.split(" ")
        later = f"{day} {(int(hour[:2]) + 1) % 24:02}{hour[2:]}"
        assert _moved(FIRST, _task(2, later, finish, hours, **more)) == [2]


def test_without_its_delay_a_task_moves() -> None:
    """Wednesday 10:00 was a delay of 26 hours on Tuesday 08:00."""
    assert _moved(FIRST, _task(2, "4 10:00", "5 10:00", "8", links=_link(1))) == [2]


def test_readings_that_differ_count_as_moves() -> None:
    """Whether a lead goes before the project's start is not agreed: a constraint must say."""
    early = _task(2, "2 08:00", "2 12:00", "4", links=_link(1, "FS", -9600))
    assert _moved(FIRST, early) == [2]
    held = {"ConstraintType": "4", "ConstraintDate": _date("2 08:00")}
    assert (
        _moved(FIRST, _task(2, "2 08:00", "2 12:00", "4", links=_link(1, "FS", -9600), **held))
        == []
    )
    alone = {"ConstraintType": "4", "ConstraintDate": "2026-10-30T08:00:00"}
    assert _moved(_task(1, "2 08:00", "2 17:00", "8", **alone)) == [1]


def test_a_constraint_that_a_link_overrules_is_a_move() -> None:
    """Must start on Monday 13:00, but what it follows ends at 17:00."""
    fixed = {"ConstraintType": "2", "ConstraintDate": _date("2 13:00")}
    assert _moved(FIRST, _task(2, "2 13:00", "2 17:00", "4", links=_link(1), **fixed)) == [2]


def test_summaries_hold_what_is_in_them_and_end_with_it() -> None:
    """A link to a summary and its date bind the tasks inside; its span is theirs."""
    group = {"Summary": "1", "links": _link(1)}
    inside = _task(3, "3 08:00", "3 17:00", "8", OutlineLevel="2")
    after = _task(4, "4 08:00", "4 12:00", "4", links=_link(2))
    assert _moved(FIRST, _task(2, "3 08:00", "3 17:00", "8", **group), inside, after) == []
    assert _moved(FIRST, _task(2, "3 08:00", "3 12:00", "4", **group), inside) == [2]
    dated = {"Summary": "1", "ConstraintType": "4", "ConstraintDate": _date("3 08:00")}
    assert _moved(FIRST, _task(2, "3 08:00", "3 17:00", "8", **dated), inside) == []
    loose = _task(2, "3 08:00", "3 17:00", "8", Summary="1")
    assert _moved(FIRST, loose, inside) == [2, 3]


def test_resource_calendars_count_unless_they_are_ignored() -> None:
    """The resource rests on Wednesday, so eleven hours from Tuesday end on Thursday."""
    one = "<Assignment><TaskUID>2</TaskUID><ResourceUID>1</ResourceUID></Assignment>"
    long = _task(2, "3 08:00", "5 12:00", "12", links=_link(1))
    short = _task(2, "3 08:00", "4 12:00", "12", links=_link(1), IgnoreResourceCalendar="1")
    assert _moved(FIRST, long, assigned=one) == []
    assert _moved(FIRST, short, assigned=one) == []
    assert _moved(FIRST, long) == [2]


def test_inactive_tasks_hold_nobody() -> None:
    """What follows an inactive task starts with the project."""
    gone = _task(1, "4 08:00", "4 17:00", "8", Active="0")
    assert _moved(gone, _task(2, "2 08:00", "2 12:00", "4", links=_link(1))) == []


def test_links_in_a_circle_give_no_dates() -> None:
    """Nothing can be computed, so everything is told."""
    one = _task(1, "2 08:00", "2 17:00", "8", links=_link(2))
    assert _moved(one, _task(2, "3 08:00", "3 17:00", "8", links=_link(1))) == [1, 2]


def test_a_file_that_would_move_is_refused_with_the_tasks() -> None:
    """IMS608 names the task with both dates and the way out."""
    project = make_project([task("a", 480), task("b", 480)], [link("a", "b")])
    schedule = placed_schedule(project, {"b": "2026-11-05 10:00"}, meetings=())
    content = Document(schedule).content("plan.xml")
    refuse_moves(content, "plan.xml", Options())
    undone = content.replace(b">30000<", b">0<")
    assert undone != content
    with pytest.raises(PlanError) as caught:
        refuse_moves(undone, "plan.xml", Options())
    (found,) = caught.value.diagnostics
    assert found.code == "IMS608"
    assert "other dates for 1 task" in found.message
    assert found.notes == (
        (
            "task 2 `b` is solved as 2026-11-05T10:00:00 to 2026-11-06T10:00:00 and would open as "
            "2026-11-03T08:00:00 to 2026-11-03T17:00:00"
        ),
    )
