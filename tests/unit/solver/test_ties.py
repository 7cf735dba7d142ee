"""What looks back, in the kernel: maximal lags, the earliest of several starts, shared windows, hammocks."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from tests.support.projects import bridge, link, make_project, resource, task
from tests.support.strategies import EVERYTHING, projects
from tests.unit.solver.test_kernel import tabled

from imsgen.calendars import CalendarBook
from imsgen.model import DAY, End, Event, Group, Instant, Kind, Project, Window, Within
from imsgen.network import build_graph
from imsgen.solver._kernel import Kernel
from imsgen.solver.hammocks import holding
from imsgen.solver.problem import compile_problem
from imsgen.solver.serial import Failure, Guidance, Serial
from imsgen.solver.tables import Tables, tables_of

CREW = (resource("crew"),)


def tables(project: Project) -> Tables:
    """Return its tables."""
    problem = compile_problem(build_graph(project), CalendarBook(project))
    found = tables_of(problem, project.start + 30 * DAY, [0] * len(problem.jobs))
    assert found is not None
    return found


def built(project: Project, order: str, rounds: int = 0) -> dict[str, tuple[int, int]]:
    """Return start and finish in minutes since the plan's start, built in an order of ids."""
    found = tables(project)
    kernel = Kernel(found.arrays)
    names = [job.id for job in found.jobs]
    assert kernel.improve([names.index(one) for one in order.split()], rounds) is not None
    start = project.start - found.problem.book.always.origin
    return {
        name: (begin - start, end - start)
        for name, (begin, end, _) in zip(names, kernel.places(), strict=True)
    }


def followed() -> Project:
    """Return ``a``, then ``b`` within an hour, round the clock; ``b`` and ``c`` need one crew."""
    return make_project(
        [
            task("a", 60, "bridge"),
            task("b", 60, "bridge", {"crew": 100}),
            task("c", 240, "bridge", {"crew": 100}),
        ],
        [link("a", "b", max_lag=60)],
        CREW,
        calendars=[bridge()],
    )


def test_a_predecessor_waits_for_what_must_follow_soon() -> None:
    """``c`` has the crew for 4 h, so ``a`` ends an hour before that: ``b`` follows in time."""
    found = built(followed(), "c a b")
    assert found == {"c": (0, 240), "a": (120, 180), "b": (240, 300)}


def test_pushing_right_keeps_what_follows_near() -> None:
    """``d`` keeps the crew to 10 h, so ``a`` stays at 0 to 1 h, and ``b`` starts at 2 h at most."""
    project = make_project(
        [
            task("a", 60, "bridge", {"crew": 100}),
            task("b", 60, "bridge"),
            task("d", 540, "bridge", {"crew": 100}),
        ],
        [link("a", "b", max_lag=60)],
        CREW,
        calendars=[bridge()],
    )
    found = tables(project)
    kernel = Kernel(found.arrays)
    names = [job.id for job in found.jobs]
    assert kernel.justified([names.index(one) for one in ("a", "b", "d")])
    start = project.start - found.problem.book.always.origin
    places = [(begin - start, end - start) for begin, end, _ in kernel.places()]
    assert dict(zip(names, places, strict=True)) == {
        "a": (0, 60),
        "b": (120, 180),
        "d": (60, 600),
    }


def test_a_link_from_the_start_of_a_group_waits_for_the_earliest() -> None:
    """``g.a`` begins at 0, ``g.c`` at 2 h: an hour after the start of ``g`` is 1 h."""
    project = make_project(
        [
            task("g.a", 120, "bridge", {"crew": 100}),
            task("g.c", 120, "bridge", {"crew": 100}),
            task("b", 60, "bridge"),
        ],
        [link("g", "b", "SS", 60)],
        CREW,
        calendars=[bridge()],
        groups=[Group("g", "g")],
    )
    assert built(project, "g.a g.c b")["b"] == (60, 120)
    assert built(project, "g.c g.a b", 3)["b"] == (60, 120)


def test_a_group_that_goes_together_moves_on_together() -> None:
    """Of a night of 4 h ``c`` takes two: ``k.a`` would fit, ``k.b`` not, both go the next night."""
    start = followed().start
    nights = tuple((Instant(start + i * DAY), Instant(start + i * DAY + 240)) for i in range(5))
    project = make_project(
        [
            task("k.a", 120, "bridge", {"crew": 100}, within=(Within("nights", together="k"),)),
            task("k.b", 120, "bridge", {"crew": 100}, within=(Within("nights", together="k"),)),
            task("c", 120, "bridge", {"crew": 100}),
        ],
        (),
        CREW,
        calendars=[bridge()],
        groups=[Group("k", "k")],
        windows={"nights": Window("nights", "Nights", nights, repeating=True)},
    )
    found = built(project, "c k.a k.b")
    assert found == {"c": (0, 120), "k.a": (DAY, DAY + 120), "k.b": (DAY + 120, DAY + 240)}
    best = built(project, "k.a k.b c")
    assert best == {"k.a": (0, 120), "k.b": (120, 240), "c": (240, 360)}


def test_what_a_hammock_holds_is_left_to_it() -> None:
    """The room is held from ``a`` to ``b``, 4 h: ``c``, which needs all of it, comes after."""
    spans = (Event("a", End.START), Event("b", End.FINISH))
    project = make_project(
        [
            task("a", 120, "bridge"),
            task("b", 120, "bridge"),
            task("c", 60, "bridge", {"room": 200}),
            task("h", 0, "bridge", {"room": 100}, kind=Kind.HAMMOCK, spans=spans),
        ],
        [link("a", "b")],
        [resource("room", 200, holds=True)],
        calendars=[bridge()],
    )
    found = built(project, "c a b")
    assert found["c"] == (240, 300)
    assert built(project, "a b c", 2) == {"a": (0, 120), "b": (120, 240), "c": (240, 300)}


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(projects(EVERYTHING, max_activities=12, min_activities=3))
def test_the_general_serial_schedule_is_the_same(project: Project) -> None:
    """Where nothing has to be repaired, both builders put everything at the same place."""
    generator = random.Random(6)
    problem, found = tabled(project, generator)
    keys = [generator.random() for _ in problem.jobs]
    for lower in sorted(problem.lowers, key=lambda one: one.successor):
        keys[lower.successor] += max(keys[one] for one in lower.predecessors)
    rows = found.arrays.rows_of
    choice = [generator.randrange(first, after) for first, after in pairwise(rows)]
    modes = [0] * len(problem.jobs)
    for job, ways, row, first in zip(found.jobs, found.ways, choice, rows[:-1], strict=True):
        modes[job.number] = ways[row - first].mode
    outcome = Serial(problem).once(keys, Guidance(modes=modes))
    if isinstance(outcome, Failure) or holding(problem):
        return
    kernel = Kernel(found.arrays)
    if max(place.finish for place in outcome) <= found.horizon:
        assert kernel.improve(found.order(keys, choice), 0) is not None
        assert found.placements(kernel.places()) == outcome
