"""What has happened, and what is left. The status date is Wednesday 4 November 2026, 10:00."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.projects import at, link, make_project, resource, task
from tests.support.verdicts import broken, only, place

from imsgen.model import Activity, Constraint, ConstraintType, Options, Progress, Project
from imsgen.verifier import Rule, verify

STATUS = at("2026-11-04 10:00")


def begun(remaining: int, **more: Any) -> Progress:
    return Progress(at("2026-11-02 08:00"), remaining=remaining, **more)


FINISHED = Progress(at("2026-11-02 08:00"), at("2026-11-02 11:17"), 100)


def in_progress(*activities: Activity, **more: Any) -> Project:
    return make_project(list(activities), status_date=STATUS, **more)


def test_nothing_before_the_plan_starts() -> None:
    """The plan starts on Monday 08:00, so Friday is too early."""
    project = make_project([task("a", 60)], start="2026-11-09 08:00")
    good = {"a": place("09 08:00", "09 09:00")}
    only(project, good, {"a": place("06 08:00", "06 09:00")}, Rule.PLAN_START)


def test_nothing_new_before_the_status_date() -> None:
    """What has not begun by Wednesday 10:00 begins then or later."""
    project = in_progress(task("a", 60))
    good = {"a": place("04 10:00", "04 11:00")}
    only(project, good, {"a": place("04 09:00", "04 10:00")}, Rule.STATUS_DATE)


def test_milestone_before_the_status_date() -> None:
    """A milestone that has not been reached is not in the past either."""
    project = in_progress(task("m", 0))
    only(project, {"m": place("04 10:00")}, {"m": place("04 09:59")}, Rule.STATUS_DATE)


def test_finished_stands_where_it_stood() -> None:
    """Actual dates are kept, however odd; nothing else is checked on them."""
    freeze = Constraint(ConstraintType.FNLT, latest=at("2026-11-02 09:00"))
    project = in_progress(task("a", 480, progress=FINISHED, constraints=(freeze,)))
    good = {"a": place("02 08:00", "02 11:17")}
    only(project, good, {"a": place("02 08:00", "02 11:18")}, Rule.ACTUAL)
    only(project, good, {"a": place("02 08:01", "02 11:17")}, Rule.ACTUAL)


def test_started_keeps_its_start() -> None:
    """The remaining two hours run from the status date; the start is a fact."""
    project = in_progress(task("a", 480, progress=begun(120)))
    good = {"a": place("02 08:00", "04 12:00")}
    only(project, good, {"a": place("02 09:00", "04 12:00")}, Rule.ACTUAL)


def test_remaining_work_follows_the_status_date() -> None:
    """Two hours cannot be done by 11:59 when it is 10:00."""
    project = in_progress(task("a", 480, progress=begun(120)))
    good = {"a": place("02 08:00", "04 12:00")}
    only(project, good, {"a": place("02 08:00", "04 11:59")}, Rule.REMAINING)


def test_remaining_work_ends_in_working_time() -> None:
    """17:30 is no working minute."""
    project = in_progress(task("a", 480, progress=begun(120)))
    good = {"a": place("02 08:00", "04 17:00")}
    only(project, good, {"a": place("02 08:00", "04 17:30")}, Rule.REMAINING)


def test_remaining_work_waits_for_resume() -> None:
    """Work that resumes on Friday is not done on Wednesday."""
    progress = begun(120, resume=at("2026-11-06 00:00"))
    project = in_progress(task("a", 480, progress=progress))
    good = {"a": place("02 08:00", "06 10:00")}
    only(project, good, {"a": place("02 08:00", "06 09:59")}, Rule.REMAINING)


@pytest.mark.parametrize("finish", ["04 10:00"])
def test_nothing_remains(finish: str) -> None:
    """With nothing left, it is finished by the status date, no later."""
    project = in_progress(task("a", 480, progress=begun(0)))
    good = {"a": place("02 08:00", finish)}
    only(project, good, {"a": place("02 08:00", "04 11:00")}, Rule.REMAINING)


def test_nothing_remains_and_the_status_date_is_at_night() -> None:
    """The last minute worked before a status date at night is 17:00."""
    project = make_project([task("a", 480, progress=begun(0))], status_date=at("2026-11-04 22:00"))
    assert verify(project, {"a": place("02 08:00", "04 17:00")}) == []
    assert broken(project, {"a": place("02 08:00", "04 16:00")}) == [Rule.REMAINING]


def test_retained_logic_holds_the_rest() -> None:
    """Begun out of sequence, the rest waits for the predecessor that is not finished."""
    project = in_progress(
        task("a", 120), task("b", 480, progress=begun(60)), dependencies=[link("a", "b")]
    )
    good = {"a": place("04 10:00", "04 12:00"), "b": place("02 08:00", "04 14:00")}
    only(project, good, {"b": place("02 08:00", "04 13:59")}, Rule.LINK)


def test_progress_override_forgets_links() -> None:
    """Under progress override what has begun goes on."""
    project = in_progress(
        task("a", 120),
        task("b", 480, progress=begun(60)),
        dependencies=[link("a", "b")],
        options=Options(out_of_sequence="progress_override"),
    )
    dates = {"a": place("04 10:00", "04 12:00"), "b": place("02 08:00", "04 11:00")}
    assert verify(project, dates) == []


def test_finished_predecessors_no_longer_bind_what_has_begun() -> None:
    """A lag after what is finished does not hold up what has begun; it does what has not."""
    links = [link("a", "b", lag=2400), link("a", "c", lag=2400)]
    project = in_progress(
        task("a", 480, progress=FINISHED),
        task("b", 480, progress=begun(60)),
        task("c", 60),
        dependencies=links,
    )
    good = {
        "a": place("02 08:00", "02 11:17"),
        "b": place("02 08:00", "04 11:00"),
        "c": place("09 11:17", "09 13:17"),
    }
    only(project, good, {"c": place("09 11:16", "09 13:16")}, Rule.LINK)


def test_finish_links_bind_the_rest() -> None:
    """FF holds the finish of the remaining work."""
    project = in_progress(
        task("a", 240), task("b", 480, progress=begun(60)), dependencies=[link("a", "b", "FF")]
    )
    good = {"a": place("04 10:00", "04 15:00"), "b": place("02 08:00", "04 15:00")}
    only(project, good, {"b": place("02 08:00", "04 14:59")}, Rule.LINK)


def test_constraints_on_a_start_that_has_happened_are_history() -> None:
    """SNET binds no more once begun; FNLT still does."""
    constraints = (
        Constraint(ConstraintType.SNET, earliest=at("2026-11-05 08:00")),
        Constraint(ConstraintType.FNLT, latest=at("2026-11-04 17:00")),
    )
    project = in_progress(task("a", 480, progress=begun(60), constraints=constraints))
    good = {"a": place("02 08:00", "04 17:00")}
    only(project, good, {"a": place("02 08:00", "05 08:01")}, Rule.CONSTRAINT)


def test_what_has_begun_holds_its_resource_for_the_rest_only() -> None:
    """Ana's remaining hour is from 11:00; until then she is free, and what is done holds nothing."""
    project = in_progress(
        task("a", 480, needs={"ana": 100}, progress=begun(60)),
        task("b", 60, needs={"ana": 100}),
        task("c", 480, needs={"ana": 100}, progress=FINISHED),
        resources=[resource("ana")],
    )
    good = {
        "a": place("02 08:00", "04 12:00"),
        "b": place("04 10:00", "04 11:00"),
        "c": place("02 08:00", "02 11:17"),
    }
    only(project, good, {"b": place("04 10:01", "04 11:01")}, Rule.CAPACITY)
