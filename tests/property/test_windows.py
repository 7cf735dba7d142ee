"""Windows of random plans of every kind: what stands fits, and what fits stands."""

from __future__ import annotations

from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.support.begun import begun
from tests.support.crowded import crowded_plans
from tests.support.features import EVERYTHING
from tests.support.strategies import projects

from imsgen.model import Project
from imsgen.solver import Settings
from imsgen.solver.clock import Clock
from imsgen.solver.dates import begin_of, way_of
from imsgen.solver.objective import finish_of
from imsgen.solver.replay import replayed
from imsgen.solver.windows.neighbours import neighbours_of
from imsgen.solver.windows.question import ask
from imsgen.solver.windows.search import windowed
from imsgen.solver.windows.sides import Window


@settings(max_examples=150, deadline=None)
@given(projects(EVERYTHING), st.data())
def test_what_stands_fits(plan: Project, data: st.DataObject) -> None:
    """Whatever jobs are free, a schedule fits around the others; what is found keeps every rule."""
    state = begun(plan)
    if state is None:
        return
    problem, places = state.problem, state.found().places
    movable = [job.number for job in problem.jobs if job.fixed is None]
    free = (
        data.draw(st.lists(st.sampled_from(movable), min_size=1, unique=True)) if movable else []
    )
    if not free:
        return
    last = data.draw(st.booleans())
    end = finish_of(problem, places) if last else max(places[one].finish for one in free)
    by = {one: max(end, places[one].finish) for one in free}
    since = min(
        begin_of(problem.jobs[one], way_of(problem.jobs[one], places[one].mode), places[one])
        for one in free
    )
    window = Window(list(places), tuple(sorted(free)), since, by)
    answer = ask(problem, neighbours_of(problem), window, state.clock, 5.0)
    assert not answer.open
    assert answer.places is not None
    given_ = {job.id: place for job, place in zip(problem.jobs, answer.places, strict=True)}
    assert not isinstance(replayed(problem, given_), str)
    for job, place in zip(problem.jobs, answer.places, strict=True):
        if job.number in by:
            assert place.finish <= by[job.number]
        else:
            assert place == places[job.number]
    event(f"moved: {answer.places != places}")


@settings(max_examples=80, deadline=None)
@given(st.one_of(projects(EVERYTHING), crowded_plans()), st.integers(1, 4))
def test_a_search_by_windows_ends(plan: Project, seed: int) -> None:
    """With no goal in reach it still ends, by itself; better is better and keeps every rule."""
    state = begun(plan)
    if state is None:
        return
    clock = Clock(Settings(effort=1.0, time_limit=600, seed=seed), None)
    best = state.found()
    goal = (0, state.problem.book.always.origin)
    found = windowed(state.problem, state.early, best, clock, effort=2.0, goal=goal)
    event(f"better: {found is not None}")
    if found is not None:
        ids = [job.id for job in state.problem.jobs]
        assert found.score < best.score
        assert not isinstance(
            replayed(state.problem, dict(zip(ids, found.places, strict=True))), str
        )
