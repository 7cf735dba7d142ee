"""No bound is above what can be done: every schedule of small plans, and found ones of others."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from tests.support.begun import with_early
from tests.support.brute_force import BruteForce
from tests.support.crowded import crowded_plans
from tests.support.hourly_plans import hourly_plans
from tests.support.profiles import examples
from tests.support.strategies import EVERYTHING, projects

from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Placement, Project
from imsgen.solver import Settings, solve
from imsgen.solver.bounds import critical_path, energy
from imsgen.solver.cliques import cliques, exclusions
from imsgen.solver.clock import Clock
from imsgen.solver.cpsat.floor import raised as searched
from imsgen.solver.improve import Incumbent, first_schedules
from imsgen.solver.loads import teams
from imsgen.solver.objective import Score
from imsgen.solver.problem import Problem
from imsgen.solver.refute import least_finish, refuted
from imsgen.solver.serial import Serial
from imsgen.verifier import verify

UNTIL = 46
"""Hours: a day more than the plans' latest finish, for milestones the next morning."""
SLACK = 2 * 1440


def raised(problem: Problem, early: list[Placement], until: int, *, in_time: bool) -> int:
    """Return the bound of paths and energy together, sought up to ``until``."""
    return least_finish(
        problem,
        early,
        min(problem.project.start, critical_path(problem, early)),
        until,
        in_time=in_time,
        clock=Clock(Settings(), None),
    )


@examples(300)
@given(st.one_of(crowded_plans(), hourly_plans()))
def test_no_bound_is_above_the_optimum(project: Project) -> None:
    """The best of all schedules of a small plan ends at every bound or later."""
    brute = BruteForce(project)
    best = brute.search(UNTIL)
    assume(best is not None)
    tardiness, hours = best or (0, 0)
    finish = project.start + 60 * hours
    problem, early = with_early(project)
    assert energy(problem, early) <= finish
    in_time = tardiness == 0
    found = teams(problem, early, finish + SLACK, thorough=True) + cliques(problem, early)
    assert not refuted(problem, early, found, finish, in_time=in_time)
    bound = raised(problem, early, finish + SLACK, in_time=in_time)
    assert bound <= finish
    path = critical_path(problem, early)
    event(f"above the path: {bound > path}, reached: {bound == finish}")


@examples(100)
@given(st.one_of(crowded_plans(), hourly_plans()))
def test_no_finish_is_ruled_out_that_can_be_reached(project: Project) -> None:
    """From whatever schedule: ruling out by search stops at the optimum, the same every time."""
    brute = BruteForce(project)
    best = brute.search(UNTIL)
    assume(best is not None)
    problem, early = with_early(project)
    clock = Clock(Settings(), None)
    goal = Score(0, project.start, 0)
    given_ = first_schedules(problem, Serial(problem), early, clock, goal)
    assume(isinstance(given_, Incumbent))
    assert isinstance(given_, Incumbent)
    low = energy(problem, early)
    assume(low < given_.score.finish)
    found = [
        searched(problem, early, given_, low, clock=Clock(Settings(), None), effort=0.5)
        for _ in range(2)
    ]
    assert found[0] == found[1]
    tardiness, hours = best or (0, 0)
    if given_.score.tardiness == tardiness:
        assert found[0].finish <= project.start + 60 * hours
    event(f"raised: {found[0].finish > low}, schedule: {found[0].places is not None}")
    if found[0].places is not None:
        ids = [job.id for job in problem.jobs]
        assert verify(project, dict(zip(ids, found[0].places, strict=True))) == []


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(projects(EVERYTHING))
def test_no_bound_is_above_a_schedule(project: Project) -> None:
    """With progress, hammocks and all the rest, what is found ends at every bound or later."""
    try:
        schedule = solve(project, Settings(effort=0.05, time_limit=600, explain=False))
    except (Infeasible, NoSolution):
        assume(False)
    problem, early = with_early(project)
    assert energy(problem, early) <= schedule.finish
    in_time = schedule.objective[0].value == 0
    assert raised(problem, early, schedule.finish + 20 * 1440, in_time=in_time) <= schedule.finish


@examples(60)
@given(hourly_plans())
def test_what_excludes_each_other_is_never_done_at_once(project: Project) -> None:
    """In the best schedule no two jobs that exclude each other work in the same hour."""
    brute = BruteForce(project)
    assume(brute.search(UNTIL) is not None)
    problem, _ = with_early(project)
    for number, others in enumerate(exclusions(problem)):
        mine = brute.schedule[problem.jobs[number].id]
        for other in range(number):
            if others >> other & 1:
                spot = brute.schedule[problem.jobs[other].id]
                assert not any(
                    mine.hours.at(hour) and spot.hours.at(hour)
                    for hour in range(max(mine.start, spot.start), min(mine.finish, spot.finish))
                )
