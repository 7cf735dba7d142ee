"""Constraints that no date can meet."""

from __future__ import annotations

from imsgen.model import Activity, Constraint, ConstraintType, Kind
from imsgen.plan.resolve.dates import local_text
from imsgen.plan.resolve.project import Built

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
    """Report two constraints of one activity or group that exclude each other."""
    for id_, node in built.context.nodes.items():
        one = built.project.activities.get(id_) or built.project.groups[id_]
        lower = [each for each in one.constraints if each.earliest is not None]
        upper = [each for each in one.constraints if each.latest is not None]
        if not lower or not upper:
            continue
        floor = max(each.earliest for each in lower if each.earliest is not None)
        ceiling = min(each.latest for each in upper if each.latest is not None)
        if floor <= ceiling:
            continue
        written = " and ".join(
            f"`{raw.value.type} {raw.value.date.text}`"
            for raw in node.item.constraint
            if raw.value.date is not None
        )
        zone = node.part.setting.zone
        built.context.report.add(
            "IMS329",
            f"the dates of `{id_}` exclude each other, {written}",
            node.span("constraint"),
            notes=(f"not before {local_text(floor, zone)}, over by {local_text(ceiling, zone)}",),
            help="remove one of the two constraints",
        )
