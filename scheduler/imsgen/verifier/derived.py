"""What follows from the dates: groups, the plan's finish, its proven bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imsgen.model import Instant, Schedule, Status
from imsgen.verifier.scene import Scene
from imsgen.verifier.violation import Rule, Violation

_REPLANNED = ("frozen", "missed", "people told", "shift")
"""Levels that are proved where a replan is called optimal."""


def check_groups(
    scene: Scene, groups: Mapping[str, tuple[Instant, Instant]]
) -> Iterator[Violation]:
    """Check that a group lasts from the earliest start to the latest finish inside."""
    wanted = _envelopes(scene)
    for id_, span in wanted.items():
        found = groups.get(id_)
        if found is None:
            yield Violation(Rule.GROUP, (id_,), f"group `{id_}` has no dates")
        elif found != span:
            yield scene.violation(
                Rule.GROUP,
                (id_,),
                f"group `{id_}` stands from {{0}} to {{1}}, but what is inside from {{2}} to {{3}}",
                *found,
                *span,
            )
    for id_ in groups:
        if id_ not in wanted:
            yield Violation(
                Rule.GROUP, (id_,), f"group `{id_}` has dates but nothing inside is scheduled"
            )


def _envelopes(scene: Scene) -> dict[str, tuple[Instant, Instant]]:
    """Return where groups stand; hammocks inside count for nothing, as for links."""
    found: dict[str, tuple[Instant, Instant]] = {}
    for id_ in scene.project.groups:
        inside = scene.inside(id_)
        if inside:
            found[id_] = min(one.start for one in inside), max(one.finish for one in inside)
    return found


def check_finish(scene: Scene, finish: Instant) -> Iterator[Violation]:
    """Check that the plan finishes when the last of its activities does."""
    if finish != scene.finish:
        last = max(scene.standings.values(), key=lambda one: one.finish, default=None)
        yield scene.violation(
            Rule.FINISH,
            () if last is None else (last.id,),
            "the plan finishes {0}, but its last activity {1}",
            finish,
            scene.finish,
        )


MORE = ("point of no return", "margin")
"""Levels of which more is better."""


def check_bound(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
    """Check that no schedule finishes before the bound, and an optimal one has every level proved."""
    for name, bound in (("bound", schedule.bound), *schedule.run.bounds.items()):
        if bound > scene.finish:
            yield scene.violation(
                Rule.BOUND,
                (),
                f"the {name} says that no schedule finishes before {{0}}, but this one does, {{1}}",
                bound,
                scene.finish,
            )
    for level in schedule.objective:
        more = level.name in MORE
        if level.bound < level.value if more else level.bound > level.value:
            side = "above" if more else "below"
            yield Violation(
                Rule.BOUND,
                (),
                f"`{level.name}` is {level.value}, {side} its proven bound {level.bound}",
            )
        elif level.proved and level.bound != level.value:
            yield Violation(
                Rule.BOUND,
                (),
                f"`{level.name}` is called proved at {level.value}, but its bound is {level.bound}",
            )
    if schedule.status is Status.OPTIMAL:
        kept = ("deadlines", "finish") if schedule.replanned is None else _REPLANNED
        open_ = [one.name for one in schedule.objective if one.name in kept and not one.proved]
        if open_:
            yield Violation(
                Rule.BOUND,
                (),
                f"the schedule is called optimal, but `{open_[0]}` is not proved",
            )
