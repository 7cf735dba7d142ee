"""What an activity or a group may say: exactly one kind, no key of another."""

from __future__ import annotations

from imsgen.diagnostics import Label
from imsgen.model import Kind
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.outline import Node

_KINDS = ("duration", "effort", "milestone", "spans", "external")
_KEYS = frozenset({"duration", "effort", "spans", "external", "alternatives"})
_OF_GROUPS = frozenset(
    [
        "name",
        "party",
        "owner",
        "backup",
        "calendar",
        "within",
        "priority",
        "tags",
        "ignore_resource_calendars",
        "active",
        "after",
        "constraint",
        "deadline",
        "undo",
        "notes",
        "links",
        "fields",
        "uid",
        "activities",
        "include",
    ]
)
_REASONS = {
    "duration": "its length follows from what is inside",
    "effort": "its work is that of what is inside",
    "alternatives": "the ways of doing the work belong to the activities inside",
    "milestone": "write an activity `done: {{milestone: true, after: {id}}}` beside it",
    "spans": "a hammock is an activity of its own",
    "unbroken": "each activity inside says so for itself",
    "percent_complete": "progress belongs to the activities inside",
    "actual_start": "progress belongs to the activities inside",
    "actual_finish": "progress belongs to the activities inside",
    "remaining": "progress belongs to the activities inside",
    "resume": "progress belongs to the activities inside",
}


def check_group(node: Node, context: Context) -> None:
    """Report keys that a group cannot have, with the reason."""
    for key, span in node.item.keys.items():
        if key in _OF_GROUPS:
            continue
        if key == "needs":
            context.report.add(
                "IMS208",
                f"`needs:` on the group `{node.id}` could mean each activity or the whole span",
                span,
                help="put it on the activities inside, or on a hammock beside them,"
                f" `{node.item.id.value}-held: {{spans: {node.id}, needs: …}}`",
            )
            continue
        reason = _REASONS.get(key, "it belongs to the activities inside").format(id=node.id)
        context.report.add(
            "IMS208", f"the group `{node.id}` has no `{key}:`", span, notes=(reason,)
        )


def kind_of(node: Node, context: Context) -> Kind:
    """Return what the activity is, and report one that says it twice or not at all."""
    item = node.item
    given = [
        key for key in _KINDS if (value := getattr(item, key)) is not None and value is not False
    ]
    if item.gate:
        return Kind.GATE
    if item.external is not None:
        _only("an external milestone", _without(given, "external", "milestone"), node, context)
        return Kind.MILESTONE
    if item.alternatives:
        _check_alternatives(node, given, context)
        given = given or ["duration"]
    if not given:
        _check_silent(node, context)
        return Kind.TASK
    _only(f"`{given[0]}:`", given[1:], node, context)
    if given[0] == "spans":
        return Kind.HAMMOCK
    return Kind.MILESTONE if given[0] == "milestone" or _takes_no_time(node) else Kind.TASK


def _takes_no_time(node: Node) -> bool:
    raw = node.item.duration
    if raw is None or raw.value.most is not None:
        return False
    return not any(amount for amount, _ in raw.value.likely.amounts)


def _check_alternatives(node: Node, given: list[str], context: Context) -> None:
    missing = [one for one in node.item.alternatives if one.duration is None]
    if (
        missing
        and not ({"duration", "effort"} & set(given))
        and not context.misread(node.item.span)
    ):
        context.report.add(
            "IMS207",
            f"an alternative of `{node.id}` has no duration",
            missing[0].span or node.span("alternatives"),
            help="add `duration:` to each alternative, or to the activity",
        )


def _check_silent(node: Node, context: Context) -> None:
    """Report an activity without a duration, unless what it says could not be read."""
    if _KEYS & node.item.keys.keys() or context.misread(node.item.span):
        return
    context.report.add(
        "IMS207",
        f"`{node.id}` says nothing about how long it takes",
        node.item.id.span,
        help="add `duration: 1d`, `effort: 1d`, `milestone: true` or `activities:`",
    )


def _without(keys: list[str], *drop: str) -> list[str]:
    return [key for key in keys if key not in drop]


def _only(what: str, others: list[str], node: Node, context: Context) -> None:
    for key in others:
        context.report.add(
            "IMS207",
            f"`{node.id}` has both {what} and `{key}:`"
            if what.startswith("`")
            else f"{what} has no `{key}:`",
            node.span(key),
            labels=(Label(node.item.id.span, "in this activity"),),
            help=f"remove `{key}:`",
        )


def check_activity(node: Node, kind: Kind, context: Context) -> None:
    """Report combinations that make no sense on an activity."""
    item = node.item
    add = context.report.add
    if kind is Kind.MILESTONE and (item.needs or item.alternatives):
        key = "needs" if item.needs else "alternatives"
        add(
            "IMS226",
            f"the milestone `{node.id}` takes no time, so it has no `{key}:`",
            node.span(key),
            help="give it a duration, or put the need on the activity before it",
        )
    if item.undo is not None and item.irreversible:
        add(
            "IMS227",
            f"`{node.id}` cannot be irreversible and have an `undo:`",
            node.span("undo"),
            labels=(Label(node.span("irreversible"), "irreversible here"),),
            help="keep one of the two",
        )
    if kind is Kind.HAMMOCK:
        for key in ("after", "constraint", "within", "unbroken", "undo", "deadline"):
            if key in item.keys:
                add(
                    "IMS228",
                    f"the dates of the hammock `{node.id}` follow from what it spans,"
                    f" it has no `{key}:`",
                    item.keys[key],
                    help="put it on an activity it spans",
                )
    if kind is Kind.MILESTONE and item.unbroken:
        add("IMS226", f"the milestone `{node.id}` takes no time to break", node.span("unbroken"))
