"""The way back as a plan of its own: what a solver needs to find the shortest rollback."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from imsgen.calendars import CalendarBook
from imsgen.model import (
    ALWAYS,
    Activity,
    Constraint,
    ConstraintType,
    Dependency,
    Group,
    Instant,
    Kind,
    Mode,
    Options,
    Project,
    StepKind,
    Undo,
)
from imsgen.network.graph import Graph
from imsgen.network.undoing import Placed, Undoing, undoing

UNDONE = "undone"
"""The milestone between undoing and contingency."""
_PREFIX = {StepKind.FINISH: "finish:", StepKind.UNDO: "undo:", StepKind.CONTINGENCY: "then:"}


@dataclass(frozen=True, slots=True)
class RollbackPlan:
    """What is done on No-Go, as a project that starts when No-Go is said.

    ``steps`` tells for each activity of the project what it is and whom it concerns.
    """

    project: Project
    steps: dict[str, tuple[StepKind, str]]
    irreversible: tuple[str, ...]

    def at(self, moment: Instant) -> Project:
        """Return the project when the same is undone from another moment on."""
        return replace(self.project, start=moment)


def step_id(kind: StepKind, id_: str) -> str:
    """Return the name of a step in the project of a rollback."""
    return f"{_PREFIX[kind]}{id_}"


def rollback_plan(
    graph: Graph,
    book: CalendarBook,
    placed: Placed,
    moment: Instant,
    *,
    executed: Iterable[str],
    contingency: str | None,
) -> RollbackPlan:
    """Return the plan of the way back from a moment.

    What is undone keeps the calendars, resources and capacity of the activity; windows, freezes
    and dates bind the contingency only, as it states them.

    Parameters
    ----------
    executed
        What has begun, see :func:`imsgen.network.undoing.begun`.
    contingency
        The group that follows when all is undone.
    """
    project = graph.project
    back = undoing(graph, placed, moment, executed)
    activities: list[Activity] = []
    links: list[Dependency] = []
    steps: dict[str, tuple[StepKind, str]] = {}
    for id_ in back.finishing:
        activities.append(_rest(project, book, placed, moment, id_))
        steps[activities[-1].id] = (StepKind.FINISH, id_)
    for unit in back.units:
        activities.append(_undo(project, placed, unit))
        steps[activities[-1].id] = (StepKind.UNDO, unit)
    links += _order(back)
    groups: dict[str, Group] = {}
    if contingency is not None:
        after = _contingency(project, contingency)
        groups = after.groups
        if after.activities and activities:
            done = [one.id for one in activities]
            activities.append(_milestone())
            links += [Dependency(id_, UNDONE) for id_ in done]
            links.append(Dependency(UNDONE, _then(contingency)))
        for one in after.activities:
            steps[one.id] = (StepKind.CONTINGENCY, one.id.removeprefix(_then("")))
        activities += after.activities
        links += after.links
    return RollbackPlan(
        _as_project(project, moment, activities, links, groups), steps, back.irreversible
    )


def _as_project(
    project: Project,
    moment: Instant,
    activities: Sequence[Activity],
    links: Sequence[Dependency],
    groups: dict[str, Group],
) -> Project:
    return Project(
        id="rollback",
        name=project.name,
        start=moment,
        timezone=project.timezone,
        calendar=project.calendar,
        horizon=project.horizon,
        day=project.day,
        week=project.week,
        month=project.month,
        calendars=project.calendars,
        windows=project.windows,
        resources=project.resources,
        groups=groups,
        activities={one.id: one for one in activities},
        dependencies=tuple(links),
        options=Options(),
        outline=(*groups, *(one.id for one in activities)),
    )


def _order(back: Undoing) -> list[Dependency]:
    finish = [
        Dependency(step_id(StepKind.FINISH, id_), step_id(StepKind.UNDO, unit))
        for id_, units in back.after_finish.items()
        for unit in units
    ]
    return finish + [
        Dependency(step_id(StepKind.UNDO, earlier), step_id(StepKind.UNDO, unit))
        for unit, before in back.units.items()
        for earlier in before
    ]


def _milestone() -> Activity:
    return Activity(id=UNDONE, name="All undone", kind=Kind.MILESTONE, modes=(Mode(0, ALWAYS),))


# -- undoing -------------------------------------------------------------------------------------


def _rest(
    project: Project, book: CalendarBook, placed: Placed, moment: Instant, id_: str
) -> Activity:
    """Return what is left of an activity that is finished even on No-Go."""
    activity, place = project.activities[id_], placed[id_]
    mode = activity.modes[place.mode]
    left = book.effective(activity, place.mode).work_between(moment, place.finish)
    return Activity(
        id=step_id(StepKind.FINISH, id_),
        name=activity.name,
        kind=Kind.TASK if left else Kind.MILESTONE,
        modes=(replace(mode, duration=left),),
        ignore_resource_calendars=activity.ignore_resource_calendars,
        unbroken=activity.unbroken,
    )


def _undo(project: Project, placed: Placed, unit: str) -> Activity:
    """Return the undoing of an activity or group, its verification included."""
    name = step_id(StepKind.UNDO, unit)
    if unit in project.groups:
        group = project.groups[unit]
        inside = [project.activities[id_] for id_ in project.leaves(unit)]
        return Activity(
            id=name,
            name=group.name,
            kind=Kind.TASK,
            modes=(_mode(group.undo, Mode(0, project.calendar)),),
            ignore_resource_calendars=all(one.ignore_resource_calendars for one in inside),
        )
    activity = project.activities[unit]
    return Activity(
        id=name,
        name=activity.name,
        kind=Kind.TASK,
        modes=(_mode(activity.undo, activity.modes[placed[unit].mode]),),
        ignore_resource_calendars=activity.ignore_resource_calendars,
    )


def _mode(undo: Undo | None, own: Mode) -> Mode:
    if undo is None:
        return own
    return Mode(
        duration=undo.duration + undo.verify,
        calendar=own.calendar if undo.calendar is None else undo.calendar,
        needs=own.needs if undo.needs is None else undo.needs,
        elapsed=own.elapsed and undo.calendar is None,
    )


# -- contingency ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _After:
    activities: tuple[Activity, ...]
    groups: dict[str, Group]
    links: tuple[Dependency, ...]


def _then(id_: str) -> str:
    return step_id(StepKind.CONTINGENCY, id_)


def _contingency(project: Project, group: str) -> _After:
    """Return the group done on No-Go, taken out of the plan: what it follows has been decided."""
    prefix = f"{group}."
    groups = {
        _then(one.id): replace(
            one,
            id=_then(one.id),
            group=None if one.id == group else _then(str(one.group)),
            branch=None,
            deadline=None,
        )
        for one in project.groups.values()
        if one.id == group or one.id.startswith(prefix)
    }
    inside = {id_: project.activities[id_] for id_ in project.leaves(group)}
    kept = {id_ for id_, one in inside.items() if one.active and one.kind is not Kind.HAMMOCK}
    known = {*groups, *(_then(id_) for id_ in kept)}
    return _After(
        activities=tuple(_freed(one) for id_, one in inside.items() if id_ in kept),
        groups=groups,
        links=tuple(
            replace(link, predecessor=_then(link.predecessor), successor=_then(link.successor))
            for link in project.dependencies
            if _then(link.predecessor) in known and _then(link.successor) in known
        ),
    )


def _freed(activity: Activity) -> Activity:
    """Return an activity of the contingency without what is only wished of its date."""
    return replace(
        activity,
        id=_then(activity.id),
        group=None if activity.group is None else _then(activity.group),
        branch=None,
        deadline=None,
        progress=None,
        constraints=tuple(_hard(activity.constraints)),
        within=tuple(
            replace(one, together=None if one.together is None else _then(one.together))
            for one in activity.within
        ),
    )


def _hard(constraints: Iterable[Constraint]) -> Iterable[Constraint]:
    wishes = (ConstraintType.ASAP, ConstraintType.ALAP)
    return (one for one in constraints if one.type not in wishes)
