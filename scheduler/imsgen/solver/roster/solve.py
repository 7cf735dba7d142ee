"""The roster of a schedule: each team solved on its own, level by level."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.model import (
    Instant,
    Roster,
    RosterLevel,
    RosterRules,
    RosterStatus,
    Schedule,
    Shift,
)
from imsgen.solver.clock import Clock
from imsgen.solver.roster.explain import Explanation, explain
from imsgen.solver.roster.problem import covered_spans, teams_of
from imsgen.solver.roster.standby import standbys
from imsgen.solver.roster.team import LEVELS, Answer, solve_team
from imsgen.solver.settings import Observer, Settings


def solve_roster(
    schedule: Schedule,
    rules: RosterRules,
    settings: Settings,
    observer: Observer | None = None,
) -> tuple[Roster, bool]:
    """Return who is on duty in a window, or why nobody can be found, and if it is reproducible.

    Parameters
    ----------
    settings
        ``effort`` and ``time_limit`` are for all teams together, ``explain`` says whether one
        that cannot be filled is explained.
    observer
        Who may end it.
    """
    spans = covered_spans(schedule, rules)
    teams = teams_of(schedule, rules, spans)
    clock = Clock(settings, observer)
    answers = []
    for i, team in enumerate(teams):
        # What one team does not need is left for those after it.
        answers.append(solve_team(team, clock, clock.effort_left / (len(teams) - i)))
    status = _status(answers)
    shifts: list[Shift] = []
    backups: list[Shift] = []
    told = Explanation()
    if status in {RosterStatus.OPTIMAL, RosterStatus.FEASIBLE}:
        for team, answer in zip(teams, answers, strict=True):
            shifts += answer.shifts
            backups += standbys(team, answer.shifts)
    elif status is RosterStatus.INFEASIBLE and settings.explain:
        short = [
            team
            for team, answer in zip(teams, answers, strict=True)
            if answer.status is RosterStatus.INFEASIBLE
        ]
        told = explain(schedule, rules, spans, short, clock)
    roster = Roster(
        window=rules.window,
        spans=tuple((Instant(first), Instant(last)) for first, last in spans),
        status=status,
        shifts=tuple(sorted(shifts, key=_order)),
        standbys=tuple(sorted(backups, key=_order)),
        objective=_objective(answers) if shifts else (),
        shortages=told.shortages,
        remedies=told.remedies,
        spent=round(clock.spent, 6),
    )
    return roster, not clock.cut


def _status(answers: Sequence[Answer]) -> RosterStatus:
    found = {one.status for one in answers}
    for status in (RosterStatus.INFEASIBLE, RosterStatus.UNKNOWN, RosterStatus.FEASIBLE):
        if status in found:
            return status
    return RosterStatus.OPTIMAL


def _objective(answers: Sequence[Answer]) -> tuple[RosterLevel, ...]:
    """Return the levels of all teams: sums, but for who works most."""
    found = []
    for i, name in enumerate(LEVELS):
        values, bounds = [one.values[i] for one in answers], [one.bounds[i] for one in answers]
        most = name == "longest"
        found.append(
            RosterLevel(
                name, max(values) if most else sum(values), max(bounds) if most else sum(bounds)
            )
        )
    return tuple(found)


def _order(shift: Shift) -> tuple[int, str, str]:
    return shift.start, shift.role, shift.person
