"""Schedules that people are to cover, for tests of rosters."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

from tests.support.placed import placed_schedule
from tests.support.projects import at, bridge, make_project, office, resource, task

from imsgen.model import Calendar, Instant, Person, Roster, RosterRules, Schedule, Window
from imsgen.schedule.duty import with_shifts
from imsgen.solver import Settings
from imsgen.solver.roster import solve_roster


def person(id_: str, *roles: str, **more: Any) -> Person:
    """Return somebody who plays the roles, ``dba`` where none is named."""
    return Person(id_, id_.title(), roles or ("dba",), **more)


def on_duty(
    work: list[tuple[str, str, int]],
    people: list[Person],
    rules: RosterRules,
    *,
    window: tuple[str, str] | None = None,
    timezone: str = "UTC",
    calendars: tuple[Calendar, ...] = (),
) -> Schedule:
    """Return a schedule of work (role, start in UTC, minutes) in the window `w`."""
    activities = [
        task(f"a{i}", minutes, "bridge", {role: 100}) for i, (role, _, minutes) in enumerate(work)
    ]
    roles = dict.fromkeys([role for role, _, _ in work] + [r for one in people for r in one.roles])
    starts = [at(start) for _, start, _ in work]
    first = at(window[0]) if window else min(starts)
    last = (
        at(window[1])
        if window
        else max(start + minutes for start, (_, _, minutes) in zip(starts, work, strict=True))
    )
    project = make_project(
        activities,
        resources=[resource(role, 1000) for role in roles],
        calendars=[office(), bridge(), *calendars],
        people={one.id: one for one in people},
        roster=rules,
        windows={"w": Window("w", "The night", ((first, Instant(last)),))},
        timezone=timezone,
    )
    return placed_schedule(project, {f"a{i}": start for i, start in enumerate(starts)})


def rostered(schedule: Schedule, effort: float = 2.0) -> tuple[Schedule, Roster]:
    """Return the schedule with its roster."""
    rules = schedule.project.roster
    assert rules is not None
    roster, _ = solve_roster(schedule, rules, Settings(effort=effort, time_limit=60))
    return with_shifts(schedule, roster), roster


def best_by_trying(schedule: Schedule, slots: int) -> tuple[int, int, int, int] | None:
    """Return shifts, minutes, longest and unwanted of the best roster, by trying every one.

    For hours that begin where the window does, people at any hour or on leave, steps of an hour
    and rules in whole hours. None: there is no roster.
    """
    project = schedule.project
    rules = project.roster
    assert rules is not None
    ((begin, _),) = project.windows["w"].occurrences
    wanted = [
        {
            role: sum(
                one.start < begin + 60 * k + 60 and begin + 60 * k < one.finish
                for id_, one in schedule.activities.items()
                if project.activities[id_].modes[0].needs[0].resource == role
            )
            for role in project.resources
        }
        for k in range(slots)
    ]
    people = list(project.people.values())
    there = [
        [
            not any(a < begin + 60 * k + 60 and begin + 60 * k < b for a, b in one.leave)
            for k in range(slots)
        ]
        for one in people
    ]
    choices = [
        [row for row in product(("", *one.roles), repeat=slots) if _allowed(row, free, rules)]
        for one, free in zip(people, there, strict=True)
    ]
    best = None
    for rows in product(*choices):
        if not all(_covered(rows, people, there, wanted, k, rules) for k in range(slots)):
            continue
        hours = [sum(bool(one) for one in row) for row in rows]
        shifts = sum(len(_runs(row)) for row in rows)
        value = (shifts, 60 * sum(hours), 60 * max(hours), 0)
        best = value if best is None else min(best, value)
    return best


def _runs(row: tuple[str, ...]) -> list[tuple[int, int]]:
    found, begun = [], None
    for k in range(len(row) + 1):
        if begun is not None and (k == len(row) or row[k] != row[begun]):
            found.append((begun, k))
            begun = None
        if k < len(row) and row[k] and begun is None:
            begun = k
    return found


def _allowed(row: tuple[str, ...], free: list[bool], rules: RosterRules) -> bool:
    if any(role and not here for role, here in zip(row, free, strict=True)):
        return False
    runs = _runs(row)
    least = max(rules.shortest_shift, rules.handover)
    if any(not least <= 60 * (b - a) <= rules.longest_shift for a, b in runs):
        return False
    return all(60 * (after[0] - before[1]) >= rules.least_rest for before, after in pairwise(runs))


def _covered(
    rows: tuple[tuple[str, ...], ...],
    people: list[Person],
    there: list[list[bool]],
    wanted: list[dict[str, int]],
    k: int,
    rules: RosterRules,
) -> bool:
    length = rules.handover // 60
    for role, amount in wanted[k].items():
        if sum(row[k] == role for row in rows) < amount:
            return False
        idle = [
            row
            for one, row, free in zip(people, rows, there, strict=True)
            if role in one.roles and free[k] and not row[k]
        ]
        if amount and len(idle) < rules.backups:
            return False
        if k >= length:
            window = range(k - length, k + 1)
            stay = sum(all(row[j] == role for j in window) for row in rows)
            if stay < min(wanted[j][role] for j in window):
                return False
    return True
