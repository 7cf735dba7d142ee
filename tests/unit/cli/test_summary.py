"""The summary: what a manager reads first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.support.projects import at, link, make_project, resource, task
from tests.support.schedules import dated, make_schedule

from imsgen.cli.layout import WIDTH
from imsgen.cli.summary import summary
from imsgen.model import (
    Checkpoint,
    Driver,
    DriverKind,
    Every,
    Gate,
    Kind,
    Run,
    Schedule,
    Status,
    Window,
)


def _cutover(**more: Any) -> Schedule:
    """Return two steps, a gate and a stand-up around an outage of one evening."""
    plan: dict[str, Any] = {
        "name": "Payroll go-live",
        "timezone": "America/New_York",
        "deadline": at("2026-11-07 05:00"),
    }
    project = make_project(
        [
            task("prepare", 480, needs={"dba": 100}),
            task("go-live", 60, "bridge", kind=Kind.GATE, name="Go/No-Go"),
            task("load", 120, "bridge", {"dba": 100}, name="Load data"),
            task(
                "done", 0, "bridge", name="Live", checkpoint=True, deadline=at("2026-11-06 22:00")
            ),
        ],
        [link("prepare", "go-live"), link("go-live", "load"), link("load", "done")],
        [resource("dba", name="Database team"), resource("idle")],
        gates={"go-live": Gate("go-live")},
        windows={
            "outage": Window(
                "outage", "Outage", ((at("2026-11-06 21:00"), at("2026-11-07 01:00")),)
            )
        },
        checkpoints={"call": Checkpoint("call", "Bridge call", every=Every(interval=60))},
        start="2026-11-06 13:00",
        **(plan | more),
    )
    after = Driver(DriverKind.LINK, "go-live")
    return make_schedule(
        project,
        dated("prepare", "2026-11-06 13:00", "2026-11-06 20:00", critical=True),
        dated("go-live", "2026-11-06 20:00", "2026-11-06 21:00", critical=True),
        dated(
            "load",
            "2026-11-06 21:00",
            "2026-11-06 23:00",
            critical=True,
            driver=Driver(DriverKind.WINDOW, "outage", text="waits for Outage"),
            occurrence={"outage": 0},
        ),
        dated("done", "2026-11-06 23:00", "2026-11-06 23:00", driver=after),
        driving_chain=("prepare", "go-live", "load", "done"),
    )


def test_the_finish_is_local_and_against_the_deadline() -> None:
    """23:00 UTC is 18:00 in New York, six hours before a deadline of midnight."""
    text = summary(_cutover())
    assert (
        "Finish     Fri 6 Nov 2026 18:00 EST, "
        "6 h before the deadline Fri 6 Nov 2026 24:00 EST" in text
    )


def test_a_missed_plan_deadline_shouts() -> None:
    """The manager sees AFTER, without colour."""
    text = summary(_cutover(deadline=at("2026-11-06 20:30")))
    assert "2 h 30 min AFTER the deadline" in text


def test_a_window_shows_the_work_inside_and_the_slack() -> None:
    """The outage ends at 20:00, the work at 18:00: two hours to spare."""
    text = summary(_cutover())
    assert "  Outage: Fri 6 Nov 16:00 EST - Fri 6 Nov 20:00 EST" in text
    assert "work inside Fri 6 Nov 16:00 EST - Fri 6 Nov 18:00 EST, 2 h to spare" in text


def test_gates_and_checkpoints_are_listed_by_time_and_series_once() -> None:
    """Ten hourly calls are one line; the gate is marked."""
    lines = summary(_cutover()).splitlines()
    begin = lines.index("Gates and checkpoints")
    assert lines[begin + 1 : begin + 4] == [
        "  Fri  6 Nov 2026 08:00 EST   Bridge call (10 times, the last Fri 6 Nov 2026 17:00 EST)",
        "  Fri  6 Nov 2026 15:00 EST   GATE Go/No-Go",
        "  Fri  6 Nov 2026 18:00 EST   Live",
    ]


def test_hours_waited_for_are_told_in_the_chain() -> None:
    """A link is not worth a word, the night shift that begins later is."""
    schedule = _cutover()
    waiting = Driver(DriverKind.LINK, "prepare", text="long", waits="the hours of `night`")
    gate = replace(schedule.activities["go-live"], driver=waiting)
    schedule = replace(schedule, activities={**schedule.activities, "go-live": gate})
    assert "Go/No-Go [waits for the hours of night]\n" in summary(schedule)


def test_missed_deadlines_are_named() -> None:
    """One of two deadlines is met, the other is an hour late."""
    text = summary(_cutover())
    assert "Deadlines  1 of 2 met" in text
    assert "  MISSED Live (done)" in text
    assert "due Fri 6 Nov 2026 17:00 EST, done Fri 6 Nov 2026 18:00 EST, 1 h late" in text


def test_the_chain_says_what_is_not_simply_the_next_step() -> None:
    """A link needs no word, a window does."""
    text = summary(_cutover())
    assert "What drives the finish (4 activities)" in text
    assert "Load data [window Outage]" in text


def test_a_long_chain_keeps_its_ends() -> None:
    """Of forty steps the first two and the last three stay, with the number between."""
    ids = [f"a{i:02d}" for i in range(40)]
    project = make_project([task(id_, 1, "bridge") for id_ in ids])
    schedule = make_schedule(
        project,
        *(dated(id_, "2026-11-02 08:00", "2026-11-02 09:00") for id_ in ids),
        driving_chain=tuple(ids),
    )
    lines = summary(schedule).splitlines()
    begin = lines.index("What drives the finish (40 activities)")
    names = [line.split()[-1] for line in lines[begin + 1 : begin + 7]]
    assert lines[begin + 3] == "  … 35 steps"
    assert names == ["a00", "a01", "steps", "a37", "a38", "a39"]


def test_busiest_resources_have_their_share() -> None:
    """Six office hours, then two hours on call: taken in all of its time; the idle one is left out."""
    text = summary(_cutover())
    assert "  100%  Database team" in text
    assert "idle" not in text


def test_the_proof_or_the_gap() -> None:
    """Optimal is called proved; otherwise the bound and the gap are shown."""
    proved = _cutover()
    assert "proved optimal" in summary(proved)
    open_ = replace(
        proved,
        status=Status.FEASIBLE,
        bound=at("2026-11-06 22:00"),
        run=Run(reproducible=False),
    )
    text = summary(open_)
    assert "Quality    best schedule found\n" in text
    assert "proved: none finishes before Fri 6 Nov 2026 17:00 EST (gap 10.0%)" in text
    assert "another run may find other dates" in text
    stopped = summary(replace(open_, status=Status.INTERRUPTED))
    assert "best schedule found before the interruption" in stopped
    assert "another run" not in stopped
    closed = replace(proved, status=Status.FEASIBLE)
    assert "its finish is proved to be the earliest" in summary(closed)


def test_what_the_bound_rests_on() -> None:
    """Each bound is shown that is above those before it, in words."""
    open_ = replace(
        _cutover(),
        status=Status.FEASIBLE,
        bound=at("2026-11-06 22:00"),
        run=Run(
            bounds={
                "critical_path": at("2026-11-06 20:00"),
                "energy": at("2026-11-06 20:00"),
                "path_and_energy": at("2026-11-06 21:00"),
                "solver": at("2026-11-06 22:00"),
            }
        ),
    )
    text = " ".join(summary(open_).split())
    assert (
        "earliest by links alone Fri 6 Nov 15:00 EST, both together Fri 6 Nov 16:00 EST, "
        "search Fri 6 Nov 17:00 EST" in text
    )


def test_long_names_do_not_break_the_screen() -> None:
    """Every line fits the width, whatever people call things."""
    name = "A very long name of something that should have been said in fewer words " * 3
    schedule = _cutover(name=name)
    project = schedule.project
    long = {id_: replace(activity, name=name) for id_, activity in project.activities.items()}
    people = {id_: replace(one, name=name) for id_, one in project.resources.items()}
    schedule = replace(
        schedule,
        project=replace(project, activities=long, resources=people),
        meetings=tuple(replace(one, name=name) for one in schedule.meetings),
    )
    assert max(map(len, summary(schedule).splitlines())) <= WIDTH


def test_an_empty_plan_has_a_summary() -> None:
    """A single milestone needs no chain, windows or resources."""
    project = make_project([task("m", 0)])
    schedule = make_schedule(project, dated("m", "2026-11-02 08:00", "2026-11-02 08:00"))
    assert "Plan       1 activity, 0 groups" in summary(schedule)
    assert "Windows" not in summary(schedule)
