"""The kernel: its schedules judged by the verifier, its two builds against each other."""

from __future__ import annotations

import importlib.util
import random
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, assume, given, settings
from tests.support.projects import at, link, make_project, resource, task
from tests.support.strategies import EVERYTHING, Feature, projects

from imsgen.calendars import CalendarBook
from imsgen.model import DAY, Progress, Project
from imsgen.network import UnplaceableError, build_graph, early_dates
from imsgen.solver import _board, _kernel
from imsgen.solver.arrays import Arrays
from imsgen.solver.objective import measure
from imsgen.solver.problem import Problem, compile_problem
from imsgen.solver.tables import Tables, tables_of
from imsgen.verifier import verify

SOURCES = Path(__file__).parents[3] / "scheduler" / "imsgen" / "solver"
EXPRESSIBLE = EVERYTHING
several = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def plain(name: str, **replaced: ModuleType) -> ModuleType:
    """Return a module of the solver from its source, whatever is compiled beside it."""
    known = {key: sys.modules[key] for key in replaced}
    sys.modules.update(replaced)
    try:
        spec = importlib.util.spec_from_file_location(f"plain_{name}", SOURCES / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.modules.update(known)


BOARD = plain("_board")
_PARTS = {"imsgen.solver._board": BOARD}
JOINT = _PARTS["imsgen.solver._joint"] = plain("_joint", **_PARTS)
BUILDER = _PARTS["imsgen.solver._builder"] = plain("_builder", **_PARTS)
WAYS = _PARTS["imsgen.solver._ways"] = plain("_ways", **_PARTS)
HOLDS = _PARTS["imsgen.solver._holds"] = plain("_holds", **_PARTS)
TIES = _PARTS["imsgen.solver._ties"] = plain("_ties", **_PARTS)
KERNEL = _PARTS["imsgen.solver._kernel"] = plain("_kernel", **_PARTS)
COLONY = plain("_colony", **_PARTS)


def tabled(project: Project, generator: random.Random) -> tuple[Problem, Tables]:
    """Return the tables of a plan in random modes; plans without any are left out."""
    book = CalendarBook(project)
    graph = build_graph(project)
    try:
        early = early_dates(graph, book)
    except UnplaceableError:
        assume(False)
    problem = compile_problem(graph, book)
    horizon = max((place.finish for place in early.values()), default=project.start) + 200 * DAY
    modes = [generator.randrange(len(job.ways)) for job in problem.jobs]
    tables = tables_of(problem, horizon, modes)
    assume(tables is not None)
    assert tables is not None
    return problem, tables


def shuffled(tables: Tables, generator: random.Random) -> list[int]:
    """Return the kernel's jobs in any order, each in any way or in what finishes first."""
    rows = tables.arrays.rows_of
    order = [
        generator.choice([*range(first, after), rows[-1] + job])
        for job, (first, after) in enumerate(pairwise(rows))
    ]
    generator.shuffle(order)
    return order


@several
@given(projects(EXPRESSIBLE, max_activities=12))
def test_every_schedule_is_verified(project: Project) -> None:
    """Forward, or pushed right and left: no rule is broken, and the worth is what is measured."""
    generator = random.Random(1)
    problem, tables = tabled(project, generator)
    kernel = _kernel.Kernel(tables.arrays)
    for rounds in (0, 2, 4):
        worth = kernel.improve(shuffled(tables, generator), rounds)
        if worth is None:
            continue
        places = tables.placements(kernel.places())
        found = {job.id: place for job, place in zip(problem.jobs, places, strict=True)}
        assert list(verify(project, found)) == []
        score = measure(problem, places)
        origin = problem.book.always.origin
        assert (score.tardiness, score.finish) == (worth[0], worth[1] + origin)


@several
@given(projects(EXPRESSIBLE - {Feature.DEADLINES}, max_activities=12))
def test_what_is_pushed_right_is_verified(project: Project) -> None:
    """So is a schedule as late as its finish allows, and that finish stays."""
    generator = random.Random(2)
    problem, tables = tabled(project, generator)
    kernel = _kernel.Kernel(tables.arrays)
    order = shuffled(tables, generator)
    worth = kernel.improve(order, 0)
    if worth is None or not kernel.justified(order):
        return
    places = tables.placements(kernel.places())
    found = {job.id: place for job, place in zip(problem.jobs, places, strict=True)}
    assert list(verify(project, found)) == []
    finish = max(place.finish for place in places)
    assert finish <= worth[1] + problem.book.always.origin


@several
@given(projects(EXPRESSIBLE, max_activities=14))
def test_both_builds_agree(project: Project) -> None:
    """Compiled or not: the same worth, places, sequences and children."""
    generator = random.Random(3)
    _, tables = tabled(project, generator)
    one, two = _kernel.Kernel(tables.arrays, 7), KERNEL.Kernel(tables.arrays, 7)
    orders = [shuffled(tables, generator) for _ in range(3)]
    for order in orders:
        assert one.improve(order, 3) == two.improve(order, 3)
        assert one.places() == two.places()
        assert one.sequence() == two.sequence()
        assert one.child(order, orders[0]) == two.child(order, orders[0])
    assert one.spent == two.spent


def test_the_plain_build_is_plain() -> None:
    """What is loaded from the source is not compiled; both parts of what is installed are alike."""
    assert not BOARD.compiled()
    assert _board.__file__.endswith(".py") == _kernel.__file__.endswith(".py")


def chain(count: int) -> Tables:
    """Return the tables of a chain of one-hour jobs."""
    project = make_project(
        [task(f"a{i}", 60) for i in range(count)],
        [link(f"a{i}", f"a{i + 1}") for i in range(count - 1)],
    )
    problem = compile_problem(build_graph(project), CalendarBook(project))
    tables = tables_of(problem, project.start + 30 * DAY, [0] * count)
    assert tables is not None
    return tables


@pytest.mark.parametrize("order", [[0, 1], [0, 1, 1], [0, 1, 3], [-1, 0, 1], [0, 1, 2, 3]])
def test_orders_are_checked(order: list[int]) -> None:
    """What is no order of all jobs is refused before anything is written."""
    kernel = _kernel.Kernel(chain(3).arrays)
    with pytest.raises(ValueError, match="job"):
        kernel.improve(order, 0)
    with pytest.raises(ValueError, match="job"):
        kernel.child([0, 1, 2], order)


def test_orders_are_repaired() -> None:
    """In whatever order a chain is asked for, its jobs follow each other: 3 hours."""
    tables = chain(3)
    kernel = _kernel.Kernel(tables.arrays)
    assert kernel.improve([2, 1, 0], 0) is not None
    assert [finish - start for start, finish, _ in kernel.places()] == [60, 60, 60]
    assert kernel.sequence() == [0, 1, 2]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("calendar", [9, 9, 9]),
        ("rows_of", [0, 1, 3]),
        ("pairs_of", [0, 0, 2]),
        ("duration", [60]),
        ("arc_from", [0, 99]),
        ("view_of", [0, 0, 1]),
        ("high", [1 << 29] * 3),
        ("need_units", [1]),
    ],
)
def test_arrays_are_checked(name: str, values: list[int]) -> None:
    """Lists that do not fit together are refused."""
    arrays: Arrays = chain(3).arrays
    setattr(arrays, name, values)
    with pytest.raises(ValueError, match=r"\w"):
        _kernel.Kernel(arrays)


def test_what_finished_late_stays_late() -> None:
    """Finished an hour after its deadline with priority 500: 30,000, whatever comes of the rest."""
    start, due = at("2026-11-02 08:00"), at("2026-11-02 10:00")
    done = Progress(start, at("2026-11-02 11:00"), 100)
    project = make_project(
        [task("a", 180, progress=done, deadline=due, priority=500), task("b", 60)],
        status_date=at("2026-11-02 12:00"),
    )
    problem = compile_problem(build_graph(project), CalendarBook(project))
    tables = tables_of(problem, project.start + 30 * DAY, [0, 0])
    assert tables is not None
    kernel = _kernel.Kernel(tables.arrays)
    worth = kernel.improve([0], 2)
    assert worth is not None
    assert worth[0] == measure(problem, tables.placements(kernel.places())).tardiness == 30_000


def test_pushing_right_and_left_helps() -> None:
    """Two long jobs behind two short ones of one crew: the order by hand, 2 + 6 + 6 hours."""
    project = make_project(
        [
            task("a", 120, needs={"r": 100}),
            task("b", 360, needs={"r": 100}),
            task("c", 360, needs={"s": 100}),
            task("d", 120, needs={"r": 100}),
        ],
        [link("d", "c")],
        [resource("r"), resource("s")],
    )
    problem = compile_problem(build_graph(project), CalendarBook(project))
    tables = tables_of(problem, project.start + 30 * DAY, [0] * 4)
    assert tables is not None
    kernel = _kernel.Kernel(tables.arrays)
    named = {job.id: i for i, job in enumerate(tables.jobs)}
    bad = [named[one] for one in ("b", "a", "d", "c")]
    before, after = kernel.improve(bad, 0), kernel.improve(bad, 2)
    assert before is not None
    assert after is not None
    assert after[:2] < before[:2]
