"""Give and get: milestones that wait for another team's activity, or stand where it is expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from imsgen.calendars import CalendarBook
from imsgen.model import Activity, Constraint, ConstraintType, Instant, Project
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.links import LinkBuilder
from imsgen.plan.resolve.names import Role, did_you_mean

_SCHEDULED = (Role.ACTIVITY, Role.GROUP, Role.GATE)
Expected = Mapping[str, tuple[Instant, Instant]]
"""By id, ``[first, last]`` of the day or the moment at which an external is expected."""


def connect(
    activities: Mapping[str, Activity], links: LinkBuilder, context: Context
) -> tuple[dict[str, Activity], Expected]:
    """Link externals to the activity they name, where this plan holds it.

    Returns the activities, those connected with ``expected`` as their deadline, and the dates of
    the externals that stand alone.
    """
    found = dict(activities)
    alone: dict[str, tuple[Instant, Instant]] = {}
    for id_, activity in activities.items():
        node = context.nodes[id_]
        raw = node.item.external
        if raw is None:
            continue
        target = _target(raw.value, id_, context)
        if target is not None:
            links.add_external(target, id_, raw.span)
            if activity.deadline is None:
                found[id_] = replace(activity, deadline=activity.expected)
            continue
        top = raw.value.partition(".")[0]
        if top in context.names.roles and top != raw.value:
            context.report.add(
                "IMS201",
                f"`{raw.value}` is no activity, group or gate of this plan",
                raw.span,
                help=did_you_mean(context.names.close(raw.value, "")),
            )
        elif node.item.expected is None:
            context.report.add(
                "IMS232",
                f"`{id_}` waits for `{raw.value}`, which this plan does not hold",
                raw.span,
                help="add `expected: 2026-11-20`, where it stands until the plans are put together",
            )
        elif activity.expected is not None:
            first = context.dates.start(node.item.expected, node.part.setting.zone)
            alone[id_] = (first or activity.expected, activity.expected)
    return found, alone


def _target(text: str, id_: str, context: Context) -> str | None:
    found = context.names.look_up(text, "")
    if len(found) != 1 or found[0] == id_ or context.names.roles[found[0]] not in _SCHEDULED:
        return None
    return found[0]


def stand(project: Project, book: CalendarBook, alone: Expected) -> Project:
    """Return the project with every lonely external at the end of the day it is expected."""
    if not alone:
        return project
    activities = dict(project.activities)
    for id_, (first, last) in alone.items():
        activity = activities[id_]
        end = book.calendar(activity.modes[0].calendar).last_finish(last)
        earliest = end if end >= first else last
        floor = Constraint(ConstraintType.SNET, earliest)
        activities[id_] = replace(activity, constraints=(*activity.constraints, floor))
    return replace(project, activities=activities)
