"""Small plans on whole hours, where every schedule can be tried."""

from __future__ import annotations

import random

from hypothesis import event, given, reject
from hypothesis import strategies as st
from tests.support.brute_force import BruteForce, Spot
from tests.support.hourly_plans import hourly_plans
from tests.support.profiles import examples

from imsgen.errors import Infeasible
from imsgen.model import Project, Schedule, Status
from imsgen.solver import Settings, solve
from imsgen.verifier import verify, verify_schedule

UNTIL = 46
"""Hours: a day more than the plans' latest finish, for milestones the next morning."""


@examples(60)
@given(hourly_plans(), st.integers(0, 10_000))
def test_the_verifier_agrees_hour_by_hour(project: Project, seed: int) -> None:
    """Rules read by counting hours, and by the verifier, allow the same places."""
    brute = BruteForce(project)
    places = [list(brute.places(id_, UNTIL)) for id_ in brute.ids]
    if not all(places):
        reject()
    allowed = [[spot for spot in choice if brute.fits(spot)] or choice for choice in places]
    pick = random.Random(seed)
    for _ in range(10):
        spots: dict[str, Spot] = {}
        for every, good in zip(places, allowed, strict=True):
            choice = every if pick.random() < 0.2 else good
            spot = pick.choice(choice[: pick.choice([3, 10, len(choice)])])
            spots[spot.id] = spot
        right = brute.allowed(spots) and all(brute.fits(spot) for spot in spots.values())
        event("allowed" if right else "forbidden")
        assert (verify(project, brute.placements(spots)) == []) is right


@examples(400)
@given(hourly_plans())
def test_nothing_beats_the_optimum(project: Project) -> None:
    """The solver's proved optimum is the best of all, and infeasible means that there is none."""
    brute = BruteForce(project)
    best = brute.search(UNTIL)
    try:
        schedule = solve(project, Settings(effort=5.0))
    except Infeasible:
        event("infeasible")
        assert best is None, f"there is a schedule: {brute.schedule}"
        return
    assert verify_schedule(schedule) == []
    assert schedule.status is Status.OPTIMAL
    found = _score(schedule)
    if any(link.max_lag is not None for link in project.dependencies):
        # To be followed in time, a predecessor may finish a minute after an hour it cannot
        # finish at: whole hours are not enough.
        assert best is None or found <= best
    else:
        assert found == best


def _score(schedule: Schedule) -> tuple[int, float]:
    """Return tardiness and the finish in hours after the plan's start."""
    tardiness = schedule.objective[0].value
    return tardiness, (schedule.finish - schedule.project.start) / 60
