"""Windows that activities lie in, and windows that they keep out of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from imsgen.model import Window
from imsgen.verifier.scene import Scene, Standing, State
from imsgen.verifier.violation import Rule, Violation


def check_within(scene: Scene) -> Iterator[Violation]:
    """Check that an activity lies in one occurrence of each of its windows."""
    for one in scene.standings.values():
        if one.settled:
            continue
        for within in one.activity.within:
            window = scene.project.windows[within.window]
            if not any(fits(one, *span) for span in window.occurrences):
                yield scene.violation(
                    Rule.WITHIN,
                    (one.id, window.id),
                    f"`{one.id}` from {{0}} to {{1}} does not lie within `{window.id}`",
                    one.start,
                    one.finish,
                )


def check_together(scene: Scene) -> Iterator[Violation]:
    """Check that activities of a group that go together share one occurrence."""
    sharing: dict[tuple[str, str], list[Standing]] = {}
    for one in scene.standings.values():
        if one.settled:
            continue
        for within in one.activity.within:
            if within.together is not None:
                sharing.setdefault((within.together, within.window), []).append(one)
    for (group, window_id), members in sharing.items():
        spans = scene.project.windows[window_id].occurrences
        if any(all(fits(one, *span) for one in members) for span in spans):
            continue
        if all(any(fits(one, *span) for span in spans) for one in members):
            yield scene.violation(
                Rule.TOGETHER,
                (group, window_id, *(one.id for one in members)),
                f"`{group}` from {{0}} to {{1}} does not lie within one occurrence of"
                f" `{window_id}`",
                min(one.start for one in members),
                max(one.finish for one in members),
            )


def check_forbidden(scene: Scene) -> Iterator[Violation]:
    """Check that an activity lies wholly before or wholly after each occurrence it must keep out of."""
    for one in scene.standings.values():
        if one.settled:
            continue
        for id_ in one.activity.forbidden:
            met = _met(one, scene.project.windows[id_])
            if met is not None:
                yield scene.violation(
                    Rule.FORBIDDEN,
                    (one.id, id_),
                    f"`{one.id}` from {{0}} to {{1}} meets `{id_}`, {{2}} to {{3}}",
                    one.begin,
                    one.finish,
                    *met,
                )


def fits(one: Standing, first: int, last: int) -> bool:
    """Whether an activity lies in a span; what has started began where it began."""
    return one.finish <= last and (one.state is State.STARTED or one.start >= first)


def _met(one: Standing, window: Window) -> tuple[int, int] | None:
    """Return the first occurrence that the activity meets."""
    spans = window.occurrences
    i = bisect_right(spans, one.begin, key=lambda span: span[1])
    if i < len(spans) and spans[i][0] < one.finish:
        return spans[i]
    return None
