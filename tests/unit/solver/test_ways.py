"""Activities that can be done in several ways: the population chooses, and keeps what is best."""

from __future__ import annotations

import pytest
from tests.support.projects import link, make_project, resource, task

from imsgen.calendars import CalendarBook
from imsgen.model import DAY, Mode, Need, Project
from imsgen.network import build_graph, early_dates
from imsgen.solver._kernel import Kernel
from imsgen.solver.breed import bred
from imsgen.solver.clock import Clock
from imsgen.solver.improve import Incumbent
from imsgen.solver.objective import measure
from imsgen.solver.problem import compile_problem
from imsgen.solver.serial import Failure, Guidance, Serial
from imsgen.solver.settings import Settings
from imsgen.solver.tables import Tables, tables_of


def two_crews() -> Project:
    """Return ``a``, by crew r in 4 h or by s in 5 h round the clock, and ``b``, by r in 4 h.

    On r both take a whole office day, to 17:00; apart they are done at 13:00 and 12:00.
    """
    modes = (
        Mode(240, "office", (Need("r", 100),)),
        Mode(300, "bridge", (Need("s", 100),)),
    )
    return make_project(
        [task("a", 240, modes=modes), task("b", 240, needs={"r": 100}), task("c", 0)],
        [link("a", "c"), link("b", "c")],
        [resource("r"), resource("s")],
    )


def tables(project: Project) -> Tables:
    """Return its tables, beginning with the first mode of everything."""
    problem = compile_problem(build_graph(project), CalendarBook(project))
    found = tables_of(problem, project.start + 30 * DAY, [0] * len(problem.jobs))
    assert found is not None
    return found


@pytest.mark.parametrize(("way", "finish"), [(0, 17), (1, 13)])
def test_a_schedule_goes_the_ways_its_order_lists(way: int, finish: int) -> None:
    """In either mode of ``a`` the kernel's finish is the one by hand, as links see it too."""
    found = tables(two_crews())
    kernel = Kernel(found.arrays)
    named = {job.id: i for i, job in enumerate(found.jobs)}
    rows = [found.arrays.rows_of[named[one]] for one in ("a", "b", "c")]
    worth = kernel.improve([rows[0] + way, rows[1], rows[2]], 2)
    assert worth is not None
    start = found.problem.project.start - found.problem.book.always.origin
    assert worth[1] == start + (finish - 8) * 60
    assert kernel.places()[named["a"]][2] == way
    assert rows[0] + way in kernel.sequence()


def test_a_free_job_goes_the_way_that_finishes_first() -> None:
    """Behind ``b`` on its crew ``a`` would finish at 17:00, so it goes the other way: 13:00."""
    found = tables(two_crews())
    kernel = Kernel(found.arrays)
    named = {job.id: i for i, job in enumerate(found.jobs)}
    rows = [found.arrays.rows_of[named[one]] for one in ("b", "a", "c")]
    assert kernel.improve([rows[0], len(found.arrays.duration) + named["a"], rows[2]], 0)
    assert kernel.places()[named["a"]][2] == 1
    assert kernel.spent == 3 + 2


def test_the_population_leaves_the_modes_it_began_with() -> None:
    """Whatever the schedule to begin with does, the best one is found."""
    project = two_crews()
    problem = compile_problem(build_graph(project), CalendarBook(project))
    dates = early_dates(problem.graph, problem.book)
    early = [dates[job.id] for job in problem.jobs]
    outcome = Serial(problem).build([0.0] * 3, Guidance(modes=[0, 0, 0]))
    assert not isinstance(outcome, Failure)
    best = Incumbent(outcome, measure(problem, outcome), [0.0] * 3)
    found = bred(problem, early, best, Clock(Settings(), None), effort=0.01, goal=(0, 0))
    assert found is not None
    assert best.score.finish == project.start + 9 * 60
    assert found.score.finish == project.start + 5 * 60


def test_children_take_the_way_with_the_job() -> None:
    """A child of two equal orders is that order, but for a few jobs that stray."""
    found = tables(two_crews())
    kernel = Kernel(found.arrays)
    order = found.order([0.0, 1.0, 2.0], found.choices[-1])
    children = [kernel.child(order, order) for _ in range(200)]
    ways = [row for child in children for row in child]
    kept = sum(row in order for row in ways)
    assert 0.95 < kept / len(ways) < 1
