"""Floats, drivers and roll-ups, by hand."""

from __future__ import annotations

from tests.support.networks import analysed, early, short
from tests.support.projects import at, link, make_project, resource, task

from imsgen.calendars import CalendarBook
from imsgen.model import (
    Constraint,
    ConstraintType,
    DriverKind,
    End,
    Event,
    Group,
    Kind,
    Progress,
    Window,
    Within,
)
from imsgen.network import Analysis, analyse, build_graph, early_dates, late_dates


def _driver(analysis: Analysis, id_: str) -> tuple[DriverKind, str, str]:
    driver = analysis.activities[id_].driver
    assert driver is not None
    return driver.kind, driver.id or driver.resource, driver.text


def test_floats_of_a_fork() -> None:
    """Two days beside half a day before one end: the short side has a day and a half."""
    found = analysed(
        make_project(
            [task("long", 960), task("short", 240), task("end", 480)],
            [link("long", "end"), link("short", "end")],
        )
    )
    floats = {id_: (one.total_float, one.free_float) for id_, one in found.activities.items()}
    assert floats == {"long": (0, 0), "short": (720, 720), "end": (0, 0)}
    assert [id_ for id_, one in found.activities.items() if one.critical] == ["long", "end"]
    short_side = found.activities["short"]
    assert (short(short_side.late_start), short(short_side.late_finish)) == (
        "11-03 13:00",
        "11-03 17:00",
    )
    assert found.driving_chain == ("long", "end")
    assert short(found.finish) == "11-04 17:00"


def test_free_float_stops_at_the_next_activity() -> None:
    """A short chain beside a long one: the first has total float but cannot move freely."""
    found = analysed(
        make_project(
            [task("long", 960), task("x", 120), task("y", 120), task("end", 60)],
            [link("long", "end"), link("x", "y"), link("y", "end")],
        )
    ).activities
    assert (found["x"].total_float, found["x"].free_float) == (720, 0)
    assert (found["y"].total_float, found["y"].free_float) == (720, 720)


def test_a_resource_that_is_handed_over_takes_float_away() -> None:
    """One person for two tasks: logic alone would leave half a day, the hand-over leaves none."""
    found = analysed(
        make_project(
            [task("a", 480, needs={"ana": 100}), task("b", 240, needs={"ana": 100})],
            resources=[resource("ana")],
        ),
        {"b": "2026-11-03 08:00"},
    )
    a, b = found.activities["a"], found.activities["b"]
    assert (a.total_float, a.free_float, a.logic_float) == (0, 0, 0)
    assert (b.total_float, b.logic_float) == (0, 240)
    assert short(b.early_start) == "11-02 08:00"
    assert _driver(found, "b") == (DriverKind.RESOURCE, "a", "`ana` from `a`")
    assert found.driving_chain == ("a", "b")


def test_float_is_counted_on_the_own_calendar() -> None:
    """Waiting from Friday 17:00 for a Saturday window is no working time of the office."""
    snet = Constraint(ConstraintType.SNET, at("2026-11-07 10:00"))
    found = analysed(
        make_project(
            [task("a", 480), task("cut", 60, "bridge", constraints=(snet,))],
            [link("a", "cut")],
            start="2026-11-06 08:00",
        )
    )
    assert found.activities["a"].total_float == 0
    assert short(found.activities["a"].late_finish) == "11-06 17:00"
    assert _driver(found, "cut") == (DriverKind.CONSTRAINT, "", "SNET 2026-11-07 10:00")
    assert found.driving_chain == ("cut",)


def test_deadlines_have_a_float_of_their_own() -> None:
    """Done on Monday 17:00, due on Tuesday noon: four hours to the deadline, and so before it.

    What no deadline follows has none.
    """
    found = analysed(
        make_project(
            [
                task("a", 240),
                task("b", 240, deadline=at("2026-11-03 12:00")),
                task("c", 60),
            ],
            [link("a", "b"), link("a", "c")],
        )
    ).activities
    assert (found["a"].deadline_float, found["b"].deadline_float) == (240, 240)
    assert found["c"].deadline_float is None


def test_a_missed_deadline_is_negative_float() -> None:
    """Due an hour before it is done; a group's deadline is that of all inside."""
    found = analysed(
        make_project(
            [task("g.a", 480)],
            groups=[Group("g", "G", deadline=at("2026-11-02 16:00"))],
            deadline=at("2026-11-10 17:00"),
        )
    ).activities
    assert found["g.a"].deadline_float == -60
    assert found["g.a"].total_float == 0


def test_hard_dates_bound_float() -> None:
    """Free to slip by logic, but to be done by Tuesday 10:00."""
    latest = Constraint(ConstraintType.FNLT, None, at("2026-11-03 10:00"))
    found = analysed(
        make_project([task("long", 2400), task("a", 480, constraints=(latest,))])
    ).activities
    assert found["a"].total_float == 120
    assert found["a"].free_float == 120


def test_a_window_may_be_the_next_one() -> None:
    """Nightly patches float from night to night, and say which night they take."""
    nights = Window(
        "n",
        "Nights",
        tuple((at(f"2026-11-0{day} 22:00"), at(f"2026-11-0{day + 1} 04:00")) for day in (2, 3, 4)),
    )
    project = make_project(
        [task("patch", 180, "bridge", within=(Within("n"),)), task("long", 1920)],
        windows={"n": nights},
    )
    found = analysed(project)
    patch = found.activities["patch"]
    assert short(patch.start) == "11-02 22:00"
    assert short(patch.late_finish) == "11-05 04:00"
    assert patch.total_float == 2 * 1440 + 180
    assert patch.occurrence == {"n": 0}
    assert _driver(found, "patch") == (DriverKind.WINDOW, "n", "window `n`")


def test_forbidden_time_drives_what_waits_behind_it() -> None:
    """The freeze until Wednesday 10:00 is why."""
    freeze = Window("f", "Freeze", ((at("2026-11-01 00:00"), at("2026-11-04 10:00")),))
    found = analysed(make_project([task("a", 60, forbidden=("f",))], windows={"f": freeze}))
    assert short(found.activities["a"].start) == "11-04 10:00"
    assert _driver(found, "a") == (DriverKind.WINDOW, "f", "window `f`")


def test_driver_texts() -> None:
    """Each says what it is in the plan's words."""
    found = analysed(
        make_project(
            [
                task("a", 480),
                task("b", 60),
                task("c", 60),
                task("d", 60),
                task("e", 60),
                task("late", 60, constraints=(Constraint(ConstraintType.ALAP),)),
                task("odd", 60),
            ],
            [
                link("a", "b", lag=120),
                link("a", "c", "SS", -30, lag_text="-30m"),
                link("a", "d", lag=95, lag_calendar="24x7"),
                link("a", "e", "FF"),
            ],
        ),
        {"late": "2026-11-04 08:00", "odd": "2026-11-03 09:00"},
    )
    assert _driver(found, "a") == (DriverKind.PROJECT_START, "", "plan start")
    assert _driver(found, "b") == (DriverKind.LINK, "a", "`a` finish + 2h")
    assert _driver(found, "c") == (DriverKind.PROJECT_START, "", "plan start")
    assert _driver(found, "d") == (DriverKind.LINK, "a", "`a` finish + 1eh35em")
    assert _driver(found, "e") == (DriverKind.LINK, "a", "`a` finish")
    assert _driver(found, "late") == (DriverKind.CHOICE, "", "as late as possible")
    assert _driver(found, "odd") == (DriverKind.CHOICE, "", "the solver's choice")


def test_what_has_happened_drives_itself() -> None:
    """Actual dates have no float when finished, and are nobody's choice."""
    done = Progress(at("2026-11-02 08:00"), at("2026-11-02 12:00"))
    begun = Progress(at("2026-11-02 08:00"), remaining=240)
    found = analysed(
        make_project(
            [task("a", 240, progress=done), task("b", 480, progress=begun), task("c", 60)],
            [link("a", "c")],
            status_date=at("2026-11-03 08:00"),
        )
    )
    a, b = found.activities["a"], found.activities["b"]
    assert _driver(found, "a")[0] is DriverKind.ACTUAL
    assert (a.total_float, a.free_float, a.logic_float, a.critical) == (None, None, None, False)
    assert _driver(found, "b")[0] is DriverKind.ACTUAL
    assert (b.total_float, b.critical) == (0, True)
    assert (short(b.late_start), short(b.late_finish)) == ("11-02 08:00", "11-03 12:00")
    assert _driver(found, "c") == (DriverKind.STATUS_DATE, "", "status date")


def test_a_follower_that_must_be_close_drives_its_predecessor() -> None:
    """Mixing waits since pouring, booked for Thursday, may follow by an hour at most."""
    booked = Constraint(ConstraintType.SNET, at("2026-11-05 08:00"))
    project = make_project(
        [task("mix", 240), task("pour", 240, constraints=(booked,))],
        [link("mix", "pour", max_lag=60)],
    )
    graph, book = build_graph(project), CalendarBook(project)
    found = analyse(graph, book, early_dates(graph, book))
    assert _driver(found, "mix") == (DriverKind.LINK, "pour", "`pour` start at most 1h after")
    assert found.driving_chain == ("pour",)
    assert found.activities["mix"].free_float == 60


def test_groups_and_hammocks_follow() -> None:
    """A group lasts from its first start to its last finish, a hammock between its events."""
    project = make_project(
        [
            task("g.a", 240),
            task("g.b", 480),
            task("end", 60),
            task(
                "duty",
                0,
                kind=Kind.HAMMOCK,
                spans=(Event("g", End.START), Event("end", End.FINISH)),
            ),
            task(
                "none",
                0,
                kind=Kind.HAMMOCK,
                spans=(Event("end", End.FINISH), Event("g", End.START)),
            ),
            task(
                "gone",
                0,
                kind=Kind.HAMMOCK,
                spans=(Event("off", End.START), Event("g", End.FINISH)),
            ),
            task("off", 60, active=False),
        ],
        [link("g", "end")],
        groups=[Group("g", "G")],
    )
    found = analysed(project)
    assert {id_: tuple(map(short, span)) for id_, span in found.groups.items()} == {
        "g": ("11-02 08:00", "11-02 17:00")
    }
    duty = found.activities["duty"]
    assert (short(duty.start), short(duty.finish)) == ("11-02 08:00", "11-03 09:00")
    assert _driver(found, "duty") == (DriverKind.SPAN, "g", "`g` start to `end` finish")
    assert duty.total_float is None
    none = found.activities["none"]
    assert none.start == none.finish == at("2026-11-03 09:00")
    assert "gone" not in found.activities
    assert "off" not in found.activities
    assert list(found.activities) == ["g.a", "g.b", "end", "duty", "none"]


def test_links_of_every_type_bound_late_dates() -> None:
    """Backward over SS, FF and SF with lags: late dates of what precedes the last day.

    The last activity stands on Wednesday 08:00-17:00. SS+1d: start by Tuesday 08:00. FF-1h: finish
    by Thursday 09:00, but the plan's finish comes first. SF+1d: start by Tuesday 17:00, so at the
    latest in the minute before.
    """
    project = make_project(
        [task("ss", 60), task("ff", 60), task("sf", 60), task("last", 480), task("x", 960)],
        [
            link("ss", "last", "SS", 480),
            link("ff", "last", "FF", -60),
            link("sf", "last", "SF", 480),
            link("x", "last"),
        ],
    )
    graph, book = build_graph(project), CalendarBook(project)
    late = late_dates(graph, book, early_dates(graph, book))
    assert early(project)["last"] == ("11-04 08:00", "11-04 17:00")
    assert short(late["ss"].start) == "11-03 08:00"
    assert short(late["ff"].finish) == "11-04 17:00"
    assert short(late["sf"].start) == "11-04 08:00"
    assert short(late["x"].finish) == "11-03 17:00"


def test_late_dates_from_another_finish() -> None:
    """Finishing two days later, everything may be two days later."""
    project = make_project([task("a", 480), task("b", 480)], [link("a", "b")])
    graph, book = build_graph(project), CalendarBook(project)
    placed = early_dates(graph, book)
    late = late_dates(graph, book, placed, at("2026-11-05 17:00"), resources=False)
    assert short(late["a"].start) == "11-04 08:00"
    assert short(late["b"].finish) == "11-05 17:00"


def test_a_plan_with_nothing_to_do() -> None:
    """It finishes when it starts."""
    found = analysed(make_project([]))
    assert found.finish == at("2026-11-02 08:00")
    assert found.driving_chain == ()
