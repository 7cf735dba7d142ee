"""Projects built in Python, for tests below the plan language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from imsgen.model import (
    CLOSED,
    Activity,
    Calendar,
    Dependency,
    Instant,
    Kind,
    LinkType,
    Mode,
    Need,
    Project,
    Resource,
    from_datetime,
)

OFFICE_HOURS = ((480, 720), (780, 1020))
OFFICE_WEEK = (OFFICE_HOURS,) * 5 + (CLOSED,) * 2
HORIZON = (
    from_datetime(datetime(2025, 1, 1, tzinfo=UTC)),
    from_datetime(datetime(2036, 1, 1, tzinfo=UTC)),
)


def at(text: str) -> Instant:
    """Return the instant of ``2026-11-02 08:00``, in UTC."""
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=UTC))


def office(id_: str = "office", timezone: str = "UTC") -> Calendar:
    """Return Mon-Fri 08:00-12:00, 13:00-17:00."""
    return Calendar(id_, id_.title(), timezone, OFFICE_WEEK)


def bridge(id_: str = "bridge") -> Calendar:
    """Return a calendar that never rests."""
    return Calendar(id_, id_.title(), "UTC", (((0, 1440),),) * 7)


def task(
    id_: str,
    duration: int,
    calendar: str = "office",
    needs: dict[str, int] | None = None,
    **more: Any,
) -> Activity:
    """Return an activity of ``duration`` working minutes; zero makes a milestone."""
    kind = more.pop("kind", Kind.TASK if duration else Kind.MILESTONE)
    elapsed = more.pop("elapsed", False)
    modes = more.pop("modes", None) or (
        Mode(
            duration,
            calendar,
            tuple(Need(resource, units) for resource, units in (needs or {}).items()),
            elapsed,
        ),
    )
    group = id_.rpartition(".")[0] or None
    return Activity(
        id=id_, name=more.pop("name", id_), kind=kind, modes=modes, group=group, **more
    )


def resource(id_: str, units: int = 100, **more: Any) -> Resource:
    """Return a resource of constant capacity."""
    capacity = more.pop("capacity", ((None, units),))
    return Resource(id_, more.pop("name", id_), capacity, **more)


def link(
    predecessor: str, successor: str, type_: str = "FS", lag: int = 0, **more: Any
) -> Dependency:
    """Return a dependency."""
    return Dependency(predecessor, successor, LinkType(type_), lag, **more)


def make_project(
    activities: Sequence[Activity],
    dependencies: Sequence[Dependency] = (),
    resources: Sequence[Resource] = (),
    calendars: Sequence[Calendar] | None = None,
    start: str = "2026-11-02 08:00",
    **more: Any,
) -> Project:
    """Return a project on office and bridge calendars in UTC, starting on a Monday."""
    known = calendars if calendars is not None else (office(), bridge())
    groups = {group.id: group for group in more.pop("groups", ())}
    outline: list[str] = list(more.pop("outline", ()))
    if not outline:
        for activity in activities:
            parts = activity.id.split(".")
            for depth in range(1, len(parts)):
                prefix = ".".join(parts[:depth])
                if prefix not in outline:
                    outline.append(prefix)
            outline.append(activity.id)
    values: dict[str, Any] = {
        "id": "test",
        "name": "Test plan",
        "start": at(start),
        "timezone": "UTC",
        "calendar": known[0].id,
        "horizon": HORIZON,
        "calendars": {calendar.id: calendar for calendar in known},
        "resources": {one.id: one for one in resources},
        "activities": {activity.id: activity for activity in activities},
        "groups": groups,
        "dependencies": tuple(dependencies),
        "outline": tuple(outline),
    }
    values.update(more)
    return Project(**values)
