"""The colony: who takes part, who makes room, and that both of its builds do the same."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from tests.support.projects import make_project, resource, task
from tests.support.strategies import EVERYTHING, projects
from tests.unit.solver.test_kernel import COLONY, chain, several, shuffled, tabled

from imsgen.calendars import CalendarBook
from imsgen.model import Project
from imsgen.network import build_graph
from imsgen.solver import _colony
from imsgen.solver.objective import measure
from imsgen.solver.problem import compile_problem
from imsgen.solver.tables import Tables, tables_of
from imsgen.verifier import verify

NEVER = (-1, -1)
"""A goal no schedule reaches."""
NOT_BEFORE = 1 << 60
"""A finish every schedule reaches."""


def pair() -> Tables:
    """Return the tables of an hour and two hours of one crew: two schedules, 3 h each."""
    project = make_project(
        [task("a", 60, needs={"r": 100}), task("b", 120, needs={"r": 100})], (), [resource("r")]
    )
    problem = compile_problem(build_graph(project), CalendarBook(project))
    found = tables_of(problem, problem.release + 30 * 1440, [0, 0])
    assert found is not None
    return found


def test_what_is_known_does_not_take_part_twice() -> None:
    """Both orders of two jobs are pushed to the same schedule, the shorter job first."""
    colony = _colony.Colony(pair().arrays, 1, 4)
    assert not colony.found
    assert colony.offer([1, 0])
    assert not colony.offer([1, 0])
    assert colony.members == 1
    assert colony.found
    assert sorted(colony.best_order()) == [0, 1]


def test_the_best_comes_first() -> None:
    """An hour first: starts at 0 and 1 h add up to less than 0 and 2 h."""
    colony = _colony.Colony(pair().arrays, 1, 4)
    colony.offer([1, 0])
    colony.offer([0, 1])
    assert colony.best_order() == [0, 1]
    (a, a_end, _), (b, b_end, _) = colony.best_places()
    assert (a_end - a, b - a_end, b_end - b) == (60, 0, 120)


def test_a_colony_settles() -> None:
    """Of one schedule there is nothing to breed: ten times its size in children, and it ends."""
    colony = _colony.Colony(chain(3).arrays, 1, 5)
    assert colony.offer([0, 1, 2])
    colony.breed(1_000_000, *NEVER)
    assert colony.settled
    assert colony.members == 1
    assert colony.spent < 1_000_000
    colony.forget()
    assert not colony.settled
    assert (colony.members, colony.best_order()) == (1, [0, 1, 2])


def test_it_ends_at_a_goal_and_when_enough_is_placed() -> None:
    """At a goal nothing is placed any more; else no more than a child beyond what was asked."""
    colony = _colony.Colony(chain(3).arrays, 1, 5)
    colony.offer([0, 1, 2])
    spent = colony.spent
    late, finish, _ = colony.best()
    colony.breed(1_000_000, late, finish)
    assert colony.spent == spent
    colony.breed(spent + 1, -1, NOT_BEFORE)
    assert spent < colony.spent <= spent + 6 * 3


def test_an_order_of_other_jobs_is_refused() -> None:
    """Nothing is written for what is no order."""
    with pytest.raises(ValueError, match="job"):
        _colony.Colony(chain(3).arrays, 1, 5).offer([0, 1, 1])


@several
@given(projects(EVERYTHING, max_activities=12))
def test_both_builds_breed_alike(project: Project) -> None:
    """Compiled or not: the same best, after the same work, by the same children."""
    generator = random.Random(5)
    _, tables = tabled(project, generator)
    one, two = _colony.Colony(tables.arrays, 3, 6), COLONY.Colony(tables.arrays, 3, 6)
    for _ in range(8):
        order = shuffled(tables, generator)
        assert one.offer(order) == two.offer(order)
    if one.members:
        until = one.spent + 40 * len(tables.jobs)
        one.breed(until, *NEVER)
        two.breed(until, *NEVER)
    assert (one.best(), one.best_order(), one.best_places()) == (
        two.best(),
        two.best_order(),
        two.best_places(),
    )
    assert (one.spent, one.members, one.idle) == (two.spent, two.members, two.idle)


@several
@given(projects(EVERYTHING, max_activities=12))
def test_what_is_bred_is_verified(project: Project) -> None:
    """The best of a colony breaks no rule, is worth what is said of it, and no worse than before."""
    generator = random.Random(4)
    problem, tables = tabled(project, generator)
    colony = _colony.Colony(tables.arrays, 3, 6)
    for _ in range(6):
        colony.offer(shuffled(tables, generator))
    if not colony.members:
        return
    before = colony.best()
    colony.breed(colony.spent + 60 * len(tables.jobs), *NEVER)
    late, finish, _ = colony.best()
    places = tables.placements(colony.best_places())
    found = {job.id: place for job, place in zip(problem.jobs, places, strict=True)}
    assert list(verify(project, found)) == []
    score = measure(problem, places)
    assert (score.tardiness, score.finish) == (late, finish + problem.book.always.origin)
    assert colony.best() <= before
