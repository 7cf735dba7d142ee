"""The shifts of one team: fewest shifts, least time, fairness, wishes, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from imsgen.model import RosterStatus, Shift
from imsgen.solver.clock import Clock
from imsgen.solver.roster.problem import Team

LEVELS = ("shifts", "minutes", "longest", "unwanted")
"""What is made small, in this order."""
_SHARES = (0.4, 0.5, 0.8, 1.0)
"""How much of the effort that is left a level may take."""
LARGEST = 400_000
"""Literals of a team above which no model is built."""
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a team; values and bounds by level, minutes or shifts."""

    status: RosterStatus
    shifts: tuple[Shift, ...] = ()
    values: tuple[int, ...] = (0,) * len(LEVELS)
    bounds: tuple[int, ...] = (0,) * len(LEVELS)


def solve_team(team: Team, clock: Clock, effort: float) -> Answer:
    """Return the shifts of a team within so much effort."""
    from imsgen.solver.cpsat.roster import RosterModel, found_any
    from imsgen.solver.cpsat.run import Outcome

    if not any(any(people) for people in team.demand.values()):
        return Answer(RosterStatus.OPTIMAL)
    if len(team.slots) * sum(len(one.roles) for one in team.members) > LARGEST:
        return Answer(RosterStatus.UNKNOWN)
    model = RosterModel(team)
    shifts: tuple[Shift, ...] = ()
    values: list[int] = []
    bounds: list[int] = []
    begun = clock.spent
    for name, share in zip(LEVELS, _SHARES, strict=True):
        measure = model.level(name)
        model.model.minimize(measure)
        left = max(0.0, effort - (clock.spent - begun))
        result = model.solve(clock, share * left)
        if not found_any(result) and shifts:
            break
        if not found_any(result):
            if result.outcome is Outcome.INFEASIBLE:
                return Answer(RosterStatus.INFEASIBLE)
            # A long roster: any that keeps the rules is better than none.
            bounds.append(max(0, ceil(result.bound - _ROUNDING)))
            model.model.clear_objective()  # type: ignore[no-untyped-call]
            result = model.solve(clock, max(0.0, effort - (clock.spent - begun)))
            if not found_any(result):
                never = result.outcome is Outcome.INFEASIBLE
                return Answer(RosterStatus.INFEASIBLE if never else RosterStatus.UNKNOWN)
            shifts = tuple(_shifts(team, model.shifts(result)))
            break
        shifts = tuple(_shifts(team, model.shifts(result)))
        model.hold(result)
        value = round(result.value)
        values.append(value)
        bounds.append(min(value, max(0, ceil(result.bound - _ROUNDING))))
        model.model.add(measure <= value)
    # Nothing is proved of levels that were not reached: 0 is a bound of all.
    values += _measured(team, shifts)[len(values) :]
    bounds += [0] * (len(LEVELS) - len(bounds))
    status = RosterStatus.OPTIMAL if values == bounds else RosterStatus.FEASIBLE
    return Answer(status, shifts, tuple(values), tuple(bounds))


def _shifts(team: Team, found: list[tuple[str, str, int, int]]) -> Iterator[Shift]:
    for person, role, first, last in found:
        yield Shift(person, role, team.slots[first].start, team.slots[last - 1].finish)


def _measured(team: Team, shifts: Sequence[Shift]) -> list[int]:
    """Return what shifts come to on every level."""
    minutes = dict.fromkeys((one.id for one in team.members), 0)
    unwanted = 0
    for one in shifts:
        minutes[one.person] += one.finish - one.start
        (member,) = (member for member in team.members if member.id == one.person)
        unwanted += sum(
            amount
            for slot, amount in zip(team.slots, member.unwanted, strict=True)
            if one.start <= slot.start < one.finish
        )
    return [len(shifts), sum(minutes.values()), max(minutes.values()), unwanted]
