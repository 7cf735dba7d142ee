"""Variances, missed tasks, BEI and CPLI, counted by hand on weeks of five days of eight hours."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.placed import placed_schedule
from tests.support.projects import at, bridge, link, make_project, office, task

from imsgen.analysis.forecast import Finding, forecast
from imsgen.model import Activity, End, Event, Group, Kind, Mode, Progress, Project, Schedule

DAY = 480
MONDAY = "2026-11-02 08:00"


def _done(start: str, finish: str) -> Progress:
    return Progress(actual_start=at(start), actual_finish=at(finish), percent_complete=100)


def _chain(**progress: Progress) -> list[Activity]:
    """Return A 5d -> B 5d -> M, a milestone, and C 5d beside them."""
    return [
        task("a", 5 * DAY, progress=progress.get("a")),
        task("b", 5 * DAY, progress=progress.get("b")),
        task("c", 5 * DAY, progress=progress.get("c")),
        task("m", 0),
    ]


LINKS = [link("a", "b"), link("b", "m")]


def _agreed() -> Schedule:
    """Return the baseline: A 2-6 November, B 9-13, C 2-6, M Friday 13th 17:00."""
    return placed_schedule(make_project(_chain(), LINKS))


def _now(status: str | None, starts: dict[str, str], **more: Any) -> Schedule:
    progress = more.pop("progress", {})
    status_date = None if status is None else at(status)
    project = make_project(_chain(**progress), LINKS, status_date=status_date, **more)
    return placed_schedule(project, starts)


def _late() -> Schedule:
    """Return the plan on Wednesday 11th: A was done on time, B and C run three days late.

    B is to do 12-18 November, C is to be done by Wednesday the 11th.
    """
    done = {"a": _done(MONDAY, "2026-11-06 17:00")}
    starts = {"a": MONDAY, "b": "2026-11-12 08:00", "c": "2026-11-05 08:00"}
    return _now("2026-11-10 17:00", starts, progress=done)


def test_variances_are_working_time() -> None:
    """B starts 9 -> 12 November and ends 13 -> 18: three working days, over a weekend."""
    found = {one.id: one for one in forecast(_late(), _agreed()).variances}
    assert list(found) == ["a", "b", "c", "m"]
    assert (found["a"].start, found["a"].finish, found["a"].done) == (0, 0, True)
    assert (found["b"].start, found["b"].finish, found["b"].done) == (3 * DAY, 3 * DAY, False)
    assert (found["m"].start, found["m"].finish) == (3 * DAY, 3 * DAY)
    assert found["b"].agreed == (at("2026-11-09 08:00"), at("2026-11-13 17:00"))


def test_missed_tasks() -> None:
    """On the 10th A and C were due; C will finish on the 11th: 1 of 2 missed, 1 hit."""
    found = forecast(_late(), _agreed())
    assert (found.missed.numerator, found.missed.denominator) == (1, 2)
    assert (found.missed.finding, found.missed.offenders) == (Finding.FLAG, ("c",))
    assert found.hit == 1


def test_bei_counts_what_is_done_of_what_was_due() -> None:
    """A is done, A and C were due: 1/2, below 0.95."""
    bei = forecast(_late(), _agreed()).bei
    assert (bei.value, bei.finding, bei.offenders) == (Fraction(1, 2), Finding.FLAG, ("c",))


def test_bei_counts_tasks_without_a_baseline_as_due() -> None:
    """With B in no baseline: done A, wanted A, B and C, 1/3; missed tasks stay 1 of 2."""
    agreed = _agreed()
    bare = {id_: one for id_, one in agreed.activities.items() if id_ != "b"}
    found = forecast(_late(), replace(agreed, activities=bare))
    assert found.bei.value == Fraction(1, 3)
    assert found.bei.offenders == ("b", "c")
    assert (found.missed.numerator, found.missed.denominator) == (1, 2)
    assert found.added == ("b",)


def test_cpli_is_length_and_float_over_length() -> None:
    """From the evening of the 10th to the 18th are 6 days; it was agreed 3 earlier: 3/6."""
    cpli = forecast(_late(), _agreed()).cpli
    assert (cpli.numerator, cpli.denominator) == (3 * DAY, 6 * DAY)
    assert (cpli.value, cpli.finding) == (Fraction(1, 2), Finding.FLAG)


def test_the_quoted_example_of_cpli() -> None:
    """Of 720 days to go, 60 too late: (720 - 60) / 720 = 0.917, below 0.95."""
    always = [bridge("always")]
    plan = make_project([task("a", 720 * DAY, "always")], calendars=always, status_date=at(MONDAY))
    agreed = make_project([task("a", 660 * DAY, "always")], calendars=always)
    cpli = forecast(placed_schedule(plan), placed_schedule(agreed)).cpli
    assert cpli.value == Fraction(660, 720)
    assert (f"{float(cpli.value or 0):.3f}", cpli.finding) == ("0.917", Finding.FLAG)


@pytest.mark.parametrize(("late", "finding"), [(5, Finding.PASSED), (6, Finding.FLAG)])
def test_cpli_passes_at_exactly_0_95(late: int, finding: Finding) -> None:
    """5 days of 100 is the target itself, 6 is below it."""
    always = [bridge("always")]
    plan = make_project([task("a", 100 * DAY, "always")], calendars=always, status_date=at(MONDAY))
    agreed = make_project([task("a", (100 - late) * DAY, "always")], calendars=always)
    found = forecast(placed_schedule(plan), placed_schedule(agreed))
    assert found.cpli.finding is finding


def test_cpli_falls_below_zero() -> None:
    """Agreed for before the status date: 5 days to go, 7 days late, (5 - 7) / 5 = -0.4."""
    plan = make_project([task("a", 5 * DAY)], status_date=at("2026-11-09 08:00"))
    agreed = make_project([task("a", 3 * DAY)])
    now = placed_schedule(plan, {"a": "2026-11-09 08:00"})
    cpli = forecast(now, placed_schedule(agreed)).cpli
    assert (cpli.value, cpli.finding) == (Fraction(-2, 5), Finding.FLAG)


def test_without_a_baseline_cpli_measures_to_the_deadline() -> None:
    """The must-finish date, the 20th, is 2 days after the 18th: (6 + 2) / 6."""
    late = _late()
    bound = replace(late, project=replace(late.project, deadline=at("2026-11-20 17:00")))
    found = forecast(bound, None)
    assert (found.cpli.value, found.against) == (Fraction(8, 6), "deadline")
    assert found.cpli.finding is Finding.PASSED
    assert (found.missed.reason, found.bei.reason) == ("there is no baseline",) * 2
    assert found.missed.finding is found.bei.finding is Finding.NOT_ASSESSABLE


def test_nothing_is_assessable_without_baseline_and_deadline() -> None:
    """Nothing to measure to: said, not guessed."""
    found = forecast(_late(), None)
    assert found.variances == ()
    assert found.cpli.value is None
    assert found.cpli.reason == "there is no baseline, and the plan has no deadline"


def test_the_status_date_is_never_guessed() -> None:
    """Without one there are variances, and no measure."""
    found = forecast(_now(None, {"b": "2026-11-12 08:00"}), _agreed())
    assert found.variances[1].finish == 3 * DAY
    for measure in (found.missed, found.bei, found.cpli):
        assert (measure.value, measure.reason) == (None, "the plan has no status date")


def test_none_due() -> None:
    """On Thursday the 5th nothing was due: only CPLI can be said, 7 days with no float: 1."""
    found = forecast(_now("2026-11-04 17:00", {}), _agreed())
    assert found.missed.reason == found.bei.reason == "no task was due by the status date"
    assert (found.cpli.value, found.cpli.finding) == (Fraction(1), Finding.PASSED)


def test_all_done() -> None:
    """Everything finished as agreed: 3 of 3, none missed, and no path left to measure."""
    done = {
        "a": _done(MONDAY, "2026-11-06 17:00"),
        "b": _done("2026-11-09 08:00", "2026-11-13 17:00"),
        "c": _done(MONDAY, "2026-11-06 17:00"),
    }
    schedule = _now("2026-11-13 17:00", {}, progress=done)
    milestone = replace(
        schedule.project.activities["m"], progress=_done("2026-11-13 17:00", "2026-11-13 17:00")
    )
    project = replace(schedule.project, activities={**schedule.project.activities, "m": milestone})
    found = forecast(replace(schedule, project=project), _agreed())
    assert (found.bei.value, found.bei.finding) == (Fraction(1), Finding.PASSED)
    assert (found.missed.value, found.missed.finding) == (Fraction(0), Finding.PASSED)
    assert found.cpli.reason == "the plan is complete"


def test_done_before_it_was_due_counts_for_bei() -> None:
    """B was done early, with A and C: 3 done of 2 due."""
    done = {
        "a": _done(MONDAY, "2026-11-03 17:00"),
        "b": _done("2026-11-04 08:00", "2026-11-06 17:00"),
        "c": _done(MONDAY, "2026-11-06 17:00"),
    }
    now = _now("2026-11-06 17:00", {}, progress=done)
    ended = {
        id_: replace(now.activities[id_], finish=progress.actual_finish or now.finish)
        for id_, progress in done.items()
    }
    found = forecast(replace(now, activities={**now.activities, **ended}), _agreed())
    assert found.bei.value == Fraction(3, 2)


def test_a_whole_day_is_no_later_than_its_evening() -> None:
    """Reported as done on Friday, until 24:00: agreed for 17:00, no work lies between."""
    agreed = placed_schedule(make_project([task("a", 5 * DAY)]))
    done = _done(MONDAY, "2026-11-07 00:00")
    plan = make_project([task("a", 5 * DAY, progress=done)], status_date=at("2026-11-07 00:00"))
    now = placed_schedule(plan)
    dates = replace(now.activities["a"], finish=at("2026-11-07 00:00"))
    found = forecast(replace(now, activities={"a": dates}), agreed)
    assert (found.missed.value, found.variances[0].finish) == (Fraction(0), 0)


def test_milestones_hammocks_and_groups_are_no_tasks() -> None:
    """Only A is due; the group and what has no duration show a variance all the same."""
    spans = (Event("project", End.START), Event("p.a", End.FINISH))
    hammock = Activity("h", "h", Kind.HAMMOCK, (Mode(0, "office"),), spans=spans)
    project = make_project(
        [task("p.a", DAY), task("p.m", 0), hammock],
        [link("p.a", "p.m")],
        status_date=at("2026-11-06 17:00"),
        groups=[],
    )
    spanned = (at(MONDAY), at("2026-11-02 17:00"))
    now = replace(
        placed_schedule(replace(project, activities=dict(list(project.activities.items())[:2]),
                                outline=("p.a", "p.m"))),
    )  # fmt: skip
    dates = {**now.activities, "h": replace(now.activities["p.a"], id="h", finish=spanned[1])}
    whole = replace(now, project=project, activities=dates)
    found = forecast(whole, whole)
    assert found.missed.denominator == 1
    assert [one.id for one in found.variances] == ["p.a", "p.m", "h"]


def test_a_group_on_the_calendars_of_what_begins_and_ends_it() -> None:
    """On call work that begins on Saturday is two hours late; the office, ending it, a day."""
    inside = [task("g.a", DAY), task("g.n", 120, "bridge")]
    plan = make_project(inside, groups=[Group("g", "g")], calendars=(office(), bridge()))
    agreed = placed_schedule(plan, {"g.n": "2026-11-07 01:00", "g.a": "2026-11-09 08:00"})
    now = placed_schedule(plan, {"g.n": "2026-11-07 03:00", "g.a": "2026-11-10 08:00"})
    found = {one.id: (one.start, one.finish) for one in forecast(now, agreed).variances}
    assert found["g"] == (120, DAY)


def test_a_renamed_task_keeps_its_history_by_uid() -> None:
    """`a` is `alpha` now, with the same uid: its agreed dates stay, nothing is dropped."""
    agreed = placed_schedule(make_project([task("a", DAY, uid="7"), task("gone", DAY)]))
    plan = make_project([task("alpha", 2 * DAY, uid="7")], status_date=at("2026-11-02 17:00"))
    found = forecast(placed_schedule(plan), agreed)
    (variance,) = found.variances
    assert (variance.id, variance.was, variance.finish) == ("alpha", "a", DAY)
    assert (found.added, found.dropped) == ((), ("gone",))
    assert found.missed.value == Fraction(1)


def test_a_baseline_of_another_time_is_still_measured() -> None:
    """Agreed years before the plan's calendars begin: their weeks go on as they are."""
    horizon = (at("2026-10-01 00:00"), at("2027-12-31 00:00"))
    plan = make_project([task("a", DAY)], horizon=horizon)
    agreed = placed_schedule(make_project([task("a", DAY)], start="2025-11-03 08:00"))
    (variance,) = forecast(placed_schedule(plan), agreed).variances
    assert variance.finish == 52 * 5 * DAY


def test_each_on_its_own_calendar() -> None:
    """From Friday 17:00 to Monday 17:00: a working day in the office, three days on call."""
    projects = [
        make_project([task("a", DAY), task("n", DAY, "bridge")], calendars=(office(), bridge()))
        for _ in range(2)
    ]
    agreed = placed_schedule(projects[0], {"a": "2026-11-06 08:00", "n": "2026-11-06 09:00"})
    now = placed_schedule(projects[1], {"a": "2026-11-09 08:00", "n": "2026-11-09 09:00"})
    found = {one.id: one.finish for one in forecast(now, agreed).variances}
    assert found == {"a": DAY, "n": 3 * 1440}


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(0, 12))
def test_a_schedule_is_its_own_best_baseline(days: list[int], later: int) -> None:
    """Against itself nothing varies and nothing is missed; hits and misses add up."""
    activities = [task(f"t{i}", amount * DAY) for i, amount in enumerate(days)]
    links = [link(f"t{i}", f"t{i + 1}") for i in range(len(days) - 1)]
    status = at(MONDAY) + later * 1440
    project: Project = make_project(activities, links, status_date=status)
    schedule = placed_schedule(project)
    found = forecast(schedule, schedule)
    assert all(one.start == one.finish == 0 for one in found.variances)
    assert found.missed.numerator == 0
    assert found.hit == found.missed.denominator
    assert found.cpli.value in {None, Fraction(1)}
