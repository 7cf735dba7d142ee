"""How many people of each role the dates of a schedule call for, minute by minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from imsgen.calendars import CalendarBook
from imsgen.model import FULL, Kind, Schedule

Piece = tuple[int, int, int]
"""``[begin, end)`` and units in percent, or people."""


def demand_by_role(schedule: Schedule, spans: Sequence[tuple[int, int]]) -> dict[str, list[Piece]]:
    """Return how many people of each role are wanted in the spans, in plan order.

    People are wanted while an activity works, not while it rests. Who is on duty by a hammock
    does the work of the role meanwhile: the greater of both counts, as hammocks take no capacity.
    Parts of people add up, half a person and half a person are one.
    """
    project, book = schedule.project, CalendarBook(schedule.project)
    work: dict[str, list[Piece]] = {}
    duty: dict[str, list[Piece]] = {}
    for id_, dates in schedule.activities.items():
        activity = project.activities[id_]
        into = duty if activity.kind is Kind.HAMMOCK else work
        working = book.effective(activity, dates.mode)
        for need in activity.modes[dates.mode].needs:
            if project.resources[need.resource].holds:
                continue
            for first, last in spans:
                begin, end = max(first, dates.start), min(last, dates.finish)
                if begin < end:
                    into.setdefault(need.resource, []).extend(
                        (one, other, need.units) for one, other in working.intervals(begin, end)
                    )
    return {
        id_: found
        for id_ in project.resources
        if (found := list(_people(work.get(id_, ()), duty.get(id_, ()))))
    }


def _people(work: Sequence[Piece], duty: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the stretches in which the same number of people is wanted, none where none is."""
    changes: dict[int, list[int]] = {}
    for i, pieces in enumerate((work, duty)):
        for begin, end, units in pieces:
            changes.setdefault(begin, [0, 0])[i] += units
            changes.setdefault(end, [0, 0])[i] -= units
    held = [0, 0]
    for here, there in pairwise(sorted(changes)):
        held = [one + change for one, change in zip(held, changes[here], strict=True)]
        people = -(-max(held) // FULL)
        if people:
            yield here, there, people
