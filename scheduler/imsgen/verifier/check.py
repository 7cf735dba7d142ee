"""The second opinion: every rule of docs/concepts/rules.md, checked in wall-clock time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from imsgen.model import Instant, Project, Schedule
from imsgen.verifier import (
    activities as activity_rules,
)
from imsgen.verifier import (
    capacity,
    dates,
    hammocks,
    links,
    progress,
    windows,
)
from imsgen.verifier.derived import check_bound, check_finish, check_groups
from imsgen.verifier.floats import check_drivers, check_early, check_floats, check_occurrences
from imsgen.verifier.last_safe import last_safe_check
from imsgen.verifier.meetings import check_meetings
from imsgen.verifier.objective import check_objective
from imsgen.verifier.protected import check_protected
from imsgen.verifier.rollbacks import rollback_check
from imsgen.verifier.roster import check_roster
from imsgen.verifier.scene import Placed, Scene
from imsgen.verifier.violation import Violation

RULES: tuple[Callable[[Scene], Iterator[Violation]], ...] = (
    activity_rules.check_modes,
    activity_rules.check_starts,
    activity_rules.check_durations,
    activity_rules.check_unbroken,
    activity_rules.check_milestones,
    progress.check_plan_start,
    progress.check_status_date,
    progress.check_actuals,
    progress.check_remaining,
    links.check_links,
    links.check_max_lags,
    dates.check_constraints,
    windows.check_within,
    windows.check_together,
    windows.check_forbidden,
    capacity.check_capacity,
    hammocks.check_hammocks,
)
"""What a placement of activities must obey, presence aside."""

FACTS: tuple[Callable[[Scene, Schedule], Iterator[Violation]], ...] = (
    check_bound,
    check_objective,
    check_floats,
    check_early,
    check_drivers,
    check_occurrences,
    check_meetings,
    rollback_check(RULES),
    last_safe_check(RULES),
    check_protected,
    check_roster,
)
"""What a schedule says about itself."""


def verify(
    project: Project,
    activities: Mapping[str, Placed],
    groups: Mapping[str, tuple[Instant, Instant]] | None = None,
    finish: Instant | None = None,
) -> list[Violation]:
    """Return every rule of the plan that the dates break; empty when the schedule is good.

    Parameters
    ----------
    project
        The plan.
    activities
        Where each activity stands, ``[start, finish)`` and mode. Hammocks may be left out: what
        they hold is derived from what they span.
    groups
        Where each group stands, checked when given.
    finish
        The plan's finish, checked when given.
    """
    scene = Scene(project, activities)
    found = list(activity_rules.check_presence(scene))
    for rule in RULES:
        found.extend(rule(scene))
    if groups is not None:
        found.extend(check_groups(scene, groups))
    if finish is not None:
        found.extend(check_finish(scene, finish))
    return found


def verify_schedule(schedule: Schedule) -> list[Violation]:
    """Return everything wrong with a schedule: the rules of its plan, and what it says of itself."""
    scene = Scene(schedule.project, schedule.activities)
    found = list(activity_rules.check_presence(scene, hammocks=True))
    for rule in RULES:
        found.extend(rule(scene))
    found.extend(check_groups(scene, schedule.groups))
    found.extend(check_finish(scene, schedule.finish))
    for fact in FACTS:
        found.extend(fact(scene, schedule))
    return found
