"""When a schedule uses more of a resource than the plan gives it."""

from __future__ import annotations

from collections.abc import Mapping

from imsgen.calendars import CalendarBook
from imsgen.model import Kind, Placement, Project, Resource


def surplus(
    project: Project, resource: Resource, places: Mapping[str, Placement]
) -> list[tuple[int, int]]:
    """Return ``[start, finish)`` of each stretch in which more is used than ``resource`` has.

    Parameters
    ----------
    project
        The plan the dates belong to, with whatever capacity.
    resource
        The resource with the capacity to compare with.
    """
    changes: dict[int, int] = {}
    for start, finish, units in _uses(project, resource, places):
        changes[start] = changes.get(start, 0) + units
        changes[finish] = changes.get(finish, 0) - units
    for since, _ in resource.capacity:
        if since is not None:
            changes.setdefault(since, 0)
    found: list[tuple[int, int]] = []
    used = 0
    begun: int | None = None
    for at in sorted(changes):
        used += changes[at]
        over = used > _capacity_at(resource, at)
        if over and begun is None:
            begun = at
        elif not over and begun is not None:
            found.append((begun, at))
            begun = None
    return found


def _uses(
    project: Project, resource: Resource, places: Mapping[str, Placement]
) -> list[tuple[int, int, int]]:
    """Return start, finish and units of every stretch of use from the status date on."""
    book = CalendarBook(project)
    first = project.status_date or project.start
    found: list[tuple[int, int, int]] = []
    for id_, place in places.items():
        activity = project.activities[id_]
        if activity.kind is Kind.HAMMOCK:
            continue
        units = sum(
            need.units for need in activity.modes[place.mode].needs if need.resource == resource.id
        )
        done = activity.progress is not None and activity.progress.actual_finish is not None
        begin = max(first, place.start)
        if not units or done or begin >= place.finish:
            continue
        if resource.holds:
            found.append((begin, place.finish, units))
            continue
        calendar = book.effective(activity, place.mode)
        found += [(one, two, units) for one, two in calendar.intervals(begin, place.finish)]
    return found


def _capacity_at(resource: Resource, at: int) -> int:
    units = 0
    for since, given in resource.capacity:
        if since is None or since <= at:
            units = given
    return units
