"""How well the plan's objective is met, in the words of who asked for it."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.model import FULL, ObjectiveLevel, Schedule
from imsgen.schedule.views import work_text

_BASIC = ("deadlines", "finish", "early starts")
"""Levels that the summary tells elsewhere, or not at all."""


def pursued(schedule: Schedule) -> tuple[ObjectiveLevel, ...]:
    """Return the levels of the objective the plan asked for, without those every plan has."""
    return tuple(one for one in schedule.objective if one.name not in _BASIC)


def objective_lines(schedule: Schedule) -> Iterator[str]:
    """Yield a line for each level of the plan's objective."""
    for level in pursued(schedule):
        text = _LINES[level.name](schedule, level)
        if text:
            yield text


def _smooth(schedule: Schedule, level: ObjectiveLevel) -> str:
    if level.bound == level.value:
        return "use of resources as even as it can be" + _proof(level)
    above = (level.value - level.bound) / max(1, level.bound)
    return f"use of resources evened out: squared load at most {above:.0%} above the least"


def _people(schedule: Schedule, level: ObjectiveLevel) -> str:
    teams = {
        need.resource
        for id_, dates in schedule.activities.items()
        for need in schedule.project.activities[id_].modes[dates.mode].needs
        if not schedule.project.resources[need.resource].holds
    }
    each = f" (the peaks of {len(teams)} teams)" if len(teams) > 1 else ""
    text = f"fewest people at once: {_units(level.value)}{each}"
    if level.bound == level.value:
        return text + _proof(level)
    return f"{text}; fewer than {_units(level.bound)} cannot do it"


def _told(schedule: Schedule, level: ObjectiveLevel) -> str:
    if level.value == 0:
        return "nothing changes from the published dates"
    people = "1 person is" if level.value == 1 else f"{level.value} people are"
    if level.bound == level.value:
        return f"{people} told a new time" + _proof(level)
    return f"{people} told a new time; at least {level.bound} must be"


def _shift(schedule: Schedule, level: ObjectiveLevel) -> str:
    if level.value == 0:
        return ""
    text = f"dates move by {work_text(level.value, schedule.project.day)} of work in all"
    if level.bound == level.value:
        return text + _proof(level)
    return f"{text}; at least {work_text(level.bound, schedule.project.day)} is needed"


def _cost(schedule: Schedule, level: ObjectiveLevel) -> str:
    text = f"cost of what is to be done: {_money(schedule, level.value)}"
    if level.bound == level.value:
        return text + _proof(level)
    return f"{text}; none costs less than {_money(schedule, level.bound)}"


_LINES = {
    "smooth use": _smooth,
    "people": _people,
    "people told": _told,
    "shift": _shift,
    "cost": _cost,
}


def _proof(level: ObjectiveLevel) -> str:
    """Return what is proved of a value equal to its bound: the levels before it may be open."""
    return ", proved" if level.proved else ", proved for this finish"


def _units(percent: int) -> str:
    whole, rest = divmod(percent, FULL)
    return str(whole) if not rest else f"{percent / FULL:g}"


def _money(schedule: Schedule, hundredths: int) -> str:
    currency = schedule.project.currency
    return f"{hundredths // 100:,}.{hundredths % 100:02d}" + (f" {currency}" if currency else "")
