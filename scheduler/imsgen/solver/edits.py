"""Edits of a plan that could make it possible, as changed projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from imsgen.solver.reason import Reason

_OPEN = {ConstraintType.MSO: ConstraintType.SNET, ConstraintType.MFO: ConstraintType.FNET}
"""What remains of a constraint on both sides when its upper bound is dropped."""
_CLOSED = {ConstraintType.MSO: ConstraintType.SNLT, ConstraintType.MFO: ConstraintType.FNLT}
"""What remains of it when its lower bound is dropped."""
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


def holder_of(project: Project, id_: str) -> Activity | Group:
    """Return the activity or group with an id."""
    return project.groups.get(id_) or project.activities[id_]


def with_constraint(
    project: Project, owner: str, old: Constraint, new: Constraint | None
) -> Project:
    """Return the plan with one constraint of an activity or group replaced or dropped."""
    holder = holder_of(project, owner)
    kept = tuple(
        one for given in holder.constraints if (one := new if given == old else given) is not None
    )
    return with_owner(project, replace(holder, constraints=kept))


def without_upper(project: Project, owner: str, old: Constraint) -> Project:
    """Return the plan with only the lower bound of a constraint left."""
    return with_constraint(project, owner, old, _lower(old))


def open_constraint(project: Project, owner: str, old: Constraint, due: Instant) -> Project:
    """Return the plan with the upper bound of a constraint turned into a deadline."""
    changed = without_upper(without_deadlines(project), owner, old)
    held = holder_of(changed, owner)
    return with_owner(changed, replace(held, deadline=due, priority=_PRIORITY))


def as_late_as_given(project: Project, owner: str, old: Constraint) -> Project:
    """Return the plan in which a fixed date may be earlier, and is put as late as possible."""
    kind = _CLOSED[old.type]
    changed = with_constraint(
        without_deadlines(project), owner, old, Constraint(kind, latest=old.latest)
    )
    held = holder_of(changed, owner)
    late = Constraint(ConstraintType.ALAP)
    return with_owner(changed, replace(held, constraints=(*held.constraints, late)))


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


def with_open(project: Project, window: str, since: Instant) -> Project:
    """Return the plan with a window that opens at ``since``."""
    old = project.windows[window]
    wider = replace(old, occurrences=((since, old.occurrences[0][1]),))
    return replace(project, windows={**project.windows, window: wider})


def with_longer(project: Project, window: str, minutes: int) -> Project:
    """Return the plan with every occurrence of a window longer, but none into the next."""
    old = project.windows[window]
    begins = [first for first, _ in old.occurrences[1:]]
    limits = [*begins, Instant(project.horizon[1])]
    spans = tuple(
        (first, Instant(min(last + minutes, limit)))
        for (first, last), limit in zip(old.occurrences, limits, strict=True)
    )
    wider = replace(old, occurrences=spans)
    return replace(project, windows={**project.windows, window: wider})


def with_leave(
    project: Project, resource: str, leave: tuple[Instant, Instant], until: Instant
) -> Project:
    """Return the plan with a leave that ends at ``until``, or no such leave."""
    old = project.resources[resource]
    first = leave[0]
    kept = tuple(
        one
        for given in old.leave
        if (one := (first, until) if given == leave else given)[0] < one[1]
    )
    return replace(project, resources={**project.resources, resource: replace(old, leave=kept)})


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


def bounded_only(project: Project, kept: Sequence[str]) -> Project:
    """Return the plan in which only some activities have upper bounds and windows."""
    held = frozenset(kept)
    activities = {}
    for id_, one in project.activities.items():
        constraints = tuple(project.constraints_on(id_))
        if id_ in held:
            activities[id_] = replace(one, constraints=constraints)
            continue
        lower = tuple(_lower(constraint) for constraint in constraints)
        free = tuple(constraint for constraint in lower if constraint is not None)
        activities[id_] = replace(one, constraints=free, within=())
    groups = {id_: replace(one, constraints=()) for id_, one in project.groups.items()}
    return replace(project, activities=activities, groups=groups)


def plentiful(project: Project, scarce: Sequence[str]) -> Project:
    """Return the plan with enough of every resource but some."""
    uses: dict[str, int] = {}
    for one in project.activities.values():
        for mode in one.modes:
            for need in mode.needs:
                uses[need.resource] = uses.get(need.resource, 0) + need.units
    resources = {
        id_: one
        if id_ in scarce
        else replace(one, capacity=((None, max(FULL, uses.get(id_, 0))),))
        for id_, one in project.resources.items()
    }
    return replace(project, resources=resources)


def _lower(constraint: Constraint) -> Constraint | None:
    """Return what remains of a constraint without its upper bound."""
    if constraint.latest is None:
        return constraint
    kind = _OPEN.get(constraint.type)
    return None if kind is None else Constraint(kind, earliest=constraint.earliest)


def without_reason(project: Project, reason: Reason) -> Project:
    """Return the plan without what it fails on: other things in its way come to light.

    Upper bounds and windows of the activities named and maximal lags of the links are dropped; a
    window that is open once is dropped for all, since all of them gain from a longer one.
    """
    changed = project
    for (owner, _), constraint in constraints_above(project, reason.activities).items():
        changed = without_upper(changed, owner, constraint)
    once: dict[str, None] = {}
    groups: dict[tuple[str, str | None], None] = {}
    for id_ in reason.activities:
        for within in project.activities[id_].within:
            if not project.windows[within.window].repeating:
                once[within.window] = None
            elif within.together is not None:
                groups[within.window, within.together] = None
    activities = {
        id_: replace(
            one,
            within=tuple(
                within
                for within in one.within
                if id_ not in reason.activities
                and within.window not in once
                and (within.window, within.together) not in groups
            ),
        )
        if one.within
        else one
        for id_, one in changed.activities.items()
    }
    changed = replace(changed, activities=activities)
    for link in reason.links:
        changed = with_link(changed, link, replace(link, max_lag=None))
    return changed
