"""Plans the serial schedule has no answer to; Monday is 2 November 2026."""

from __future__ import annotations

import pytest
from tests.support.projects import at, link, make_project, resource, task

from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Constraint, ConstraintType, End, Event, Kind, Status
from imsgen.solver import Settings, solve
from imsgen.solver.latest import Latest
from imsgen.solver.problem import compiled
from imsgen.verifier import verify_schedule

WEDNESDAY = (Constraint(ConstraintType.FNLT, latest=at("2026-11-04 17:00")),)


def test_latest_goes_back_along_links_and_on_along_maximal_lags() -> None:
    """b ends by Wednesday: a by then, c 2 h after at most; nothing bounds d."""
    plan = make_project(
        [task("a", 480), task("b", 480, constraints=WEDNESDAY), task("c", 240), task("d", 60)],
        [link("a", "b"), link("b", "c", max_lag=120)],
    )
    problem = compiled(plan)
    latest = Latest(problem)
    by = {job.id: latest.finishes[job.number] for job in problem.jobs}
    assert by["b"] == at("2026-11-04 17:00")
    # At most a minute generous where a calendar has a night in it.
    assert by["a"] is not None
    assert by["a"] >= at("2026-11-03 17:00")
    assert by["a"] <= at("2026-11-05 08:01")
    # c starts by Thursday 10:00 and takes 4 h, lunch between.
    assert by["c"] == at("2026-11-05 15:00")
    assert by["d"] is None
    assert latest.horizon() is None
    assert [problem.jobs[one].id for one in latest.bounded()] == ["a", "b", "c"]


def test_what_only_has_to_start_in_time_may_end_later() -> None:
    """a takes two weeks from Wednesday on at the latest: the horizon leaves room for that."""
    plan = make_project(
        [task("a", 4800), task("b", 60, constraints=WEDNESDAY)], [link("a", "b", "SS")]
    )
    horizon = Latest(compiled(plan)).horizon()
    assert horizon is not None
    assert horizon >= at("2026-11-18 16:00")


def test_a_hammock_waits_for_what_it_holds() -> None:
    """The formwork comes on Thursday: the activity it is held for starts no earlier."""
    hammock = task(
        "ham",
        0,
        "bridge",
        {"form": 100},
        kind=Kind.HAMMOCK,
        spans=(Event("a", End.START), Event("a", End.FINISH)),
    )
    plan = make_project(
        [task("a", 480, "bridge"), hammock],
        (),
        [resource("form", capacity=((at("2026-11-05 00:00"), 100),), holds=True)],
    )
    found = solve(plan, Settings(effort=1.0))
    assert found.status is Status.OPTIMAL
    assert found.activities["a"].start == at("2026-11-05 00:00")
    assert not verify_schedule(found)


def test_a_maximal_lag_that_resources_never_allow_is_proved() -> None:
    """b overlaps a by its maximal lag, both need the only person: no date far off helps."""
    plan = make_project(
        [task("a", 240, needs={"r": 100}), task("b", 240, needs={"r": 100})],
        [link("a", "b", "SS", max_lag=60)],
        [resource("r")],
        horizon=(at("2026-09-01 00:00"), at("2027-11-01 00:00")),
    )
    with pytest.raises(Infeasible):
        solve(plan, Settings(effort=2.0))


def test_a_job_without_room_in_any_way_is_no_error() -> None:
    """A finish before the best one leaves a job with two ways no room: that proves the best."""
    modes = tuple(task("x", length, "office").modes[0] for length in (480, 600))
    plan = make_project(
        [task("a", 480, modes=modes, deadline=at("2026-11-02 12:00")), task("b", 480)],
        [link("a", "b")],
    )
    found = solve(plan, Settings(effort=1.0))
    assert found.status is Status.OPTIMAL
    assert found.finish == at("2026-11-03 17:00")


def test_a_maximal_lag_beyond_the_calendars_is_no_error() -> None:
    """d may follow c by years, further than calendars are known: no bound, and no fault."""
    activities = [task(id_, 240, needs={"r": 100}) for id_ in ("a", "b", "c", "d")]
    years = link("c", "d", max_lag=10_000_000)
    horizon = (at("2026-09-01 00:00"), at("2027-11-01 00:00"))
    plan = make_project(activities, [years], [resource("r")], horizon=horizon)
    assert not verify_schedule(solve(plan, Settings(effort=1.0)))
    overlap = link("a", "b", "SS", max_lag=60)
    plan = make_project(activities, [years, overlap], [resource("r")], horizon=horizon)
    with pytest.raises((Infeasible, NoSolution)):
        solve(plan, Settings(effort=1.0))
