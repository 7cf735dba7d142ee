"""What has happened stays, what has not lies ahead: plan start, status date, actuals."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.verifier.scene import Scene, Standing, State
from imsgen.verifier.violation import Rule, Violation


def check_plan_start(scene: Scene) -> Iterator[Violation]:
    """Check that nothing is planned before the plan's start."""
    for one in scene.standings.values():
        if one.state is State.WAITING and one.start < scene.project.start:
            yield scene.violation(
                Rule.PLAN_START,
                (one.id,),
                f"`{one.id}` starts {{0}}, before the plan's start {{1}}",
                one.start,
                scene.project.start,
            )


def check_status_date(scene: Scene) -> Iterator[Violation]:
    """Check that what has not happened by the status date does not happen before it."""
    status = scene.project.status_date
    if status is None:
        return
    for one in scene.standings.values():
        if one.state is State.WAITING and one.start < status:
            yield scene.violation(
                Rule.STATUS_DATE,
                (one.id,),
                f"`{one.id}` has not begun and starts {{0}}, before the status date {{1}}",
                one.start,
                status,
            )


def check_actuals(scene: Scene) -> Iterator[Violation]:
    """Check that actual dates are kept as they are."""
    for one in scene.standings.values():
        progress = one.activity.progress
        if progress is None or one.state is State.WAITING:
            continue
        wanted = progress.actual_start
        if wanted is not None and one.start != wanted:
            yield scene.violation(
                Rule.ACTUAL,
                (one.id,),
                f"`{one.id}` starts {{0}}, but began {{1}}",
                one.start,
                wanted,
            )
        wanted = progress.actual_finish
        if wanted is not None and one.finish != wanted:
            yield scene.violation(
                Rule.ACTUAL,
                (one.id,),
                f"`{one.id}` finishes {{0}}, but was finished {{1}}",
                one.finish,
                wanted,
            )


def check_remaining(scene: Scene) -> Iterator[Violation]:
    """Check that remaining work is a stretch of working time after the status date and ``resume``."""
    for one in scene.standings.values():
        if one.state is not State.STARTED:
            continue
        if one.work == 0:
            yield from _nothing_left(scene, one)
            continue
        if not one.calendar.is_working(one.finish - 1):
            yield scene.violation(
                Rule.REMAINING,
                (one.id,),
                f"`{one.id}` finishes {{0}}, which is not the end of a minute it works",
                one.finish,
            )
            continue
        progress = one.activity.progress
        resume = None if progress is None else progress.resume
        for bound, name in ((scene.project.status_date, "status date"), (resume, "resume date")):
            if bound is not None and one.begin < bound:
                yield scene.violation(
                    Rule.REMAINING,
                    (one.id,),
                    f"the {one.work} minutes left of `{one.id}` begin {{0}}, before the {name}"
                    " {1}",
                    one.begin,
                    bound,
                )


def _nothing_left(scene: Scene, one: Standing) -> Iterator[Violation]:
    """Check that what has started and has nothing left finishes by the status date, at its end."""
    status = scene.project.status_date
    if status is None:
        return
    last = max(one.calendar.last_finish(status), one.start)
    if one.finish not in (status, last):
        yield scene.violation(
            Rule.REMAINING,
            (one.id,),
            f"`{one.id}` has nothing left and finishes {{0}}, expected {{1}}",
            one.finish,
            last,
        )
