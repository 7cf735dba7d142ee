"""Random plans for the benchmarks: as projects, and as the text of a plan.

``mixed`` makes plans whose teams work on up to five calendars, with 86 % FS, 8 % SS and 6 % FF
links; ``programme`` makes phases of work packages on one calendar or five, with resources that
really bind. Everything follows from the seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from imsgen.model import (
    CLOSED,
    Activity,
    Calendar,
    CalendarException,
    Dependency,
    Instant,
    Kind,
    LinkType,
    Mode,
    Need,
    Project,
    Resource,
    from_datetime,
)

SEEDS = (1, 2, 3, 4, 5)
DAY_MINUTES = 480
OFFICE = ((480, 720), (780, 1020))
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
US_HOLIDAYS = (
    "2026-11-26 2026-12-25 2027-01-01 2027-01-18 2027-02-15 2027-05-31 2027-06-18 2027-07-05 "
    "2027-09-06 2027-10-11 2027-11-11 2027-11-25 2027-12-24"
)
UK_HOLIDAYS = (
    "2026-12-25 2026-12-28 2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 "
    "2027-12-27 2027-12-28"
)


def _closed(days: str) -> tuple[CalendarException, ...]:
    dates = [date.fromisoformat(day) for day in days.split()]
    return tuple(CalendarException(day, day, CLOSED, "holiday") for day in dates)


def _week(work: Sequence[tuple[int, int]], days: Sequence[int]) -> tuple:
    return tuple(tuple(work) if day in days else CLOSED for day in range(7))


CALENDARS = (
    Calendar("us", "US office", "UTC", _week(OFFICE, range(5)), _closed(US_HOLIDAYS)),
    Calendar("uk", "UK office", "UTC", _week(OFFICE, range(5)), _closed(UK_HOLIDAYS)),
    Calendar("bridge", "Round the clock", "UTC", _week([(0, 1440)], range(7))),
    Calendar("night", "Night shift", "UTC", _week([(1320, 1800)], (6, 0, 1, 2, 3))),
    Calendar("outage", "Weekend outage", "UTC", _week([(0, 1440)], (5, 6))),
)


@dataclass
class Draft:
    """A plan while it is drawn."""

    activities: list[Activity]
    links: list[Dependency]
    resources: dict[str, Resource]


def _instant(text: str) -> Instant:
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=UTC))


def _duration(rng: random.Random, grain: int, stretch: float = 1.0) -> int:
    """Return a log-normal duration around a day and a half, a multiple of the grain."""
    minutes = stretch * min(10 * DAY_MINUTES, max(120, rng.lognormvariate(6.6, 0.8)))
    return max(grain, round(minutes / grain) * grain)


def _link(rng: random.Random, before: str, after: str) -> Dependency:
    roll = rng.random()
    kind = LinkType.FS if roll < 0.86 else LinkType.SS if roll < 0.94 else LinkType.FF
    return Dependency(before, after, kind)


def mixed(
    activities: int, months: int, seed: int, *, grain: int = 15, calendars: int = 5
) -> Project:
    """Return a plan of teams on several calendars that lasts about so many months.

    Each work package of 20 has a calendar and a team of its own; a fifth of the resources of a
    plan of 1,000 or more serve every calendar.
    """
    rng = random.Random(seed)
    stretch = months / 4.5 * 200 / activities
    used = CALENDARS[:calendars]
    weights = [40, 30, 12, 10, 8][:calendars]
    count = max(4, activities // 20)
    resources = {
        f"r{i}": Resource(f"r{i}", f"Team {i}", ((None, 100 * rng.randint(1, 3)),))
        for i in range(count)
    }
    shared = list(resources)[: count // 5] if activities >= 1000 else []
    home = {id_: rng.choices(used, weights)[0].id for id_ in resources if id_ not in shared}
    packages = [rng.choices(used, weights)[0].id for _ in range(activities // 20 + 1)]
    found: list[Activity] = []
    links: list[Dependency] = []
    for i in range(activities):
        calendar = packages[i // 20]
        own = [id_ for id_, where in home.items() if where == calendar] + shared
        needs = tuple(
            Need(id_, 100 * rng.randint(1, resources[id_].capacity[0][1] // 100))
            for id_ in sorted(rng.sample(own, min(len(own), rng.choice([0, 1, 1, 2]))))
        )
        duration = 0 if rng.random() < 0.04 else _scaled(rng, grain, calendar, stretch)
        found.append(_activity(f"a{i}", duration, calendar, needs))
        first = i // 20 * 20 if i % 20 and rng.random() < 0.75 else max(0, i - 40)
        window = list(range(first, i))
        for j in sorted(rng.sample(window, min(len(window), rng.choice([1, 1, 1, 2, 2])))):
            links.append(_link(rng, f"a{j}", f"a{i}"))
    return _project(f"mixed-{activities}-{months}-{seed}", found, links, resources, used, months)


def _scaled(rng: random.Random, grain: int, calendar: str, stretch: float = 1.0) -> int:
    """Return a duration; a weekend outage offers little time, so work there is short."""
    minutes = _duration(rng, grain, stretch)
    if calendar in {"outage", "night"}:
        minutes = max(grain, minutes // 3 // grain * grain)
    return minutes


def programme(
    activities: int, resources: int, seed: int, *, calendars: int = 1, months: int = 60
) -> Project:
    """Return phases of work packages of 25, with capacities at which resources bind.

    Chains with 1.45 predecessors on average, 4 % milestones, up to three resources of a team of
    six an activity; each resource's work is about 1/1.1 of the critical path times its capacity.
    """
    rng = random.Random(seed)
    used = CALENDARS[:calendars]
    ids = [f"r{i}" for i in range(resources)]
    teams: list[tuple[str, list[str]]] = []
    packages = max(1, activities // 25)
    share = max(6, resources // max(1, packages // 4))
    for _ in range(packages):
        start = rng.randrange(resources)
        team = [ids[(start + k) % resources] for k in range(min(share, 6, resources))]
        teams.append((rng.choices(used, [80, 12, 3, 3, 2][:calendars])[0].id, team))
    drafts: list[tuple[str, int, str, dict[str, int]]] = []
    links: list[Dependency] = []
    by_phase = max(1, packages // 8)
    length: dict[str, int] = {}
    for i in range(activities):
        package = min(i // 25, packages - 1)
        calendar, team = teams[package]
        duration = 0 if rng.random() < 0.04 else _scaled(rng, 15, calendar)
        needs = {
            id_: rng.randint(1, 2)
            for id_ in sorted(rng.sample(team, min(len(team), rng.choice([0, 1, 1, 2, 3]))))
        }
        drafts.append((f"a{i}", duration, calendar, needs if duration else {}))
        low = max(0, (package // by_phase - 1) * by_phase * 25)
        near = list(range(max(low, i - 30), i))
        chosen = sorted(rng.sample(near, min(len(near), rng.choices([1, 2], [55, 45])[0])))
        links += [_link(rng, f"a{j}", f"a{i}") for j in chosen]
        length[f"a{i}"] = duration + max((length[f"a{j}"] for j in chosen), default=0)
    longest = max(length.values())
    pool = {id_: _capacity(id_, drafts, longest) for id_ in ids}
    found = [
        _activity(id_, duration, calendar, tuple(Need(r, 100 * n) for r, n in needs.items()))
        for id_, duration, calendar, needs in drafts
    ]
    name = f"programme-{activities}-{resources}-{calendars}-{seed}"
    return _project(name, found, links, pool, used, months)


def _capacity(
    id_: str, drafts: Sequence[tuple[str, int, str, dict[str, int]]], longest: int
) -> Resource:
    work = sum(duration * needs.get(id_, 0) for _, duration, _, needs in drafts)
    most = max((needs.get(id_, 0) for _, _, _, needs in drafts), default=1)
    return Resource(id_, f"Team {id_}", ((None, 100 * max(1, most, round(1.1 * work / longest))),))


def _activity(id_: str, duration: int, calendar: str, needs: tuple[Need, ...]) -> Activity:
    return Activity(
        id=id_,
        name=f"Activity {id_[1:]}",
        kind=Kind.TASK if duration else Kind.MILESTONE,
        modes=(Mode(duration, calendar, needs if duration else ()),),
        duration_text=f"{duration}m" if duration else "",
    )


def _project(
    id_: str,
    activities: Sequence[Activity],
    links: Sequence[Dependency],
    resources: dict[str, Resource],
    calendars: Sequence[Calendar],
    months: int,
) -> Project:
    start = _instant("2026-11-02 08:00")
    last = Instant(start + 1440 * 31 * max(36, 3 * months))
    return Project(
        id=id_,
        name=id_.replace("-", " ").title(),
        start=start,
        timezone="UTC",
        calendar=calendars[0].id,
        horizon=(Instant(start - 1440 * 366), last),
        calendars={one.id: one for one in calendars},
        resources=resources,
        activities={one.id: one for one in activities},
        dependencies=tuple(dict.fromkeys(links)),
        outline=tuple(one.id for one in activities),
    )


# -- text ------------------------------------------------------------------------------------


def plan_text(project: Project) -> str:
    """Return the project as the text of a plan."""
    lines = ["imsgen: 1", f"name: {project.name}", "start: 2026-11-02 08:00", "timezone: UTC"]
    lines += [f"calendar: {project.calendar}", "calendars:"]
    lines += [f"  {one.id}: {_calendar_text(one)}" for one in project.calendars.values()]
    lines.append("resources:")
    for resource in project.resources.values():
        units = resource.capacity[0][1] // 100
        lines.append(f"  {resource.id}: {{name: {resource.name}, capacity: {units}}}")
    after: dict[str, list[str]] = {}
    for link in project.dependencies:
        kind = "" if link.type is LinkType.FS else f" {link.type}"
        after.setdefault(link.successor, []).append(f"{link.predecessor}{kind}")
    lines.append("activities:")
    for one in project.activities.values():
        mode = one.modes[0]
        parts = [f"name: {one.name}"]
        parts.append(f"duration: {mode.duration}m" if mode.duration else "milestone: true")
        if mode.calendar != project.calendar:
            parts.append(f"calendar: {mode.calendar}")
        if one.id in after:
            parts.append(f"after: [{', '.join(after[one.id])}]")
        if mode.needs:
            needs = ", ".join(f"{need.resource}: {need.units // 100}" for need in mode.needs)
            parts.append(f"needs: {{{needs}}}")
        lines.append(f"  {one.id}: {{{', '.join(parts)}}}")
    return "\n".join(lines) + "\n"


def _calendar_text(calendar: Calendar) -> str:
    days = []
    for day, hours in enumerate(calendar.week):
        if hours:
            spans = ", ".join(_span_text(*span) for span in hours)
            days.append(f"{WEEKDAYS[day]}: [{spans}]")
    text = f"{{name: {calendar.name}, timezone: {calendar.timezone}, work: {{{', '.join(days)}}}"
    if calendar.exceptions:
        closed = ", ".join(f"{one.first}: none" for one in calendar.exceptions)
        text += f", exceptions: {{{closed}}}"
    return text + "}"


def _span_text(begin: int, end: int) -> str:
    if end > 1440:
        end -= 1440
    return f"{begin // 60:02}:{begin % 60:02}-{end // 60:02}:{end % 60:02}"
