"""Needs above what a resource ever has."""

from __future__ import annotations

from dataclasses import replace

from imsgen.diagnostics import Label
from imsgen.model import FULL, Activity, Instant, Kind, Mode, Resource
from imsgen.plan.resolve.checks.fits import Spans, common_spans, warn_of_lost_choices
from imsgen.plan.resolve.project import Built


def needs_above_capacity(built: Built) -> None:
    """Report activities all ways of which need more of a resource than there ever is.

    Single ways that do are dropped.
    """
    changed: dict[str, Activity] = {}
    for activity in built.project.activities.values():
        if not activity.scheduled or activity.kind not in {Kind.TASK, Kind.GATE}:
            continue
        if activity.progress is not None and activity.progress.actual_finish is not None:
            continue
        spans = common_spans(built, activity)
        if spans is None:
            continue
        short = [_short(built, mode, spans) for mode in activity.modes]
        possible = tuple(
            mode for mode, one in zip(activity.modes, short, strict=True) if one is None
        )
        if not possible and short[0] is not None:
            _report(built, activity, *short[0], in_window=bool(spans))
        elif len(possible) < len(activity.modes):
            lost = dict.fromkeys(one[0] for one in short if one is not None)
            warn_of_lost_choices(built, activity, list(lost), "there is never enough")
            changed[activity.id] = replace(activity, modes=possible)
    if changed:
        built.project = replace(built.project, activities={**built.project.activities, **changed})


def _short(built: Built, mode: Mode, spans: Spans) -> tuple[str, int, int] | None:
    """Return the resource, units needed and units there, when they are too few."""
    for need in mode.needs:
        resource = built.project.resources[need.resource]
        most = most_units(resource, built.project.start, spans)
        if need.units > most:
            return need.resource, need.units, most
    return None


def most_units(resource: Resource, start: Instant, spans: Spans) -> int:
    """Return the greatest capacity from the plan's start on, or inside the spans."""
    steps = resource.capacity
    best = 0
    for i, (since, units) in enumerate(steps):
        until = steps[i + 1][0] if i + 1 < len(steps) else None
        if until is not None and until <= start:
            continue
        inside = not spans or any(
            (since is None or since < last) and (until is None or until > first)
            for first, last in spans
        )
        if inside:
            best = max(best, units)
    return best


def _report(
    built: Built, activity: Activity, resource: str, needed: int, most: int, *, in_window: bool
) -> None:
    node = built.context.nodes[activity.id]
    span = built.project.sources.get(f"resource:{resource}")
    where = " in its window" if in_window else ""
    key = "alternatives" if node.item.alternatives else "needs"
    built.context.report.add(
        "IMS402" if in_window else "IMS401",
        f"`{activity.id}` needs {units_text(needed)} of `{resource}`,"
        f" which has at most {units_text(most)}{where}",
        node.span(key),
        labels=(Label(span, "the resource"),) if span is not None else (),
        help=f"write `capacity: {units_text(needed)}` there, or need less",
    )


def units_text(units: int) -> str:
    """Return units in percent of one as people write them: ``2``, ``50%``."""
    return f"{units}%" if units % FULL else str(units // FULL)
