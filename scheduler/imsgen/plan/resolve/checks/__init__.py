"""Checks of a whole project: each a function that reports what it finds."""

from __future__ import annotations

from collections.abc import Callable

from imsgen.plan.resolve.checks.calendars import calendars_that_never_work, day_lengths
from imsgen.plan.resolve.checks.capacity import needs_above_capacity
from imsgen.plan.resolve.checks.cycles import cycles
from imsgen.plan.resolve.checks.dates import dates_before_the_start, dates_far_off
from imsgen.plan.resolve.checks.fits import work_that_cannot_fit
from imsgen.plan.resolve.checks.fixed import fixed_in_rest, opposed_constraints
from imsgen.plan.resolve.checks.gates import windows_of_gates
from imsgen.plan.resolve.checks.hammocks import hammocks_against_their_work
from imsgen.plan.resolve.checks.notes import (
    assumed_durations,
    empty_groups,
    inactive_links,
    out_of_sequence,
    people_on_hammocks,
)
from imsgen.plan.resolve.checks.objective import objective_without_measure
from imsgen.plan.resolve.checks.protect import nothing_to_protect
from imsgen.plan.resolve.project import Built, note_calendar

_ALWAYS: tuple[Callable[[Built], None], ...] = (
    calendars_that_never_work,
    dates_before_the_start,
    dates_far_off,
    opposed_constraints,
    cycles,
)
_WHEN_SOUND: tuple[Callable[[Built], None], ...] = (
    work_that_cannot_fit,
    needs_above_capacity,
    hammocks_against_their_work,
    fixed_in_rest,
    objective_without_measure,
    windows_of_gates,
)
_REMARKS: tuple[Callable[[Built], None], ...] = (
    note_calendar,
    day_lengths,
    assumed_durations,
    inactive_links,
    empty_groups,
    out_of_sequence,
    people_on_hammocks,
    nothing_to_protect,
)


def check(built: Built) -> None:
    """Report what is wrong with a project, and what is worth knowing about it.

    Checks of whether work fits wait until all names are right: a wrong calendar would only make
    them repeat the same mistake. What is worth knowing can wait until nothing is wrong.
    """
    for one in _ALWAYS:
        one(built)
    if not built.context.report.failed:
        for one in _WHEN_SOUND:
            one(built)
    if not built.context.report.failed:
        for one in _REMARKS:
            one(built)
