"""Activities by themselves: presence, mode, calendar, duration, milestones."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Kind
from imsgen.verifier.scene import Scene, Standing, State
from imsgen.verifier.violation import Rule, Violation


def check_presence(scene: Scene, hammocks: bool = False) -> Iterator[Violation]:
    """Check that every activity on the plan of record has a place, and nothing else has one."""
    for id_, activity in scene.project.activities.items():
        if not activity.scheduled or (activity.kind is Kind.HAMMOCK and not hammocks):
            continue
        if id_ not in scene.placed:
            yield Violation(Rule.PRESENT, (id_,), f"`{id_}` is in the plan but has no dates")
    for id_ in scene.placed:
        known = scene.project.activities.get(id_)
        if known is None:
            yield Violation(Rule.PRESENT, (id_,), f"`{id_}` has dates but is not in the plan")
        elif not known.scheduled:
            yield Violation(
                Rule.PRESENT, (id_,), f"`{id_}` has dates but is inactive or done only on No-Go"
            )


def check_modes(scene: Scene) -> Iterator[Violation]:
    """Check that the mode chosen exists."""
    for id_, place in scene.placed.items():
        activity = scene.project.activities.get(id_)
        if activity is None or 0 <= place.mode < len(activity.modes):
            continue
        yield Violation(
            Rule.MODE,
            (id_,),
            f"`{id_}` is done in mode {place.mode}, expected 0 to {len(activity.modes) - 1}",
        )


def check_starts(scene: Scene) -> Iterator[Violation]:
    """Check that work starts at a working minute of the effective calendar."""
    for one in _to_do(scene):
        if not one.point and not one.calendar.is_working(one.start):
            yield scene.violation(
                Rule.START,
                (one.id,),
                f"`{one.id}` starts {{0}}, outside its working time",
                one.start,
            )


def check_durations(scene: Scene) -> Iterator[Violation]:
    """Check that work finishes when its duration is done, paused in non-working time only."""
    for one in _to_do(scene):
        if one.point:
            continue
        try:
            expected = one.calendar.add(one.start, one.work)
        except CalendarExhaustedError:
            expected = one.calendar.horizon
        if one.finish != expected:
            yield scene.violation(
                Rule.DURATION,
                (one.id,),
                f"`{one.id}` finishes {{0}}, but {one.work} minutes of its working time from {{2}}"
                " are done {1}",
                one.finish,
                expected,
                one.start,
            )


def check_unbroken(scene: Scene) -> Iterator[Violation]:
    """Check that unbroken work does not pause."""
    for one in scene.standings.values():
        if not one.activity.unbroken or one.settled or one.point:
            continue
        pause = next(_pauses(one), None)
        if pause is not None:
            yield scene.violation(
                Rule.UNBROKEN,
                (one.id,),
                f"`{one.id}` must not pause, but rests from {{0}} to {{1}}",
                *pause,
            )


def check_milestones(scene: Scene) -> Iterator[Violation]:
    """Check that a milestone is one instant that touches working time."""
    for one in _to_do(scene):
        if not one.point:
            continue
        if one.start != one.finish:
            yield scene.violation(
                Rule.MILESTONE,
                (one.id,),
                f"milestone `{one.id}` starts {{0}} but finishes {{1}}",
                one.start,
                one.finish,
            )
        elif not one.calendar.touches(one.start):
            yield scene.violation(
                Rule.MILESTONE,
                (one.id,),
                f"milestone `{one.id}` stands {{0}}, neither in its working time nor at the end"
                " of it",
                one.start,
            )


def _to_do(scene: Scene) -> Iterator[Standing]:
    return (one for one in scene.standings.values() if one.state is State.WAITING)


def _pauses(one: Standing) -> Iterator[tuple[int, int]]:
    """Yield the non-working stretches between begin and finish."""
    reached: int = one.begin
    for first, last in one.calendar.intervals(one.begin, one.finish):
        if first > reached:
            yield reached, first
        reached = last
    if reached < one.finish:
        yield reached, one.finish
