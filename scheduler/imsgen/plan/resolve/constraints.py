"""Date constraints: at most one for the start and one for the finish."""

from __future__ import annotations

from imsgen.diagnostics import Label, Span
from imsgen.model import Constraint, ConstraintType, Instant
from imsgen.plan.document import At, RawConstraint
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.outline import Node

_ON_FINISH = frozenset({ConstraintType.MFO, ConstraintType.FNET, ConstraintType.FNLT})
_UNDATED = frozenset({ConstraintType.ASAP, ConstraintType.ALAP})
_LOWER = frozenset({ConstraintType.SNET, ConstraintType.FNET})
_UPPER = frozenset({ConstraintType.SNLT, ConstraintType.FNLT})
_OF_GROUPS = frozenset({ConstraintType.SNET, ConstraintType.FNLT})


def constraints_of(node: Node, context: Context) -> tuple[Constraint, ...]:
    """Return the constraints an activity or group writes."""
    found: list[Constraint] = []
    sides: dict[str, Span] = {}
    for raw in node.item.constraint:
        type_ = raw.value.type
        side = "date" if type_ in _UNDATED else "finish" if type_ in _ON_FINISH else "start"
        other = sides.setdefault(side, raw.span)
        if other is not raw.span:
            context.report.add(
                "IMS212",
                f"`{node.id}` has two constraints on its {side}",
                raw.span,
                labels=(Label(other, "the first is here"),),
                help="keep one, or use one for the start and one for the finish",
            )
            continue
        if node.is_group and type_ not in _OF_GROUPS:
            context.report.add(
                "IMS212",
                f"a group takes SNET or FNLT, found `{type_}`",
                raw.span,
                help="put the constraint on an activity inside",
            )
            continue
        one = _constraint(raw, node, context)
        if one is not None:
            found.append(one)
    return tuple(found)


def _constraint(raw: At[RawConstraint], node: Node, context: Context) -> Constraint | None:
    type_ = raw.value.type
    if type_ in _UNDATED:
        return Constraint(type_)
    if raw.value.date is None:
        return None
    zone = node.part.setting.zone
    earliest: Instant | None = None
    latest: Instant | None = None
    if type_ not in _UPPER:
        earliest = context.dates.first_of(raw.value.date, raw.span, zone)
    if type_ not in _LOWER:
        latest = context.dates.last_of(raw.value.date, raw.span, zone)
    if earliest is None and latest is None:
        return None
    return Constraint(type_, earliest, latest)
