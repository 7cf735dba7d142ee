"""Why a roster cannot be filled: who is missing when, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from imsgen.model import (
    Cover,
    Remedy,
    RosterRules,
    Schedule,
    Shortage,
)
from imsgen.solver.clock import Clock
from imsgen.solver.roster.problem import Member, Span, Team, teams_of

_EACH = 1.0
"""Most units of effort for one question; nearly all are answered with a fraction of one."""
_MOST_PEOPLE = 6
"""So many people are tried to add, in all."""
_LONGEST = 1440
_STEPS = (15, 10, 5)
"""Finer steps that are tried."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a best attempt leaves open, and changes of which each mends the roster."""

    shortages: tuple[Shortage, ...] = ()
    remedies: tuple[Remedy, ...] = ()


def explain(
    schedule: Schedule,
    rules: RosterRules,
    spans: Sequence[Span],
    short: Sequence[Team],
    clock: Clock,
) -> Explanation:
    """Return why teams cannot be filled; each remedy was tried by solving."""
    shortages = [one for team in short for one in _shortages(team, clock)]
    mended = _Mended(schedule, rules, spans, short, clock)
    remedies = [*mended.by_rules(), *mended.by_people(shortages)]
    return Explanation(tuple(shortages), tuple(remedies))


def _shortages(team: Team, clock: Clock) -> Iterator[Shortage]:
    """Yield who is missing in the attempt that lacks the fewest minutes of people."""
    from imsgen.solver.cpsat.roster import RosterModel, found_any

    model = RosterModel(team, elastic=True)
    model.model.minimize(model.lacking())
    result = model.solve(clock, min(_EACH, clock.effort_left))
    if not found_any(result) or model.missing is None:
        return
    for cover, missing in ((Cover.DUTY, model.missing.duty), (Cover.BACKUP, model.missing.backup)):
        for role in team.roles:
            people = [
                result.solver.value(missing[role, k]) if (role, k) in missing else 0
                for k in range(len(team.slots))
            ]
            yield from _runs(team, role, people, cover)


def _runs(team: Team, role: str, people: Sequence[int], cover: Cover) -> Iterator[Shortage]:
    slots = team.slots
    keyed = groupby(range(len(slots)), key=lambda k: (people[k], slots[k].span))
    for (amount, _), run in keyed:
        inside = list(run)
        if amount:
            yield Shortage(role, slots[inside[0]].start, slots[inside[-1]].finish, amount, cover)


class _Mended:
    """Tries changes on the teams that have no answer."""

    def __init__(
        self,
        schedule: Schedule,
        rules: RosterRules,
        spans: Sequence[Span],
        short: Sequence[Team],
        clock: Clock,
    ) -> None:
        self._schedule = schedule
        self._rules = rules
        self._spans = spans
        self._short = short
        self._clock = clock

    # -- rules -------------------------------------------------------------------------------

    def by_rules(self) -> Iterator[Remedy]:
        """Yield the smallest change of each rule that mends all on its own."""
        rules = self._rules
        step = rules.step
        longer = range(rules.longest_shift + step, _LONGEST + 1, step)
        yield from self._least("longest_shift", list(longer))
        yield from self._least("least_rest", list(range(rules.least_rest - step, -1, -step)))
        yield from self._least("handover", list(range(rules.handover - step, -1, -step)))
        yield from self._least(
            "shortest_shift", list(range(rules.shortest_shift - step, -1, -step))
        )
        yield from self._least("backups", list(range(rules.backups - 1, -1, -1)))
        finer = next((one for one in _STEPS if one < step and step % one == 0), None)
        if finer is not None and self._fits(replace(rules, step=finer)):
            yield Remedy("step", finer)

    def _least(self, rule: str, values: Sequence[int]) -> Iterator[Remedy]:
        """Yield the first value that mends; what mends with one mends with those behind it."""
        if not values or not self._fits(_changed(self._rules, rule, values[-1])):
            return
        low, high = 0, len(values) - 1
        while low < high:
            middle = (low + high) // 2
            if self._fits(_changed(self._rules, rule, values[middle])):
                high = middle
            else:
                low = middle + 1
        yield Remedy(rule, values[high])

    def _fits(self, rules: RosterRules) -> bool:
        wanted = {role for team in self._short for role in team.roles}
        teams = teams_of(self._schedule, rules, self._spans)
        return all(
            self._feasible(team) for team in teams if any(role in wanted for role in team.roles)
        )

    def _feasible(self, team: Team) -> bool:
        from imsgen.solver.cpsat.roster import RosterModel, found_any

        effort = min(_EACH, self._clock.effort_left)
        return found_any(RosterModel(team).solve(self._clock, effort))

    # -- people ------------------------------------------------------------------------------

    def by_people(self, shortages: Sequence[Shortage]) -> Iterator[Remedy]:
        """Yield the people who mend all together, one by one where somebody is missing most."""
        added: list[str] = []
        for team in self._short:
            mine = [one for one in shortages if one.role in team.roles]
            found = self._helpers(team, mine)
            if found is None:
                return
            added += found
        if added:
            yield Remedy("people", roles=tuple(added))

    def _helpers(self, team: Team, shortages: Sequence[Shortage]) -> list[str] | None:
        """Return the roles of the people a team lacks; None: so many were tried in vain."""
        roles = list(dict.fromkeys(one.role for one in shortages))
        for amount in range(1, _MOST_PEOPLE + 1):
            for chosen in _choices(roles, amount):
                if self._feasible(_with(team, chosen)):
                    return list(chosen)
        return None


def _changed(rules: RosterRules, rule: str, value: int) -> RosterRules:
    change: dict[str, Any] = {rule: value}
    return replace(rules, **change)


def _choices(roles: Sequence[str], amount: int) -> Iterator[tuple[str, ...]]:
    """Yield ways of adding so many people: all in one role first, then spread over the roles."""
    for role in roles:
        yield (role,) * amount
    if len(roles) > 1 and amount > 1:
        yield tuple(sorted((list(roles) * amount)[:amount], key=roles.index))


def _with(team: Team, roles: Sequence[str]) -> Team:
    """Return a team with somebody more in each of the roles, there at any hour."""
    always, never = (True,) * len(team.slots), (False,) * len(team.slots)
    helpers = [
        Member(f"+{i}", (role,), always, never, (0,) * len(team.slots))
        for i, role in enumerate(roles)
    ]
    return replace(team, members=(*team.members, *helpers))
