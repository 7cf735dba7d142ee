"""Constraints that no date can meet."""

from __future__ import annotations

from imsgen.model import Activity, Constraint, ConstraintType, Kind
from imsgen.plan.build.dates import local_text
from imsgen.plan.build.project import Built

_FIXED = {ConstraintType.MSO: "start", ConstraintType.MFO: "finish"}


def fixed_in_rest(built: Built) -> None:
    """Report a start or finish fixed at a moment when the activity's calendar rests."""
    for id_, activity in built.project.activities.items():
        if not activity.scheduled or activity.progress is not None:
            continue
        for constraint in activity.constraints:
            if constraint.type in _FIXED and not _possible(built, activity, constraint):
                _report(built, id_, activity, constraint)


def _possible(built: Built, activity: Activity, constraint: Constraint) -> bool:
    """Whether any way of doing the activity works at the fixed moment, or on the fixed day."""
    first, last = constraint.earliest, constraint.latest
    if first is None or last is None:
        return True
    for i, mode in enumerate(activity.modes):
        calendar = built.book.effective(activity, i)
        if first < last:
            if calendar.work_between(first, last) > 0:
                return True
        elif activity.kind is Kind.MILESTONE or not mode.duration:
            if calendar.touches(first):
                return True
        elif constraint.type is ConstraintType.MSO:
            if calendar.is_working(first):
                return True
        elif calendar.work_between(first - 1, first) > 0:
            return True
    return False


def _report(built: Built, id_: str, activity: Activity, constraint: Constraint) -> None:
    node = built.context.nodes[id_]
    zone = node.part.setting.zone
    span = next(
        (raw.span for raw in node.item.constraint if raw.value.type is constraint.type),
        node.span("constraint"),
    )
    at = constraint.earliest if constraint.earliest is not None else built.project.start
    calendar = built.book.effective(activity)
    nearest = calendar.next_start(at) if calendar.work_between(at, calendar.horizon) else None
    advice = f"the next working time starts {local_text(nearest, zone)}" if nearest else ""
    built.context.report.add(
        "IMS326",
        f"`{id_}` must {_FIXED[constraint.type]} when its calendar"
        f" `{activity.modes[0].calendar}` rests",
        span,
        help=advice,
    )


def opposed_constraints(built: Built) -> None:
    """Report constraints of one activity that exclude each other."""
    for id_, activity in built.project.activities.items():
        lower = [one.earliest for one in activity.constraints if one.earliest is not None]
        node = built.context.nodes[id_]
        for constraint in activity.constraints:
            latest = constraint.latest
            if latest is None or not lower or max(lower) <= latest:
                continue
            built.context.report.add(
                "IMS329",
                f"`{id_}` is to be over by {local_text(latest, node.part.setting.zone)},"
                f" but not before {local_text(max(lower), node.part.setting.zone)}",
                node.span("constraint"),
                help="remove one of the two constraints",
            )
            break
