"""Edits of a plan that could make it possible, as changed projects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from imsgen.model import (
    FULL,
    Activity,
    Constraint,
    ConstraintType,
    Dependency,
    Group,
    Instant,
    Kind,
    Project,
)

_OPEN = {ConstraintType.MSO: ConstraintType.SNET, ConstraintType.MFO: ConstraintType.FNET}
"""What remains of a constraint on both sides when its upper bound is dropped."""
_PRIORITY = 500


def jobs_of(project: Project, id_: str) -> tuple[str, ...]:
    """Return the activities inside a group that are scheduled by themselves, or the activity."""
    return tuple(
        leaf
        for leaf in project.leaves(id_)
        if project.activities[leaf].scheduled and project.activities[leaf].kind is not Kind.HAMMOCK
    )


def without_deadlines(project: Project) -> Project:
    """Return the plan with no deadline at all: they never keep it from being scheduled."""
    return replace(
        project,
        deadline=None,
        activities={
            id_: one if one.deadline is None else replace(one, deadline=None)
            for id_, one in project.activities.items()
        },
        groups={
            id_: one if one.deadline is None else replace(one, deadline=None)
            for id_, one in project.groups.items()
        },
    )


def with_owner(project: Project, owner: Activity | Group) -> Project:
    """Return the plan with one activity or group replaced."""
    if isinstance(owner, Group):
        return replace(project, groups={**project.groups, owner.id: owner})
    return replace(project, activities={**project.activities, owner.id: owner})


def with_constraint(
    project: Project, owner: Activity | Group, old: Constraint, new: Constraint | None
) -> Project:
    """Return the plan with one constraint replaced or dropped."""
    kept = tuple(
        one for given in owner.constraints if (one := new if given == old else given) is not None
    )
    return with_owner(project, replace(owner, constraints=kept))


def open_constraint(
    project: Project, owner: Activity | Group, old: Constraint, due: Instant
) -> Project:
    """Return the plan with the upper bound of a constraint turned into a deadline."""
    kind = _OPEN.get(old.type)
    lower = None if kind is None else Constraint(kind, earliest=old.earliest)
    changed = with_constraint(without_deadlines(project), owner, old, lower)
    held = changed.groups.get(owner.id) or changed.activities[owner.id]
    return with_owner(changed, replace(held, deadline=due, priority=_PRIORITY))


def open_window(project: Project, window: str, ids: tuple[str, ...], until: Instant) -> Project:
    """Return the plan with a window that closes at ``until`` for what lies in it.

    Its old end becomes the deadline of the activities; what keeps out of it still keeps out of
    the old one.
    """
    plain = without_deadlines(project)
    old = plain.windows[window]
    kept = f"{window} as it was"
    first, last = old.occurrences[0]
    activities = {}
    for id_, activity in plain.activities.items():
        if window in activity.forbidden:
            names = tuple(kept if name == window else name for name in activity.forbidden)
            activity = replace(activity, forbidden=names)  # noqa: PLW2901 - the changed one
        if id_ in ids:
            activity = replace(activity, deadline=last, priority=_PRIORITY)  # noqa: PLW2901
        activities[id_] = activity
    wider = replace(old, occurrences=((first, until),))
    windows = {**plain.windows, window: wider, kept: replace(old, id=kept)}
    return replace(plain, activities=activities, windows=windows)


def with_close(project: Project, window: str, until: Instant) -> Project:
    """Return the plan with a window that closes at ``until`` for everyone."""
    old = project.windows[window]
    wider = replace(old, occurrences=((old.occurrences[0][0], until),))
    return replace(project, windows={**project.windows, window: wider})


def with_one_more(project: Project, resource: str) -> Project:
    """Return the plan with one more unit of a resource, always."""
    old = project.resources[resource]
    more = tuple((since, units + FULL) for since, units in old.capacity)
    return replace(project, resources={**project.resources, resource: replace(old, capacity=more)})


def with_link(project: Project, old: Dependency, new: Dependency) -> Project:
    """Return the plan with one link replaced."""
    links = tuple(new if one == old else one for one in project.dependencies)
    return replace(project, dependencies=links)


def drawn_together(project: Project, link: Dependency) -> Project:
    """Return the plan asking for the ends of a link close together, the successor first."""
    changed = without_deadlines(project)
    activities = dict(changed.activities)
    late = Constraint(ConstraintType.ALAP)
    for id_ in jobs_of(project, link.predecessor):
        one = activities[id_]
        activities[id_] = replace(one, constraints=(*one.constraints, late))
    for id_ in jobs_of(project, link.successor):
        activities[id_] = replace(activities[id_], deadline=project.start, priority=_PRIORITY)
    return replace(changed, activities=activities)


def constraints_above(
    project: Project, activities: tuple[str, ...]
) -> Mapping[tuple[str, int], Constraint]:
    """Return the constraints that bound activities from above, by owner and position."""
    found: dict[tuple[str, int], Constraint] = {}
    for id_ in activities:
        owners: list[Activity | Group] = [project.activities[id_], *project.ancestors(id_)]
        for owner in owners:
            for i, constraint in enumerate(owner.constraints):
                if constraint.latest is not None:
                    found[owner.id, i] = constraint
    return found
