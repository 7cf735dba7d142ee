"""Links between activities and groups, with lags, leads and maximal lags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imsgen.model import Dependency, Instant, LinkType
from imsgen.verifier.scene import Scene, Standing, State
from imsgen.verifier.violation import Rule, Violation
from imsgen.verifier.working_time import shifted

_FROM_START = (LinkType.SS, LinkType.SF)
_TO_START = (LinkType.FS, LinkType.SS)


def check_links(scene: Scene) -> Iterator[Violation]:
    """Check that a successor waits for the predecessor's event and the lag after it."""
    for link, sources, target in _bindings(scene):
        bound = _after(scene, link, sources, target, link.lag)
        if link.type in _TO_START:
            held, what, found = target.begin >= bound, "begins", target.begin
        else:
            found, what = target.finish, "finishes"
            held = found >= bound or (
                not target.point and target.calendar.work_between(found, bound) == 0
            )
        if not held:
            yield scene.violation(
                Rule.LINK,
                (target.id, link.predecessor),
                f"`{target.id}` {what} {{0}}, but `{_spelled(link)}` asks for {{1}} or later",
                found,
                bound,
            )


def check_max_lags(scene: Scene) -> Iterator[Violation]:
    """Check that a successor follows no later than ``max_lag`` after the predecessor's event."""
    for link, sources, target in _bindings(scene):
        if link.max_lag is None:
            continue
        if link.type in _TO_START and target.state is State.STARTED:
            continue
        bound = _after(scene, link, sources, target, link.max_lag)
        to_start = link.type in _TO_START
        found = target.start if to_start else target.finish
        if target.calendar.work_between(bound, found) > 0:
            yield scene.violation(
                Rule.MAX_LAG,
                (target.id, link.predecessor),
                f"`{target.id}` {'starts' if to_start else 'finishes'} {{0}}, but"
                f" `{_spelled(link)}` allows {{1}} at the latest",
                found,
                bound,
            )


def _bindings(scene: Scene) -> Iterator[tuple[Dependency, Sequence[Standing], Standing]]:
    """Yield each link with what it leaves from and each activity that it binds.

    What stands for good is bound by nothing; started ones by unfinished predecessors only, and
    by nothing under progress override.
    """
    override = scene.project.options.out_of_sequence == "progress_override"
    for link in scene.project.dependencies:
        sources = scene.inside(link.predecessor)
        if not sources:
            continue
        open_ended = any(one.state is not State.FINISHED for one in sources)
        for target in scene.inside(link.successor):
            if target.settled:
                continue
            if target.state is State.STARTED and (override or not open_ended):
                continue
            yield link, sources, target


def _after(
    scene: Scene, link: Dependency, sources: Sequence[Standing], target: Standing, lag: int
) -> Instant:
    """Return the instant ``lag`` after the event of the link."""
    starts = link.type in _FROM_START
    if link.lag_calendar == "predecessor":
        moved = [
            shifted(one.calendar, one.start if starts else one.finish, lag) for one in sources
        ]
        return min(moved) if starts else max(moved)
    if link.lag_calendar == "successor":
        calendar = target.calendar
    else:
        calendar = scene.times.named(link.lag_calendar)
    if starts:
        return shifted(calendar, min(one.start for one in sources), lag)
    return shifted(calendar, max(one.finish for one in sources), lag)


def _spelled(link: Dependency) -> str:
    return f"{link.predecessor} {link.type}{link.lag_text}"
