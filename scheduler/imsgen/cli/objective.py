"""How well the plan's objective is met, in the words of who asked for it."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.model import FULL, Instant, ObjectiveLevel, Schedule
from imsgen.schedule.views import elapsed_text, moment_text, work_text

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
    """Tell (percent of a unit)² times minutes as person-hours, each times who works beside it."""
    value, bound = (f"{one / (FULL**2 * 60):,.0f}" for one in (level.value, level.bound))
    text = f"use evened out to {value} person-hours, each counted times all of its team then busy"
    return text + _proof(level, f"none has less than {bound}")


def _people(schedule: Schedule, level: ObjectiveLevel) -> str:
    teams = {
        need.resource
        for id_, dates in schedule.activities.items()
        for need in schedule.project.activities[id_].modes[dates.mode].needs
        if not schedule.project.resources[need.resource].holds
    }
    each = f" (the peaks of {len(teams)} teams)" if len(teams) > 1 else ""
    text = f"fewest people at once: {_units(level.value)}{each}"
    return text + _proof(level, f"fewer than {_units(level.bound)} cannot do it")


def _frozen(_schedule: Schedule, level: ObjectiveLevel) -> str:
    if level.value == 0:
        return "nothing frozen moves"
    moves = "1 frozen activity moves" if level.value == 1 else f"{level.value} frozen ones move"
    return moves + _proof(level, f"at least {level.bound} must")


def _missed(_schedule: Schedule, level: ObjectiveLevel) -> str:
    if level.value == 0:
        return "no deadline or booked gate is missed"
    text = f"deadlines and booked gates missed, by priority: {level.value}"
    return text + _proof(level, f"{level.bound} at least")


def _told(schedule: Schedule, level: ObjectiveLevel) -> str:
    if level.value == 0:
        return "nothing changes from the published dates"
    people = "1 person is" if level.value == 1 else f"{level.value} people are"
    return f"{people} told a new time" + _proof(level, f"at least {level.bound} must be")


def _shift(schedule: Schedule, level: ObjectiveLevel) -> str:
    if level.value == 0:
        return ""
    moved, least = (work_text(one, schedule.project.day) for one in (level.value, level.bound))
    return f"dates move by {moved} of work in all" + _proof(level, f"by {least} at least")


def _cost(schedule: Schedule, level: ObjectiveLevel) -> str:
    text = f"cost of what is to be done: {_money(schedule, level.value)}"
    return text + _proof(level, f"none costs less than {_money(schedule, level.bound)}")


def _point(schedule: Schedule, level: ObjectiveLevel) -> str:
    zone = schedule.project.timezone
    first, latest = (moment_text(Instant(one), zone) for one in (level.value, level.bound))
    text = f"point of no return as late as the finish allows, {first}"
    return text + _most(level, f"it cannot be after {latest}")


def _margin(schedule: Schedule, level: ObjectiveLevel) -> str:
    text = f"every gate is safe, the least margin {elapsed_text(level.value)}"
    if level.value == level.bound and level.proved:
        return f"{text}: no schedule as good has more"
    return text + _most(level, f"{elapsed_text(level.bound)} at most")


_LINES = {
    "point of no return": _point,
    "margin": _margin,
    "smooth use": _smooth,
    "people": _people,
    "frozen": _frozen,
    "missed": _missed,
    "people told": _told,
    "shift": _shift,
    "cost": _cost,
}


def _proof(level: ObjectiveLevel, least: str) -> str:
    """Return what is proved: of a value equal to its bound the levels before may be open."""
    if level.value <= level.bound:
        return ", proved" if level.proved else ", proved for this finish"
    return f"; {least} (gap {level.gap:.1%})"


def _most(level: ObjectiveLevel, most: str) -> str:
    """Return what is proved of a level of which more is better."""
    if level.value >= level.bound:
        return ", proved" if level.proved else ", proved for this finish"
    return f"; {most}"


def _units(percent: int) -> str:
    whole, rest = divmod(percent, FULL)
    return str(whole) if not rest else f"{percent / FULL:g}"


def _money(schedule: Schedule, hundredths: int) -> str:
    currency = schedule.project.currency
    return f"{hundredths // 100:,}.{hundredths % 100:02d}" + (f" {currency}" if currency else "")
