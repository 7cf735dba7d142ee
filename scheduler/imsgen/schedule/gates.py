"""Gates that decide later than people expect: after their booking, or after a night of waiting."""

from __future__ import annotations

from collections.abc import Iterator

from imsgen.calendars import CalendarBook
from imsgen.diagnostics import Diagnostic, Severity
from imsgen.model import Instant, Placement, Schedule
from imsgen.network import Graph, Placer, build_graph
from imsgen.schedule.views import elapsed_text, moment_text

LATER, WAITS = "IMS606", "IMS607"
"""Codes: a gate later than booked, a gate that waits for its calendar to work again."""
NIGHT = 6 * 60
"""Elapsed minutes without working time from which a wait is a night, not a lunch break."""


def gate_warnings(schedule: Schedule) -> tuple[Diagnostic, ...]:
    """Return a warning for each gate that is later than its booking, or waits a night or more."""
    project = schedule.project
    if not project.gates:
        return ()
    book = CalendarBook(project)
    graph = build_graph(project)
    placer = Placer(graph, book)
    placed = {
        id_: Placement(one.start, one.finish, one.mode) for id_, one in schedule.activities.items()
    }
    return tuple(
        warning
        for id_ in project.gates
        if id_ in placed and placer.settled(id_) is None
        for warning in _warnings(schedule, graph, placer, placed, id_)
    )


def _warnings(
    schedule: Schedule, graph: Graph, placer: Placer, placed: dict[str, Placement], id_: str
) -> Iterator[Diagnostic]:
    project = schedule.project
    gate, place = project.gates[id_], placed[id_]
    zone = project.timezone
    span = project.sources.get(f"activity:{id_}.at") or project.sources.get(f"gate:{id_}")
    starts = f"starts {moment_text(place.start, zone)}"
    if gate.at is not None:
        if place.start > gate.at:
            yield Diagnostic(
                LATER,
                Severity.WARNING,
                f"the gate `{id_}` is booked for {moment_text(gate.at, zone)} but cannot be held "
                f"before {moment_text(place.start, zone)}",
                span,
                label=starts,
                help=f"book it for `{moment_text(place.start, zone)}` or later, or speed up what "
                "it comes after; `constraint: MSO` makes the booking hard",
            )
        return
    ready = placer.bound(id_, place.mode, placed).start
    waits = place.start - ready
    calendar = placer.book.effective(project.activities[id_], place.mode)
    if (
        waits >= NIGHT
        and calendar.work_between(ready, place.start) == 0
        and _others_work(graph, placer, placed, id_, (ready, place.start))
    ):
        yield _waiting(schedule, id_, Instant(ready), waits)


def _others_work(
    graph: Graph, placer: Placer, placed: dict[str, Placement], id_: str, wait: tuple[int, int]
) -> bool:
    """Whether anything right before or after the gate has working time while it waits.

    Where all of them have the same night off, the gate loses nothing by it.
    """
    near = (
        *(arc.predecessor for arc in graph.incoming[id_]),
        *(arc.successor for arc in graph.outgoing[id_]),
    )
    return any(
        placer.book.effective(graph.project.activities[one], placed[one].mode).work_between(*wait)
        for one in near
        if one in placed
    )


def _waiting(schedule: Schedule, id_: str, ready: Instant, waits: int) -> Diagnostic:
    project = schedule.project
    place = schedule.activities[id_]
    name = project.activities[id_].modes[place.mode].calendar
    zone = project.timezone
    return Diagnostic(
        WAITS,
        Severity.WARNING,
        f"the gate `{id_}` could be held {moment_text(ready, zone)} but waits "
        f"{elapsed_text(waits)} for the hours of `{name}`",
        project.sources.get(f"gate:{id_}"),
        label=f"starts {moment_text(place.start, zone)}",
        help="give it a `calendar:` that works then, as a bridge during a cutover does, or a "
        "booked time, `at:`",
    )
