"""Who runs when: the one place that knows all members."""

from __future__ import annotations

from imsgen.solver import exact, settlement
from imsgen.solver.breed import bred
from imsgen.solver.clock import PLACES_PER_UNIT
from imsgen.solver.improve import disturb, left_shifted
from imsgen.solver.member import Member, everything, improver, turn
from imsgen.solver.settlement import Settlement
from imsgen.solver.state import State
from imsgen.solver.windows import search as windows

_ACTIVITIES_PER_UNIT = 200
"""Disturbed orders take a unit for so many activities at most, where there are alternatives."""
_GLANCE, _GLANCED_PER_UNIT = 0.05, 1000
"""Part of the effort the population takes to begin with, and so many activities to a unit at most:
what is small enough to be proved is asked at once."""
_BRED_SHARE = 0.95
"""Part of the rest it takes where a proof is not to be expected; a bound takes what is left."""
_FLOOR_SHARE = 0.2
"""Part of the end that a bound takes where a proof may still be found, before that is tried."""
_EXACT_SHARE = 0.5
"""Part of the rest the exact model takes where it is, and then the population again."""
_PROBE_SHARE = 0.3
"""Part of the rest it takes in other plans on several calendars, before the population goes on:
where calendars leave few orders a choice, a proof may be near however wide the gap is."""
_ASKED_SHARE, _SOME_SHARE, _PROOF_SHARE = 0.05, 0.1, 0.85
"""In a small plan the exact model is asked first, for this part; then the population takes a part
of the rest, then the exact model the most of what is left in one piece, and a bound the end."""
_BRED_PER_UNIT = 100
"""So many activities to a unit the population takes there at most."""
_LEFT_OVER = 0.1
"""Part of the whole effort that must be left for windows: so much is left where the kernel cannot
write the plan down, or everybody else ended early."""
_SMALL, _MEDIUM, _NEAR = 60, 1000, 0.03
"""A proof is to be expected for so many activities, or for more if the gap is so small; above
``_MEDIUM`` the exact model would take longer to write than to search for anything better."""


def _disturb(state: State, effort: float) -> None:
    before = state.serial.spent
    found = disturb(
        state.problem,
        state.serial,
        state.found(),
        state.clock,
        effort=effort,
        goal=state.goal(),
    )
    state.clock.spent += (state.serial.spent - before) / PLACES_PER_UNIT
    state.take(found, DISTURBED.name)


DISTURBED = Member("disturbed orders", everything, _disturb)
POPULATION = improver(settlement.NAME, everything, bred)
EXACT = Member(exact.NAME, everything, exact.prove_finish, proves=True)
FLOOR = Member(exact.NAME, everything, exact.raise_floor, proves=True)
WINDOWS = improver("windows", windows.obstacle, windows.windowed)
STARTS = Member(exact.NAME, everything, exact.prove_starts, proves=True)
MEMBERS = (DISTURBED, POPULATION, EXACT, WINDOWS)
"""All that look for better schedules; a test runs each on its own."""


def search(state: State) -> None:
    """Look for better schedules than the first, and for proofs, within the clock."""
    with Settlement() as settlers:
        _look(state, Member(settlement.NAME, everything, settlers.run))
    # With equal effort the population finds more (measured); windows have what it cannot use.
    if state.clock.effort_left > _LEFT_OVER * state.clock.settings.effort:
        turn(state, WINDOWS)
    if len(state.problem.jobs) > _MEDIUM:
        return
    state.take(left_shifted(state.problem, state.serial, state.found()), state.method)
    if state.clock.settings.levels > 2 and state.reached():
        with state.clock.within_memory():
            STARTS.run(state, state.clock.effort_left)


def _look(state: State, population: Member) -> None:
    count = len(state.problem.jobs)
    if any(len(job.ways) > 1 for job in state.problem.jobs):
        few = min(state.clock.effort_left / 4, count / _ACTIVITIES_PER_UNIT)
        turn(state, DISTURBED, effort=few)
    if count > _MEDIUM:
        turn(state, population)
        return
    glance = min(_GLANCE * state.clock.effort_left, count / _GLANCED_PER_UNIT)
    turn(state, POPULATION, effort=glance, share=_GLANCE)
    if count <= _SMALL:
        turn(state, EXACT, share=_ASKED_SHARE)
        some = min(_SOME_SHARE * state.clock.effort_left, count / _BRED_PER_UNIT)
        turn(state, population, effort=some, share=_SOME_SHARE)
        turn(state, EXACT, share=_PROOF_SHARE)
        turn(state, FLOOR)
    elif _near(state):
        turn(state, EXACT, share=_EXACT_SHARE)
        turn(state, population, share=_EXACT_SHARE)
        turn(state, FLOOR, share=_FLOOR_SHARE)
    else:
        if _on_several_calendars(state):
            turn(state, EXACT, share=_PROBE_SHARE)
        turn(state, population, share=1.0 if state.too_large else _BRED_SHARE)
        turn(state, FLOOR)
    turn(state, EXACT)


def _on_several_calendars(state: State) -> bool:
    jobs = state.problem.jobs
    return len({id(way.calendar) for job in jobs for way in job.ways}) > 1


def _near(state: State) -> bool:
    """Whether the exact model may prove the best there is, though the plan is not small."""
    return state.gap <= _NEAR
