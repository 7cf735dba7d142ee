"""What late work costs: the finish, deadlines, gates, windows."""

from __future__ import annotations

from imsgen.analysis.board.model import Cost
from imsgen.analysis.board.projection import Projected
from imsgen.analysis.changes.model import Shift
from imsgen.calendars import CalendarBook
from imsgen.model import Instant, Schedule
from imsgen.schedule.lateness import deadlines


def cost_of(schedule: Schedule, expected: Projected, book: CalendarBook) -> Cost:
    """Return what the expected dates cost against those of the schedule."""
    places = expected.places
    if not places:
        return Cost(Shift(0, 0))
    last = max(places, key=lambda id_: places[id_].finish)
    work = book.effective(schedule.project.activities[last], places[last].mode)
    finish = max(schedule.finish, expected.finish)
    shift = Shift(work.work_between(schedule.finish, finish), finish - schedule.finish)
    return Cost(
        finish=shift,
        deadlines=_deadlines(schedule, expected),
        gates=tuple(
            (id_, places[id_].finish - schedule.activities[id_].finish)
            for id_ in schedule.project.gates
            if id_ in places and places[id_].finish > schedule.activities[id_].finish
        ),
        outside=expected.outside,
        moved=sum(place.finish > schedule.activities[id_].finish for id_, place in places.items()),
    )


def _deadlines(schedule: Schedule, expected: Projected) -> tuple[tuple[str, int], ...]:
    """Return the deadlines missed that the schedule meets, or misses by less."""
    found = []
    for one in deadlines(schedule):
        late = _finish(schedule, expected, one.id) - one.deadline
        if late > one.late:
            found.append((one.id, late))
    return tuple(found)


def _finish(schedule: Schedule, expected: Projected, id_: str) -> Instant:
    if id_ == "project" and id_ not in schedule.project.groups:
        return expected.finish
    inside = [
        expected.places[one].finish
        for one in schedule.project.leaves(id_)
        if one in expected.places
    ]
    return max(inside, default=expected.finish)
