"""One feature a test, its optimum computed by hand; Monday is 2 November 2026."""

from __future__ import annotations

from typing import Any

from tests.support.projects import at, bridge, link, make_project, office, resource, task

from imsgen.model import (
    CLOSED,
    Calendar,
    Constraint,
    ConstraintType,
    End,
    Event,
    Group,
    Kind,
    Mode,
    Need,
    Progress,
    Project,
    Schedule,
    Status,
    Window,
    Within,
    to_text,
)
from imsgen.solver import Settings, solve
from imsgen.verifier import verify

QUICK = Settings(effort=2.0, time_limit=600)
NIGHT = Calendar("night", "Night", "UTC", (((1320, 1800),),) * 7)


def solved(project: Project) -> Schedule:
    """Return a verified schedule that is proved optimal."""
    schedule = solve(project, QUICK)
    assert verify(project, schedule.activities) == []
    assert schedule.status is Status.OPTIMAL
    return schedule


def dates(schedule: Schedule, id_: str) -> tuple[str, str]:
    """Return start and finish as ``11-02T08:00``."""
    one = schedule.activities[id_]
    return to_text(one.start)[5:-1], to_text(one.finish)[5:-1]


def fnlt(text: str) -> tuple[Constraint, ...]:
    """Return a finish-no-later-than constraint."""
    return (Constraint(ConstraintType.FNLT, latest=at(text)),)


def test_two_jobs_on_one_person_follow_each_other() -> None:
    """1 d and 2 d on one person are done on Wednesday 17:00."""
    plan = make_project(
        [task("a", 480, needs={"r": 100}), task("b", 960, needs={"r": 100})], (), [resource("r")]
    )
    assert to_text(solved(plan).finish) == "2026-11-04T17:00Z"


def test_released_person_works_elsewhere_at_night() -> None:
    """A day-time job of 2 d releases the person, who works the night between."""
    plan = make_project(
        [task("day", 960, needs={"r": 100}), task("work", 480, "night", needs={"r": 100})],
        (),
        [resource("r")],
        calendars=(office(), NIGHT),
    )
    schedule = solved(plan)
    assert dates(schedule, "day") == ("11-02T08:00", "11-03T17:00")
    assert dates(schedule, "work") == ("11-02T22:00", "11-03T06:00")


def test_held_resource_stays_taken_at_night() -> None:
    """The same on equipment that holds: the night before cannot be, so the later one is."""
    plan = make_project(
        [task("day", 960, needs={"r": 100}), task("work", 480, "night", needs={"r": 100})],
        (),
        [resource("r", holds=True)],
        calendars=(office(), NIGHT),
    )
    schedule = solved(plan)
    assert dates(schedule, "day") == ("11-02T08:00", "11-03T17:00")
    assert dates(schedule, "work") == ("11-03T22:00", "11-04T06:00")


def test_capacity_change_is_waited_for() -> None:
    """Two people from Wednesday on: three jobs of 1 d, one Monday, one Tuesday, last two units."""
    steps = ((None, 100), (at("2026-11-04 00:00"), 200))
    plan = make_project(
        [task("pair", 480, needs={"r": 200}), task("a", 480, needs={"r": 100})],
        (),
        [resource("r", capacity=steps)],
    )
    schedule = solved(plan)
    assert dates(schedule, "pair")[0] == "11-04T08:00"
    assert dates(schedule, "a")[0] == "11-02T08:00"


def test_capacity_that_ends() -> None:
    """No capacity on Tuesday: a held 2 d job starts Wednesday, a released one pauses nowhere."""
    steps = ((None, 100), (at("2026-11-03 00:00"), 0), (at("2026-11-04 00:00"), 100))
    for holds in (False, True):
        plan = make_project(
            [task("a", 960, needs={"r": 100})], (), [resource("r", capacity=steps, holds=holds)]
        )
        assert dates(solved(plan), "a") == ("11-04T08:00", "11-05T17:00")


def test_night_when_clocks_go_back_has_one_hour_more() -> None:
    """A New York night shift 22:00-06:00 into 1 November 2026 works nine hours."""
    shift = Calendar("shift", "Shift", "America/New_York", (((1320, 1800),),) * 7)
    plan = make_project([task("a", 540, "shift")], calendars=(shift,), start="2026-10-31 20:00")
    assert dates(solved(plan), "a") == ("11-01T02:00", "11-01T11:00")


def test_milestone_stands_where_work_left_it() -> None:
    """After office work on Friday 17:00; after a bridge job until Saturday 12:00, on Monday."""
    plan = make_project(
        [
            task("week", 2400),
            task("done", 0),
            task("night", 7440, "bridge"),
            task("late", 0),
            task("next", 60, "bridge"),
        ],
        [link("week", "done"), link("night", "late"), link("done", "next")],
    )
    schedule = solved(plan)
    assert dates(schedule, "done")[0] == "11-06T17:00"
    assert dates(schedule, "next")[0] == "11-06T17:00"
    assert dates(schedule, "late")[0] == "11-09T08:00"


def test_faster_crew_is_chosen_when_free() -> None:
    """Two jobs, a crew of two takes 1 d, of one 1.5 d; two people: both alone end first."""
    modes = (Mode(480, "office", (Need("r", 200),)), Mode(720, "office", (Need("r", 100),)))
    plan = make_project(
        [task("a", 480, modes=modes), task("b", 480, modes=modes)], (), [resource("r", 200)]
    )
    assert to_text(solved(plan).finish) == "2026-11-03T12:00Z"


def test_alternatives_on_different_calendars() -> None:
    """Ana in the office takes until Tuesday 17:00, the bridge person until Monday 24:00."""
    modes = (Mode(960, "office", (Need("ana", 100),)), Mode(960, "bridge", (Need("ben", 100),)))
    plan = make_project([task("a", 960, modes=modes)], (), [resource("ana"), resource("ben")])
    schedule = solved(plan)
    assert schedule.activities["a"].mode == 1
    assert dates(schedule, "a")[1] == "11-03T00:00"


def test_group_goes_together_into_one_occurrence() -> None:
    """4 h and 4 h on one crew need a window of 8 h: the first, of 6 h, is too short."""
    spans = (
        (at("2026-11-07 00:00"), at("2026-11-07 06:00")),
        (at("2026-11-14 00:00"), at("2026-11-14 08:00")),
    )
    within = (Within("w", together="move"),)
    plan = make_project(
        [
            task("move.a", 240, "bridge", {"r": 100}, within=within),
            task("move.b", 240, "bridge", {"r": 100}, within=within),
        ],
        (),
        [resource("r")],
        groups=[Group("move", "Move")],
        windows={"w": Window("w", "W", spans, repeating=True)},
    )
    schedule = solved(plan)
    assert min(one.start for one in schedule.activities.values()) == at("2026-11-14 00:00")
    assert to_text(schedule.finish) == "2026-11-14T08:00Z"


def test_without_together_each_finds_its_own_occurrence() -> None:
    """The same two, each for itself: one a weekend; the second weekend ends at 04:00."""
    spans = (
        (at("2026-11-07 00:00"), at("2026-11-07 06:00")),
        (at("2026-11-14 00:00"), at("2026-11-14 08:00")),
    )
    within = (Within("w"),)
    plan = make_project(
        [
            task("a", 240, "bridge", {"r": 100}, within=within),
            task("b", 240, "bridge", {"r": 100}, within=within),
        ],
        (),
        [resource("r")],
        windows={"w": Window("w", "W", spans, repeating=True)},
    )
    assert to_text(solved(plan).finish) == "2026-11-14T04:00Z"


def test_forbidden_window_is_neither_run_nor_paused_through() -> None:
    """A freeze over the night keeps a 1.5 d job from Monday; it starts Tuesday after it."""
    freeze = Window("f", "F", ((at("2026-11-02 20:00"), at("2026-11-03 06:00")),))
    plan = make_project([task("a", 720, forbidden=("f",))], windows={"f": freeze})
    assert dates(solved(plan), "a") == ("11-03T08:00", "11-04T12:00")


def test_max_lag_pulls_the_predecessor_later() -> None:
    """The check follows the pour within 1 h, the checker comes on Wednesday: so the pour waits."""
    plan = make_project(
        [
            task("pour", 240),
            task(
                "check",
                60,
                constraints=(Constraint(ConstraintType.SNET, earliest=at("2026-11-04 13:00")),),
            ),
        ],
        [link("pour", "check", max_lag=60)],
    )
    schedule = solved(plan)
    assert dates(schedule, "check")[0] == "11-04T13:00"
    assert schedule.activities["pour"].finish >= at("2026-11-04 11:00")


def test_unbroken_waits_for_a_stretch_long_enough() -> None:
    """4 h unbroken in the office fit each half day, after 1 h only from 13:00."""
    plan = make_project([task("a", 60), task("pour", 240, unbroken=True)], [link("a", "pour")])
    assert dates(solved(plan), "pour") == ("11-02T13:00", "11-02T17:00")


def test_started_work_continues_at_the_status_date() -> None:
    """4 h remain of what began on Monday; a finished predecessor holds nothing."""
    plan = make_project(
        [
            task(
                "a",
                480,
                needs={"r": 100},
                progress=Progress(at("2026-11-02 08:00"), remaining=240),
            ),
            task("b", 480, needs={"r": 100}),
        ],
        (),
        [resource("r")],
        status_date=at("2026-11-04 08:00"),
    )
    schedule = solved(plan)
    assert dates(schedule, "a")[0] == "11-02T08:00"
    assert to_text(schedule.finish) == "2026-11-05T12:00Z"


def test_elapsed_duration_runs_day_and_night() -> None:
    """Curing of 3 ed from Friday 17:00 ends Monday 17:00."""
    plan = make_project(
        [task("pour", 2400), task("cure", 4320, elapsed=True)], [link("pour", "cure")]
    )
    assert dates(solved(plan), "cure") == ("11-06T17:00", "11-09T17:00")


def test_link_from_a_group_start_waits_for_the_first_inside() -> None:
    """SS from a group: after its earliest start, not its latest."""
    plan = make_project(
        [
            task(
                "g.a", 480, constraints=(Constraint(ConstraintType.SNET, at("2026-11-05 08:00")),)
            ),
            task(
                "g.b", 480, constraints=(Constraint(ConstraintType.SNET, at("2026-11-03 08:00")),)
            ),
            task("x", 480),
        ],
        [link("g", "x", "SS")],
        groups=[Group("g", "G")],
    )
    assert dates(solved(plan), "x")[0] == "11-03T08:00"


def test_hammock_takes_a_held_resource() -> None:
    """The crane stands from form to strip, so the other job with it comes after."""
    spans = (Event("form", End.START), Event("strip", End.FINISH))
    hire = task(
        "hire",
        0,
        kind=Kind.HAMMOCK,
        modes=(Mode(0, "office", (Need("crane", 100),)),),
        spans=spans,
    )
    plan = make_project(
        [task("form", 480), task("strip", 480), hire, task("lift", 480, needs={"crane": 100})],
        [link("form", "strip", lag=480)],
        [resource("crane", holds=True)],
    )
    schedule = solved(plan)
    assert to_text(schedule.finish) == "2026-11-05T17:00Z"
    hired, lift = schedule.activities["hire"], schedule.activities["lift"]
    assert lift.start >= hired.finish or lift.finish <= hired.start


def test_deadline_comes_before_finish() -> None:
    """The urgent job goes first although the other order would end the plan no later."""
    plan = make_project(
        [
            task("long", 960, needs={"r": 100}),
            task("urgent", 480, needs={"r": 100}, deadline=at("2026-11-02 17:00")),
            task("after", 480),
        ],
        [link("long", "after")],
        [resource("r")],
    )
    schedule = solved(plan)
    assert dates(schedule, "urgent")[1] == "11-02T17:00"
    assert schedule.objective[0].value == 0


def test_missed_deadline_costs_priority_times_minutes() -> None:
    """A 2 d job due Monday is 480 working minutes late, proved to be the least."""
    plan = make_project([task("a", 960, deadline=at("2026-11-02 17:00"), priority=100)])
    level = solved(plan).objective[0]
    assert (level.value, level.bound, level.proved) == (48000, 48000, True)


def test_alap_moves_to_its_successor_and_no_further() -> None:
    """A 1 d preparation is done the day before the work it serves."""
    alap = (Constraint(ConstraintType.ALAP),)
    plan = make_project(
        [task("prepare", 480, constraints=alap), task("long", 1440), task("use", 480)],
        [link("prepare", "use"), link("long", "use")],
    )
    assert dates(solved(plan), "prepare") == ("11-04T08:00", "11-04T17:00")


def test_alap_keeps_off_a_taken_resource() -> None:
    """The person is taken on Wednesday, so the ALAP job ends on Tuesday."""
    alap: Any = (Constraint(ConstraintType.ALAP),)
    plan = make_project(
        [
            task("prepare", 480, needs={"r": 100}, constraints=alap),
            task("long", 960),
            task("review", 480, needs={"r": 100}),
            task("use", 480),
        ],
        [link("prepare", "use"), link("long", "review"), link("review", "use")],
        [resource("r")],
    )
    assert dates(solved(plan), "prepare") == ("11-03T08:00", "11-03T17:00")


def test_tight_dates_that_the_serial_schedule_misses() -> None:
    """Three jobs with latest finishes fit one person only in one order."""
    plan = make_project(
        [
            task("a", 960, needs={"r": 100}, constraints=fnlt("2026-11-06 17:00")),
            task("b", 480, needs={"r": 100}, constraints=fnlt("2026-11-03 17:00")),
            task("c", 480, needs={"r": 100}, constraints=fnlt("2026-11-02 17:00")),
            task("d", 480, needs={"r": 100}, constraints=fnlt("2026-11-06 17:00")),
        ],
        (),
        [resource("r")],
    )
    schedule = solved(plan)
    assert dates(schedule, "c")[1] == "11-02T17:00"
    assert dates(schedule, "b")[1] == "11-03T17:00"


def test_empty_plan() -> None:
    """Nothing to do is done at the start, optimally."""
    schedule = solved(make_project([]))
    assert schedule.finish == at("2026-11-02 08:00")


def test_weekend_calendar_waits() -> None:
    """A calendar of Saturdays: 10 h on one bridge weekend day of 8 h need two Saturdays."""
    saturday = Calendar("sat", "Sat", "UTC", (CLOSED,) * 5 + (((480, 960),), CLOSED))
    plan = make_project([task("a", 600, "sat")], calendars=(saturday, bridge()))
    assert dates(solved(plan), "a") == ("11-07T08:00", "11-14T10:00")


def test_least_tardiness_is_proved_against_resources() -> None:
    """Two jobs of 1 d due Monday on one person: the dearer goes first, the other costs 480 x 100."""
    due = at("2026-11-02 17:00")
    plan = make_project(
        [
            task("cheap", 480, needs={"r": 100}, deadline=due, priority=100),
            task("dear", 480, needs={"r": 100}, deadline=due, priority=900),
            task("other", 2400),
        ],
        (),
        [resource("r")],
    )
    schedule = solved(plan)
    assert dates(schedule, "dear")[1] == "11-02T17:00"
    assert schedule.objective[0].value == schedule.objective[0].bound == 48000
