"""What a window forbids: tags, ids and groups resolved to activities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from imsgen.diagnostics import Severity
from imsgen.model import Activity, Kind
from imsgen.plan.document import At
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.names import did_you_mean
from imsgen.plan.resolve.part import Part


def forbid(activities: Mapping[str, Activity], context: Context) -> dict[str, Activity]:
    """Return the activities with the windows they must keep out of."""
    tagged: dict[str, list[str]] = {}
    for id_, activity in activities.items():
        for tag in activity.tags:
            tagged.setdefault(tag, []).append(id_)
    forbidden: dict[str, list[str]] = {}
    for window, (raw, part) in context.pool.windows.items():
        named = [_named(one, part, activities, tagged, context) for one in raw.forbids]
        spared = {
            id_ for one in raw.except_ for id_ in _named(one, part, activities, tagged, context)
        }
        for id_ in dict.fromkeys(id_ for ids in named for id_ in ids):
            if id_ not in spared:
                forbidden.setdefault(id_, []).append(window)
    return {
        id_: replace(activity, forbidden=tuple(forbidden[id_])) if id_ in forbidden else activity
        for id_, activity in activities.items()
    }


def _named(
    ref: At[str],
    part: Part,
    activities: Mapping[str, Activity],
    tagged: Mapping[str, list[str]],
    context: Context,
) -> list[str]:
    """Return the activities a tag, an id or ``all`` means; ``all`` is all work."""
    if ref.value == "all":
        return [id_ for id_, one in activities.items() if one.kind is Kind.TASK]
    ids = list(tagged.get(ref.value, ()))
    found = context.names.look_up(ref.value, part.prefix)
    if not ids and not found:
        near = context.names.close(ref.value, part.prefix)
        context.report.add(
            "IMS233",
            f"nothing in the plan is called or tagged `{ref.value}`",
            ref.span,
            # A library serves several plans; another of them may have what this one has not.
            severity=Severity.NOTE if part.library else Severity.WARNING,
            help=did_you_mean(near),
        )
        return []
    if not ids and len(found) > 1:
        context.names.find(ref, part.prefix)
        return []
    if len(found) == 1:
        prefix = f"{found[0]}."
        ids += [id_ for id_ in activities if id_ == found[0] or id_.startswith(prefix)]
    return [id_ for id_ in ids if activities[id_].kind is not Kind.HAMMOCK]
