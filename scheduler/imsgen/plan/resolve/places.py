"""Where the pieces of a project stand in the text, for messages about its schedule."""

from __future__ import annotations

from imsgen.plan.resolve.context import Context


def note_places(context: Context) -> None:
    """Fill the project's sources from the outline, the pool and the top of the root file."""
    sources = context.sources
    for key, span in context.parts.root.document.keys.items():
        sources[f"plan.{key}"] = span
        if key == "deadline":
            sources["deadline"] = span
    for id_, (calendar, _) in context.pool.calendars.items():
        sources[f"calendar:{id_}"] = calendar.id.span
    for id_, (window, _) in context.pool.windows.items():
        sources[f"window:{id_}"] = window.id.span
        if window.forbids:
            sources[f"window:{id_}.forbids"] = window.forbids[0].span
    for id_, (resource, _) in context.pool.resources.items():
        sources[f"resource:{id_}"] = resource.id.span
        for leave in resource.leave:
            sources[f"resource:{id_}.leave.{leave.value.first.day}"] = leave.span
    for node in context.nodes.values():
        kind = "group" if node.is_group else "activity"
        sources[f"{kind}:{node.id}"] = node.item.id.span
        for key, span in node.item.keys.items():
            sources[f"{kind}:{node.id}.{key}"] = span
        if node.item.gate:
            sources[f"gate:{node.id}"] = node.item.id.span
