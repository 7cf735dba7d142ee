"""Placing single activities."""

from __future__ import annotations

import pytest
from tests.support.networks import placer, short
from tests.support.projects import at, link, make_project, task

from imsgen.model import (
    Constraint,
    ConstraintType,
    Dependency,
    Options,
    Placement,
    Progress,
    Project,
    Window,
    Within,
)

MONDAY = Placement(at("2026-11-02 08:00"), at("2026-11-02 17:00"))
SATURDAY = Placement(at("2026-11-07 10:00"), at("2026-11-07 12:00"))


def _window(id_: str, *spans: tuple[str, str]) -> Window:
    return Window(id_, id_, tuple((at(first), at(last)) for first, last in spans))


def _fit(project: Project, **placed: Placement) -> tuple[str, str] | None:
    one = placer(project)
    found = one.fit("b", 0, one.bound("b", 0, placed))
    return None if found is None else (short(found.start), short(found.finish))


@pytest.mark.parametrize(
    ("dependency", "expected"),
    [
        (link("a", "b"), ("11-03 08:00", "11-03 12:00")),
        (link("a", "b", lag=60), ("11-03 09:00", "11-03 14:00")),
        (link("a", "b", lag=-120), ("11-02 15:00", "11-03 10:00")),
        (link("a", "b", lag=960, lag_calendar="24x7"), ("11-03 09:00", "11-03 14:00")),
        (link("a", "b", "SS", 60), ("11-02 09:00", "11-02 14:00")),
        (link("a", "b", "FF"), ("11-02 13:00", "11-02 17:00")),
        (link("a", "b", "FF", 60), ("11-02 14:00", "11-03 09:00")),
        (link("a", "b", "SF", 300), ("11-02 09:00", "11-02 14:00")),
    ],
)
def test_links_bound_half_a_day(dependency: Dependency, expected: tuple[str, str]) -> None:
    """Half a day after a whole Monday, for each type and sign of lag."""
    project = make_project([task("a", 480), task("b", 240)], [dependency])
    assert _fit(project, a=MONDAY) == expected


@pytest.mark.parametrize(
    ("before", "expected"), [(MONDAY, "11-02 17:00"), (SATURDAY, "11-09 08:00")]
)
def test_milestones_stand_where_they_were_left(before: Placement, expected: str) -> None:
    """Monday 17:00 touches working time; Saturday noon does not, so it is Monday 08:00."""
    project = make_project([task("a", 480), task("b", 0)], [link("a", "b")])
    assert _fit(project, a=before) == (expected, expected)


def test_a_milestone_with_ff_waits_in_wall_clock_time() -> None:
    """Bounds on a milestone are met at the instant itself, Monday 08:00 not by Friday 17:00."""
    project = make_project([task("a", 60, "bridge"), task("b", 0)], [link("a", "b", "FF")])
    monday = Placement(at("2026-11-09 07:00"), at("2026-11-09 08:00"))
    assert _fit(project, a=monday) == ("11-09 08:00", "11-09 08:00")


def test_maximal_lag_bounds_from_above() -> None:
    """At most an hour of its own time after Monday 17:00 is Tuesday 09:00."""
    project = make_project([task("a", 480), task("b", 240)], [link("a", "b", max_lag=60)])
    one = placer(project)
    bound = one.bound("b", 0, {"a": MONDAY})
    assert one.fit("b", 0, bound.after(at("2026-11-03 09:00"))) is not None
    assert one.fit("b", 0, bound.after(at("2026-11-03 09:01"))) is None


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        (Constraint(ConstraintType.SNET, at("2026-11-03 10:00")), ("11-03 10:00", "11-03 15:00")),
        (Constraint(ConstraintType.FNET, at("2026-11-07 00:00")), ("11-06 13:00", "11-06 17:00")),
        (
            Constraint(ConstraintType.FNLT, None, at("2026-11-02 12:00")),
            ("11-02 08:00", "11-02 12:00"),
        ),
        (Constraint(ConstraintType.FNLT, None, at("2026-11-02 11:59")), None),
        (Constraint(ConstraintType.SNLT, None, at("2026-11-02 07:59")), None),
        (
            Constraint(ConstraintType.MSO, at("2026-11-03 00:00"), at("2026-11-04 00:00")),
            ("11-03 08:00", "11-03 12:00"),
        ),
        (
            Constraint(ConstraintType.MFO, at("2026-11-03 17:00"), at("2026-11-03 17:00")),
            ("11-03 13:00", "11-03 17:00"),
        ),
    ],
)
def test_date_constraints(constraint: Constraint, expected: tuple[str, str] | None) -> None:
    """Half a day under each constraint type that bounds."""
    project = make_project([task("b", 240, constraints=(constraint,))])
    assert _fit(project) == expected


def test_a_milestone_after_its_date_without_work_between() -> None:
    """FNLT Friday 17:00 is met on Monday 08:00, not a minute later."""
    late = Constraint(ConstraintType.FNLT, None, at("2026-11-06 17:00"))
    project = make_project([task("b", 0, constraints=(late,))])
    one = placer(project)
    bound = one.bound("b", 0, {})
    assert one.fit("b", 0, bound.after(at("2026-11-09 08:00"))) is not None
    assert one.fit("b", 0, bound.after(at("2026-11-09 08:01"))) is None


def test_within_one_occurrence() -> None:
    """Four hours do not fit into the end of the first window: the second it is."""
    windows = {
        "w": _window(
            "w", ("2026-11-01 00:00", "2026-11-02 11:00"), ("2026-11-04 10:00", "2026-11-04 20:00")
        )
    }
    project = make_project([task("b", 240, within=(Within("w"),))], windows=windows)
    assert _fit(project) == ("11-04 10:00", "11-04 15:00")


def test_within_two_windows() -> None:
    """One occurrence of each at once."""
    windows = {
        "w": _window(
            "w", ("2026-11-02 00:00", "2026-11-03 00:00"), ("2026-11-05 09:00", "2026-11-07 00:00")
        ),
        "v": _window("v", ("2026-11-05 00:00", "2026-11-06 00:00")),
    }
    project = make_project([task("b", 240, within=(Within("w"), Within("v")))], windows=windows)
    assert _fit(project) == ("11-05 09:00", "11-05 14:00")


def test_together_only_the_occurrence_chosen() -> None:
    """The shared occurrence alone counts, even when another would do."""
    windows = {
        "w": _window(
            "w", ("2026-11-02 00:00", "2026-11-03 00:00"), ("2026-11-05 09:00", "2026-11-07 00:00")
        )
    }
    project = make_project([task("b", 240, within=(Within("w", "g"),))], windows=windows)
    one = placer(project)
    assert one.together("b") == (("g", "w"),)
    found = one.fit("b", 0, one.bound("b", 0, {}), {("g", "w"): 1})
    assert found is not None
    assert short(found.start) == "11-05 09:00"


def test_forbidden_time_is_neither_worked_nor_paused_in() -> None:
    """A freeze on Monday night pushes what would pause through it behind it."""
    windows = {"f": _window("f", ("2026-11-02 20:00", "2026-11-03 10:00"))}
    project = make_project([task("b", 600, forbidden=("f",))], windows=windows)
    assert _fit(project) == ("11-03 10:00", "11-04 12:00")


def test_forbidden_time_may_be_touched() -> None:
    """Finishing as the freeze begins is allowed."""
    windows = {"f": _window("f", ("2026-11-02 17:00", "2026-11-03 10:00"))}
    project = make_project([task("b", 480, forbidden=("f",))], windows=windows)
    assert _fit(project) == ("11-02 08:00", "11-02 17:00")


def test_unbroken_work_waits_for_a_long_stretch() -> None:
    """Three hours from 10:00 would pause at noon: they begin after lunch."""
    snet = Constraint(ConstraintType.SNET, at("2026-11-02 10:00"))
    project = make_project([task("b", 180, unbroken=True, constraints=(snet,))])
    assert _fit(project) == ("11-02 13:00", "11-02 16:00")
    too_long = make_project([task("b", 241, unbroken=True)])
    assert _fit(too_long) is None


def test_what_is_left_of_started_work_follows_the_status_date() -> None:
    """Three hours left on Tuesday 15:00 end on Wednesday 09:00; the start is history."""
    project = make_project(
        [task("b", 480, progress=Progress(at("2026-11-02 08:00"), remaining=180))],
        status_date=at("2026-11-03 15:00"),
    )
    one = placer(project)
    found = one.fit("b", 0, one.bound("b", 0, {}))
    assert found == Placement(at("2026-11-02 08:00"), at("2026-11-04 09:00"))
    assert one.stretch("b", found) == (at("2026-11-03 15:00"), at("2026-11-04 09:00"))


@pytest.mark.parametrize(
    ("option", "expected"),
    [("retained_logic", "11-09 09:00"), ("progress_override", "11-04 09:00")],
)
def test_out_of_sequence(option: str, expected: str) -> None:
    """Retained logic holds what is left behind the unfinished predecessor, override does not."""
    project = make_project(
        [
            task("a", 480),
            task("b", 480, progress=Progress(at("2026-11-02 08:00"), remaining=180)),
        ],
        [link("a", "b")],
        status_date=at("2026-11-03 15:00"),
        options=Options(out_of_sequence=option),
    )
    friday = Placement(at("2026-11-05 15:00"), at("2026-11-06 15:00"))
    found = _fit(project, a=friday)
    assert found == ("11-02 08:00", expected)


def test_what_is_finished_stands() -> None:
    """Nothing binds it: no link, no window, no status date."""
    done = Progress(at("2026-10-20 08:00"), at("2026-10-20 09:00"))
    project = make_project(
        [task("a", 480), task("b", 60, progress=done)],
        [link("a", "b")],
        status_date=at("2026-11-03 15:00"),
    )
    one = placer(project)
    assert one.settled("b") == Placement(at("2026-10-20 08:00"), at("2026-10-20 09:00"))
    assert one.joins("b", 0) == ()
    assert _fit(project, a=MONDAY) == ("10-20 08:00", "10-20 09:00")


def test_nothing_left_to_do_ends_by_the_status_date() -> None:
    """Begun on Monday with nothing left, on Saturday it has finished on Friday 17:00."""
    project = make_project(
        [task("b", 480, progress=Progress(at("2026-11-02 08:00"), remaining=0))],
        status_date=at("2026-11-07 12:00"),
    )
    assert _fit(project) == ("11-02 08:00", "11-06 17:00")


def test_elapsed_work_never_rests() -> None:
    """Two days of curing from Friday 17:00 end on Sunday 17:00."""
    project = make_project([task("a", 480), task("b", 2880, elapsed=True)], [link("a", "b")])
    friday = Placement(at("2026-11-06 08:00"), at("2026-11-06 17:00"))
    assert _fit(project, a=friday) == ("11-06 17:00", "11-08 17:00")
