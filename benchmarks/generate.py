"""Random plans for the benchmarks: as projects, and as the text of a plan.

``mixed`` makes plans whose teams work on up to five calendars, with 86 % FS, 8 % SS and 6 % FF
links. Everything follows from the seed. Large plans come from :mod:`programme`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
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
        found.append(activity(f"a{i}", duration, calendar, needs))
        first = i // 20 * 20 if i % 20 and rng.random() < 0.75 else max(0, i - 40)
        window = list(range(first, i))
        for j in sorted(rng.sample(window, min(len(window), rng.choice([1, 1, 1, 2, 2])))):
            links.append(_link(rng, f"a{j}", f"a{i}"))
    return project_of(f"mixed-{activities}-{months}-{seed}", found, links, resources, used, months)


def _scaled(rng: random.Random, grain: int, calendar: str, stretch: float = 1.0) -> int:
    """Return a duration; a weekend outage offers little time, so work there is short."""
    minutes = _duration(rng, grain, stretch)
    if calendar in {"outage", "night"}:
        minutes = max(grain, minutes // 3 // grain * grain)
    return minutes


def activity(id_: str, duration: int, calendar: str, needs: tuple[Need, ...]) -> Activity:
    """Return an activity, a milestone if it takes no time."""
    return Activity(
        id=id_,
        name=f"Activity {id_[1:]}",
        kind=Kind.TASK if duration else Kind.MILESTONE,
        modes=(Mode(duration, calendar, needs if duration else ()),),
        duration_text=f"{duration}m" if duration else "",
    )


def project_of(
    id_: str,
    activities: Sequence[Activity],
    links: Sequence[Dependency],
    resources: dict[str, Resource],
    calendars: Sequence[Calendar],
    months: int,
) -> Project:
    """Return the plan of what was drawn, on calendars known for three times its length."""
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
        kind = "" if link.type is LinkType.FS and not link.lag else f" {link.type}"
        lag = f"{link.lag:+d}m" if link.lag else ""
        after.setdefault(link.successor, []).append(f"{link.predecessor}{kind}{lag}")
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
