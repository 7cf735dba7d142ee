"""Activities, groups and gates of the outline to those of the model."""

from __future__ import annotations

from collections.abc import Mapping

from imsgen.diagnostics import Severity
from imsgen.model import (
    ALWAYS,
    Activity,
    Constraint,
    ConstraintType,
    Event,
    Group,
    Instant,
    Kind,
    Mode,
    Undo,
    Within,
)
from imsgen.plan.document import At
from imsgen.plan.resolve.constraints import constraints_of
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.durations import minutes
from imsgen.plan.resolve.events import span_of
from imsgen.plan.resolve.modes import Work, modes_of, needs_of, work_of
from imsgen.plan.resolve.names import close_to, did_you_mean, find_named
from imsgen.plan.resolve.outline import Node
from imsgen.plan.resolve.shapes import check_activity, check_group, kind_of


def groups_of(context: Context) -> dict[str, Group]:
    """Return the groups of the outline by full id."""
    return {id_: _group(node, context) for id_, node in context.nodes.items() if node.is_group}


def activities_of(context: Context) -> tuple[dict[str, Activity], dict[str, Work]]:
    """Return the activities by full id, and how each states its work."""
    activities: dict[str, Activity] = {}
    works: dict[str, Work] = {}
    for id_, node in context.nodes.items():
        if not node.is_group:
            activities[id_], works[id_] = _activity(node, context)
    return activities, works


def _group(node: Node, context: Context) -> Group:
    check_group(node, context)
    item, handed, inner = node.item, node.inherited, node.inner
    constraints = constraints_of(node, context)
    deadline = context.dates.end(item.deadline, node.part.setting.zone) if item.deadline else None
    name = item.name
    if inner is not node.part:
        constraints = (*constraints, *_floor(node, context))
        name = name or (inner.document.name.value if inner.document.name else "")
        if deadline is None and inner.document.deadline is not None:
            deadline = context.dates.end(inner.document.deadline, inner.setting.zone)
    return Group(
        id=node.id,
        name=name or item.id.value,
        group=node.group,
        wbs=node.wbs,
        party=context.pool.party(handed.party, context.report),
        owner=_person(handed.owner, context),
        backup=_person(handed.backup, context),
        constraints=constraints,
        deadline=deadline,
        priority=handed.priority,
        undo=_undo(node, context),
        active=handed.active,
        branch=context.branches.get(node.id),
        tags=handed.tags,
        notes=item.notes,
        links=dict(item.links),
        fields=dict(item.fields),
        uid=item.uid.value if item.uid is not None else None,
    )


def _floor(node: Node, context: Context) -> tuple[Constraint, ...]:
    """Return the start of an included plan, a floor for its group when it is the later one."""
    start = node.inner.document.start
    if start is None:
        return ()
    instant = context.dates.start(start, node.inner.setting.zone)
    if instant is None or instant <= context.start:
        return ()
    return (Constraint(ConstraintType.SNET, instant),)


def _activity(node: Node, context: Context) -> tuple[Activity, Work]:
    kind = kind_of(node, context)
    check_activity(node, kind, context)
    item, handed, zone = node.item, node.inherited, node.part.setting.zone
    calendar = context.calendar
    if handed.calendar is not None:
        calendar = context.pool.calendar(handed.calendar, context.report) or calendar
    booked = booking(node, context)
    constraints = constraints_of(node, context)
    if booked is not None:
        constraints = (*constraints, Constraint(ConstraintType.SNET, booked))
        if item.at is not None and item.at.value.minute is not None:
            calendar = ALWAYS
            context.pool.used[ALWAYS] = None
    work = work_of(node, context)
    activity = Activity(
        id=node.id,
        name=item.name or item.id.value,
        kind=kind,
        modes=_modes(node, kind, work, calendar, context),
        group=node.group,
        wbs=node.wbs,
        party=context.pool.party(handed.party, context.report),
        owner=_person(handed.owner, context),
        backup=_person(handed.backup, context),
        duration_text=work.text,
        assumed=work.assumed,
        estimate=work.estimate,
        effort=work.effort,
        ignore_resource_calendars=handed.ignore_resource_calendars,
        within=_within(node, kind, context),
        constraints=constraints,
        deadline=context.dates.end(item.deadline, zone) if item.deadline else None,
        priority=handed.priority,
        unbroken=item.unbroken,
        checkpoint=item.checkpoint,
        spans=_spans(node, kind, context),
        external=item.external.value if item.external is not None else None,
        expected=context.dates.end(item.expected, zone) if item.expected else None,
        undo=_undo(node, context),
        irreversible=item.irreversible,
        on_abort=item.on_abort,
        active=handed.active,
        branch=context.branches.get(node.id),
        tags=handed.tags,
        notes=item.notes,
        links=dict(item.links),
        fields=dict(item.fields),
        uid=item.uid.value if item.uid is not None else None,
    )
    return activity, work


def booking(node: Node, context: Context) -> Instant | None:
    """Return when a gate is booked."""
    if node.item.at is None:
        return None
    return context.dates.start(node.item.at, node.part.setting.zone)


def _modes(
    node: Node, kind: Kind, work: Work, calendar: str, context: Context
) -> tuple[Mode, ...]:
    if kind is Kind.MILESTONE:
        return (Mode(0, calendar),)
    return modes_of(node, work, calendar, context)


def _within(node: Node, kind: Kind, context: Context) -> tuple[Within, ...]:
    if kind is Kind.HAMMOCK:
        return ()
    found = []
    for raw, group in node.inherited.within:
        window = find_named(raw.value.window, context.pool.windows, "window", context.report)
        if window is not None:
            found.append(Within(window, group if raw.value.together else None))
    return tuple(found)


def _spans(node: Node, kind: Kind, context: Context) -> tuple[Event, Event] | None:
    raw = node.item.spans
    if kind is not Kind.HAMMOCK or raw is None:
        return None
    return span_of(raw, node, context)


def _undo(node: Node, context: Context) -> Undo | None:
    if node.item.undo is None:
        return None
    raw, setting = node.item.undo.value, node.part.setting
    needs = None
    if raw.needs is not None:
        choices = needs_of(raw.needs, context)
        chosen = next((need for need in raw.needs if need.any), None)
        if chosen is not None:
            context.report.add(
                "IMS409",
                "an undo names who does it, `any:` is not offered here",
                chosen.span or node.item.undo.span,
                help="write one of the resources",
            )
        needs = choices[0] if choices else ()
    calendar = None
    inherited = node.inherited.calendar
    if raw.calendar is not None:
        calendar = context.pool.calendar(raw.calendar, context.report)
    elif node.is_group and inherited is not None:
        calendar = context.pool.calendar(inherited, context.report)
    return Undo(
        minutes(raw.duration, setting, context.report),
        minutes(raw.verify, setting, context.report) if raw.verify is not None else 0,
        calendar,
        needs,
    )


def _person(ref: At[str] | None, context: Context) -> str | None:
    """Return who answers for something: a resource, a party, or any name."""
    if ref is not None:
        check_person(ref, context)
    return ref.value if ref is not None else None


def check_person(ref: At[str], context: Context) -> None:
    """Warn about a name that is nearly one of the plan's resources, parties or people."""
    known: Mapping[str, object] = {
        **context.resources,
        **context.pool.parties,
        **context.pool.people,
    }
    if ref.value in known:
        return
    near = close_to(ref.value, known)
    if near:
        context.report.add(
            "IMS229",
            f"`{ref.value}` is no resource or party of this plan",
            ref.span,
            severity=Severity.WARNING,
            help=did_you_mean(near),
        )
