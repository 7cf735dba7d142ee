"""Dates as TaskJuggler 3 finds them: a second opinion on links, lags and working time."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import repeat
from pathlib import Path

import pytest
from hypothesis import strategies as st
from tests.support.drawn import drawn
from tests.support.profiles import examples
from tests.support.projects import bridge, link, make_project, office, resource, task
from tests.support.taskjuggler import Dates, InexpressibleError, tj3_dates, tjp

from imsgen.calendars import CalendarBook
from imsgen.model import ALWAYS, CLOSED, DAY, Activity, Calendar, Dependency, Project, to_text
from imsgen.network import build_graph, early_dates
from imsgen.solver import Settings, solve

TJ3 = shutil.which("tj3")
needs_tj3 = pytest.mark.skipif(TJ3 is None, reason="TaskJuggler is not installed")
ZONES = ("UTC", "America/New_York", "Europe/Berlin")
STARTS = (
    "2026-11-02 08:00",
    "2026-10-22 13:15",  # Europe puts its clocks back on the 25th, the United States a week later
    "2027-03-11 02:00",  # forward on 14 March in the United States, on the 28th in Europe
    "2026-12-26 21:40",
)
DURATIONS = (60, 15, 240, 480, 75, 600, 2400, 1500, 465)
LAGS = (0, 0, 30, 120, 480, 1440, 735)


@st.composite
def plans(draw: st.DrawFn) -> Project:
    """Draw a plan of up to 40 activities of all that TaskJuggler says exactly as we do."""
    zone = draw(st.sampled_from(ZONES))
    calendars = [office(timezone=zone), bridge(), _evening(zone)]
    activities: list[Activity] = []
    links: list[Dependency] = []
    for n in range(draw(st.integers(10, 40))):
        calendar = draw(st.sampled_from(["office", "office", "bridge", "evening"]))
        earlier = draw(st.sets(st.integers(0, n - 1), max_size=3)) if n else set()
        incoming = [_link(draw, activities[i].id, f"t{n}", calendar) for i in sorted(earlier)]
        if incoming and draw(st.integers(0, 3)) == 3:
            by_id = {one.id: one for one in activities}
            rests = all(_ends_in_office_hours(by_id[one.predecessor], one) for one in incoming)
            activities.append(task(f"t{n}", 0, "office" if rests else "bridge"))
            incoming = [replace(one, lag_calendar=_named(one, calendar)) for one in incoming]
        else:
            elapsed = draw(st.integers(0, 7)) == 7
            duration = draw(st.sampled_from(DURATIONS))
            activities.append(task(f"t{n}", duration, calendar, elapsed=elapsed))
        links += incoming
    return make_project(
        activities, links, calendars=calendars, start=draw(st.sampled_from(STARTS))
    )


def _evening(zone: str) -> Calendar:
    """Return Tue-Sat 12:30-20:30."""
    day = ((750, 1230),)
    return Calendar("evening", "Evening", zone, (CLOSED, day, day, day, day, day, CLOSED))


def _link(draw: st.DrawFn, predecessor: str, successor: str, calendar: str) -> Dependency:
    """Draw a link whose lag counts all hours, or those of the project."""
    known = [ALWAYS, "office"] + ["successor"] * (calendar in {"office", "bridge"})
    type_ = draw(st.sampled_from(["FS", "FS", "SS"]))
    lag = draw(st.sampled_from(LAGS))
    return link(predecessor, successor, type_, lag, lag_calendar=draw(st.sampled_from(known)))


def _named(one: Dependency, calendar: str) -> str:
    return calendar if one.lag_calendar == "successor" else one.lag_calendar


def _ends_in_office_hours(predecessor: Activity, one: Dependency) -> bool:
    """Whether a link leads to working time of the office, or to its very end."""
    (mode,) = predecessor.modes
    if one.lag:
        return one.lag_calendar == "office"
    return mode.calendar == "office" and not mode.elapsed


def _early(project: Project) -> Dates:
    placed = early_dates(build_graph(project), CalendarBook(project))
    return {id_: (place.start, place.finish) for id_, place in placed.items()}


def _days(project: Project, dates: Dates) -> int:
    """Return the days that a plan takes, and a week to spare."""
    return (max(finish for _, finish in dates.values()) - project.start) // DAY + 8


def _text(dates: Dates) -> dict[str, tuple[str, str]]:
    return {id_: (to_text(start), to_text(finish)) for id_, (start, finish) in dates.items()}


@needs_tj3
def test_every_date_of_drawn_plans(tmp_path: Path) -> None:
    """Both programs give every activity the same start and finish, over changes of the clock."""
    found = drawn(plans(), examples(12).max_examples)
    folders = [tmp_path / str(n) for n in range(len(found))]
    for folder in folders:
        folder.mkdir()
    ours = [_early(project) for project in found]
    with ThreadPoolExecutor(2) as pool:
        days = map(_days, found, ours)
        theirs = list(pool.map(tj3_dates, found, days, repeat(str(TJ3)), folders))
    for mine, other in zip(ours, theirs, strict=True):
        assert _text(other) == _text(mine)


@needs_tj3
def test_a_schedule_with_a_shared_person(tmp_path: Path) -> None:
    """Where links and free time force the order at a desk, a solved schedule is TaskJuggler's.

    Ana drafts on Monday and Tuesday and reviews on Wednesday. The filing may begin two hours into
    the review and waits for her until Thursday; the talks, an hour into the filing, until noon.
    """
    project = make_project(
        [
            task("draft", 960, needs={"ana": 100}),
            task("law", 720),
            task("review", 480, needs={"ana": 100}),
            task("print", 1440, "bridge"),
            task("file", 240, needs={"ana": 100}),
            task("talk", 480, needs={"ana": 100}),
            task("done", 0, "bridge"),
        ],
        [
            link("law", "review"),
            link("draft", "review", "SS"),
            link("review", "print", "FS", 60, lag_calendar="office"),
            link("review", "file", "SS", 120),
            link("file", "talk", "SS", 60),
            link("print", "done", "FS", 90, lag_calendar=ALWAYS),
            link("talk", "done"),
        ],
        [resource("ana", calendar="office")],
    )
    schedule = solve(project, Settings(effort=1, time_limit=600))
    solved = {id_: (one.start, one.finish) for id_, one in schedule.activities.items()}
    assert _text(solved)["talk"] == ("2026-11-05T13:00Z", "2026-11-06T12:00Z")
    assert _text(solved) == _text(tj3_dates(project, 14, str(TJ3), tmp_path))
    assert solved != _early(project)


@pytest.mark.parametrize(
    "refused",
    [
        link("a", "b", "FF"),
        link("a", "b", "SF"),
        link("a", "b", "FS", -60),
        link("a", "b", max_lag=60),
        link("a", "b", "FS", 60, lag_calendar="evening"),
        link("b", "a", "FS", 1),
        link("night", "point"),
    ],
    ids=str,
)
def test_what_is_only_nearly_the_same_is_refused(refused: Dependency) -> None:
    """No comparison rests on a link that TaskJuggler reads in another way, or on a short slot."""
    project = make_project(
        [task("a", 60), task("b", 60), task("night", 60, "bridge"), task("point", 0)],
        [refused],
        calendars=[office(), bridge(), _evening("UTC")],
    )
    with pytest.raises(InexpressibleError):
        tjp(project, 14)
