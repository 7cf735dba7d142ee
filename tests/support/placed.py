"""Whole schedules from a project and a few starts, for tests of what reads a schedule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.support.projects import at

from imsgen.calendars import CalendarBook
from imsgen.model import (
    Instant,
    Kind,
    LinkType,
    Meeting,
    MeetingKind,
    Project,
    Schedule,
    ScheduledActivity,
    Status,
)
from imsgen.network.bounds import shift, start_for_finish
from imsgen.network.graph import build_graph
from imsgen.schedule import meetings as derive_meetings


def placed_schedule(
    project: Project,
    starts: Mapping[str, Instant | str] | None = None,
    *,
    details: Mapping[str, Mapping[str, Any]] | None = None,
    modes: Mapping[str, int] | None = None,
    meetings: Sequence[Meeting] | None = None,
    **more: Any,
) -> Schedule:
    """Return a schedule of a project without solving it.

    Parameters
    ----------
    starts
        Start by id, an instant or text in UTC (``2026-11-02 08:00``). Activities left out start
        as early as their links allow; resources, windows and constraints are not looked at.
    details
        Fields of :class:`ScheduledActivity` to set, by id: floats, ``critical``, ``driver``.
    modes
        Index of the mode chosen, by id; 0 where left out.
    meetings
        The calendar events; where left out, those the project asks for.
    more
        Fields of :class:`Schedule`.
    """
    given = {
        id_: at(start) if isinstance(start, str) else start
        for id_, start in (starts or {}).items()
    }
    placed = _placements(project, given, modes or {})
    activities = {
        id_: replace(
            ScheduledActivity(id_, *placed[id_], mode=(modes or {}).get(id_, 0), total_float=0),
            **dict((details or {}).get(id_, {})),
        )
        for id_ in project.outline
        if id_ in placed
    }
    finish = max((finish for _, finish in placed.values()), default=project.start)
    groups = _groups(project, placed)
    if meetings is None:
        meetings = derive_meetings(project, activities, groups, finish)
    values: dict[str, Any] = {
        "project": project,
        "status": Status.OPTIMAL,
        "finish": finish,
        "bound": finish,
        "activities": activities,
        "groups": groups,
        "meetings": tuple(meetings),
        "plan_hash": "0" * 64,
    }
    values.update(more)
    return Schedule(**values)


def make_meeting(
    id_: str,
    start: str,
    finish: str,
    kind: MeetingKind = MeetingKind.CHECKPOINT,
    **more: Any,
) -> Meeting:
    """Return a calendar event; times are text in UTC."""
    values: dict[str, Any] = {"name": id_, "timezone": "UTC", "uid": f"test.{id_}@imsgen.invalid"}
    values.update(more)
    return Meeting(id_, kind, start=at(start), finish=at(finish), **values)


def _placements(
    project: Project, given: Mapping[str, Instant], modes: Mapping[str, int]
) -> dict[str, tuple[Instant, Instant]]:
    book = CalendarBook(project)
    graph = build_graph(project)
    placed: dict[str, tuple[Instant, Instant]] = {}
    for id_ in graph.order:
        activity = project.activities[id_]
        mode = modes.get(id_, 0)
        calendar, duration = book.effective(activity, mode), activity.modes[mode].duration
        if id_ in given:
            start = given[id_]
        elif duration:
            start = calendar.next_start(project.start)
        else:
            start = calendar.next_touch(project.start)
        for arc in graph.incoming[id_] if id_ not in given else ():
            from_, to = placed[arc.predecessor]
            event = to if arc.link.type in {LinkType.FS, LinkType.FF} else from_
            lag_calendar = book.lag_calendar(arc.link, calendar, calendar)
            bound = shift(lag_calendar, event, arc.link.lag)
            if not duration:
                start = max(start, calendar.next_touch(bound))
            elif arc.link.type in {LinkType.FS, LinkType.SS}:
                start = max(start, calendar.next_start(bound))
            else:
                start = max(start, start_for_finish(calendar, bound, duration))
        finish = calendar.add(start, duration)
        placed[id_] = (start, finish)
    for id_, activity in project.activities.items():
        if activity.kind is Kind.HAMMOCK and activity.scheduled and activity.spans:
            ends = [
                (placed | _groups(project, placed))[event.id][event.end != "start"]
                for event in activity.spans
            ]
            placed[id_] = (ends[0], ends[1])
    return placed


def _groups(
    project: Project, placed: Mapping[str, tuple[Instant, Instant]]
) -> dict[str, tuple[Instant, Instant]]:
    groups = {}
    for id_ in project.groups:
        inside = [placed[leaf] for leaf in project.leaves(id_) if leaf in placed]
        if inside:
            groups[id_] = (min(start for start, _ in inside), max(end for _, end in inside))
    return groups
