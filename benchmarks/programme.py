"""Tight integrated master schedules of any size, drawn by their shape.

Eight phases of work packages of about 25 activities. Inside a package an activity follows one of
the few before it; a package begins after packages of the phase before, and now and then waits for
one of their activities: 1.45 predecessors on average. 4 % are milestones, the rest last a
log-normal 1 to 40 hours and need up to three resources of their package's team of six. Capacities
are such that the work of each resource fills about 1/1.1 of the critical path.

With links ``mixed`` a quarter of them is not finish to start, and a fifth has a lag or a lead.
Everything follows from the seed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from generate import CALENDARS, activity, project_of
from imsgen.model import Dependency, LinkType, Need, Project, Resource

RESOURCES = {1_000: 10, 5_000: 40, 10_000: 80, 50_000: 150}
"""How many resources a plan of so many activities has."""
PHASES, PACKAGE, TEAM = 8, 25, 6
GRAIN = 15
"""Durations and lags are multiples of so many minutes."""
LINKS = ("fs", "mixed")


@dataclass
class _Draft:
    """A plan while it is drawn."""

    dice: random.Random
    mixed: bool
    durations: list[int] = field(default_factory=list)
    calendars: list[str] = field(default_factory=list)
    needs: list[dict[str, int]] = field(default_factory=list)
    links: list[Dependency] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    """The longest chain up to the end of each activity, in minutes of work."""


def resources_of(activities: int) -> int:
    """Return how many resources a plan of so many activities has."""
    return RESOURCES.get(activities, max(TEAM, activities // 125))


def programme(
    activities: int, resources: int, seed: int, *, calendars: int = 1, links: str = "mixed"
) -> Project:
    """Return a plan of so many activities whose packages work on up to five calendars."""
    draft = _Draft(random.Random(seed), links == "mixed")
    used = CALENDARS[:calendars]
    packages = max(1, activities // PACKAGE)
    for package in range(packages):
        first = len(draft.durations)
        last = activities if package == packages - 1 else first + PACKAGE
        calendar = draft.dice.choices(used, [60, 25, 6, 5, 4][:calendars])[0].id
        begin = draft.dice.randrange(resources)
        team = [f"r{(begin + k) % resources}" for k in range(min(TEAM, resources))]
        phase = package * PHASES // packages
        before = [
            one * PACKAGE for one in range(packages) if one * PHASES // packages == phase - 1
        ]
        for number in range(first, last):
            _draw(draft, number, first, team=team, calendar=calendar, before=before)
    pool = _capacities(draft, resources)
    found = [
        activity(f"a{i}", duration, calendar, _needs(needs, pool))
        for i, (duration, calendar, needs) in enumerate(
            zip(draft.durations, draft.calendars, draft.needs, strict=True)
        )
    ]
    months = 12 + max(draft.ends) // (8 * 60 * 20)
    name = f"programme-{activities}-{resources}-{calendars}-{links}-{seed}"
    return project_of(name, found, draft.links, pool, used, months)


def _draw(
    draft: _Draft, number: int, first: int, *, team: list[str], calendar: str, before: list[int]
) -> None:
    """Add one activity of the package that begins with ``first``."""
    dice = draft.dice
    milestone = dice.random() < 0.04
    hours = min(40.0, max(1.0, dice.lognormvariate(1.9, 0.9)))
    draft.durations.append(0 if milestone else round(60 * hours / GRAIN) * GRAIN)
    draft.calendars.append(calendar)
    chosen = dice.sample(team, dice.choice([0, 1, 2, 3]))
    needs = {id_: dice.choice([1, 1, 1, 2]) for id_ in sorted(chosen)}
    draft.needs.append({} if milestone else needs)
    draft.ends.append(draft.durations[-1])
    for predecessor in _predecessors(draft, number, first, before):
        link = _link(draft, predecessor, number)
        draft.links.append(link)
        draft.ends[number] = max(draft.ends[number], _end_after(draft, link, predecessor, number))


def _end_after(draft: _Draft, link: Dependency, before: int, after: int) -> int:
    """Return the least end of an activity by one of its links, all on one calendar."""
    event = draft.ends[before]
    if link.type not in {LinkType.FS, LinkType.FF}:
        event -= draft.durations[before]
    length = 0 if link.type in {LinkType.FF, LinkType.SF} else draft.durations[after]
    return event + link.lag + length


def _predecessors(draft: _Draft, number: int, first: int, before: list[int]) -> list[int]:
    """Return one or two activities that come before: of the package, or of the phase before."""
    dice, count = draft.dice, draft.dice.choices([1, 2], [55, 45])[0]
    if number == first:
        ends = [one + PACKAGE - 1 for one in dice.sample(before, min(len(before), count))]
        return sorted(ends)
    found = [number - 1 if dice.random() < 0.7 else dice.randrange(max(first, number - 4), number)]
    if count > 1:
        others = [one for one in range(max(first, number - 8), number) if one not in found]
        if before and (not others or dice.random() < 0.2):
            others = [dice.choice(before) + dice.randrange(PACKAGE)]
        found += dice.sample(others, min(1, len(others)))
    return sorted(found)


def _link(draft: _Draft, before: int, after: int) -> Dependency:
    """Return a link: under ``mixed`` 75 % FS, 12 % SS, 11 % FF, 2 % SF, a fifth with a lag."""
    if not draft.mixed:
        return Dependency(f"a{before}", f"a{after}", LinkType.FS)
    dice = draft.dice
    kinds = (LinkType.FS, LinkType.SS, LinkType.FF, LinkType.SF)
    kind = dice.choices(kinds, [75, 12, 11, 2])[0]
    lag = 0
    if dice.random() < 0.2:
        hours = dice.choice([-4, -2, 2, 4, 8, 16])
        lag = 60 * (abs(hours) if kind is not LinkType.FS else hours)
    text = f"{lag}m" if lag else ""
    return Dependency(f"a{before}", f"a{after}", kind, lag=lag, lag_text=text)


def _capacities(draft: _Draft, resources: int) -> dict[str, Resource]:
    work = {f"r{i}": 0 for i in range(resources)}
    for duration, needs in zip(draft.durations, draft.needs, strict=True):
        for id_, units in needs.items():
            work[id_] += duration * units
    longest = max(draft.ends)
    return {
        id_: Resource(
            id_, f"Team {id_[1:]}", ((None, 100 * max(1, round(1.1 * minutes / longest))),)
        )
        for id_, minutes in work.items()
    }


def _needs(needs: dict[str, int], pool: dict[str, Resource]) -> tuple[Need, ...]:
    """Return what an activity needs: never more than there is."""
    return tuple(
        Need(id_, min(100 * units, pool[id_].capacity[0][1])) for id_, units in needs.items()
    )
