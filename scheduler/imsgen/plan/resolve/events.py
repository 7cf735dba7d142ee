"""Events and instants: ``load.finish``, ``project.start``, ``load.finish + 15m``."""

from __future__ import annotations

from imsgen.diagnostics import Label, Span
from imsgen.model import ALWAYS, End, Event, Instant, When
from imsgen.plan.document import At, RawEvent, RawWhen
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.durations import signed_minutes
from imsgen.plan.resolve.names import Role
from imsgen.plan.resolve.outline import Node
from imsgen.plan.resolve.part import Part

_SCHEDULED = (Role.ACTIVITY, Role.GROUP, Role.GATE)


def event_of(
    raw: RawEvent, scope: str, context: Context, *, meetings: bool = False
) -> Event | None:
    """Return the event of a reference, or report why there is none.

    Only with ``meetings`` it may be that of a checkpoint.
    """
    if raw.id.value == "project":
        return Event("project", raw.end)
    id_ = context.names.find(raw.id, scope, Role if meetings else _SCHEDULED)
    if id_ is None:
        return None
    child = f"{id_}.{raw.end}"
    if child in context.nodes:
        context.report.add(
            "IMS217",
            f"`{raw.id.value}.{raw.end}` may be the {raw.end} of `{id_}` or the activity `{child}`",
            raw.id.span,
            labels=(Label(context.nodes[child].item.id.span, "the activity"),),
            help=f"write `{raw.id.value}.{raw.end}.start` or `.finish` for the activity,"
            " or rename it",
        )
        return None
    if raw.end in {End.GO, End.NO_GO} and context.names.roles[id_] is not Role.GATE:
        context.report.add(
            "IMS209",
            f"`{raw.id.value}` is no gate, only a gate has the outcome `{raw.end}`",
            raw.id.span,
            help=f"write `{raw.id.value}.finish`",
        )
        return None
    return Event(id_, raw.end)


def span_of(
    raw: At[tuple[RawEvent, RawEvent] | str], node: Node, context: Context
) -> tuple[Event, Event] | None:
    """Return the two events a hammock spans."""
    if isinstance(raw.value, str):
        id_ = context.names.find(At(raw.value, raw.span), node.scope, _SCHEDULED)
        events = (Event(id_, End.START), Event(id_, End.FINISH)) if id_ is not None else None
    else:
        first = event_of(raw.value[0], node.scope, context)
        last = event_of(raw.value[1], node.scope, context)
        events = (first, last) if first is not None and last is not None else None
    for event in events or ():
        other = context.nodes.get(event.id)
        branch = context.branches.get(event.id)
        if other is None:
            continue
        if not other.inherited.active or branch != context.branches.get(node.id):
            context.report.add(
                "IMS228",
                f"the hammock `{node.id}` spans `{event.id}`, which is not scheduled",
                raw.span,
                help="span what is scheduled, or make the hammock inactive too",
            )
            return None
        if other.item.spans is not None:
            context.report.add(
                "IMS228",
                f"the hammock `{node.id}` spans the hammock `{event.id}`",
                raw.span,
                help="span what that one spans",
            )
            return None
    return events


def when_of(
    raw: At[RawWhen],
    part: Part,
    calendar: str,
    context: Context,
    *,
    end: bool = False,
    meetings: bool = False,
) -> When | None:
    """Return an instant or event plus its offset; ``end`` reads a date alone as its 24:00.

    A working offset counts on ``calendar``, the plan's.
    """
    value, span = raw.value, raw.span
    offset, on = _offset(value, span, part, calendar, context)
    if value.event is not None:
        event = event_of(value.event, part.prefix, context, meetings=meetings)
        return When(event=event, offset=offset, calendar=on) if event is not None else None
    if value.instant is None:
        return None
    read = context.dates.last_of if end else context.dates.first_of
    instant: Instant | None = read(value.instant, span, part.setting.zone)
    return When(instant=instant, offset=offset, calendar=on) if instant is not None else None


def _offset(
    raw: RawWhen, span: Span, part: Part, calendar: str, context: Context
) -> tuple[int, str]:
    if raw.lag is None or raw.lag.duration is None:
        return 0, ALWAYS
    found = signed_minutes(raw.lag, span, part.setting, context.report)
    return found, ALWAYS if raw.lag.duration.elapsed else calendar
