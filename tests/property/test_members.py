"""Each member on its own, on random plans: what it takes for a schedule is one, and no worse."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.support.begun import begun
from tests.support.features import EVERYTHING
from tests.support.strategies import projects

from imsgen.model import Project
from imsgen.solver.member import Member
from imsgen.solver.objective import measure
from imsgen.solver.replay import replayed
from imsgen.solver.strategy import MEMBERS

EFFORT = 0.02


@pytest.mark.parametrize("member", MEMBERS, ids=[one.name for one in MEMBERS])
@settings(max_examples=30, deadline=None)
@given(projects(EVERYTHING))
def test_what_a_member_finds_stands(member: Member, plan: Project) -> None:
    """It replays by every rule, scores what is said of it, and is no worse than the first."""
    state = begun(plan)
    if state is None or not member.able(state):
        return
    before = state.found()
    member.run(state, EFFORT)
    after = state.found()
    places = {job.id: place for job, place in zip(state.problem.jobs, after.places, strict=True)}
    assert after.score <= before.score
    assert after.score == measure(state.problem, after.places)
    assert not isinstance(replayed(state.problem, places), str)
    assert state.bounds.tardiness <= after.score.tardiness
    if after is not before:
        assert state.method == member.name


@pytest.mark.parametrize("member", MEMBERS, ids=[one.name for one in MEMBERS])
@settings(max_examples=10, deadline=None)
@given(projects(EVERYTHING))
def test_a_member_finds_the_same_again(member: Member, plan: Project) -> None:
    """Two runs of one seed and effort end in the same places and have spent the same."""
    found = []
    for _ in range(2):
        state = begun(plan)
        if state is None or not member.able(state):
            return
        member.run(state, EFFORT)
        found.append((state.found().places, state.clock.spent, state.bounds.finish))
    assert found[0] == found[1]
