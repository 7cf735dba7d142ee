"""The exact model as a member: deadlines and finish proved level by level, then early starts."""

from __future__ import annotations

from collections.abc import Callable

from imsgen.solver.due import due_horizon, due_part
from imsgen.solver.objective import LEVELS
from imsgen.solver.state import State

NAME = "cp-sat"
_STARTS_EFFORT = 0.5
"""Most units spent on proving early starts: the serial schedule is near, a proof is rare."""


def prove_finish(state: State, effort: float) -> None:
    """Look for less tardiness and an earlier finish, and prove how little there can be.

    Nothing is spent where the plan is too large for the model; it is not written again then.
    """
    if state.too_large:
        return
    from imsgen.solver.cpsat.moments import TooLargeError

    share = effort / max(effort, state.clock.effort_left)
    try:
        if not state.tardiness_proved():
            _bound_tardiness(state, share)
        if not state.tardiness_proved():
            _level(state, 0, share * state.clock.effort_left)
        if state.clock.settings.levels > 1 and not state.reached():
            _level(state, 1, share * state.clock.effort_left)
    except TooLargeError:
        state.too_large = True


def raise_floor(state: State, effort: float) -> None:
    """Prove how early the plan can finish at best, where it is far from what was found."""
    from imsgen.solver.cpsat.floor import raised
    from imsgen.solver.cpsat.moments import TooLargeError

    if state.too_large or state.clock.settings.levels < 2 or state.finish_proved():
        return
    low = state.bounds.finish
    try:
        found = raised(
            state.problem, state.early, state.found(), low, clock=state.clock, effort=effort
        )
    except TooLargeError:
        state.too_large = True
        return
    if found.places is not None:
        state.take_places(found.places, NAME)
    if found.finish > low:
        state.prove_finish(found.finish, "solver")


def prove_starts(state: State, effort: float) -> None:
    """Look for earlier starts where deadlines and finish are what they are."""
    from imsgen.solver.cpsat.moments import TooLargeError

    if state.too_large:
        return
    try:
        _level(state, 2, min(effort, _STARTS_EFFORT))
    except TooLargeError:
        return


def _bound_tardiness(state: State, share: float) -> None:
    """Prove how little tardy a plan can be, on the part of it that deadlines concern."""
    if state.clock.stopped() or state.clock.effort_left <= 0:
        return
    from imsgen.solver.cpsat.levels import least_tardiness

    state.show(f"exact: {LEVELS[0]}")
    part = due_part(state.problem)
    early = [state.early[state.problem.number[job.id]] for job in part.jobs]
    first = max((place.finish for place in early), default=state.problem.project.start)
    tardiness = state.found().score.tardiness
    until = due_horizon(part, tardiness, first)
    effort = share * state.clock.effort_left / 4
    bound = least_tardiness(part, early, until, state.clock, effort)
    if bound is not None:
        state.prove_tardiness(min(bound, tardiness))


def _level(state: State, level: int, effort: float) -> None:
    """Solve one level with the exact model and keep what it finds and proves."""
    if state.clock.stopped() or state.clock.effort_left <= 0 or not state.problem.jobs:
        return
    from imsgen.solver.cpsat.levels import solve_level

    state.show(f"exact: {LEVELS[level]}")
    found = solve_level(
        state.problem,
        state.early,
        state.found(),
        level,
        clock=state.clock,
        effort=effort,
        finish_low=state.bounds.finish if level else state.bounds.named["energy"],
        finish_high=_horizon(state, level),
        note=_note(state, level),
    )
    if found.places is not None:
        state.take_places(found.places, NAME)
    if found.bound is not None:
        if level == 0:
            state.settled = state.found().score.tardiness <= found.bound
        elif level == 1:
            state.prove_finish(found.bound, "solver")
        else:
            state.prove_starts(found.bound)
    state.show(f"exact: {LEVELS[level]}")


def _horizon(state: State, level: int) -> int:
    """Return until when schedules that improve on a level reach.

    Less tardiness may cost a later finish: twice the length of the incumbent leaves room. The
    proof does not rest on it, see :mod:`imsgen.solver.due`.
    """
    finish = state.found().score.finish
    if level:
        return finish
    return finish + max(1440, finish - state.problem.release)


def _note(state: State, level: int) -> Callable[[float, float], None]:
    origin = state.problem.book.always.origin

    def note(value: float, bound: float) -> None:
        if level == 1:
            finish, low = int(value) + origin, int(bound) + origin
            state.clock.show("exact: finish", finish, low, state.problem.project.start)

    return note
