"""Random plans, mostly feasible, small enough to be solved in a moment.

``projects(features)`` draws only what is asked for, so that a failure shrinks to the feature that
causes it: everything not in ``features`` is absent, and what is drawn starts from the plain case.
"""

from __future__ import annotations

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from tests.support.features import CERTAIN, EVERYTHING, LOGIC, Feature
from tests.support.projects import at, make_project
from tests.support.working_hours import calendars, resources

from imsgen.calendars import CalendarBook
from imsgen.model import (
    ALWAYS,
    DAY,
    Activity,
    Constraint,
    ConstraintType,
    Dependency,
    End,
    Event,
    Gate,
    Group,
    Instant,
    Kind,
    LinkType,
    Mode,
    Need,
    Options,
    Progress,
    Project,
    Resource,
    Window,
    Within,
)

__all__ = ["CERTAIN", "EVERYTHING", "LOGIC", "Feature", "projects"]

STARTS = (
    "2026-11-02 08:00",
    "2026-10-23 15:30",  # Europe puts its clocks back on the 25th
    "2026-10-30 20:00",  # the United States on 1 November
    "2027-03-12 09:15",  # and forward on 14 March
    "2026-10-02 18:00",  # Lord Howe Island half an hour forward on the 4th
)
DURATIONS = (60, 30, 120, 240, 480, 75, 600, 1500)


class _Plan:
    """A plan while it is drawn."""

    def __init__(self, draw: st.DrawFn, features: frozenset[Feature]) -> None:
        self.draw = draw
        self.features = features
        starts = STARTS if Feature.ZONES in features else STARTS[:1]
        self.start_text: str = draw(st.sampled_from(starts))
        self.start = at(self.start_text)
        self.calendars = ["day"]
        self.resources: dict[str, Resource] = {}
        self.windows: dict[str, Window] = {}
        self.status: Instant | None = None

    def has(self, feature: Feature) -> bool:
        return feature in self.features

    def flip(self, feature: Feature, odds: int = 3) -> bool:
        """Return True once in ``odds`` draws where the feature is asked for."""
        return feature in self.features and self.draw(st.integers(0, odds - 1)) == odds - 1

    def later(self, hours: int) -> Instant:
        """Return an instant up to so many hours after the start, on the quarter hour at times."""
        quarter = self.draw(st.sampled_from([0, 0, 15, 30]))
        return Instant(self.start + 60 * self.draw(st.integers(0, hours)) + quarter)


@st.composite
def projects(
    draw: st.DrawFn,
    features: frozenset[Feature] = EVERYTHING,
    max_activities: int = 8,
    min_activities: int = 1,
) -> Project:
    """Return a project of up to ``max_activities`` activities with the given features."""
    plan = _Plan(draw, features)
    known = _draw_calendars(plan)
    if plan.has(Feature.RESOURCES):
        for i in range(draw(st.integers(1, 3))):
            plan.resources[f"r{i}"] = draw(
                resources(
                    f"r{i}",
                    plan.start,
                    plan.calendars if plan.has(Feature.CALENDARS) else [],
                    steps=plan.has(Feature.STEPS),
                    leave=plan.has(Feature.LEAVE),
                    holds=plan.has(Feature.HOLDS),
                )
            )
    _draw_windows(plan)
    if plan.has(Feature.PROGRESS):
        plan.status = plan.later(30)
    count = draw(st.integers(min_activities, max_activities))
    groups, homes = _draw_groups(plan, count)
    activities = [_draw_activity(plan, i, homes[i]) for i in range(count)]
    links = _draw_links(plan, activities, groups)
    activities += _draw_hammocks(plan, activities, groups)
    values: dict[str, Any] = {}
    if plan.flip(Feature.DEADLINES):
        values["deadline"] = plan.later(100)
    if plan.has(Feature.PROGRESS) and draw(st.booleans()):
        values["options"] = Options(out_of_sequence="progress_override")
    project = make_project(
        activities,
        links,
        tuple(plan.resources.values()),
        calendars=known,
        start=plan.start_text,
        groups=[_draw_group(plan, id_) for id_ in groups],
        outline=_outline(activities),
        horizon=(Instant(plan.start - 60 * DAY), Instant(plan.start + 700 * DAY)),
        windows=plan.windows,
        status_date=plan.status,
        gates={one.id: Gate(one.id) for one in activities if one.kind is Kind.GATE},
        **values,
    )
    assume(_workable(project))
    return project


def _draw_calendars(plan: _Plan) -> list[Any]:
    count = plan.draw(st.integers(1, 3)) if plan.has(Feature.CALENDARS) else 1
    plan.calendars = ["day", "other", "third"][:count]
    known = [
        plan.draw(
            calendars(
                id_,
                plan.start,
                zones=plan.has(Feature.ZONES),
                exceptions=plan.has(Feature.EXCEPTIONS),
            )
        )
        for id_ in plan.calendars
    ]
    if plan.has(Feature.CALENDARS):
        plan.calendars.append(ALWAYS)
    return known


def _draw_windows(plan: _Plan) -> None:
    """Make one window of several days, a nightly one, and one to keep out of."""
    if plan.has(Feature.WITHIN) or plan.has(Feature.TOGETHER):
        first = plan.later(48)
        days = plan.draw(st.integers(3, 10))
        plan.windows["outage"] = Window(
            "outage", "Outage", ((first, Instant(first + days * DAY)),)
        )
        length = plan.draw(st.sampled_from([12, 20, 6])) * 60
        nights = tuple(
            (Instant(first + i * DAY), Instant(first + i * DAY + length)) for i in range(40)
        )
        plan.windows["nights"] = Window("nights", "Nights", nights, repeating=True)
    if plan.has(Feature.FORBIDDEN):
        first = plan.later(72)
        length = plan.draw(st.integers(1, 48)) * 60
        spans = tuple(
            (Instant(first + i * 7 * DAY), Instant(first + i * 7 * DAY + length))
            for i in range(plan.draw(st.integers(1, 3)))
        )
        plan.windows["freeze"] = Window("freeze", "Freeze", spans, repeating=len(spans) > 1)


def _draw_groups(plan: _Plan, count: int) -> tuple[list[str], list[str | None]]:
    """Return the groups and which of them each activity is in, in outline order."""
    if not plan.has(Feature.GROUPS) or not plan.draw(st.booleans()):
        return [], [None] * count
    choices: list[str | None] = [None, "g", "g.h", "k"]
    homes = [plan.draw(st.sampled_from(choices)) for _ in range(count)]
    used: dict[str, None] = {}
    for home in homes:
        if home is not None:
            if "." in home:
                used[home.partition(".")[0]] = None
            used[home] = None
    return list(used), homes


def _draw_group(plan: _Plan, id_: str) -> Group:
    constraints = []
    if plan.flip(Feature.LOWER_DATES):
        constraints.append(Constraint(ConstraintType.SNET, earliest=plan.later(48)))
    if plan.flip(Feature.UPPER_DATES, 4):
        latest = Instant(plan.later(200) + 10 * DAY)
        constraints.append(Constraint(ConstraintType.FNLT, latest=latest))
    return Group(
        id_,
        id_,
        group=id_.rpartition(".")[0] or None,
        constraints=tuple(constraints),
        deadline=plan.later(100) if plan.flip(Feature.DEADLINES) else None,
    )


def _outline(activities: list[Activity]) -> list[str]:
    """Return groups and activities depth first."""
    outline: list[str] = []
    for activity in activities:
        if activity.group is None:
            outline.append(activity.id)
    for top in ("g", "k"):
        inside = [one.id for one in activities if one.group == top]
        deeper = [one.id for one in activities if one.group == f"{top}.h"]
        if inside or deeper:
            outline += [top, *inside]
        if deeper:
            outline += [f"{top}.h", *deeper]
    return outline


def _hired(resource: Resource) -> bool:
    """Whether hammocks take some of it; activities leave them enough."""
    return resource.holds and resource.capacity[0][1] > 100


def _draw_mode(plan: _Plan, duration: int) -> Mode:
    calendar = plan.draw(st.sampled_from(plan.calendars))
    needs = []
    if duration:
        for id_, resource in plan.resources.items():
            if plan.draw(st.booleans()):
                most = resource.capacity[0][1]
                if _hired(resource):
                    most -= 50
                units = plan.draw(st.sampled_from([most, 50, min(100, most)]))
                needs.append(Need(id_, units))
    elapsed = duration > 0 and plan.flip(Feature.ELAPSED, 4)
    return Mode(duration, calendar, tuple(needs), elapsed)


def _draw_activity(plan: _Plan, i: int, home: str | None) -> Activity:
    id_ = f"a{i}" if home is None else f"{home}.a{i}"
    kind = Kind.TASK
    if plan.flip(Feature.MILESTONES, 4):
        kind = Kind.MILESTONE
    elif plan.flip(Feature.GATES, 6):
        kind, id_, home = Kind.GATE, f"a{i}", None
    duration = plan.draw(st.sampled_from(DURATIONS))
    if kind is Kind.MILESTONE or (kind is Kind.GATE and plan.draw(st.booleans())):
        duration = 0
    modes = [_draw_mode(plan, duration)]
    if duration and plan.flip(Feature.MODES):
        modes.append(_draw_mode(plan, plan.draw(st.sampled_from(DURATIONS))))
    return Activity(
        id=id_,
        name=id_,
        kind=kind,
        modes=tuple(modes),
        group=home,
        ignore_resource_calendars=plan.flip(Feature.IGNORE),
        within=_draw_within(plan, home),
        forbidden=("freeze",) if plan.flip(Feature.FORBIDDEN) else (),
        constraints=_draw_constraints(plan),
        deadline=plan.later(100) if plan.flip(Feature.DEADLINES) else None,
        priority=plan.draw(st.sampled_from([500, 100, 1000, 0])),
        unbroken=bool(duration) and duration <= 240 and plan.flip(Feature.UNBROKEN, 4),
        progress=_draw_progress(plan, duration),
        active=not plan.flip(Feature.OFF_RECORD, 8),
    )


def _draw_within(plan: _Plan, home: str | None) -> tuple[Within, ...]:
    found = []
    if plan.flip(Feature.WITHIN, 5):
        found.append(Within(plan.draw(st.sampled_from(["outage", "nights"]))))
    if home == "k" and plan.has(Feature.TOGETHER) and not found:
        found.append(Within("nights", together="k"))
    return tuple(found)


def _draw_constraints(plan: _Plan) -> tuple[Constraint, ...]:
    if plan.flip(Feature.LOWER_DATES, 5):
        type_ = plan.draw(st.sampled_from([ConstraintType.SNET, ConstraintType.FNET]))
        return (Constraint(type_, earliest=plan.later(72)),)
    if plan.flip(Feature.ALAP, 5):
        return (Constraint(ConstraintType.ALAP),)
    if plan.flip(Feature.UPPER_DATES, 6):
        type_ = plan.draw(
            st.sampled_from(
                [ConstraintType.FNLT, ConstraintType.SNLT, ConstraintType.MSO, ConstraintType.MFO]
            )
        )
        if type_ in (ConstraintType.FNLT, ConstraintType.SNLT):
            return (Constraint(type_, latest=Instant(plan.later(120) + DAY)),)
        day = plan.later(120)
        return (Constraint(type_, day, Instant(day + plan.draw(st.sampled_from([DAY, 0])))),)
    return ()


def _draw_progress(plan: _Plan, duration: int) -> Progress | None:
    """Draw what has happened: nothing, begun, or finished by the status date."""
    if plan.status is None or not plan.flip(Feature.PROGRESS):
        return None
    ago = 15 * plan.draw(st.integers(0, 200))
    began = Instant(plan.status - ago)
    if duration == 0:
        return Progress(began, began, 100)
    if plan.draw(st.booleans()):
        finished = Instant(began + plan.draw(st.integers(0, ago)))
        return Progress(began, finished, 100)
    remaining = plan.draw(st.integers(0, duration // 15)) * 15
    resume = Instant(plan.status + 60 * plan.draw(st.integers(0, 30)))
    return Progress(
        began,
        remaining=remaining,
        percent_complete=100 - 100 * remaining // duration,
        resume=resume if plan.draw(st.booleans()) else None,
    )


def _draw_links(
    plan: _Plan, activities: list[Activity], groups: list[str]
) -> tuple[Dependency, ...]:
    """Draw links from what comes earlier in the list to what comes later: no circle."""
    members = {
        group: [
            i
            for i, one in enumerate(activities)
            if one.group is not None and (one.group == group or one.group.startswith(group + "."))
        ]
        for group in groups
    }
    ends: list[tuple[str, int, int]] = [(one.id, i, i) for i, one in enumerate(activities)]
    ends += [(group, min(inside), max(inside)) for group, inside in members.items() if inside]
    pairs = [
        (before[0], after[0])
        for before in ends
        for after in ends
        if before[2] < after[1] and (before[0] not in groups or after[0] not in groups)
    ]
    if not pairs:
        return ()
    chosen = plan.draw(st.lists(st.sampled_from(pairs), max_size=10, unique=True))
    return tuple(_draw_link(plan, *pair, groups) for pair in chosen)


def _draw_link(plan: _Plan, before: str, after: str, groups: list[str]) -> Dependency:
    types = [LinkType.FS]
    if plan.has(Feature.LINK_TYPES):
        types = [LinkType.FS, LinkType.SS] if after in groups else list(LinkType)
    lag, calendar, most = 0, "successor", None
    if plan.flip(Feature.LAGS, 2):
        lag = plan.draw(st.sampled_from([60, 480, -60, -240, 1440, 45, -1440, 2880]))
        names = ["successor", *plan.calendars, ALWAYS]
        if before not in groups:
            names.append("predecessor")
        calendar = plan.draw(st.sampled_from(names))
    if plan.flip(Feature.MAX_LAGS, 5):
        most = lag + plan.draw(st.sampled_from([4800, 960, 240, 0]))
    return Dependency(before, after, plan.draw(st.sampled_from(types)), lag, calendar, most)


def _draw_hammocks(plan: _Plan, activities: list[Activity], groups: list[str]) -> list[Activity]:
    scheduled = [one.id for one in activities if one.scheduled]
    if not scheduled or not plan.flip(Feature.HAMMOCKS):
        return []
    ids = [*scheduled, "project"]
    start = Event(plan.draw(st.sampled_from(ids)), End.START)
    finish = Event(plan.draw(st.sampled_from(ids)), End.FINISH)
    needs = []
    for id_, resource in plan.resources.items():
        if _hired(resource) and plan.draw(st.booleans()):
            needs.append(Need(id_, 50))
    mode = Mode(0, plan.draw(st.sampled_from(plan.calendars)), tuple(needs))
    home = plan.draw(st.sampled_from([None, *groups])) if groups else None
    id_ = "ham" if home is None else f"{home}.ham"
    return [Activity(id_, id_, Kind.HAMMOCK, (mode,), group=home, spans=(start, finish))]


def _workable(project: Project) -> bool:
    """Whether each mode finds its work within a fortnight, and unbroken work a long stretch."""
    book = CalendarBook(project)
    for activity in project.activities.values():
        if activity.kind is Kind.HAMMOCK or not activity.scheduled:
            continue
        for i, mode in enumerate(activity.modes):
            calendar = book.effective(activity, i)
            first, last = project.start + 7 * DAY, project.start + 21 * DAY
            if calendar.work_between(first, last) < max(mode.duration, 60):
                return False
            if activity.unbroken and calendar.longest_interval(first, last) < mode.duration:
                return False
    return True
