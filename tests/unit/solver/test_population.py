"""The population: what it finds is a schedule, the same every time, and it knows when to end."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from tests.support.projects import at, link, make_project, resource, task
from tests.support.strategies import EVERYTHING, Feature, projects

from imsgen.calendars import CalendarBook
from imsgen.model import DAY, Placement, Project, Status
from imsgen.network import UnplaceableError, build_graph, early_dates
from imsgen.solver import Settings, solve
from imsgen.solver.arrays import Arrays
from imsgen.solver.breed import bred
from imsgen.solver.clock import Clock
from imsgen.solver.improve import Incumbent, rules
from imsgen.solver.objective import finish_of, measure
from imsgen.solver.population import Found, Island, evolve, slowness
from imsgen.solver.problem import Problem, compile_problem
from imsgen.solver.serial import Failure, Serial
from imsgen.solver.tables import tables_of
from imsgen.verifier import verify

SMALL = 0.02
"""Units of effort: 80,000 placed jobs."""
LOOKING_BACK = frozenset(
    {
        Feature.CALENDARS,
        Feature.RESOURCES,
        Feature.HOLDS,
        Feature.GROUPS,
        Feature.LINK_TYPES,
        Feature.LAGS,
        Feature.MAX_LAGS,
        Feature.TOGETHER,
        Feature.HAMMOCKS,
    }
)
"""What makes the kernel look back at what stands already, on plans that are scarce."""
NOWHERE = (0, 0)
"""A goal that no schedule reaches."""


def crowded(count: int = 20) -> Project:
    """Return a plan of two crews in which the order matters."""
    jobs = [
        task(
            f"a{i}",
            60 * (1 + (7 * i) % 11),
            "office" if i % 3 else "bridge",
            {f"r{i % 2}": 100, "all": 100},
        )
        for i in range(count)
    ]
    links = [link(f"a{i}", f"a{i + 5}") for i in range(count - 5)]
    return make_project(jobs, links, [resource("r0"), resource("r1"), resource("all", 200)])


def begun(project: Project) -> tuple[Problem, list[Placement], Incumbent | None]:
    """Return the problem, its early places, and its schedule in the order of those."""
    book = CalendarBook(project)
    graph = build_graph(project)
    dates = early_dates(graph, book)
    problem = compile_problem(graph, book)
    early = [dates[job.id] for job in problem.jobs]
    keys = [float(place.start) for place in early]
    outcome = Serial(problem).build(keys)
    if isinstance(outcome, Failure):
        return problem, early, None
    return problem, early, Incumbent(outcome, measure(problem, outcome), keys)


def grown(seed: int = 0, goal: tuple[int, int] = NOWHERE, effort: float = SMALL) -> Found:
    """Return what a population makes of the crowded plan."""
    problem, early, _ = begun(crowded())
    tables = tables_of(problem, problem.project.start + 90 * DAY, [0] * len(problem.jobs))
    assert tables is not None
    found = evolve(
        tables,
        Clock(Settings(seed=seed), None),
        list(rules(problem, early)),
        goal=goal,
        effort=effort,
        span=20 * DAY,
    )
    assert found is not None
    return found


def test_the_same_seed_gives_the_same_schedule() -> None:
    """Effort counts placed jobs, not seconds, so every run makes the same of it."""
    assert grown(3) == grown(3)


def islands(seed: int = 0, schedules: int = 4000) -> Island:
    """Return an island of the crowded plan."""
    problem, early, _ = begun(crowded())
    tables = tables_of(problem, problem.project.start + 90 * DAY, [0] * len(problem.jobs))
    assert tables is not None
    return Island(
        tables,
        list(rules(problem, early)),
        seed=seed,
        goal=NOWHERE,
        span=20 * DAY,
        schedules=schedules,
    )


def never() -> bool:
    """Return False: go on."""
    return False


def test_an_island_goes_on_where_it_stopped() -> None:
    """Stretch after stretch: more is spent, what is found is never worse, and always the same."""
    one, two = islands(), islands()
    best = None
    for _ in range(8):
        found = one.advance(3000, never)
        assert found is not None
        assert best is None or found.worth <= best
        best = found.worth
        assert two.advance(3000, never) == found
    assert one.spent == two.spent >= 8 * 3000


def test_an_island_welcomes_an_order() -> None:
    """The best of another island is the best here, too, at once; unknown jobs are refused."""
    sender, receiver = islands(1), islands(2)
    sent = sender.advance(100_000, never)
    assert sent is not None
    receiver.advance(200, never)
    receiver.welcome(sent.order)
    assert receiver.best is not None
    assert receiver.best.worth <= sent.worth
    with pytest.raises(ValueError, match="job"):
        receiver.welcome([0])


def test_an_island_stops_when_told() -> None:
    """Nothing is spent once it is over."""
    island = islands()
    assert island.advance(1_000_000, lambda: True) is None
    assert island.spent == 0


def test_what_is_returned_is_better_than_what_it_began_with() -> None:
    """A population that finds nothing better returns nothing."""
    problem, early, best = begun(crowded())
    assert best is not None
    found = bred(problem, early, best, Clock(Settings(), None), effort=SMALL, goal=NOWHERE)
    if found is not None:
        assert found.score < best.score


def test_it_ends_at_the_goal() -> None:
    """A goal that any schedule reaches takes one schedule."""
    clock = Clock(Settings(), None)
    problem, early, best = begun(crowded())
    assert best is not None
    any_finish = (1 << 60, 1 << 60)
    bred(problem, early, best, clock, effort=1.0, goal=any_finish)
    assert clock.spent < 0.001


def test_the_user_ends_it() -> None:
    """An interrupted clock ends a population before its first order."""
    clock = Clock(Settings(), None)
    clock.interrupt()
    problem, early, best = begun(crowded())
    assert best is not None
    assert bred(problem, early, best, clock, effort=1.0, goal=NOWHERE) is None
    assert clock.spent == 0


def test_a_stage_leaves_seconds_to_the_next() -> None:
    """What a stage may take ends the stage, not the search, and is told."""
    clock = Clock(Settings(time_limit=1000), None)
    with clock.stage(0.0):
        assert clock.stopped()
    assert not clock.stopped()
    assert clock.hurried
    assert not clock.cut


def test_mixed_calendars_count_for_more() -> None:
    """One unit is as long everywhere: many pieces on long lists of steps take longer.

    Ten jobs, one need each: 500 / 2 x (1 + 500 / 1000) = 375, over 5 x 10 is 7.5. On a shared
    chain ten jobs take 0.25 + 10 / 2500.
    """
    arrays = Arrays(rows_of=list(range(11)), need_resource=[0] * 10, usual=[500])
    assert slowness(arrays) == 7.5
    arrays.usual = [24]
    assert slowness(arrays) == 1.0
    assert slowness(Arrays(rows_of=list(range(11)), chain_at=[0])) == 0.254


def test_one_crew_is_packed_without_gaps() -> None:
    """Eight jobs of 4 h on one crew take four office days in any order: the bound is reached."""
    project = make_project(
        [task(f"a{i}", 240, needs={"r": 100}) for i in range(8)], (), [resource("r")]
    )
    schedule = solve(project, Settings(effort=1.0))
    assert schedule.finish == at("2026-11-05 17:00")
    assert schedule.status is Status.OPTIMAL


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(projects(EVERYTHING, max_activities=12, min_activities=4))
def test_what_it_finds_is_a_better_schedule(project: Project) -> None:
    """Whatever the plan holds: verified, and better by its own measure."""
    _look_for_better(project)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(projects(LOOKING_BACK, max_activities=14, min_activities=5))
def test_what_looks_back_is_kept(project: Project) -> None:
    """Maximal lags, shared windows and hammocks that hold something: no child breaks them."""
    _look_for_better(project)


def _look_for_better(project: Project) -> None:
    """Breed a moment; what comes out is verified."""
    try:
        problem, early, best = begun(project)
    except UnplaceableError:
        return
    if best is None:
        return
    found = bred(problem, early, best, Clock(Settings(), None), effort=0.0005, goal=NOWHERE)
    if found is None:
        return
    assert found.score < best.score
    assert measure(problem, found.places) == found.score
    assert found.score.finish == finish_of(problem, found.places)
    named = {job.id: place for job, place in zip(problem.jobs, found.places, strict=True)}
    assert list(verify(project, named)) == []
