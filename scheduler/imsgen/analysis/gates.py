"""The way back from every gate of a schedule, and until when the gate may say No-Go."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from imsgen.analysis.driving import driving_steps
from imsgen.analysis.last_safe import LastSafeSearch
from imsgen.analysis.latest import Latest, latest_safe
from imsgen.analysis.margins import with_margin
from imsgen.analysis.purse import Purse
from imsgen.analysis.stretches import Timeline
from imsgen.analysis.way_back import Reached, WaysBack
from imsgen.calendars import CalendarBook
from imsgen.model import Instant, Rollback, Schedule, Verdict
from imsgen.network import Graph, begun, build_graph, reached_by, rollback_plan
from imsgen.network.protected import protected_windows, successors
from imsgen.schedule import with_way_back
from imsgen.solver import Observer

EFFORT, SECONDS = 10.0, 60.0
"""Units of effort and seconds for all gates together, unless the caller says otherwise."""


def with_rollbacks(
    schedule: Schedule,
    effort: float = EFFORT,
    seconds: float = SECONDS,
    observer: Observer | None = None,
) -> Schedule:
    """Return the schedule with the way back from each gate that is still to decide.

    Parameters
    ----------
    effort
        Units for all gates together; what they leave open is said, never guessed.
    seconds
        Wall-clock safety net; what it cut short is not reproducible.
    observer
        Who may end it.
    """
    gates = [id_ for id_ in schedule.project.gates if _open(schedule, id_)]
    if not gates:
        return schedule
    graph, book = build_graph(schedule.project), CalendarBook(schedule.project)
    purse = Purse(effort, time.monotonic() + seconds, schedule.run.seed, observer)
    ways = WaysBack(book, purse)
    protected = {gate: _protected(schedule, graph, gate) for gate in gates}
    windows = {one: _protecting(schedule, protected, one) for one in protected.values() if one[0]}
    searches = [
        LastSafeSearch(Timeline(schedule, graph, book, those), ways, *window)
        for window, those in windows.items()
    ]
    found: dict[str, Rollback] = {}

    def look(gate: str) -> None:
        found[gate] = _rollback(schedule, graph, ways, gate, protected[gate])

    _in_turn(purse, [partial(look, gate) for gate in gates] + [one.moment for one in searches])
    _in_turn(purse, [one.curve for one in searches])
    run = replace(
        schedule.run,
        spent=round(schedule.run.spent + effort - purse.left, 3),
        reproducible=schedule.run.reproducible and purse.reproducible,
    )
    safe = [one.found for one in searches]
    return with_margin(with_way_back(replace(schedule, run=run), found, safe))


def _in_turn(purse: Purse, turns: Sequence[Callable[[], None]]) -> None:
    """Let each take an equal part of what is left: what one does not need, the others have."""
    for i, turn in enumerate(turns):
        with purse.share(1 / (len(turns) - i)):
            turn()


def _open(schedule: Schedule, gate: str) -> bool:
    """Whether a gate is on the plan and has not decided yet."""
    progress = schedule.project.activities[gate].progress
    return gate in schedule.activities and (progress is None or progress.actual_finish is None)


def _protecting(
    schedule: Schedule, protected: Mapping[str, tuple[str, int]], window: tuple[str, int]
) -> list[str]:
    """Return the gates that protect a window, in the order in which they decide."""
    gates = [gate for gate, one in protected.items() if one == window]
    return sorted(gates, key=lambda gate: schedule.activities[gate].finish)


def _rollback(
    schedule: Schedule, graph: Graph, ways: WaysBack, gate: str, protected: tuple[str, int]
) -> Rollback:
    project, placed = schedule.project, schedule.activities
    decided = placed[gate].finish
    done = begun(graph, placed, decided, reached_by(graph, placed, gate))
    otherwise = project.gates[gate].else_
    plan = rollback_plan(graph, ways.book, placed, decided, executed=done, contingency=otherwise)
    window, occurrence = protected
    ends = project.windows[window].occurrences[occurrence][1] if window else None
    found = Rollback(
        gate=gate,
        decided=decided,
        verdict=Verdict.PAST,
        window=window,
        occurrence=occurrence,
        ends=ends,
        irreversible=plan.irreversible,
    )
    if plan.irreversible:
        return found
    way = ways.of(plan)
    now = way.at(decided)
    latest = Latest(None, None) if ends is None else latest_safe(way, ends, decided)
    return replace(
        found,
        verdict=_verdict(now, ends),
        finish=now.finish,
        bound=now.bound,
        steps=way.steps(now),
        drivers=driving_steps(way, decided, now),
        latest=latest.moment,
        latest_bound=latest.bound,
        latest_steps=() if latest.reached is None else way.steps(latest.reached),
    )


def _verdict(now: Reached, ends: Instant | None) -> Verdict:
    if ends is None:
        return Verdict.NO_WINDOW
    if now.by(ends):
        return Verdict.SAFE
    return Verdict.TOO_LATE if now.never_by(ends) else Verdict.OPEN


def _protected(schedule: Schedule, graph: Graph, gate: str) -> tuple[str, int]:
    """Return the window a gate protects and which occurrence of it; no name: it protects none.

    It is the occurrence its successors use, else the first that is not over when the gate
    decides.
    """
    windows = protected_windows(graph, gate)
    if len(windows) != 1:
        return "", 0
    (window,) = windows
    for id_ in (*successors(graph, gate), gate):
        used = schedule.activities[id_].occurrence
        if window in used:
            return window, used[window]
    spans = schedule.project.windows[window].occurrences
    decided = schedule.activities[gate].finish
    later = [i for i, (_, end) in enumerate(spans) if end >= decided]
    return (window, (later or [len(spans) - 1])[0]) if spans else ("", 0)
