"""Random plans: every answer verified, the exact model neither too tight nor too loose."""

from __future__ import annotations

import random
from itertools import permutations

from hypothesis import HealthCheck, assume, given, settings
from ortools.sat.python import cp_model
from tests.support.begun import with_early
from tests.support.strategies import CERTAIN, EVERYTHING, LOGIC, Feature, projects

from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Placement, Project, Status
from imsgen.solver import Settings, solve
from imsgen.solver.cpsat.domains import Room
from imsgen.solver.cpsat.model import ExactModel
from imsgen.solver.objective import finish_of, measure
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem
from imsgen.solver.serial import Failure, Guidance, Serial
from imsgen.verifier import verify

QUICK = Settings(effort=0.05, time_limit=600)
PLAIN = CERTAIN - {Feature.HAMMOCKS}
few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def broken(problem: Problem, places: list[Placement]) -> list[object]:
    """Return what the verifier has against some places."""
    found = {job.id: place for job, place in zip(problem.jobs, places, strict=True)}
    return list(verify(problem.project, found))


def answer(
    model: ExactModel, *, hinted: bool = False
) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
    """Solve an exact model, as hinted if asked."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    solver.parameters.max_time_in_seconds = 10
    solver.parameters.fix_variables_to_their_hinted_value = hinted
    return solver, solver.solve(model.model)


@few
@given(projects(EVERYTHING))
def test_every_answer_is_verified(project: Project) -> None:
    """Whatever the plan holds: a schedule without violations, or an explanation."""
    try:
        schedule = solve(project, QUICK)
    except (Infeasible, NoSolution):
        return
    assert verify(project, schedule.activities) == []
    assert schedule.bound <= schedule.finish
    proved = schedule.objective[0].proved and schedule.objective[1].proved
    assert proved == (schedule.status is Status.OPTIMAL)


@few
@given(projects(PLAIN))
def test_plans_that_nothing_bounds_are_solved(project: Project) -> None:
    """Without upper bounds there is always a schedule."""
    assert verify(project, solve(project, QUICK).activities) == []


@few
@given(projects(EVERYTHING, max_activities=5))
def test_the_exact_model_accepts_every_schedule(project: Project) -> None:
    """Serial schedules in any order are solutions of the model: it is not too tight."""
    problem, early = with_early(project)
    generator = random.Random(0)
    serial = Serial(problem)
    for _ in range(2):
        places = serial.build([generator.random() for _ in problem.jobs], Guidance())
        if isinstance(places, Failure):
            continue
        assert broken(problem, places) == []
        finish = finish_of(problem, places)
        room = Room(early, late_places(problem, finish))
        model = ExactModel(problem, room, project.start, finish, places)
        assert answer(model, hinted=True)[1] in {cp_model.OPTIMAL, cp_model.FEASIBLE}


@few
@given(projects(EVERYTHING, max_activities=5))
def test_solutions_of_the_exact_model_are_schedules(project: Project) -> None:
    """What the model finds by itself breaks no rule: it is not too loose."""
    problem, early = with_early(project)
    places = Serial(problem).build([0.0] * len(problem.jobs), Guidance())
    if isinstance(places, Failure):
        return
    finish = finish_of(problem, places) + 3 * 1440
    model = ExactModel(problem, Room(early, late_places(problem, finish)), project.start, finish)
    solver, status = answer(model)
    assert status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    assert broken(problem, model.places(solver.value)) == []


@few
@given(projects(LOGIC - {Feature.DEADLINES, Feature.ALAP, Feature.HAMMOCKS}))
def test_without_resources_the_finish_is_that_of_the_early_dates(project: Project) -> None:
    """The critical path method and the exact model agree where only logic counts."""
    problem, early = with_early(project)
    finish = finish_of(problem, early)
    model = ExactModel(
        problem, Room(early, late_places(problem, finish + 1440)), project.start, finish + 1440
    )
    model.model.minimize(model.finish.expr)
    solver, status = answer(model)
    assume(status == cp_model.OPTIMAL)
    assert finish_of(problem, model.places(solver.value)) == finish


@few
@given(projects(PLAIN - {Feature.DEADLINES}, max_activities=5))
def test_no_order_beats_the_optimum(project: Project) -> None:
    """Of all orders of five activities none is better than what is proved, and one is as good."""
    problem, _ = with_early(project)
    schedule = solve(project, QUICK)
    assume(schedule.status is Status.OPTIMAL)
    serial = Serial(problem)
    best = None
    for order in permutations(range(len(problem.jobs))):
        places = serial.build([float(one) for one in order], Guidance(), repairs=2)
        if not isinstance(places, Failure):
            score = measure(problem, places)
            best = score if best is None else min(best, score)
    assert best is not None
    assert best.finish >= schedule.finish
    if all(len(job.ways) == 1 for job in problem.jobs):
        assert best.finish == schedule.finish
