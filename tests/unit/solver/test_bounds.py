"""Bounds computed by hand; Monday is 2 November 2026."""

from __future__ import annotations

from tests.support.projects import at, bridge, link, make_project, office, resource, task

from imsgen.calendars import CalendarBook
from imsgen.model import Calendar, Instant, Mode, Need, Project, to_text
from imsgen.network import build_graph, early_dates
from imsgen.solver import Settings
from imsgen.solver.bounds import critical_path, energy
from imsgen.solver.cliques import exclusions
from imsgen.solver.clock import Clock
from imsgen.solver.loads import teams
from imsgen.solver.problem import Problem, compile_problem
from imsgen.solver.refute import least_finish
from imsgen.solver.supply import supply_of
from imsgen.solver.weighing import weighings

DAY = 480


def bounds(project: Project, until: str = "2026-12-31 17:00") -> tuple[str, str, str]:
    """Return critical path, energy and the bound of both together, as ``11-02T08:00``."""
    problem = compiled(project)
    dates = early_dates(problem.graph, problem.book)
    early = [dates[job.id] for job in problem.jobs]
    path, work = critical_path(problem, early), energy(problem, early)
    both = least_finish(
        problem,
        early,
        work,
        at(until),
        in_time=True,
        clock=Clock(Settings(), None),
    )
    path_text, work_text, both_text = (to_text(Instant(one))[5:-1] for one in (path, work, both))
    return path_text, work_text, both_text


def compiled(project: Project) -> Problem:
    """Return the problem of a plan."""
    return compile_problem(build_graph(project), CalendarBook(project))


def test_work_of_one_person_adds_up() -> None:
    """Three days for one person take until Wednesday, whatever their links allow."""
    plan = make_project([task(id_, DAY, needs={"r": 100}) for id_ in "abc"], (), [resource("r")])
    assert bounds(plan) == ("11-02T17:00", "11-04T17:00", "11-04T17:00")


def test_what_comes_after_counts_too() -> None:
    """Two days for one person, each followed by a day of somebody else: Wednesday."""
    plan = make_project(
        [
            task("a", DAY, needs={"r": 100}),
            task("b", DAY, needs={"r": 100}),
            task("after_a", DAY),
            task("after_b", DAY),
        ],
        [link("a", "after_a"), link("b", "after_b")],
        [resource("r")],
    )
    assert bounds(plan) == ("11-03T17:00", "11-03T17:00", "11-04T17:00")


def test_more_than_half_of_a_team_excludes_each_other() -> None:
    """Three jobs of 2 people in a team of 3 go one by one: 3 days, though 6 of 9 are worked."""
    plan = make_project(
        [task(id_, DAY, needs={"r": 200}) for id_ in "abc"], (), [resource("r", 300)]
    )
    assert bounds(plan) == ("11-02T17:00", "11-04T17:00", "11-04T17:00")


def test_jobs_exclude_each_other_through_several_resources() -> None:
    """Each two of three jobs share somebody: one after another, though nobody has three days."""
    plan = make_project(
        [
            task("a", DAY, needs={"r": 100, "s": 100}),
            task("b", DAY, needs={"s": 100, "t": 100}),
            task("c", DAY, needs={"t": 100, "r": 100}),
        ],
        (),
        [resource(id_) for id_ in "rst"],
    )
    assert bounds(plan) == ("11-02T17:00", "11-03T17:00", "11-04T17:00")


def test_a_resource_that_stays_taken_is_held_overnight() -> None:
    """Two jobs of 5 hours begun on Monday hold the rig over a pause, the other hours are too few.

    On the axis of both calendars, the night shift's hours between count as held.
    """
    night = Calendar("night", "Night", "UTC", (((1320, 1440),),) * 7)
    plan = make_project(
        [
            task("a", 960, needs={"rig": 100}),
            task("b", 120, calendar="night", needs={"rig": 100}),
        ],
        (),
        [resource("rig", holds=True)],
        calendars=[office(), night],
    )
    problem = compiled(plan)
    dates = early_dates(problem.graph, problem.book)
    early = [dates[job.id] for job in problem.jobs]
    found = teams(problem, early, at("2026-11-06 17:00"), thorough=False)
    of_a = [dict(zip(one.jobs, one.loads[0].work, strict=True)) for one in found]
    number = problem.number["a"]
    # Two office days of 480 minutes and the 120 of the night between; 100 units weigh 1.
    assert of_a[0][number] == 960 + 120


def test_dated_capacity_is_counted_as_it_comes() -> None:
    """One person, from Wednesday two: four days of work are done on Thursday."""
    grows = resource("r", capacity=((None, 100), (at("2026-11-04 00:00"), 200)))
    plan = make_project([task(id_, DAY, needs={"r": 100}) for id_ in "abcdef"], (), [grows])
    assert bounds(plan)[1] == "11-05T17:00"
    supply = supply_of(grows, CalendarBook(plan).calendar("office"))
    assert supply.before(at("2026-11-05 08:00")) - supply.before(at("2026-11-02 08:00")) == (
        2 * DAY * 100 + DAY * 200
    )
    before = supply.before(at("2026-11-04 17:00"))
    assert supply.when(before) == at("2026-11-04 17:00")
    assert supply.when(before + 1) == at("2026-11-05 08:01")


def test_the_cheapest_way_counts() -> None:
    """Two jobs of 2 days alone or 1 day in a pair: 2 days of a pair at least, as alone."""
    modes = (
        Mode(2 * DAY, "office", (Need("r", 100),)),
        Mode(DAY, "office", (Need("r", 200),)),
    )
    plan = make_project([task(id_, 0, modes=modes) for id_ in "abc"], (), [resource("r", 200)])
    assert bounds(plan)[1] == "11-04T17:00"


def test_what_can_do_without_a_resource_is_no_load() -> None:
    """A job with a way that needs nobody asks nothing for sure."""
    modes = (Mode(DAY, "office", (Need("r", 100),)), Mode(DAY, "office", ()))
    plan = make_project([task(id_, 0, modes=modes) for id_ in "ab"], (), [resource("r")])
    assert bounds(plan) == ("11-02T17:00", "11-02T17:00", "11-02T17:00")


def test_work_of_two_calendars_shares_their_time() -> None:
    """Office and bridge share one person: each alone fits a day, both do not fit its hours."""
    plan = make_project(
        [
            task("a", DAY, needs={"r": 100}),
            task("b", 960, calendar="bridge", needs={"r": 100}),
        ],
        (),
        [resource("r")],
        calendars=[office(), bridge()],
    )
    # From Monday 08:00, 24 hours of work round the clock.
    assert bounds(plan)[1] == "11-03T08:00"


def test_jobs_on_a_path_exclude_each_other() -> None:
    """Along finish-start links without leads; a lead, or a start-start link, lets them overlap."""
    plan = make_project(
        [task(id_, DAY) for id_ in "abcd"],
        [link("a", "b"), link("b", "c", lag=-60), link("a", "d", "SS")],
    )
    problem = compiled(plan)
    apart = exclusions(problem)
    number = problem.number
    assert apart[number["a"]] == 1 << number["b"]
    assert apart[number["b"]] == 1 << number["a"]
    assert apart[number["c"]] == apart[number["d"]] == 0


def test_weights_are_worth_what_fits_together() -> None:
    """Demands of 2 and 4 in a capacity of 5: 4 can be used, and one job of 4 alone runs."""
    found = weighings([2, 4, 4], [5], thorough=True)
    assert (found[0].demand, found[0].capacity) == ({2: 1, 4: 2}, {5: 2})
    assert any(one.demand == {2: 0, 4: 1} and one.capacity == {5: 1} for one in found)


def test_a_capacity_too_small_for_anybody_is_worth_nothing() -> None:
    """While there is 1 unit, jobs of 2 units get nothing."""
    assert weighings([2], [1, 4], thorough=False)[0].capacity == {1: 0, 4: 2}
