"""Odd files, as other programs and people write them: never a traceback, and a plan that loads."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.mspdi_files import NS, document, imported, link, task

from imsgen.errors import PlanError
from imsgen.plan import load_text

WORK = document(task(1, "Work"))


def calendar(inner: str, more: str = "", days: str = "") -> str:
    """Return a file with a task on a calendar of its own."""
    week = f"<WeekDays>{days}</WeekDays>" if days else ""
    return document(task(1, "Work", more="<CalendarUID>3</CalendarUID>")).replace(
        "</Calendars>",
        f"<Calendar><UID>3</UID><Name>Odd</Name>{inner}{week}</Calendar>{more}</Calendars>",
    )


def day(number: int, *times: str) -> str:
    """Return a weekday, Sunday 1, with shifts such as ``08:00-17:00``."""
    shifts = "".join(
        f"<WorkingTime><FromTime>{one[:5]}:00</FromTime><ToTime>{one[6:]}:00</ToTime></WorkingTime>"
        for one in times
    )
    return (
        f"<WeekDay><DayType>{number}</DayType><DayWorking>{int(bool(times))}</DayWorking>"
        f"<WorkingTimes>{shifts}</WorkingTimes></WeekDay>"
    )


def off(first: str, last: str) -> str:
    """Return an exception of days off in March 2027."""
    return (
        f"<Exception><TimePeriod><FromDate>2027-03-{first}T00:00:00</FromDate>"
        f"<ToDate>2027-03-{last}T23:59:00</ToDate></TimePeriod><DayWorking>0</DayWorking></Exception>"
    )


def people(*units: str) -> str:
    """Return a resource for each capacity, and the last one on task 1 five times over."""
    rows = "".join(
        f"<Resource><UID>{n}</UID><Name>any</Name><MaxUnits>{one}</MaxUnits></Resource>"
        for n, one in enumerate(units, start=1)
    )
    return (
        f"<Resources>{rows}</Resources><Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID>"
        f"<ResourceUID>{len(units)}</ResourceUID><Units>5</Units></Assignment>"
        "<Assignment><UID>2</UID><TaskUID>99</TaskUID><ResourceUID>1</ResourceUID></Assignment>"
        "</Assignments>"
    )


FINE: dict[str, str | bytes] = {
    "byte order mark": b"\xef\xbb\xbf" + WORK.encode(),
    "UTF-16": WORK.replace("UTF-8", "UTF-16").encode("utf-16"),
    "no namespace": WORK.replace(f' xmlns="{NS}"', ""),
    "namespace of 2007": WORK.replace(NS, f"{NS}/2007"),
    "prefixes": WORK.replace("xmlns=", "xmlns:p=")
    .replace("<", "<p:")
    .replace("<p:/", "</p:")
    .replace("<p:?", "<?"),
    "names": document("".join(task(n, one) for n, one in enumerate(
        ("", " ", "日本語", "standard", "project", "no", "24x7", "a.b: [c] #d", "x" * 300), 1))),
    "no calendars": WORK[: WORK.index("<Calendars>")] + WORK[WORK.index("<Tasks>"):],
    "no project calendar": WORK.replace("<CalendarUID>1</CalendarUID>", ""),
    "unknown project calendar": WORK.replace("<CalendarUID>1<", "<CalendarUID>42<"),
    "calendar without days": calendar(""),
    "calendar on itself": calendar("<IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>3</BaseCalendarUID>"),
    "calendars in a circle": calendar(
        "<IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>4</BaseCalendarUID>",
        "<Calendar><UID>4</UID><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>3</BaseCalendarUID></Calendar>",
    ),
    "strange base": calendar("<IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>-65533</BaseCalendarUID>"),
    "two calendars of a number": calendar("", "<Calendar><UID>3</UID><Name>Two</Name></Calendar>"),
    "shift without length": calendar("", days=day(2, "08:00-08:00")),
    "shifts that overlap": calendar("", days=day(2, "13:00-17:00", "08:00-14:00", "16:00-24:00")),
    "exceptions that overlap": calendar(
        f"<Exceptions>{off('01', '03')}{off('02', '04')}{off('01', '03')}{off('03', '03')}{off('03', '03')}"
        f"{off('05', '02')}</Exceptions>"
    ),
    "days off as before 2007": calendar(
        "", days=day(0) .replace("<WorkingTimes>", off("02", "03")[11:-12].replace(
            "<DayWorking>0</DayWorking>", "") + "<WorkingTimes>")
    ),
    "another week": calendar(
        "<WorkWeeks><WorkWeek><TimePeriod><FromDate>2027-03-01T00:00:00</FromDate>"
        "<ToDate>2027-03-14T23:59:00</ToDate></TimePeriod><Name>Early</Name>"
        f"<WeekDays>{day(2, '06:00-14:00')}</WeekDays></WorkWeek></WorkWeeks>"
    ),
    "unknown elements": WORK.replace("<Tasks>", "<Views><View/></Views><Odd><A>1</A></Odd><Tasks>"),
    "blank rows": document(
        task(1, "A") + "<Task><UID>2</UID><IsNull>1</IsNull></Task><Task><ID>3</ID></Task>" + task(4, "D")
    ),
    "levels": document(
        task(1, "A", level=5) + task(2, "B", level=0) + task(3, "C", level=-3)
        + "".join(task(10 + n, f"T{n}", level=n) for n in range(1, 30))
    ),
    "inactive": document(
        task(1, "G", more="<Active>0</Active>") + task(2, "A", level=2, more="<Active>0</Active>")
        + task(3, "B", more=link(2))
    ),
    "progress": document(
        task(1, "A", more="<PercentComplete>100</PercentComplete>")
        + task(2, "B", more="<PercentComplete>150</PercentComplete>")
        + task(3, "C", more="<PercentComplete>-5</PercentComplete>")
        + task(4, "D", more="<PercentComplete>30</PercentComplete><ActualFinish>2027-02-01T08:00:00</ActualFinish>")
        + task(5, "M", hours=0, more="<PercentComplete>50</PercentComplete>")
    ),
    "long lead": document(task(1, "A") + task(2, "B", more=link(1, 3, -48_000_000))),
    "constraints": document("".join(
        task(n + 1, f"T{n}", more=f"<ConstraintType>{n}</ConstraintType>"
             "<ConstraintDate>2027-03-03T08:00:00</ConstraintDate>") for n in range(10))),
    "constraint without a date": document(task(1, "A", more="<ConstraintType>4</ConstraintType>")),
    "first and last dates": WORK.replace("<StartDate>2027-03-01T08", "<StartDate>1984-01-01T00"),
    "odd lengths": WORK.replace("<Title>", "<MinutesPerDay>433</MinutesPerDay>"
                                "<MinutesPerWeek>-3</MinutesPerWeek><DaysPerMonth>99</DaysPerMonth><Title>"),
    "dates with a zone": WORK.replace("T08:00:00<", "T08:00:00.000Z<").replace("T17:00:00<", "T17:00:00+02:00<"),
    "finish before start": WORK.replace("<Finish>2027", "<Finish>2026"),
    "same number of units": document(task(1, "A"), people("1", "0.5", "3")),
}  # fmt: skip
"""Nothing is wrong with the plan they become."""


@pytest.mark.parametrize("name", FINE)
def test_odd_files_become_plans(tmp_path: Path, name: str) -> None:
    """Without a word about values, and without an error of the plan."""
    found, report = imported(FINE[name], tmp_path)
    assert not report.diagnostics
    assert found is not None
    load_text(found.text.encode(), "plan.yaml")


TOLD: dict[str, tuple[str, list[str]]] = {
    "numbers twice": (
        document(task(1, "A") + task(1, "B", more=link(1)) + task(2, "C", more=link(1))),
        ["A row with the number of another is numbered anew: B"],
    ),
    "links to nowhere": (
        document(task(1, "A", more=link(99) + link(1) + "<CalendarUID>77</CalendarUID>")),
        [
            "A link to a task that is not in the file is left out: UID 1 `A`",
            "A link of a task to itself is left out: UID 1 `A`",
            "Its calendar is missing: the plan's holds: UID 1 `A`",
        ],
    ),
    "calendar that never works": (
        calendar("", days="".join(day(number) for number in range(1, 8))),
        [
            "A calendar that never works is left out: Odd",
            "Its calendar is missing: the plan's holds: UID 1 `Work`",
        ],
    ),
    "other projects": (
        document(
            task(1, "A", more="<ExternalTask>1</ExternalTask>")
            + task(2, "B", more=link(1).replace("<Type>", "<CrossProject>1</CrossProject><Type>"))
        ),
        [
            "A task of another project is a task of this one: UID 1 `A`",
            "A link to another project is left out: UID 2 `B`",
        ],
    ),
    "by hand": (
        document(task(1, "A", more="<Manual>1</Manual>") + task(2, "B", more=f"<Manual>1</Manual>{link(1)}")),
        [
            "Scheduled by hand: not before its start: UID 1 `A`",
            "Scheduled by hand: follows its links: UID 2 `B`",
        ],
    ),
    "elapsed percent": (
        document(task(1, "A") + task(2, "B", more=link(1, 1, 25, 20))),
        ["A lag in elapsed percent counts working time now: UID 2 `B`"],
    ),
    "more than there is": (
        document(task(1, "A"), people("0", "1")),
        [
            "There is none of it: counted as one: UID 1 `any`",
            "Asks for more than there is: it takes all there is: UID 1 `A`",
        ],
    ),
    "no tasks": (
        f'<Project xmlns="{NS}"/>',
        ["The file has no tasks: a milestone `start` stands in for them"],
    ),
    "no duration": (
        WORK.replace("<Duration>PT8H0M0S</Duration>", ""),
        ["Its duration is the working time between its dates: UID 1 `Work`"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_what_is_said_otherwise_is_told(tmp_path: Path, name: str) -> None:
    """A line a kind, with the number and the name of what it happened to."""
    text, lines = TOLD[name]
    found, report = imported(text, tmp_path)
    assert not report.diagnostics
    assert found is not None
    assert [one.line() for one in found.losses] == lines
    for one in lines:
        assert f"# - {one}\n" in found.text
    load_text(found.text.encode(), "plan.yaml")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (document(task(1, "A", more=link(2)) + task(2, "B", more=link(1))), "IMS216"),
        (document(task(1, "A", hours=999_999)), "IMS316"),
    ],
)
def test_what_cannot_be_planned_is_the_plans_error(tmp_path: Path, text: str, code: str) -> None:
    """A circle of links, work for a century: the text is written, and checking says what is wrong."""
    found, report = imported(text, tmp_path)
    assert not report.diagnostics
    assert found is not None
    with pytest.raises(PlanError) as error:
        load_text(found.text.encode(), "plan.yaml")
    assert [one.code for one in error.value.diagnostics] == [code]
