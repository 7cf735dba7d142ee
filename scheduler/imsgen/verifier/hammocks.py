"""Hammocks take their dates from the two events they span."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.model import Activity, Instant, Kind
from imsgen.verifier.scene import Scene
from imsgen.verifier.violation import Rule, Violation


def span_of(scene: Scene, hammock: Activity) -> tuple[Instant, Instant] | None:
    """Return ``[start, finish)`` of a hammock; None when an event of it does not happen."""
    if hammock.spans is None:
        return None
    start, finish = (scene.event(event) for event in hammock.spans)
    if start is None or finish is None:
        return None
    return start, max(start, finish)


def check_hammocks(scene: Scene) -> Iterator[Violation]:
    """Check that a hammock that has dates has those of the events it spans."""
    for id_, activity in scene.project.activities.items():
        place = scene.placed.get(id_)
        if activity.kind is not Kind.HAMMOCK or place is None or not activity.scheduled:
            continue
        span = span_of(scene, activity)
        if span is not None and (place.start, place.finish) != span:
            yield scene.violation(
                Rule.HAMMOCK,
                (id_,),
                f"`{id_}` stands from {{0}} to {{1}}, but spans {{2}} to {{3}}",
                place.start,
                place.finish,
                *span,
            )
