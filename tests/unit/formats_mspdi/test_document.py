from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.support.placed import placed_schedule
from tests.support.projects import at, link, make_project, office, resource, task

from imsgen.formats.mspdi import report, write
from imsgen.formats.mspdi.check import moves_in
from imsgen.formats.mspdi.document import Document
from imsgen.formats.options import Options, Pin
from imsgen.model import (
    CalendarException,
    Constraint,
    ConstraintType,
    End,
    Event,
    Group,
    Kind,
    Party,
    Progress,
    Project,
    Schedule,
    Within,
)
from imsgen.model.calendar import Window

SPACE = "{http://schemas.microsoft.com/project}"


class Read:
    """A file read back."""

    def __init__(self, schedule: Schedule) -> None:
        self.root: Any = etree.fromstring(Document(schedule).content("plan.xml"))

    def tasks(self) -> dict[str, Any]:
        """Return the tasks by the plan's id, and the project's own under an empty id."""
        return {
            self.field(one, "Plan id"): one
            for one in self.root.iterfind(f"{SPACE}Tasks/{SPACE}Task")
        }

    def field(self, task_element: Any, alias: str) -> str:
        """Return the value of a custom field."""
        definitions = self.root.iterfind(f"{SPACE}ExtendedAttributes/{SPACE}ExtendedAttribute")
        ids = {text(one, "Alias"): text(one, "FieldID") for one in definitions}
        for one in task_element.iterfind(f"{SPACE}ExtendedAttribute"):
            if text(one, "FieldID") == ids[alias]:
                return text(one, "Value")
        return ""


def text(parent: Any, *path: str) -> str:
    found = parent.findtext("/".join(SPACE + one for one in path))
    return found if found is not None else ""


def facts(parent: Any, *names: str) -> tuple[str, ...]:
    return tuple(text(parent, name) for name in names)


def _read(project: Project, starts: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    return Read(placed_schedule(project, dict(starts or {}), meetings=(), **more)).tasks()


DATES: Callable[[Any], tuple[str, ...]] = lambda one: facts(one, "Start", "Finish")  # noqa: E731


def test_a_task_starts_in_the_morning_and_ends_in_the_evening() -> None:
    """Finish is 17:00 that day, never 08:00 of the next; the duration is in hours."""
    tasks = _read(make_project([task("a", 480), task("b", 480)], [link("a", "b")]))
    assert DATES(tasks["a"]) == ("2026-11-02T08:00:00", "2026-11-02T17:00:00")
    assert DATES(tasks["b"]) == ("2026-11-03T08:00:00", "2026-11-03T17:00:00")
    assert facts(tasks["b"], "Duration", "LevelingDelay", "Manual") == ("PT8H0M0S", "0", "0")


def test_a_milestone_starts_when_it_finishes() -> None:
    """Friday 17:00 stays Friday 17:00."""
    tasks = _read(make_project([task("a", 2400), task("m", 0)], [link("a", "m")]))
    assert DATES(tasks["m"]) == ("2026-11-06T17:00:00", "2026-11-06T17:00:00")
    assert facts(tasks["m"], "Milestone", "Duration") == ("1", "PT0H0M0S")


def test_a_start_that_logic_does_not_explain_gets_a_delay() -> None:
    """From Tuesday 08:00 to Thursday 10:00 are 50 elapsed hours: 30,000 tenths of a minute."""
    project = make_project([task("a", 480), task("b", 480)], [link("a", "b")])
    tasks = _read(project, {"b": "2026-11-05 10:00"})
    assert facts(tasks["b"], "LevelingDelay", "LevelingDelayFormat") == ("30000", "8")
    assert text(tasks["b"], "ConstraintType") == "0"


def test_a_stated_constraint_keeps_its_date() -> None:
    """From Tuesday 08:00, which the plan states, to Thursday 10:00 are 50 hours of delay."""
    snet = Constraint(ConstraintType.SNET, earliest=at("2026-11-03 00:00"))
    project = make_project([task("a", 480, constraints=(snet,))])
    names = ("ConstraintType", "ConstraintDate", "LevelingDelay")
    tasks = _read(project, {"a": "2026-11-03 08:00"})
    assert facts(tasks["a"], *names) == ("4", "2026-11-03T08:00:00", "0")
    moved = _read(project, {"a": "2026-11-05 10:00"})
    assert facts(moved["a"], *names) == ("4", "2026-11-03T08:00:00", "30000")


def test_a_constraint_on_the_plans_start_is_kept_and_one_before_it_a_note() -> None:
    """Readers would start the task where a date before the plan's start says."""
    for stated, kind in (("2026-11-02 08:00", "4"), ("2026-10-30 08:00", "0")):
        snet = Constraint(ConstraintType.SNET, earliest=at(stated))
        tasks = _read(make_project([task("a", 480, constraints=(snet,))]))
        assert text(tasks["a"], "ConstraintType") == kind
    assert "before the plan's start" in text(tasks["a"], "Notes")


def test_links_have_type_lag_and_format() -> None:
    """SS plus 2 hours of work is 1,200 tenths in format 5; 1 elapsed day 14,400 in format 8."""
    project = make_project(
        [task("a", 480), task("b", 480), task("c", 480)],
        [
            link("a", "b", "SS", 120, lag_text="+2h"),
            link("a", "c", "FS", 1440, lag_calendar="24x7", lag_text="+1ed"),
        ],
    )
    tasks = _read(project)
    names = ("PredecessorUID", "Type", "LinkLag", "LagFormat")
    assert facts(tasks["b"].find(f"{SPACE}PredecessorLink"), *names) == ("1", "3", "1200", "5")
    assert facts(tasks["c"].find(f"{SPACE}PredecessorLink"), *names) == ("1", "1", "14400", "8")


def test_a_percent_lag_stays_percent() -> None:
    """Half of a day's predecessor is 50 in format 19."""
    project = make_project(
        [task("a", 480), task("b", 480)], [link("a", "b", "SS", 240, lag_text="+50%")]
    )
    found = _read(project)["b"].find(f"{SPACE}PredecessorLink")
    assert facts(found, "LinkLag", "LagFormat") == ("50", "19")


def test_a_link_to_a_group_is_links_between_its_ends() -> None:
    """From the one nothing follows to the one that waits for nothing: one link, not four."""
    project = make_project(
        [task("g.a", 60), task("g.b", 60), task("h.a", 60), task("h.b", 60)],
        [link("g.a", "g.b"), link("h.a", "h.b"), link("g", "h")],
        groups=[Group("g", "G"), Group("h", "H")],
    )
    tasks = _read(project)
    linked = {id_: len(one.findall(f"{SPACE}PredecessorLink")) for id_, one in tasks.items()}
    assert linked == {"": 0, "g": 0, "g.a": 0, "g.b": 1, "h": 0, "h.a": 1, "h.b": 1}


def _crowd(members: int, **more: Any) -> Schedule:
    """Return two groups, one after the other, of so many activities side by side."""
    project = make_project(
        [task(f"{group}.{n}", 60 + n, **more) for group in "gh" for n in range(members)],
        [link("g", "h")],
        groups=[Group("g", "G"), Group("h", "H")],
        outline=[id_ for g in "gh" for id_ in (g, *(f"{g}.{n}" for n in range(members)))],
    )
    return placed_schedule(project, {"h.3": "2026-11-04 10:00"}, meetings=())


@pytest.mark.parametrize("pin", Pin)
def test_very_many_links_of_a_group_are_one_of_its_summary(pin: Pin) -> None:
    """Five times five are 25 links between activities, so one between summaries; no date moves."""
    schedule = _crowd(5)
    content = Document(schedule, Options(pin)).content("plan.xml")
    tasks = Read(schedule).tasks()
    linked = {id_: len(one.findall(f"{SPACE}PredecessorLink")) for id_, one in tasks.items()}
    assert [id_ for id_, amount in linked.items() if amount] == ["h"]
    assert text(tasks["h"], "PredecessorLink", "PredecessorUID") == text(tasks["g"], "UID")
    assert moves_in(content) == ()
    assert any("one of its summary task: `g > h`" in line for line in report(schedule))


def test_few_links_of_a_group_stay_between_activities() -> None:
    """Four times four are 16: auditors want no logic on summaries."""
    tasks = Read(_crowd(4)).tasks()
    assert not tasks["h"].findall(f"{SPACE}PredecessorLink")
    assert len(tasks["h.0"].findall(f"{SPACE}PredecessorLink")) == 4


def test_two_links_between_two_tasks_become_the_one_that_binds() -> None:
    """SS + FF: the longer wait is kept, the other told."""
    project = make_project(
        [task("a", 960), task("b", 480)], [link("a", "b", "SS", 60), link("a", "b", "FF", 240)]
    )
    schedule = placed_schedule(project, meetings=())
    links = Read(schedule).tasks()["b"].findall(f"{SPACE}PredecessorLink")
    assert [text(one, "Type") for one in links] == ["0"]
    assert any("one link between two tasks" in line for line in report(schedule))


def test_the_outline_is_the_plans() -> None:
    """Levels, numbers and the dates of summaries follow the nesting."""
    project = make_project(
        [task("g.h.a", 480), task("g.b", 240), task("c", 0)],
        groups=[Group("g", "G"), Group("g.h", "H", "g")],
        outline=["g", "g.h", "g.h.a", "g.b", "c"],
    )
    tasks = _read(project)
    names = ("OutlineNumber", "OutlineLevel", "Summary")
    assert [facts(one, *names) for one in tasks.values()] == [
        ("0", "0", "1"),
        ("1", "1", "1"),
        ("1.1", "2", "1"),
        ("1.1.1", "3", "0"),
        ("1.2", "2", "0"),
        ("2", "1", "0"),
    ]
    assert DATES(tasks["g"]) == ("2026-11-02T08:00:00", "2026-11-02T17:00:00")


def test_resource_calendars_become_the_tasks_calendar() -> None:
    """Where a resource has leave, the task works on a calendar of its own and ignores theirs."""
    leave = ((at("2026-11-02 13:00"), at("2026-11-02 17:00")),)
    project = make_project(
        [task("a", 480, needs={"ana": 50})], resources=[resource("ana", 50, leave=leave)]
    )
    schedule = placed_schedule(project, meetings=())
    read = Read(schedule)
    one = read.tasks()["a"]
    assert DATES(one) == ("2026-11-02T08:00:00", "2026-11-03T12:00:00")
    assert text(one, "IgnoreResourceCalendar") == "1"
    names = [text(c, "Name") for c in read.root.iterfind(f"{SPACE}Calendars/{SPACE}Calendar")]
    assert names == ["Office", "Bridge", "Office + ana", "ana"]
    (assignment,) = read.root.iterfind(f"{SPACE}Assignments/{SPACE}Assignment")
    assert facts(assignment, "Units", "Work", "ResourceUID") == ("0.5", "PT4H0M0S", "1")


def test_a_holiday_keeps_its_name() -> None:
    """Exceptions are days with a name, whole to the minute before midnight."""
    from datetime import date

    closed = CalendarException(date(2026, 11, 3), date(2026, 11, 4), (), "Election")
    base = office()
    calendar = type(base)("office", "Office", "UTC", base.week, (closed,))
    schedule = placed_schedule(make_project([task("a", 960)], calendars=[calendar]), meetings=())
    found = Read(schedule).root.find(f".//{SPACE}Exception")
    assert facts(found, "Name", "Type", "DayWorking") == ("Election", "1", "0")
    assert text(found, "TimePeriod", "FromDate") == "2026-11-03T00:00:00"
    assert text(found, "TimePeriod", "ToDate") == "2026-11-04T23:59:00"


def test_finished_work_is_a_hundred_percent_on_its_dates() -> None:
    """Actual start and finish are those that happened, on the task and its assignment."""
    done = Progress(at("2026-11-02 08:00"), at("2026-11-02 17:00"), 100, 0)
    project = make_project(
        [task("a", 480, needs={"r": 100}, progress=done)],
        resources=[resource("r")],
        status_date=at("2026-11-03 08:00"),
    )
    schedule = placed_schedule(project, {"a": "2026-11-02 08:00"}, meetings=())
    read = Read(schedule)
    names = ("PercentComplete", "ActualFinish", "RemainingDuration")
    assert facts(read.tasks()["a"], *names) == ("100", "2026-11-02T17:00:00", "PT0H0M0S")
    (assignment,) = read.root.iterfind(f"{SPACE}Assignments/{SPACE}Assignment")
    assert text(assignment, "ActualFinish") == "2026-11-02T17:00:00"


def test_started_work_resumes_where_what_remains_begins() -> None:
    """Six of eight hours done at the status date: 75 percent, two remain."""
    begun = Progress(at("2026-11-02 08:00"), None, 75, 120)
    project = make_project([task("a", 480, progress=begun)], status_date=at("2026-11-02 15:00"))
    one = _read(project, {"a": "2026-11-02 08:00"})["a"]
    names = ("ActualStart", "PercentComplete", "Stop", "Resume", "RemainingDuration")
    assert facts(one, *names) == (
        "2026-11-02T08:00:00",
        "75",
        "2026-11-02T15:00:00",
        "2026-11-02T15:00:00",
        "PT2H0M0S",
    )
    assert text(one, "ActualFinish") == ""


def test_what_has_not_begun_has_no_actual_start() -> None:
    """A stray actual start would make Project show progress."""
    assert text(_read(make_project([task("a", 480)]))["a"], "ActualStart") == ""


def test_a_days_deadline_is_shown_on_that_day() -> None:
    """24:00 of the 4th is 23:59 of the 4th, not the 5th."""
    tasks = _read(make_project([task("a", 480, deadline=at("2026-11-05 00:00"))]))
    assert text(tasks["a"], "Deadline") == "2026-11-04T23:59:00"


def test_a_hammock_hangs_on_what_it_spans() -> None:
    """SS from the first, FF from the last; it drives nothing and people are not assigned."""
    spans = (Event("a", End.START), Event("b", End.FINISH))
    ham = task("ham", 0, kind=Kind.HAMMOCK, spans=spans, needs={"pm": 100})
    project = make_project(
        [task("a", 480), task("b", 480), ham], [link("a", "b")], [resource("pm")]
    )
    schedule = placed_schedule(project, meetings=())
    read = Read(schedule)
    one = read.tasks()["ham"]
    assert [text(each, "Type") for each in one.iterfind(f"{SPACE}PredecessorLink")] == ["3", "0"]
    assert DATES(one) == ("2026-11-02T08:00:00", "2026-11-03T17:00:00")
    assert "Involved: pm" in text(one, "Notes")
    assert read.root.find(f".//{SPACE}Assignment") is None


def test_what_is_off_the_plan_is_inactive() -> None:
    """An inactive activity and a No-Go branch are kept, not scheduled."""
    project = make_project(
        [task("a", 480), task("gone", 240, active=False), task("back", 60, branch="go")],
        [link("a", "gone")],
    )
    tasks = _read(project)
    assert [text(tasks[id_], "Active") for id_ in ("a", "gone", "back")] == ["1", "0", "0"]
    assert text(tasks["gone"], "Start") == "2026-11-03T08:00:00"


def test_what_is_off_the_plan_need_not_fit_in_its_calendar() -> None:
    """An inactive activity longer than the calendars reach follows what it waits for, and is told."""
    project = make_project(
        [task("a", 480), task("gone", 20_000_000, active=False)], [link("a", "gone")]
    )
    schedule = placed_schedule(project, meetings=())
    gone = Read(schedule).tasks()["gone"]
    assert text(gone, "Start") == "2026-11-02T17:00:00"
    assert "Finds no working time in its calendars, so shown at a stretch: `gone`" in report(
        schedule
    )


def test_what_project_cannot_say_is_told_once_a_kind() -> None:
    """Windows, holding and unbroken work are in the report and in the project's notes."""
    window = Window("night", "Night", ((at("2026-11-02 08:00"), at("2026-11-03 08:00")),))
    acts = [task(id_, 60, unbroken=True, within=(Within("night"),)) for id_ in ("a", "b")]
    project = make_project(
        acts, resources=[resource("env", holds=True)], windows={"night": window}
    )
    schedule = placed_schedule(project, meetings=())
    told = report(schedule)
    assert "Must run without a pause, which Project does not know: `a`, `b`" in told
    assert len(told) == 3
    notes = text(Read(schedule).tasks()[""], "Notes")
    assert all(line in notes for line in told)


def test_fields_of_the_plan_have_their_names() -> None:
    """Party, owner, gate and the plan's own fields are custom fields with an alias."""
    one = task("a", 60, kind=Kind.GATE, party=("cust",), owner="pm", fields={"change": "CHG001"})
    project = make_project(
        [one], resources=[resource("pm", name="Pat")], parties={"cust": Party("cust", "Agency")}
    )
    read = Read(placed_schedule(project, meetings=()))
    found = read.tasks()["a"]
    aliases = ("Party", "Owner", "Checkpoint", "change")
    assert [read.field(found, alias) for alias in aliases] == ["Agency", "Pat", "Gate", "CHG001"]


def test_estimates_keep_their_question_mark() -> None:
    """``1d?`` is format 7 and 32."""
    found = _read(make_project([task("a", 480, assumed=True, duration_text="1d?")]))["a"]
    assert facts(found, "Estimated", "DurationFormat") == ("1", "39")


def test_an_earlier_schedule_is_the_baseline() -> None:
    """What was agreed keeps its dates and work; the second is Baseline 1, what is new has none."""
    people = [resource("r")]
    old = make_project(
        [task("g.a", 480, needs={"r": 50})], resources=people, groups=[Group("g", "G")]
    )
    new = make_project(
        [task("g.a", 960, needs={"r": 50}), task("g.b", 60)],
        resources=people,
        groups=[Group("g", "G")],
    )
    agreed = placed_schedule(old, meetings=())
    later = placed_schedule(old, {"g.a": "2026-11-03 08:00"}, meetings=())
    schedule = placed_schedule(new, {"g.a": "2026-11-04 08:00"}, meetings=())
    content = Document(schedule, Options(baselines={"agreed": agreed, "later": later})).content(
        "p.xml"
    )
    tasks = {text(one, "Name"): one for one in etree.fromstring(content).iter(f"{SPACE}Task")}
    names = ("Number", "Start", "Finish", "Duration", "Work")
    assert [facts(one, *names) for one in tasks["g.a"].iterfind(f"{SPACE}Baseline")] == [
        ("0", "2026-11-02T08:00:00", "2026-11-02T17:00:00", "PT8H0M0S", "PT4H0M0S"),
        ("1", "2026-11-03T08:00:00", "2026-11-03T17:00:00", "PT8H0M0S", "PT4H0M0S"),
    ]
    assert len(tasks["G"].findall(f"{SPACE}Baseline")) == 2
    assert tasks["g.b"].find(f"{SPACE}Baseline") is None


def test_text_stays_text() -> None:
    """Markup and control characters of a name are characters."""
    found = _read(make_project([task("a", 60, name="<b>&\x00\n]]>", notes="x\ny")]))["a"]
    assert facts(found, "Name", "Notes") == ("<b>& ]]>", "x\ny")


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """The file is a pure function of the schedule and its own name."""
    schedule = placed_schedule(make_project([task("a", 60)]), meetings=())
    (one,) = write(schedule, tmp_path / "plan.xml")
    first = one.read_bytes()
    write(schedule, tmp_path / "plan.xml")
    assert one.read_bytes() == first
    assert b'xmlns="http://schemas.microsoft.com/project"' in first


def test_a_night_when_clocks_go_back_keeps_the_dates() -> None:
    """Six hours from Saturday 23:00 EDT end at 04:00 EST: five on the clock, and it is told."""
    project = make_project(
        [task("a", 360, "bridge")], timezone="America/New_York", start="2026-11-01 03:00"
    )
    schedule = placed_schedule(project, meetings=())
    one = Read(schedule).tasks()["a"]
    assert DATES(one) == ("2026-10-31T23:00:00", "2026-11-01T04:00:00")
    assert text(one, "Duration") == "PT5H0M0S"
    assert any("clock" in line for line in report(schedule))
