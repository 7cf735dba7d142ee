"""Random plans of a few activities on whole hours, small enough to try every schedule."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.support.projects import at, make_project

from imsgen.model import (
    ALWAYS,
    Activity,
    Calendar,
    Constraint,
    ConstraintType,
    Dependency,
    End,
    Event,
    Group,
    Instant,
    Kind,
    LinkType,
    Mode,
    Need,
    Project,
    Resource,
    Window,
    Within,
)

START = at("2026-11-03 00:00")
CALENDARS = (
    Calendar("split", "Split", "UTC", (((0, 180), (300, 540), (900, 1200)),) * 7),
    Calendar("night", "Night", "UTC", (((1200, 1560),),) * 7),
    Calendar("office", "Office", "UTC", (((120, 360), (480, 720)),) * 7),
)
NAMES = ("split", "office", ALWAYS, "night")


def _hour(hours: int) -> Instant:
    return Instant(START + hours * 60)


@st.composite
def _resource(draw: st.DrawFn, id_: str) -> Resource:
    units = draw(st.sampled_from([100, 200, 150]))
    capacity: list[tuple[Instant | None, int]] = [(None, units)]
    if draw(st.integers(0, 3)) == 3:
        capacity.append((_hour(draw(st.integers(0, 12))), draw(st.sampled_from([100, 0, 200]))))
        capacity.append((Instant((capacity[1][0] or 0) + 60 * draw(st.integers(1, 8))), units))
    leave: tuple[tuple[Instant, Instant], ...] = ()
    if draw(st.integers(0, 4)) == 4:
        away = draw(st.integers(0, 12))
        leave = ((_hour(away), _hour(away + draw(st.integers(1, 5)))),)
    calendar = draw(st.sampled_from([None, None, "split", "office"]))
    return Resource(
        id_, id_, tuple(capacity), calendar=calendar, leave=leave, holds=draw(st.booleans())
    )


def _windows(draw: st.DrawFn) -> dict[str, Window]:
    first, length = draw(st.integers(0, 8)), draw(st.integers(4, 9))
    shift = Window(
        "shift",
        "Shift",
        tuple((_hour(first + i * 12), _hour(first + i * 12 + length)) for i in range(3)),
        repeating=True,
    )
    frozen = draw(st.integers(0, 12))
    freeze = Window(
        "freeze", "Freeze", ((_hour(frozen), _hour(frozen + draw(st.integers(1, 6)))),)
    )
    return {"shift": shift, "freeze": freeze}


def _mode(draw: st.DrawFn, duration: int, resources: list[Resource]) -> Mode:
    needs = tuple(
        Need(one.id, draw(st.sampled_from([100, 50])))
        for one in resources
        if duration and draw(st.booleans())
    )
    elapsed = duration > 0 and draw(st.integers(0, 5)) == 5
    return Mode(duration, draw(st.sampled_from(NAMES)), needs, elapsed)


def _constraints(draw: st.DrawFn, until: int) -> tuple[Constraint, ...]:
    """Return a date now and then, and always one that keeps the plan short."""
    found = [Constraint(ConstraintType.FNLT, latest=_hour(until))]
    kind = draw(st.integers(0, 8))
    hour = draw(st.integers(0, 14))
    if kind in (7, 8):
        type_ = draw(st.sampled_from([ConstraintType.SNET, ConstraintType.FNET]))
        found.append(Constraint(type_, earliest=_hour(hour)))
    elif kind == 6:
        type_ = draw(st.sampled_from([ConstraintType.MSO, ConstraintType.MFO]))
        found.append(Constraint(type_, _hour(hour), _hour(hour + draw(st.sampled_from([6, 0])))))
    elif kind == 5:
        type_ = draw(st.sampled_from([ConstraintType.SNLT, ConstraintType.FNLT]))
        found.append(Constraint(type_, latest=_hour(hour + 4)))
    return tuple(found)


@st.composite
def hourly_plans(draw: st.DrawFn, until: int = 22, max_activities: int = 4) -> Project:
    """Return a plan all of whose activities finish by hour ``until``, if it can be done."""
    resources = [draw(_resource(f"r{i}")) for i in range(draw(st.integers(0, 2)))]
    windows = _windows(draw)
    count = draw(st.integers(1, max_activities))
    modes_of = draw(st.integers(-3, count - 1))
    activities = []
    for i in range(count):
        home = draw(st.sampled_from([None, None, "g"]))
        duration = 60 * draw(st.sampled_from([2, 1, 3, 4, 0]))
        modes = [_mode(draw, duration, resources)]
        if i == modes_of and duration:
            modes.append(_mode(draw, 60 * draw(st.integers(1, 4)), resources))
        within: tuple[Within, ...] = ()
        if draw(st.integers(0, 4)) == 4:
            within = (Within("shift", together="g" if home else None),)
        activities.append(
            Activity(
                id=f"a{i}" if home is None else f"g.a{i}",
                name=f"a{i}",
                kind=Kind.TASK if duration else Kind.MILESTONE,
                modes=tuple(modes),
                group=home,
                ignore_resource_calendars=draw(st.integers(0, 4)) == 4,
                within=within,
                forbidden=("freeze",) if draw(st.integers(0, 4)) == 4 else (),
                constraints=_constraints(draw, until),
                deadline=_hour(draw(st.integers(0, 12))) if draw(st.integers(0, 3)) == 3 else None,
                priority=draw(st.sampled_from([500, 100, 1000])),
                unbroken=duration > 0 and draw(st.integers(0, 4)) == 4,
            )
        )
    links = _links(draw, activities)
    activities += _hammock(draw, [one.id for one in activities], resources)
    grouped = any(one.group for one in activities)
    return make_project(
        activities,
        links,
        resources,
        calendars=CALENDARS,
        start="2026-11-03 00:00",
        groups=[Group("g", "G")] if grouped else [],
        outline=_outline(activities),
        horizon=(Instant(START - 30 * 1440), Instant(START + 60 * 1440)),
        windows=windows,
        deadline=_hour(draw(st.integers(4, 16))) if draw(st.integers(0, 5)) == 5 else None,
    )


def _outline(activities: list[Activity]) -> list[str]:
    inside = [one.id for one in activities if one.group]
    return [one.id for one in activities if not one.group] + (["g", *inside] if inside else [])


def _links(draw: st.DrawFn, activities: list[Activity]) -> tuple[Dependency, ...]:
    """Link what comes earlier to what comes later; the group to what comes after all of it."""
    members = [i for i, one in enumerate(activities) if one.group]
    ends = [(one.id, i, i) for i, one in enumerate(activities)]
    if members:
        ends.append(("g", members[0], members[-1]))
    pairs = [(a[0], b[0]) for a in ends for b in ends if a[2] < b[1]]
    if not pairs:
        return ()
    found = []
    for before, after in draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)):
        types = [LinkType.FS, LinkType.SS] if after == "g" else list(LinkType)
        lag, calendar, most = 0, "successor", None
        if draw(st.booleans()):
            lag = 60 * draw(st.sampled_from([1, -1, 2, -3, 5]))
            names = ["successor", ALWAYS, "split", "night"]
            calendar = draw(st.sampled_from(names if before == "g" else [*names, "predecessor"]))
        if draw(st.integers(0, 4)) == 4:
            most = lag + 60 * draw(st.sampled_from([4, 1, 0]))
        type_ = draw(st.sampled_from(types))
        found.append(Dependency(before, after, type_, lag, calendar, most))
    return tuple(found)


def _hammock(draw: st.DrawFn, ids: list[str], resources: list[Resource]) -> list[Activity]:
    if draw(st.integers(0, 4)) < 4:
        return []
    start = Event(draw(st.sampled_from(ids)), End.START)
    finish = Event(draw(st.sampled_from(ids)), End.FINISH)
    needs = tuple(Need(one.id, 50) for one in resources if one.holds)
    mode = Mode(0, ALWAYS, needs)
    return [Activity("ham", "ham", Kind.HAMMOCK, (mode,), spans=(start, finish))]
