"""The forward pass, by hand."""

from __future__ import annotations

import pytest
from tests.support.networks import early, placer, short
from tests.support.projects import at, link, make_project, task

from imsgen.calendars import CalendarBook
from imsgen.model import Constraint, ConstraintType, Group, Mode, Progress, Window, Within
from imsgen.network import UnplaceableError, build_graph, early_dates


def test_a_chain_over_a_weekend() -> None:
    """Four days from Thursday end on Tuesday; the milestone stands there."""
    project = make_project(
        [task("a", 960), task("b", 960), task("m", 0)],
        [link("a", "b"), link("b", "m")],
        start="2026-11-05 08:00",
    )
    assert early(project) == {
        "a": ("11-05 08:00", "11-06 17:00"),
        "b": ("11-09 08:00", "11-10 17:00"),
        "m": ("11-10 17:00", "11-10 17:00"),
    }


def test_a_maximal_lag_puts_the_predecessor_off() -> None:
    """B waits for Thursday and may follow A by an hour only: A ends on Wednesday at the soonest.

    Mix and pour: B starts on Thursday 08:00, C(u) reaches it when A ends at 16:00 on Wednesday.
    """
    snet = Constraint(ConstraintType.SNET, at("2026-11-05 08:00"))
    project = make_project(
        [task("a", 240), task("b", 240, constraints=(snet,))], [link("a", "b", max_lag=60)]
    )
    assert early(project)["a"] == ("11-04 11:00", "11-04 16:00")


def test_a_maximal_lag_that_cannot_hold() -> None:
    """A is finished on Monday and B waits for Thursday: no place for B within an hour."""
    snet = Constraint(ConstraintType.SNET, at("2026-11-05 08:00"))
    done = Progress(at("2026-11-02 08:00"), at("2026-11-02 12:00"))
    project = make_project(
        [task("a", 240, progress=done), task("b", 240, constraints=(snet,))],
        [link("a", "b", max_lag=60)],
        status_date=at("2026-11-02 12:00"),
    )
    with pytest.raises(UnplaceableError) as caught:
        early(project)
    assert caught.value.id == "b"


def test_no_place_before_a_date_says_where_it_would_stand() -> None:
    """Two days of work cannot end on Tuesday noon; they would on Tuesday 17:00."""
    latest = Constraint(ConstraintType.FNLT, None, at("2026-11-03 12:00"))
    project = make_project([task("a", 960, constraints=(latest,))])
    with pytest.raises(UnplaceableError) as caught:
        early(project)
    assert caught.value.earliest is not None
    assert short(caught.value.earliest.finish) == "11-03 17:00"


def test_a_group_together_takes_the_first_weekend_for_all() -> None:
    """Racks fit into the first weekend, cables into the second only: both go into the second."""
    window = Window(
        "weekend",
        "Weekend",
        (
            (at("2026-11-07 00:00"), at("2026-11-09 00:00")),
            (at("2026-11-14 00:00"), at("2026-11-16 00:00")),
        ),
    )
    within = (Within("weekend", "move"),)
    snet = Constraint(ConstraintType.SNET, at("2026-11-08 12:00"))
    project = make_project(
        [
            task("move.racks", 480, "bridge", within=within),
            task("move.cables", 1440, "bridge", within=within, constraints=(snet,)),
        ],
        groups=[Group("move", "Move")],
        windows={"weekend": window},
    )
    assert early(project) == {
        "move.racks": ("11-14 00:00", "11-14 08:00"),
        "move.cables": ("11-14 00:00", "11-15 00:00"),
    }


def test_several_modes_give_the_least_of_each_date() -> None:
    """Long but now, short but tomorrow: earliest start of one, earliest finish of the other."""
    tomorrow = at("2026-11-03 00:00")
    project = make_project(
        [task("a", 0, modes=(Mode(2400, "bridge"), Mode(60, "office")), kind="task")],
        start="2026-11-02 18:00",
    )
    graph, book = build_graph(project), CalendarBook(project)
    found = early_dates(graph, book)["a"]
    assert (short(found.start), short(found.finish)) == ("11-02 18:00", "11-03 09:00")
    assert found.mode == 1
    fixed = early_dates(graph, book, {"a": 0})["a"]
    assert fixed.finish > tomorrow
    assert fixed.mode == 0


def test_groups_as_ends_of_links() -> None:
    """After a group waits for its last, a start link from it follows its first."""
    project = make_project(
        [task("g.a", 240), task("g.b", 480), task("after", 60), task("along", 60)],
        [link("g", "after"), link("g", "along", "SS", 60)],
        groups=[Group("g", "G")],
    )
    found = early(project)
    assert found["after"] == ("11-03 08:00", "11-03 09:00")
    assert found["along"] == ("11-02 09:00", "11-02 10:00")


def test_links_to_a_group_bind_all_inside() -> None:
    """Everything inside waits, each on its own calendar."""
    project = make_project(
        [task("a", 480), task("g.b", 60), task("g.c", 60, "bridge")],
        [link("a", "g", lag=60)],
        groups=[Group("g", "G")],
    )
    found = early(project)
    assert found["g.b"] == ("11-03 09:00", "11-03 10:00")
    assert found["g.c"] == ("11-02 18:00", "11-02 19:00")


def test_bounds_of_groups_bind_all_inside() -> None:
    """A group's SNET is everyone's."""
    snet = Constraint(ConstraintType.SNET, at("2026-11-04 09:00"))
    project = make_project([task("g.a", 60)], groups=[Group("g", "G", constraints=(snet,))])
    assert early(project)["g.a"] == ("11-04 09:00", "11-04 10:00")


def test_how_late_after_a_group_counts_from_its_last() -> None:
    """At most an hour after a group is an hour after its finish, not after its first activity."""
    project = make_project(
        [task("g.a", 60), task("g.b", 480), task("c", 60)],
        [link("g", "c", max_lag=60)],
        groups=[Group("g", "G")],
    )
    one = placer(project)
    assert [join.max_lag for join in one.joins("c", 0)] == [None, None, 60]
    assert early(project)["c"] == ("11-03 08:00", "11-03 09:00")


def test_maximal_lags_that_chase_each_other_prove_nothing() -> None:
    """Each minute of delay asks for another; the pass ends, and its dates are lower bounds.

    B starts a minute or more after A has finished, and A may not finish longer than nothing
    before B starts, so each pulls the other for ever. No end of the horizon is reached.
    """
    project = make_project(
        [task("a", 60, "bridge"), task("b", 60, "bridge")],
        [link("a", "b", lag=1, max_lag=0)],
    )
    dates = early_dates(build_graph(project), CalendarBook(project))
    assert dates["a"].start >= at("2026-11-02 08:00")
    assert dates["b"].start >= at("2026-11-02 09:01")
