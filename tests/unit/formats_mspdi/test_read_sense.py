"""What an import makes sense of: nights, derived calendars, what groups share, our own notes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.support.mspdi_files import document, imported, link, plan, task

from imsgen.diagnostics import Report
from imsgen.formats.mspdi import import_plan
from imsgen.formats.mspdi.read.custom_fields import fields
from imsgen.formats.mspdi.read.notation import Lengths, nights
from imsgen.formats.mspdi.read.own_notes import own_notes
from imsgen.formats.mspdi.read.tree import Element
from imsgen.model import DAY
from imsgen.plan import load_text

NIGHT = "<Calendar><UID>3</UID><Name>Night</Name><WeekDays>{}</WeekDays>{}</Calendar></Calendars>"


def _days(times: str) -> str:
    shifts = "".join(
        f"<WorkingTime><FromTime>{one.split('-')[0]}:00</FromTime>"
        f"<ToTime>{one.split('-')[1]}:00</ToTime></WorkingTime>"
        for one in times.split()
    )
    return "".join(
        f"<WeekDay><DayType>{day}</DayType><DayWorking>1</DayWorking>"
        f"<WorkingTimes>{shifts}</WorkingTimes></WeekDay>"
        for day in range(1, 8)
    )


def _exception(day: str, times: str = "", name: str = "") -> str:
    shifts = "".join(
        f"<WorkingTime><FromTime>{one.split('-')[0]}:00</FromTime>"
        f"<ToTime>{one.split('-')[1]}:00</ToTime></WorkingTime>"
        for one in times.split()
    )
    return (
        f"<Exception><TimePeriod><FromDate>{day}T00:00:00</FromDate><ToDate>{day}T23:59:00</ToDate>"
        f"</TimePeriod><Name>{name}</Name><DayWorking>{int(bool(times))}</DayWorking>"
        f"<WorkingTimes>{shifts}</WorkingTimes></Exception>"
    )


def _on_night(calendar: str) -> str:
    work = task(1, "Work", more="<CalendarUID>3</CalendarUID>")
    return document(work).replace("</Calendars>", calendar)


def test_a_night_split_at_midnight_is_one(tmp_path: Path) -> None:
    """22:00-00:00 and 00:00-06:00 read 22:00-06:00, of the evening they begin on."""
    text = plan(_on_night(NIGHT.format(_days("00:00-06:00 22:00-00:00"), "")), tmp_path)
    assert "  night: {work: {mon-sun: 22:00-06:00}}\n" in text


def test_a_night_with_other_days_stays_split(tmp_path: Path) -> None:
    """A day off takes away the hours of its date, not those of the night that begins on it."""
    other = f"<Exceptions>{_exception('2027-03-03')}</Exceptions>"
    text = plan(_on_night(NIGHT.format(_days("00:00-06:00 22:00-00:00"), other)), tmp_path)
    assert "mon-sun: [00:00-06:00, 22:00-24:00]" in text


def test_full_days_are_no_nights() -> None:
    """Around the clock nothing is joined, and a week on which nothing touches stays."""
    whole = ((0, DAY),)
    assert nights([whole] * 7) == (whole,) * 7
    day = ((480, 1020),)
    assert nights([day] * 7) == (day,) * 7


def test_hours_the_clock_skips_need_no_exception(tmp_path: Path) -> None:
    """Our own files leave 01:00-02:00 out on 28 March in London; a plan knows."""
    other = _exception("2027-03-28", "00:00-01:00 02:00-00:00", "Clock change")
    text = _on_night(NIGHT.format(_days("00:00-00:00"), f"<Exceptions>{other}</Exceptions>"))
    for zone, expected in (("Europe/London", "calendar: 24x7"), ("UTC", "calendar: night")):
        found, _ = imported(text, tmp_path, zone)
        assert found is not None
        assert expected in found.text


PEOPLE = (
    "<Resources><Resource><UID>7</UID><Name>Ana</Name><Type>1</Type><CalendarUID>2</CalendarUID>"
    "</Resource></Resources><Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID>"
    "<ResourceUID>7</ResourceUID><Units>1</Units></Assignment></Assignments>"
)
ANA = (
    "<Calendar><UID>2</UID><Name>Ana</Name><IsBaseCalendar>0</IsBaseCalendar>"
    f"<BaseCalendarUID>1</BaseCalendarUID><Exceptions>{_exception('2027-03-03')}</Exceptions>"
    "</Calendar>"
)


@pytest.mark.parametrize(
    ("hours", "off", "expected"),
    [
        ("08:00-12:00 13:00-17:00", "2027-03-03", "needs: ana, uid: 1}"),
        (
            "00:00-00:00",
            "2027-03-03",
            "calendar: bridge, ignore_resource_calendars: true, uid: 1}",
        ),
        ("00:00-00:00", "2027-03-09", "calendar: bridge-ana, ignore_resource_calendars: true"),
    ],
)
def test_a_calendar_made_of_others_is_taken_apart(
    tmp_path: Path, hours: str, off: str, expected: str
) -> None:
    """X + ana is X where that and Ana's hours, or X less her leave, say the same; else it stays."""
    week = _days(hours)
    if hours.startswith("08"):
        week = week.replace(
            "<DayType>1</DayType><DayWorking>1", "<DayType>1</DayType><DayWorking>0"
        )
        week = week.replace(
            "<DayType>7</DayType><DayWorking>1", "<DayType>7</DayType><DayWorking>0"
        )
    base = "Standard" if hours.startswith("08") else "Bridge"
    made = (
        f"{ANA}<Calendar><UID>4</UID><Name>Bridge</Name><WeekDays>{_days('00:00-00:00')}</WeekDays>"
        f"<Exceptions>{_exception('2027-12-24')}</Exceptions></Calendar>"
        f"<Calendar><UID>5</UID><Name>{base} + ana</Name><WeekDays>{week}</WeekDays><Exceptions>"
        f"{_exception(off)}{_exception('2027-12-24') if base == 'Bridge' else ''}</Exceptions>"
        "</Calendar></Calendars>"
    )
    work = task(1, "Work", more="<CalendarUID>5</CalendarUID>"
                "<IgnoreResourceCalendar>1</IgnoreResourceCalendar>")  # fmt: skip
    text = document(work, PEOPLE).replace("</Calendars>", made)
    found, _ = imported(text, tmp_path)
    assert found is not None
    load_text(found.text.encode(), "plan.yaml")
    assert expected in " ".join(found.text.split())


def test_what_all_inside_share_is_said_of_the_group(tmp_path: Path) -> None:
    """Priority and being inactive move up; what differs stays, and the usual is left out."""
    more = "<Priority>{}</Priority><Active>{}</Active>"
    text = document(
        task(1, "A", level=1, more=more.format(700, 1))
        + task(2, "B", level=2, more=more.format(900, 0))
        + task(3, "C", level=2, more=more.format(900, 0))
        + task(4, "D", level=1, more=more.format(700, 1))
        + task(5, "E", level=2, more=more.format(900, 1))
        + task(6, "F", level=2, more=more.format(500, 0))
    )
    found = plan(text, tmp_path)
    assert "  a:\n    name: A\n    priority: 900\n    active: false\n    uid: 1\n" in found
    assert "      b: {name: B, duration: 1d, uid: 2}\n" in found
    assert "  d:\n    name: D\n    uid: 4\n" in found
    assert "      e: {name: E, duration: 1d, priority: 900, uid: 5}\n" in found
    assert "      f: {name: F, duration: 1d, active: false, uid: 6}\n" in found


def test_own_notes_are_read_back() -> None:
    """Lines that the export adds become keys again; the user's stay."""
    found = own_notes("Mine\nMust run without a pause\nDone only on No-Go of go-live\nYours")
    assert (found.text, found.unbroken, found.no_go_of) == ("Mine\nYours", True, "go-live")
    assert own_notes("Takes 600 minutes; the clock changes meanwhile").minutes == 600
    assert own_notes("Takes long").text == "Takes long"
    found = own_notes("Resource links, no logic of the plan: 12 (Ana), 7 (Crew (night))\n"
                      "Constraint FNLT 2027-03-05T23:59:00")  # fmt: skip
    assert found.held_by == {12, 7}
    assert found.upper == ("FNLT", datetime(2027, 3, 5, 23, 59))  # noqa: DTZ001
    assert not found.text


def test_links_that_hold_resources_are_left_out(tmp_path: Path) -> None:
    """The order of people is the solver's business: only the plan's own logic comes back."""
    notes = "<Notes>Resource links, no logic of the plan: 1 (Ana)</Notes>"
    text = document(task(4, "A") + task(5, "B") + task(6, "C", more=link(4) + link(5) + notes))
    assert "c: {name: C, duration: 1d, after: b, uid: 6}" in plan(text, tmp_path)


def test_a_second_constraint_comes_back(tmp_path: Path) -> None:
    """MS Project keeps one a task, our own files note the other."""
    more = (
        "<ConstraintType>4</ConstraintType><ConstraintDate>2027-03-03T08:00:00</ConstraintDate>"
        "<Notes>Constraint FNLT 2027-03-05T23:59:00</Notes>"
    )
    found = plan(document(task(1, "A", more=more)), tmp_path)
    assert "constraint: [SNET 2027-03-03 08:00, FNLT 2027-03-05]" in found


def test_the_zone_comes_from_our_own_notes(tmp_path: Path) -> None:
    """What else the notes of the project say stays; other files are read as UTC, which is told."""
    row = task(0, "Move", level=0, more="<Notes>Mine\nTimes are those of Europe/London. Held.\n"
               "What MS Project cannot say of this plan:\n- holds: x</Notes>")  # fmt: skip
    path = tmp_path / "plan.xml"
    for text, zone, notes, told in (
        (document(row + task(1, "A")), "Europe/London", "notes: Mine\n", 0),
        (document(task(1, "A")), "UTC", "", 1),
    ):
        path.write_text(text)
        found = import_plan(path, None, Report())
        assert found is not None
        assert f"timezone: {zone}\n" in found.text
        assert notes in found.text
        assert len(found.losses) == told


def test_fields_have_the_names_people_know() -> None:
    """By alias, else by number; dates, durations and costs as people write them."""
    row = Element("Task", 1, 1)
    for number, value in (
        ("188743731", "own"), ("188743734", "x"), ("188743945", "2027-03-01T08:00:00"),
        ("188743783", "PT12H30M0S"), ("188743786", "1250"), ("188743783", "odd"), ("1", "?"),
    ):  # fmt: skip
        one = Element("ExtendedAttribute", 1, 1)
        one.children = [Element("FieldID", 1, 1, number), Element("Value", 1, 1, value)]
        row.children.append(one)
    found = fields(row, {"188743731": "Risk"})
    assert found["Risk"] == "own"
    assert found["Text2"] == "x"
    assert found["Date1"] == "2027-03-01 08:00"
    assert found["Cost1"] == "12.50"
    assert found["Duration1"] == "odd"
    assert found["Field 1"] == "?"


@pytest.mark.parametrize(
    ("minutes", "form", "text"),
    [(480, 7, "1d"), (480, 5, "8h"), (108_000, 3, "225d"), (90, 3, "90m"), (120, 3, "2h"),
     (57 * 60 + 8, 7, "57h8m"), (1440, 8, "1ed"), (90, 6, "1.5eh"), (2400, 9, "1w"), (0, 7, "0m")],
)  # fmt: skip
def test_durations_in_the_unit_people_chose(minutes: int, form: int, text: str) -> None:
    """The unit of the file where it says the time exactly and is no riddle."""
    assert Lengths(480, 2400, 9600).duration(minutes, form) == text


def test_work_that_stops_and_goes_on_is_told(tmp_path: Path) -> None:
    """Time-phased work of nothing in working time is a split; rest without a value is not."""
    piece = "<TimephasedData><Type>1</Type><Unit>2</Unit>{}</TimephasedData>"
    assigned = (
        "<Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>-65535</ResourceUID>"
        "{}</Assignment></Assignments>"
    )
    nothing = piece.format("<Value>PT0H0M0S</Value>")
    for pieces, lines in (
        (piece.format(""), []),
        (nothing.replace(">1<", ">4<"), []),
        (nothing, ["Split: it is worked through now: UID 1 `Work`"]),
    ):
        found, _ = imported(document(task(1, "Work"), assigned.format(pieces)), tmp_path)
        assert found is not None
        assert [one.line() for one in found.losses] == lines


@pytest.mark.parametrize(
    ("kind", "at", "expected"),
    [(3, "2027-03-03T08:00", "MFO 2027-03-02 17:00"), (2, "2027-03-05T17:00", "MSO 2027-03-08 08:00"),
     (2, "2027-03-03T12:30", "MSO 2027-03-03 13:00"), (3, "2027-03-06T10:00", "MFO 2027-03-05 17:00"),
     (7, "2027-03-03T23:59", "FNLT 2027-03-03"), (4, "2027-03-01T08:00", "")],
)  # fmt: skip
def test_dates_are_where_work_can_be(tmp_path: Path, kind: int, at: str, expected: str) -> None:
    """To MS Project Wednesday 08:00 and Tuesday 17:00 are one instant; to a plan they are two."""
    more = f"<ConstraintType>{kind}</ConstraintType><ConstraintDate>{at}:00</ConstraintDate>"
    text = plan(document(task(1, "Work", more=more)), tmp_path)
    said = f"constraint: {expected}, " if expected else ""
    assert f"work: {{name: Work, duration: 1d, {said}uid: 1}}" in text


def test_periods_of_availability_are_dated_capacity(tmp_path: Path) -> None:
    """An end is its last minute; what lies between two periods is nothing."""
    periods = "".join(
        f"<AvailabilityPeriod><AvailableFrom>{begin}:00</AvailableFrom><AvailableTo>{end}:00"
        f"</AvailableTo><AvailableUnits>{units}</AvailableUnits></AvailabilityPeriod>"
        for begin, end, units in (
            ("1984-01-01T00:00", "2027-03-04T07:59", 1),
            ("2027-03-04T08:00", "2027-03-31T23:59", 2),
            ("2027-05-01T00:00", "2049-12-31T23:59", 0.5),
        )
    )
    people = (
        "<Resources><Resource><UID>1</UID><Name>Crew</Name><AvailabilityPeriods>"
        f"{periods}</AvailabilityPeriods></Resource></Resources>"
    )
    found = plan(document(task(1, "Work"), people), tmp_path)
    assert (
        "capacity: {2027-03-01 08:00: 1, 2027-03-04 08:00: 2, 2027-04-01: 0, 2027-05-01: 50%}"
        in found
    )
