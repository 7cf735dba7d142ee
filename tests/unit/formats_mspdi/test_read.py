"""Files of MS Project become plans: what they say, how it reads, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from tests.support.features import Feature
from tests.support.mspdi_files import NS, STANDARD, document, imported, link, plan, task
from tests.support.profiles import examples
from tests.support.strategies import projects

from imsgen.calendars import CalendarBook
from imsgen.diagnostics import Report
from imsgen.errors import ImsgenError
from imsgen.formats.mspdi import import_plan, write
from imsgen.formats.mspdi.read import tree
from imsgen.model import Project, from_text
from imsgen.network import early_dates
from imsgen.network.graph import build_graph
from imsgen.plan import load_text
from imsgen.solver import Settings, solve

REAL = Path(__file__).parents[4] / "shared" / "data" / "mspdi"


def test_reads_like_a_plan(tmp_path: Path) -> None:
    """Ids from names, defaults left out, links in our notation, groups by outline."""
    text = document(
        task(1, "Prepare", level=1, more="<Summary>1</Summary>")
        + task(2, "Freeze config", level=2)
        + task(3, "Freeze config", level=2, hours=12, more=link(2, 3, 4800))
        + task(4, "Ready", hours=0, more=link(1) + link(3, 0, -600, 5))
        + task(5, "Cure", hours=48, more="").replace(">7<", ">8<")
        + task(6, "Guess", more=link(2, 1, 50, 19) + "<Estimated>1</Estimated>")
    )
    assert plan(text, tmp_path) == (
        "# From plan.xml (MS Project XML); its dates are read as UTC.\n"
        "imsgen: 1\n"
        "name: Move\n"
        "start: 2027-03-01 08:00\n"
        "timezone: UTC\n"
        "calendar: standard\n"
        "\n"
        "activities:\n"
        "  prepare:\n"
        "    name: Prepare\n"
        "    uid: 1\n"
        "    activities:\n"
        "      freeze-config:   {name: Freeze config, duration: 1d, uid: 2}\n"
        "      freeze-config-2: {name: Freeze config, duration: 1.5d, after: freeze-config SS+1d, uid: 3}\n"
        "  ready: {name: Ready, milestone: true, after: [prepare, prepare.freeze-config-2 FF-1h], uid: 4}\n"
        "  cure:  {name: Cure, duration: 2ed, uid: 5}\n"
        "  guess: {name: Guess, duration: 1d?, after: prepare.freeze-config FS+50%, uid: 6}\n"
    )


def test_people_calendars_and_progress(tmp_path: Path) -> None:
    """A person with days off, a half-time one, a rate, work that has begun."""
    people = (
        "<Resources>"
        "<Resource><UID>7</UID><Name>Ana Ruiz</Name><Type>1</Type><MaxUnits>1</MaxUnits>"
        "<StandardRate>80</StandardRate><StandardRateFormat>3</StandardRateFormat>"
        "<CalendarUID>2</CalendarUID></Resource>"
        "<Resource><UID>8</UID><Name>Concrete</Name><Type>0</Type></Resource>"
        "</Resources>"
        "<Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>7</ResourceUID>"
        "<Units>0.5</Units></Assignment></Assignments>"
    )
    text = document(
        task(1, "Build", 16, more="<ActualStart>2027-03-01T08:00:00</ActualStart>"
             "<PercentComplete>50</PercentComplete><Stop>2027-03-01T17:00:00</Stop>"),
        people,
    ).replace(
        "</Calendars>",
        "<Calendar><UID>2</UID><Name>Ana</Name><IsBaseCalendar>0</IsBaseCalendar>"
        "<BaseCalendarUID>1</BaseCalendarUID><Exceptions><Exception><TimePeriod>"
        "<FromDate>2027-03-03T00:00:00</FromDate><ToDate>2027-03-04T23:59:00</ToDate></TimePeriod>"
        "<Name>Away</Name><Type>1</Type><DayWorking>0</DayWorking></Exception></Exceptions>"
        "</Calendar></Calendars>",
    )  # fmt: skip
    found, report = imported(text, tmp_path)
    assert not report.diagnostics
    assert found is not None
    assert "status_date: 2027-03-01 17:00\n" in found.text
    assert (
        "  ana-ruiz: {name: Ana Ruiz, calendar: standard, leave: [2027-03-03..2027-03-04], "
        "rate: 10, uid: 7}\n" in found.text
    )
    assert "build: {name: Build, duration: 2d, needs: {ana-ruiz: 50%}, uid: 1}" in found.text
    assert "  build: {actual_start: 2027-03-01 08:00, percent_complete: 50%}\n" in found.text
    assert [one.line() for one in found.losses] == [
        "A material is no resource of a plan: UID 8 `Concrete`",
        "The file has no status date: the last actual date is, 2027-03-01 17:00",
    ]
    load_text(found.text.encode(), "plan.yaml")


REPEATING = (
    # kind and what goes with it, and the first days it means in 2027
    ("<Type>7</Type><Period>3</Period>", ["2027-03-01", "2027-03-04", "2027-03-07"]),
    ("<Type>6</Type><Period>2</Period><DaysOfWeek>4</DaysOfWeek>", ["2027-03-02", "2027-03-16"]),
    ("<Type>4</Type><Period>2</Period><MonthDay>5</MonthDay>", ["2027-03-05", "2027-05-05"]),
    ("<Type>5</Type><Period>1</Period><MonthItem>5</MonthItem><MonthPosition>1</MonthPosition>",
     ["2027-03-09", "2027-04-13"]),
    ("<Type>5</Type><Period>1</Period><MonthItem>8</MonthItem><MonthPosition>4</MonthPosition>",
     ["2027-03-26", "2027-04-30"]),
    ("<Type>2</Type><Month>3</Month><MonthDay>1</MonthDay>", ["2027-04-01", "2028-04-01"]),
    ("<Type>3</Type><Month>5</Month><MonthItem>3</MonthItem><MonthPosition>0</MonthPosition>",
     ["2027-06-06", "2028-06-04"]),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "days"), REPEATING)
def test_days_that_repeat(tmp_path: Path, rule: str, days: list[str]) -> None:
    """Each kind of repetition falls on the days MS Project gives it."""
    everyday = STANDARD.replace("<DayWorking>0", "<DayWorking>1")
    text = document(task(1, "Work"), calendar=everyday).replace(
        "</WeekDays></Calendar>",
        "</WeekDays><Exceptions><Exception><TimePeriod><FromDate>2027-03-01T00:00:00</FromDate>"
        "<ToDate>2028-12-31T23:59:00</ToDate></TimePeriod><Name>Off</Name>"
        f"{rule}<DayWorking>0</DayWorking></Exception></Exceptions></Calendar>",
    )
    project = load_text(plan(text, tmp_path).encode(), "plan.yaml").project
    found = [
        f"{one.first}"
        for one in next(iter(project.calendars.values())).exceptions
        if not one.hours
    ]
    assert found[: len(days)] == days


def test_people_who_never_meet(tmp_path: Path) -> None:
    """Day shift and night shift on one task become an activity each, and that is said."""
    night = "".join(
        f"<WeekDay><DayType>{day}</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime>"
        "<FromTime>22:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>"
        for day in range(1, 8)
    )
    people = "".join(
        f"<Resource><UID>{uid}</UID><Name>{name}</Name><Type>1</Type><CalendarUID>{calendar}"
        "</CalendarUID></Resource>"
        for uid, name, calendar in ((1, "Day", 1), (2, "Night", 3))
    )
    assigned = "".join(
        f"<Assignment><UID>{uid}</UID><TaskUID>1</TaskUID><ResourceUID>{uid}</ResourceUID>"
        "<Units>1</Units></Assignment>"
        for uid in (1, 2)
    )
    text = document(
        task(1, "Load", 2),
        f"<Resources>{people}</Resources><Assignments>{assigned}</Assignments>",
    ).replace(
        "</Calendars>",
        f"<Calendar><UID>3</UID><Name>Night</Name><WeekDays>{night}</WeekDays></Calendar></Calendars>",
    )
    found, _ = imported(text, tmp_path)
    assert found is not None
    assert [one.line() for one in found.losses] == [
        "Its people never work at one time: one activity a person: UID 1 `Load`"
    ]
    project = load_text(found.text.encode(), "plan.yaml").project
    assert list(project.activities) == ["load.day", "load.night"]
    assert solve(project, Settings(effort=0.1)).activities["load.night"].start == from_text(
        "2027-03-01T22:00Z"
    )


HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "entities": (
        document(before='<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'),
        "IMS611",
    ),
    "external": (document(before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "IMS611"),
    "deep": (f'<Project xmlns="{NS}">' + "<Tasks>" * 100_000, "IMS611"),
    "long": (document(task(1, "x" * 2_000_000)), "IMS611"),
    "truncated": (document(task(1, "Work"))[:-40], "IMS610"),
    "empty": ("", "IMS610"),
    "encoding": (document().replace("UTF-8", "EBCDIC-X"), "IMS610"),
    "bytes": (document(task(1, "Caf\u00e9")).encode("latin-1"), "IMS610"),
    "primavera": ("<APIBusinessObjects/>", "IMS612"),
    "other": ("<html/>", "IMS612"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(tmp_path: Path, name: str) -> None:
    """One diagnostic with a place and a code, and nothing read."""
    text, code = HOSTILE[name]
    found, report = imported(text, tmp_path)
    assert found is None
    assert [one.code for one in report.diagnostics] == [code]


def test_large_files_are_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size alone is enough."""
    monkeypatch.setattr(tree, "MOST_BYTES", 1000)
    found, report = imported(document(task(1, "x" * 2000)), tmp_path)
    assert found is None
    assert [one.code for one in report.diagnostics] == ["IMS611"]


@pytest.mark.parametrize("limit", ["MOST_ELEMENTS", "MOST_KEPT"])
def test_files_of_too_many_elements_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    """Small elements that would fill the memory all the same."""
    monkeypatch.setattr(tree, limit, 50)
    found, report = imported(document(task(1, "Work"), "<A/>" * 50), tmp_path)
    assert found is None
    assert [one.code for one in report.diagnostics] == ["IMS611"]


def test_thousands_of_one_name_and_of_exceptions(tmp_path: Path) -> None:
    """Neither is looked through again for each: the last of a name has its number at once."""
    days = "".join(
        f"<Exception><TimePeriod><FromDate>{1990 + n // 336}-{1 + n // 28 % 12:02}-{1 + n % 28:02}"
        f"T00:00:00</FromDate><ToDate>2100-01-01T00:00:00</ToDate></TimePeriod></Exception>"
        for n in range(2100)
    )
    rows = "".join(task(n, "Task") for n in range(1, 1501))
    text = document(rows).replace(
        "</WeekDays></Calendar>", f"</WeekDays><Exceptions>{days}</Exceptions></Calendar>"
    )
    found, _ = imported(text, tmp_path)
    assert found is not None
    assert "  task-1500:" in found.text
    assert found.text.count("none}") + found.text.count(": none") == 2000
    assert "More than 2,000 exceptions, the rest left out: Standard" in found.text


def test_values_without_meaning_are_left_out(tmp_path: Path) -> None:
    """A duration of NaN, a date of the year 0, a level of a million: said, and passed over."""
    text = document(
        task(1, "Work").replace("PT8H0M0S", "PTNaNH0M0S")
        + task(2, "Rest", level=10**6).replace("2027-03-01T08", "0000-00-00T08")
    )
    found, report = imported(text, tmp_path)
    assert found is not None
    assert [one.code for one in report.diagnostics] == ["IMS613", "IMS613"]
    load_text(found.text.encode(), "plan.yaml")


def test_names_stay_text(tmp_path: Path) -> None:
    """What a name holds never becomes structure of the plan."""
    name = "a: {b: c} # d, [e] &amp;f *g !h %i\t@j 'k' \"l\" &lt;x&gt; yes"
    text = plan(document(task(1, name)), tmp_path)
    project = load_text(text.encode(), "plan.yaml").project
    (activity,) = project.activities.values()
    assert activity.name == "a: {b: c} # d, [e] &f *g !h %i @j 'k' \"l\" <x> yes"


ROUND_TRIP = frozenset(
    {Feature.LINK_TYPES, Feature.LAGS, Feature.MILESTONES, Feature.GROUPS, Feature.ELAPSED,
     Feature.LOWER_DATES, Feature.DEADLINES}
)  # fmt: skip


@examples(30)
@given(projects(ROUND_TRIP))
def test_there_and_back(tmp_path_factory: pytest.TempPathFactory, project: Project) -> None:
    """A plan written for MS Project and read back has its activities and their earliest dates."""
    folder = tmp_path_factory.mktemp("mspdi")
    try:
        schedule = solve(project, Settings(effort=0.02, levels=2, explain=False))
    except ImsgenError:
        return
    write(schedule, folder / "plan.xml")
    report = Report()
    found = import_plan(folder / "plan.xml", project.timezone, report)
    assert found is not None
    assert not report.diagnostics
    back = load_text(found.text.encode(), "plan.yaml").project
    assert list(back.outline) == list(project.outline)
    for id_, activity in project.activities.items():
        ours, theirs = activity.modes[0], back.activities[id_].modes[0]
        assert (theirs.duration, theirs.elapsed) == (ours.duration, ours.elapsed)
    before = early_dates(build_graph(project), CalendarBook(project))
    after = early_dates(build_graph(back), CalendarBook(back))
    assert {id_: (one.start, one.finish) for id_, one in after.items()} == {
        id_: (one.start, one.finish) for id_, one in before.items()
    }


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")
@pytest.mark.parametrize("path", sorted(REAL.glob("*.xml")) if REAL.is_dir() else [], ids=str)
def test_real_files_are_imported(path: Path) -> None:
    """Files that MS Project wrote are read without a word about values."""
    report = Report()
    found = import_plan(path, "Europe/London", report)
    assert found is not None
    assert not report.diagnostics
