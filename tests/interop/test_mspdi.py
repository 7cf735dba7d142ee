"""Project XML as MPXJ reads it: every date, link, calendar, resource and assignment."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.support.levelled import levelled_schedule
from tests.support.placed import placed_schedule
from tests.support.projects import bridge, link, make_project, office, resource, task
from tests.support.strategies import EVERYTHING, projects
from tests.support.under_way import under_way
from tests.support.weekend import weekend

from imsgen.calendars import CalendarBook
from imsgen.formats.mspdi import report, write
from imsgen.formats.mspdi.outline import numbers
from imsgen.formats.options import Options, Pin
from imsgen.model import (
    Calendar,
    Dependency,
    Group,
    Instant,
    Kind,
    LinkType,
    Schedule,
    to_datetime,
)
from imsgen.plan import load
from imsgen.solver import Settings, solve

pytestmark = pytest.mark.jvm

ROOT = Path(__file__).parents[2]
CHECKER = ROOT.parent / "shared" / "tools" / "check_mspdi.py"
LINK_NAMES = {"FS": LinkType.FS, "SS": LinkType.SS, "FF": LinkType.FF, "SF": LinkType.SF}
QUIET = "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory"
Reader = Callable[[Path], Any]


@pytest.fixture(scope="session")
def mpxj() -> Reader:
    """Return a reader of project files on a Java machine of this process."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java is not installed")
    jpype = pytest.importorskip("jpype", reason="the interop group is not installed")
    pytest.importorskip("mpxj", reason="the interop group is not installed")
    if not jpype.isJVMStarted():
        jpype.startJVM("-Xmx1000m", "-Dlog4j2.StatusLogger.level=OFF", QUIET)

    def read(path: Path) -> Any:
        reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")()
        project = reader.read(str(path))
        assert project is not None
        assert project.getIgnoredErrors().size() == 0
        return project

    return read


def office_move() -> Schedule:
    """Return a schedule with links of every kind, people in two zones, waits and a summary."""
    activities = [
        task("prepare.list", 480, needs={"ana": 50}, duration_text="1d?", assumed=True),
        task("prepare.order", 960, needs={"ben": 100}),
        task("prepare.ready", 0),
        task("move.pack", 600, "night", needs={"crew": 200}),
        task("move.dry", 2880, elapsed=True, duration_text="2ed"),
        task("move.carry", 360, "bridge", needs={"crew": 100}, deadline=Instant(29_900_000)),
        task("move.check", 480, "london", needs={"ben": 100}),
        task("move.report", 90),
    ]
    links = [
        link("prepare.list", "prepare.order", "SS", 240, lag_text="+50%"),
        link("prepare.order", "prepare.ready"),
        link("prepare.ready", "move.pack", "FS", 480),
        link("move.pack", "move.dry"),
        link("move.dry", "move.carry", "FS", 120, lag_calendar="24x7", lag_text="+2eh"),
        link("move.carry", "move.check", "FF", 240),
        link("move.check", "move.report", "SF", -60),
    ]
    night = Calendar("night", "Night", "America/New_York", (((1320, 1800),),) * 7)
    people = [
        resource("ana", 50, name="Ana", calendar="office"),
        resource("ben", name="Ben", leave=((Instant(29_896_000), Instant(29_898_000)),)),
        resource("crew", 300, name="Crew"),
    ]
    project = make_project(
        activities,
        links,
        people,
        calendars=[
            office(timezone="America/New_York"),
            bridge(),
            night,
            office("london", "Europe/London"),
        ],
        groups=[Group("prepare", "Prepare"), Group("move", "Move")],
        start="2026-10-28 12:00",
        timezone="America/New_York",
    )
    return placed_schedule(project, meetings=())


@cache
def _sample(name: str) -> Schedule:
    return solve(load(ROOT / "samples" / name).project, Settings(effort=1, time_limit=600))


SCHEDULES: dict[str, Callable[[], Schedule]] = {
    "office move": office_move,
    "weekend": weekend,
    "minimal": lambda: _sample("minimal.yaml"),
    "cutover": lambda: _sample("cutover.yaml"),
    "programme": lambda: _sample("programme.yaml"),
    "in progress": under_way,
}


@pytest.fixture(scope="module", params=SCHEDULES, ids=str)
def read_back(
    request: pytest.FixtureRequest, mpxj: Reader, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Schedule, Any]:
    """Return a schedule, and its file as MPXJ reads it."""
    schedule = SCHEDULES[request.param]()
    (path,) = write(schedule, tmp_path_factory.mktemp("mspdi") / "plan.xml")
    return schedule, mpxj(path)


def _uids(schedule: Schedule) -> dict[str, int]:
    project = schedule.project
    items = [project.activities.get(id_) or project.groups[id_] for id_ in project.outline]
    return numbers((item.id, item.uid) for item in items)


def _tasks(schedule: Schedule, project: Any) -> Iterator[tuple[str, Any]]:
    """Yield the scheduled activities with what MPXJ has of them."""
    by_uid = {int(one.getUniqueID()): one for one in project.getTasks()}
    for id_, uid in _uids(schedule).items():
        if id_ in schedule.activities:
            yield id_, by_uid[uid]


def _moment(read: Any) -> datetime | None:
    return None if read is None else datetime.fromisoformat(str(read))


def _local(schedule: Schedule, instant: Instant) -> datetime:
    zone = ZoneInfo(schedule.project.timezone)
    return to_datetime(instant).astimezone(zone).replace(tzinfo=None, fold=0)


def _minutes(project: Any, duration: Any) -> float:
    unit = type(duration.getUnits())
    elapsed = duration.getUnits().isElapsed()
    wanted = unit.ELAPSED_MINUTES if elapsed else unit.MINUTES
    return float(duration.convertUnits(wanted, project.getProjectProperties()).getDuration())


def test_every_date_is_read_as_solved(read_back: tuple[Schedule, Any]) -> None:
    """Start and finish of every activity and group, on the plan's clock."""
    schedule, project = read_back
    for id_, one in _tasks(schedule, project):
        placed = schedule.activities[id_]
        assert _moment(one.getStart()) == _local(schedule, placed.start), id_
        assert _moment(one.getFinish()) == _local(schedule, placed.finish), id_
        hammock = schedule.project.activities[id_].kind is Kind.HAMMOCK
        zero = schedule.project.activities[id_].modes[placed.mode].duration == 0
        assert bool(one.getMilestone()) == (zero and not hammock), id_
    by_uid = {int(one.getUniqueID()): one for one in project.getTasks()}
    for id_, (start, finish) in schedule.groups.items():
        inside = (schedule.project.activities[leaf] for leaf in schedule.project.leaves(id_))
        if any(leaf.kind is Kind.HAMMOCK for leaf in inside):
            continue  # in Project a group ends with the hammocks inside
        one = by_uid[_uids(schedule)[id_]]
        assert bool(one.getSummary()), id_
        assert _moment(one.getStart()) == _local(schedule, start), id_
        assert _moment(one.getFinish()) == _local(schedule, finish), id_


def test_what_has_happened_is_read_as_reported(read_back: tuple[Schedule, Any]) -> None:
    """Actual dates where the schedule has them, and none on what has not begun."""
    schedule, project = read_back
    for id_, one in _tasks(schedule, project):
        progress, placed = schedule.project.activities[id_].progress, schedule.activities[id_]
        begun = progress is not None and progress.actual_start is not None
        done = progress is not None and progress.actual_finish is not None
        found = [_moment(one.getActualStart()), _moment(one.getActualFinish())]
        ends = [placed.start if begun else None, placed.finish if done else None]
        assert found == [None if end is None else _local(schedule, end) for end in ends], id_


def test_every_calendar_works_as_ours(read_back: tuple[Schedule, Any]) -> None:
    """Each activity's calendar has our working minutes on every day from start to finish.

    A day on which the clock changes is left out: its wall clock has no 24 hours.
    """
    schedule, project = read_back
    book = CalendarBook(schedule.project)
    zone = ZoneInfo(schedule.project.timezone)
    first = _local(schedule, schedule.project.start).replace(hour=0, minute=0)
    days = min((schedule.finish - schedule.project.start) // 1440 + 2, 120)
    seen: set[int] = set()
    unit = _time_unit()
    for id_, one in _tasks(schedule, project):
        placed = schedule.activities[id_]
        activity = schedule.project.activities[id_]
        calendar = one.getEffectiveCalendar()
        uid = int(calendar.getUniqueID())
        if uid in seen or activity.kind is Kind.HAMMOCK:
            continue
        seen.add(uid)
        ours = book.effective(activity, placed.mode)
        for n in range(days):
            day = first + timedelta(days=n)
            begin = day.replace(tzinfo=zone)
            end = (day + timedelta(days=1)).replace(tzinfo=zone)
            if begin.utcoffset() != end.utcoffset():
                continue
            from_, to = (int(moment.timestamp()) // 60 for moment in (begin, end))
            read = calendar.getWork(_java(day), _java(day + timedelta(days=1)), unit)
            assert float(read.getDuration()) == ours.work_between(from_, to), (id_, day)


def _time_unit() -> Any:
    import jpype

    return jpype.JClass("org.mpxj.TimeUnit").MINUTES


def _java(moment: datetime) -> Any:
    import jpype

    parts = (moment.year, moment.month, moment.day, moment.hour, moment.minute)
    return jpype.JClass("java.time.LocalDateTime").of(*parts)


def test_every_link_between_activities_is_read(read_back: tuple[Schedule, Any]) -> None:
    """Type and lag of the link between two activities; of several, one of them.

    A lag that the report says is written otherwise is left out.
    """
    schedule, project = read_back
    uids = _uids(schedule)
    read = {
        (int(one.getPredecessorTask().getUniqueID()), int(one.getSuccessorTask().getUniqueID())): one
        for one in project.getRelations()
    }  # fmt: skip
    stated: dict[tuple[str, str], list[Dependency]] = {}
    for link_ in schedule.project.dependencies:
        ends = (link_.predecessor, link_.successor)
        if all(id_ in schedule.activities for id_ in ends):
            stated.setdefault(ends, []).append(link_)
    assert stated
    told = report(schedule)
    for ends, links in stated.items():
        one = read[uids[ends[0]], uids[ends[1]]]
        same = [each for each in links if each.type is LINK_NAMES[str(one.getType())]]
        assert len(same) == 1, ends
        if any(" > ".join(ends) in line for line in told):
            continue
        if same[0].lag_text.endswith("%"):
            assert f"{float(one.getLag().getDuration()):+g}%" == same[0].lag_text
        elif same[0].lag_calendar in ("successor", "24x7"):
            assert _minutes(project, one.getLag()) == same[0].lag, ends


def test_resources_and_assignments_are_read(read_back: tuple[Schedule, Any]) -> None:
    """Each need is an assignment with its units, and work for the whole duration."""
    schedule, project = read_back
    names = {one.name for one in schedule.project.resources.values()}
    assert {str(one.getName()) for one in project.getResources() if one.getName()} == names
    for id_, one in _tasks(schedule, project):
        activity = schedule.project.activities[id_]
        if activity.kind is Kind.HAMMOCK:
            continue
        needs = activity.modes[schedule.activities[id_].mode].needs
        assigned = {
            str(each.getResource().getName()): each
            for each in one.getResourceAssignments()
            if each.getResource() is not None
        }
        wanted = {schedule.project.resources[need.resource].name: need.units for need in needs}
        assert assigned.keys() == wanted.keys(), id_
        for name, units in wanted.items():
            each = assigned[name]
            assert float(each.getUnits().doubleValue()) == units
            work = _minutes(project, one.getDuration()) * units / 100
            assert _minutes(project, each.getWork()) == pytest.approx(work, abs=0.02)


def _random_schedules(count: int) -> list[Schedule]:
    """Return levelled schedules of random plans, in several time zones; the same every time."""
    found: list[Schedule] = []
    zones = st.sampled_from(["UTC", "America/New_York", "Europe/London", "Asia/Kolkata"])
    plans = projects(EVERYTHING, max_activities=9)

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(plans, zones)
    def collect(plan: Any, timezone: str) -> None:
        schedule = levelled_schedule(replace(plan, timezone=timezone))
        if schedule is not None:
            found.append(schedule)

    collect()
    return found


@pytest.fixture(scope="module")
def checker(mpxj: Reader) -> Any:
    """Return the independent checker that lies beside the checkout."""
    if not CHECKER.exists():
        pytest.skip("the independent checker is not beside us")
    sys.path.insert(0, str(CHECKER.parent))
    try:
        import check_mspdi  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    return check_mspdi


def _faults(checker: Any, path: Path) -> dict[str, list[str]]:
    """Return what the checker finds, without what MPXJ itself contradicts.

    It takes the end of a day's last shift for the only end of work, so a finish amid a shift is
    reported, and a milestone at the end of an earlier shift is put off, with all that follows;
    and it holds dated capacity and work at different hours against one number.
    """
    found: dict[str, list[str]] = dict(checker.check(str(path))["fail"])
    found.pop("overalloc", None)
    kept = []
    for line in found.pop("worktime", []):
        if ("finish" not in line and "milestone" not in line) or not _ends_work(
            checker, path, int(line.split()[1])
        ):
            kept.append(line)
        elif "milestone" in line:
            found.pop("cpm", None)
            found.pop("lev", None)
    return {**found, "worktime": kept} if kept else found


def _ends_work(checker: Any, path: Path, uid: int) -> bool:
    """Whether MPXJ's calendar works in the minute before a task's finish."""
    tasks = checker.Model(str(path)).p.getTasks()
    (one,) = (each for each in tasks if int(each.getUniqueID()) == uid)
    finish = datetime.fromisoformat(str(one.getFinish()))
    worked = one.getEffectiveCalendar().getWork(
        _java(finish - timedelta(minutes=1)), _java(finish), _time_unit()
    )
    return float(worked.getDuration()) == 1


_CHECKERS_OWN = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
"""The checker leaves a file of its own open."""


@_CHECKERS_OWN
@pytest.mark.parametrize("name", SCHEDULES)
def test_the_independent_checker_finds_nothing(checker: Any, tmp_path: Path, name: str) -> None:
    """Element order, links, durations, work, and two schedulers that move no date."""
    (path,) = write(SCHEDULES[name](), tmp_path / "plan.xml")
    assert _faults(checker, path) == {}


@_CHECKERS_OWN
def test_the_independent_checker_finds_nothing_in_random_plans(
    checker: Any, tmp_path: Path
) -> None:
    """Two hundred levelled plans with windows, groups, leave, zones and every kind of link."""
    schedules = _random_schedules(340)
    assert len(schedules) >= 200
    for schedule in schedules:
        (path,) = write(schedule, tmp_path / "plan.xml")
        assert _faults(checker, path) == {}


@_CHECKERS_OWN
@pytest.mark.parametrize("pin", [Pin.SNET, Pin.LINKS, Pin.MANUAL])
def test_the_independent_checker_finds_nothing_however_dates_are_held(
    checker: Any, tmp_path: Path, pin: Pin
) -> None:
    """The programme of nine teams, whose people hold many a start."""
    (path,) = write(SCHEDULES["programme"](), tmp_path / "plan.xml", Options(pin))
    assert _faults(checker, path) == {}
