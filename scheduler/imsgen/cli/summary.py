"""What `solve` and `show` say first: one screen a manager can read, plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imsgen.cli.layout import filled, screen_width
from imsgen.cli.objective import objective_lines, pursued
from imsgen.cli.roster import roster_lines
from imsgen.cli.way_back import rollback_lines
from imsgen.model import (
    DriverKind,
    Instant,
    Kind,
    Meeting,
    MeetingKind,
    Schedule,
    Status,
)
from imsgen.schedule.lateness import Deadline, deadlines
from imsgen.schedule.load import resource_use
from imsgen.schedule.views import counted, elapsed_text, end_text, fitted, moment_text

_DATE = 30
"""Columns of a date in front of a row."""
_BOUNDS = {
    "critical_path": "links alone",
    "energy": "the hours of each resource",
    "path_and_energy": "both together",
    "solver": "search",
}
"""What each bound on the finish rests on."""
_MEETINGS, _CHAIN, _RESOURCES, _DEADLINES, _WINDOWS = 14, 9, 5, 8, 4
"""Rows shown of each part; the schedule file and the workbook hold all."""


def summary(schedule: Schedule, width: int | None = None) -> str:
    """Return the summary of a schedule, without the files written.

    Parameters
    ----------
    width
        Columns; those of the terminal unless given.
    """
    width = screen_width() if width is None else width
    parts = [
        [*_head(schedule, width)],
        [*_windows(schedule, width)],
        [*_meetings(schedule, width)],
        [*rollback_lines(schedule, width)],
        [*roster_lines(schedule, width)],
        [*_deadlines(schedule)],
        [*_chain(schedule, width)],
        [*_resources(schedule, width)],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _head(schedule: Schedule, width: int) -> Iterator[str]:
    project = schedule.project
    name = fitted(project.name, width - 24)
    yield f"{name}  (revision {schedule.revision}{_origin(schedule)})"
    finish = [moment_text(schedule.finish, project.timezone), *_verdict(schedule)]
    yield from _row("Finish", _listed(finish), width)
    for i, line in enumerate(_quality(schedule)):
        yield from _row("" if i else "Quality", [line], width)
    if schedule.finish > schedule.bound and schedule.replanned is None:
        yield from _row("", _listed(_bounds(schedule)), width)
    for i, line in enumerate(objective_lines(schedule)):
        yield from _row("" if i else "Objective", line.split(" "), width)
    words = [
        counted(len(schedule.activities), "activity"),
        counted(len(project.groups), "group"),
        counted(len(project.dependencies), "link"),
        counted(len(project.resources), "resource"),
        f"{sum(one.critical for one in schedule.activities.values())} critical",
    ]
    *counts, last = _listed(words)
    yield from _row("Plan", [*counts, f"{last};", f"times are {project.timezone}"], width)


def _verdict(schedule: Schedule) -> Iterator[str]:
    """Say how the finish stands against the plan's deadline, if it has one."""
    deadline = schedule.project.deadline
    if deadline is None:
        return
    shown = end_text(deadline, schedule.project.timezone)
    spare = deadline - schedule.finish
    stands = "AFTER" if spare < 0 else "before"
    yield f"{elapsed_text(abs(spare))} {stands} the deadline {shown}"


def _origin(schedule: Schedule) -> str:
    """Say which revision a replan keeps the most of."""
    return "" if schedule.replanned is None else f", replanned from {schedule.replanned}"


def _quality(schedule: Schedule) -> Iterator[str]:
    if schedule.replanned is not None:
        yield from _replan_quality(schedule)
        return
    if schedule.status is Status.OPTIMAL:
        if all(level.proved for level in pursued(schedule)):
            yield "proved optimal: no schedule of this plan is better"
        else:
            yield "deadlines and finish proved optimal"
        return
    stopped = schedule.status is Status.INTERRUPTED
    yield "best schedule found" + (" before the interruption" if stopped else "")
    if schedule.finish <= schedule.bound:
        yield "its finish is proved to be the earliest"
    else:
        bound = moment_text(schedule.bound, schedule.project.timezone)
        yield f"proved: none finishes before {bound} (gap {schedule.gap:.1%})"
    if not schedule.run.reproducible and not stopped:
        yield "time or memory ran out: another run may find other dates"


def _replan_quality(schedule: Schedule) -> Iterator[str]:
    """Say how far it is proved that no replan keeps more of what was published."""
    if schedule.status is Status.OPTIMAL:
        yield "proved: nothing can keep more of what was published"
        return
    stopped = schedule.status is Status.INTERRUPTED
    yield "best replan found" + (" before the interruption" if stopped else "")
    if not schedule.run.reproducible and not stopped:
        yield "time or memory ran out: another run may find other dates"


def _bounds(schedule: Schedule) -> list[str]:
    """Say what the proved bounds rest on, each that says more than those before it."""
    found: list[str] = []
    best = schedule.project.start
    for name, words in _BOUNDS.items():
        bound = schedule.run.bounds.get(name)
        if bound is not None and bound > best:
            best = bound
            found.append(f"{words} {end_text(bound, schedule.project.timezone, year=False)}")
    return [f"earliest by {found[0]}", *found[1:]] if found else []


def _windows(schedule: Schedule, width: int) -> Iterator[str]:
    """Say for each window in use when the work in it starts and ends, and what is left."""
    zone = schedule.project.timezone
    spans: dict[tuple[str, int], list[tuple[Instant, Instant]]] = {}
    for dates in schedule.activities.values():
        for used, i in dates.occurrence.items():
            spans.setdefault((used, i), []).append((dates.start, dates.finish))
    if not spans:
        return
    tightest: dict[str, tuple[int, int]] = {}
    for (id_, i), inside in spans.items():
        spare = schedule.project.windows[id_].occurrences[i][1] - max(one[1] for one in inside)
        tightest[id_] = min(tightest.get(id_, (spare, i)), (spare, i))
    yield "Windows"
    for id_ in sorted(tightest, key=lambda one: tightest[one])[:_WINDOWS]:
        spare, i = tightest[id_]
        window, inside = schedule.project.windows[id_], spans[id_, i]
        amount = sum(1 for other, _ in spans if other == id_)
        again = [f"(the tightest of {amount} used)"] if amount > 1 else []
        start, finish = min(one[0] for one in inside), max(one[1] for one in inside)
        name = f"  {fitted(window.name, 28)}:"
        yield from filled([name, _span(*window.occurrences[i], zone), *again], width, 4)
        slack = f"{elapsed_text(spare)} to spare at its end"
        yield from filled([f"    work inside {_span(start, finish, zone)},", slack], width, 6)
    if len(tightest) > _WINDOWS:
        yield f"  and {len(tightest) - _WINDOWS} more with more to spare"


def _span(start: Instant, finish: Instant, zone: str) -> str:
    return f"{moment_text(start, zone, year=False)} - {end_text(finish, zone, year=False)}"


def _meetings(schedule: Schedule, width: int) -> Iterator[str]:
    """List gates, checkpoints and milestones people meet for; a series is one line."""
    held = [
        one
        for one in schedule.meetings
        if not one.cancelled
        and one.kind in (MeetingKind.GATE, MeetingKind.MILESTONE, MeetingKind.CHECKPOINT)
    ]
    if not held:
        return
    yield "Gates and checkpoints"
    series: dict[str, list[Meeting]] = {}
    rows: list[tuple[Meeting, list[str]]] = []
    for meeting in held:
        if meeting.series:
            series.setdefault(meeting.series, []).append(meeting)
        else:
            rows.append((meeting, []))
    for several in series.values():
        until = moment_text(several[-1].start, schedule.project.timezone)
        again = [f"({len(several)} times, the last {until})"] if len(several) > 1 else []
        rows.append((several[0], again))
    rows.sort(key=lambda row: (row[0].kind is not MeetingKind.GATE, row[0].start))
    shown = sorted(rows[:_MEETINGS], key=lambda row: (row[0].start, row[0].id))
    for meeting, again in shown:
        moment = moment_text(meeting.start, schedule.project.timezone, aligned=True)
        mark = "GATE " if meeting.kind is MeetingKind.GATE else ""
        name = fitted(mark + meeting.name, width - _DATE)
        yield from filled([f"  {moment:<28}{name}", *again], width, _DATE)
    if len(rows) > _MEETINGS:
        yield f"  and {len(rows) - _MEETINGS} more: see the calendar file"


def _deadlines(schedule: Schedule) -> Iterator[str]:
    """Say how many deadlines are met and name those that are not."""
    found = deadlines(schedule)
    if not found:
        return
    missed = [one for one in found if one.late > 0]
    yield f"Deadlines  {len(found) - len(missed)} of {len(found)} met"
    for one in missed[:_DEADLINES]:
        yield from _missed(one, schedule)
    if len(missed) > _DEADLINES:
        yield f"  and {len(missed) - _DEADLINES} more missed"


def _missed(one: Deadline, schedule: Schedule) -> Iterator[str]:
    zone = schedule.project.timezone
    yield f"  MISSED {fitted(one.name, 50)} ({fitted(one.id, 32)})"
    due, done = end_text(one.deadline, zone), moment_text(one.finish, zone)
    yield f"    due {due}, done {done}, {elapsed_text(one.late)} late"


def _chain(schedule: Schedule, width: int) -> Iterator[str]:
    """Show the activities that drive the finish, the middle shortened."""
    chain = schedule.driving_chain
    if not chain:
        return
    yield f"What drives the finish ({counted(len(chain), 'activity')})"
    kept = _kept(schedule, chain)
    skipped = 0
    for i, id_ in enumerate(chain):
        if i not in kept:
            skipped += 1
            continue
        if skipped:
            yield f"  … {counted(skipped, 'step')}"
            skipped = 0
        activity, dates = schedule.project.activities[id_], schedule.activities[id_]
        end = dates.start if activity.kind is Kind.MILESTONE else dates.finish
        moment = moment_text(end, schedule.project.timezone, aligned=True)
        why = _reason(schedule, id_)
        name = fitted(activity.name, width - _DATE)
        yield from filled([f"  {moment:<28}{name}", *why], width, _DATE + 2)


def _kept(schedule: Schedule, chain: Sequence[str]) -> frozenset[int]:
    """Return the places of the chain's ends and of what is not simply the next step."""
    last = len(chain) - 1
    if last < _CHAIN:
        return frozenset(range(last + 1))
    keep = {0, 1, last - 2, last - 1, last}
    for i, id_ in enumerate(chain):
        if len(keep) < _CHAIN and _reason(schedule, id_):
            keep.add(i)
    return frozenset(keep)


def _reason(schedule: Schedule, id_: str) -> list[str]:
    """Return why an activity is not simply the next step, in brackets, or nothing."""
    driver = schedule.activities[id_].driver
    if driver is None or (driver.kind is DriverKind.LINK and not driver.waits):
        return []
    project = schedule.project
    if driver.kind is DriverKind.RESOURCE and driver.resource in project.resources:
        words = f"waits for {project.resources[driver.resource].name}"
    elif driver.kind is DriverKind.WINDOW and driver.id in project.windows:
        words = f"window {project.windows[driver.id].name}"
    elif driver.waits:
        words = f"waits for {driver.waits.replace('`', '')}"
    else:
        words = driver.text or driver.kind.replace("_", " ")
    return [f"[{fitted(words, 48)}]"]


def _resources(schedule: Schedule, width: int) -> Iterator[str]:
    """List the busiest resources by the share of their working time they are taken."""
    found = resource_use(schedule)
    if not found:
        return
    yield "Busiest resources (share of their working time while in use)"
    zone = schedule.project.timezone
    rows = [(one, _span(one.first, one.last, zone)) for one in found[:_RESOURCES]]
    room = min(36, width - 10 - max(len(span) for _, span in rows))
    for one, span in rows:
        name = fitted(schedule.project.resources[one.resource].name, room)
        yield f"  {one.share:4.0%}  {name:<{room + 2}}{span}"


def _listed(words: Sequence[str]) -> list[str]:
    """Return words with commas between them."""
    return [*(f"{word}," for word in words[:-1]), *words[-1:]]


def _row(label: str, parts: Sequence[str], width: int) -> Iterator[str]:
    yield from filled([f"{label:<10}", *parts], width, 11)
