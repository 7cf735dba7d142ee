"""Windows by hand: a wrong order put right, a deadline kept, and when there is nothing to do."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.support.projects import link, make_project, resource, task

from imsgen.model import Activity, Instant, Placement, Project
from imsgen.solver import Settings, solve, strategy
from imsgen.solver.clock import Clock
from imsgen.solver.improve import Incumbent
from imsgen.solver.objective import measure
from imsgen.solver.problem import Problem, compiled
from imsgen.solver.settlement import Settlement
from imsgen.solver.state import State
from imsgen.solver.windows.aims import missed
from imsgen.solver.windows.search import obstacle, windowed
from imsgen.solver.windows.sides import Sides
from imsgen.verifier import verify

HOUR = 60


def waiting(deadline: Instant | None = None, aside: int = 0) -> Project:
    """Return a plan of two jobs for one person; the first of them has a long tail.

    Another job of so many hours needs nobody.
    """
    jobs: list[Activity] = [
        task("first", HOUR, "bridge", {"ann": 100}),
        task("tail", 4 * HOUR, "bridge"),
        task("other", 3 * HOUR, "bridge", {"ann": 100}, deadline=deadline),
    ]
    if aside:
        jobs.append(task("aside", aside * HOUR, "bridge"))
    return make_project(jobs, [link("first", "tail")], [resource("ann")])


def placed(project: Project, hours: Mapping[str, tuple[int, int]]) -> tuple[Problem, Incumbent]:
    """Return a schedule given in hours from the plan's start."""
    problem = compiled(project)
    places = [
        Placement(
            Instant(project.start + HOUR * hours[job.id][0]),
            Instant(project.start + HOUR * hours[job.id][1]),
        )
        for job in problem.jobs
    ]
    keys = [float(place.start) for place in places]
    return problem, Incumbent(places, measure(problem, places), keys)


WRONG = {"other": (0, 3), "first": (3, 4), "tail": (4, 8)}
"""Whoever has no tail goes first: eight hours, where five are enough."""


def clock() -> Clock:
    return Clock(Settings(effort=5.0, time_limit=600), None)


def test_a_wrong_order_is_put_right() -> None:
    """The job with the tail goes first: one hour and four are five, and the search ends there."""
    project = waiting()
    problem, best = placed(project, WRONG)
    goal = (0, project.start + 5 * HOUR)
    watch = clock()
    found = windowed(problem, [], best, watch, effort=5.0, goal=goal)
    assert found is not None
    assert found.score.finish == project.start + 5 * HOUR
    assert 0 < watch.spent < 1


def test_a_missed_deadline_comes_first() -> None:
    """`other` is due after three hours and ends after four: going first it is in time, and the
    tail, over after eight hours then, is no later than what takes eight hours anyway.
    """
    start = waiting().start
    project = waiting(deadline=Instant(start + 3 * HOUR), aside=8)
    hours = {"first": (0, 1), "other": (1, 4), "tail": (1, 5), "aside": (0, 8)}
    problem, best = placed(project, hours)
    assert [aim.finish for aim in missed(problem, best.places)] == [start + 4 * HOUR]
    found = windowed(problem, [], best, clock(), effort=5.0, goal=(0, start + 8 * HOUR))
    assert found is not None
    assert (found.score.tardiness, found.score.finish) == (0, start + 8 * HOUR)


@pytest.mark.parametrize("effort", [0.0, -1.0])
def test_without_effort_nothing_is_asked(effort: float) -> None:
    """No effort: no schedule, and none spent."""
    project = waiting()
    problem, best = placed(project, WRONG)
    watch = clock()
    assert windowed(problem, [], best, watch, effort=effort, goal=(0, 0)) is None
    assert watch.spent == 0


def test_the_late_side_is_right_justified() -> None:
    """Due after seven hours, the tail takes the last four and `first` the one before them."""
    project = waiting()
    problem, best = placed(project, WRONG)
    number = {job.id: job.number for job in problem.jobs}
    sides = Sides(problem, best.places, [project.start + 7 * HOUR] * 3)
    window = sides.window(1, 1)
    assert window.free == (number["other"],)
    spans = {
        id_: (window.places[one].start - project.start, window.places[one].finish - project.start)
        for id_, one in number.items()
    }
    assert spans["tail"] == (3 * HOUR, 7 * HOUR)
    assert spans["first"] == (2 * HOUR, 3 * HOUR)


def test_what_is_too_large_is_declared() -> None:
    """A plan of one activity more than 10,000 is left to others, one of so many is not."""
    jobs = [task(f"a{i}", HOUR, "bridge") for i in range(10_001)]
    assert obstacle(compiled(make_project(jobs, [], []))) == "more than 10,000 activities"
    assert obstacle(compiled(make_project(jobs[1:], [], []))) is None


def test_windows_run_where_nobody_else_can(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a population and an exact model they have what is left, and the file names them."""

    def idle(_self: Settlement, _state: State, _effort: float) -> None:
        """Find nothing and spend nothing."""

    monkeypatch.setattr(Settlement, "run", idle)
    monkeypatch.setattr(strategy, "_SMALL", 0)
    monkeypatch.setattr(strategy, "_MEDIUM", 0)
    project = waiting()
    schedule = solve(project, Settings(effort=2.0, time_limit=600))
    assert verify(project, schedule.activities) == []
    assert schedule.finish == project.start + 5 * HOUR
