"""All resources as one number: written where it can be, and then the same schedules come of it."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from tests.support.projects import make_project, resource, task
from tests.support.strategies import Feature, projects
from tests.unit.solver.test_kernel import EXPRESSIBLE, shuffled, tabled

from imsgen.calendars import CalendarBook
from imsgen.model import DAY, Project
from imsgen.network import build_graph
from imsgen.solver import _kernel
from imsgen.solver.arrays import Arrays
from imsgen.solver.packing import pack
from imsgen.solver.problem import compile_problem
from imsgen.solver.tables import tables_of


def small(units: int, capacity: int) -> Arrays:
    """Return two jobs of two resources on one calendar; the first asks for so many units."""
    project = make_project(
        [task("a", 60, needs={"r": units, "s": 100}), task("b", 60, needs={"s": 200})],
        (),
        [resource("r", capacity), resource("s", 300)],
    )
    problem = compile_problem(build_graph(project), CalendarBook(project))
    tables = tables_of(problem, project.start + 30 * DAY, [0, 0])
    assert tables is not None
    return tables.arrays


def test_fields_by_hand() -> None:
    """Capacity 2 and 3 in units of 100: two bits and a guard each, 1 + 1 x 8 and 2 x 8."""
    arrays = small(100, 200)
    assert arrays.words == [1 + (1 << 3), 2 << 3]
    assert arrays.guard == 0b100100
    assert arrays.chain_at == [-1]
    assert arrays.chain_word == [0b111110]


def test_what_does_not_fit_is_left() -> None:
    """Fields of more than 62 bits are not written."""
    arrays = Arrays(
        calendar=[0],
        duration=[1],
        needs_of=[0, 3],
        need_resource=[0, 1, 2],
        need_units=[1, 1, 1],
        need_view=[-1, -1, -1],
        steps_of=[0, 1, 2, 3],
        step_at=[0, 0, 0],
        step_free=[(1 << 29) - 1] * 3,
        cells=[8, 8, 8],
    )
    pack(arrays)
    assert not arrays.chain_at
    assert not arrays.words


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(
    projects(EXPRESSIBLE - {Feature.CALENDARS, Feature.ELAPSED, Feature.HOLDS}, max_activities=14)
)
def test_packed_or_not_is_the_same(project: Project) -> None:
    """Every schedule on the shared chain is the one that resource by resource gives."""
    generator = random.Random(5)
    _, tables = tabled(project, generator)
    orders = [shuffled(tables, generator) for _ in range(3)]
    one = _kernel.Kernel(tables.arrays, 7)
    arrays = tables.arrays
    arrays.words, arrays.chain_at, arrays.chain_word = [], [], []
    two = _kernel.Kernel(arrays, 7)
    for order in orders:
        assert one.improve(order, 3) == two.improve(order, 3)
        assert one.places() == two.places()
        assert one.justified(order) == two.justified(order)
        assert one.places() == two.places()
