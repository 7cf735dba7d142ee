"""The way back from a gate in words, the same in every output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imsgen.diagnostics import Diagnostic, Severity
from imsgen.model import (
    Holding,
    LastSafe,
    Project,
    Rollback,
    RollbackDriver,
    Schedule,
    StepKind,
    Verdict,
)
from imsgen.network.protected import goes_back
from imsgen.schedule.views import day_text, elapsed_text, end_text, local_time, moment_text

LATE, PAST = "IMS609", "IMS623"
"""Codes: a gate too late to go back, a gate past the point of no return."""
STEPS: Mapping[StepKind, str] = {
    StepKind.FINISH: "finish",
    StepKind.UNDO: "undo",
    StepKind.CONTINGENCY: "then",
}
"""What is done in a step, as short as can be."""


# -- gates ---------------------------------------------------------------------------------------


def told(schedule: Schedule) -> dict[str, Rollback]:
    """Return the rollbacks worth a word."""
    return {
        id_: back
        for id_, back in schedule.rollbacks.items()
        if worth_telling(schedule.project, back)
    }


def worth_telling(project: Project, back: Rollback) -> bool:
    """Whether anything is at stake at the gate: a window, something to undo or to do."""
    if not goes_back(project):
        return False
    return bool(back.window or back.steps or project.gates[back.gate].else_ is not None)


def told_windows(schedule: Schedule) -> tuple[LastSafe, ...]:
    """Return the last safe moments worth a word: none where a No-Go leads to nothing."""
    return schedule.last_safe if goes_back(schedule.project) else ()


def rollback_text(project: Project, back: Rollback) -> str:
    """Return one sentence: whether No-Go is safe, how long it takes, how late it may be said."""
    if back.verdict is Verdict.PAST:
        began = ", ".join(f"`{id_}`" for id_ in back.irreversible)
        return f"PAST THE POINT OF NO RETURN: {began} cannot be undone"
    takes = length_text(back)
    if back.verdict is Verdict.NO_WINDOW:
        return f"No-Go takes {takes}; no window ends it"
    until = latest_text(project, back)
    if back.verdict is Verdict.SAFE:
        spare = f"{elapsed_text(back.margin or 0)} to spare"
        return f"safe: No-Go takes {takes} and may be said until {until}, {spare}"
    if back.latest is None or back.latest < project.start:
        tail = "no time to say it is early enough"
    else:
        tail = (
            f"it has to be said until {until}, {elapsed_text(back.decided - back.latest)} earlier"
        )
    head = "TOO LATE" if back.verdict is Verdict.TOO_LATE else "not proved safe"
    return f"{head}: No-Go takes {takes}; {tail}"


def length_text(back: Rollback) -> str:
    """Return how long the way back takes, with what is proved of it where that is less."""
    if back.length is None:
        return "longer than the calendars of the plan allow"
    text = elapsed_text(back.length)
    if back.bound is not None and back.finish is not None and back.bound < back.finish:
        return f"{text} (proved: no less than {elapsed_text(back.bound - back.decided)})"
    return text


def latest_text(project: Project, back: Rollback | LastSafe) -> str:
    """Return the latest safe decision time, and where it is open, what is proved of it."""
    zone = project.timezone
    if back.latest is None:
        return "never"
    text = end_text(back.latest, zone)
    if back.latest_bound is not None and back.latest_bound > back.latest:
        return f"{text} (proved: not after {end_text(back.latest_bound, zone)})"
    return text


# -- windows -------------------------------------------------------------------------------------


def window_name(project: Project, one: LastSafe) -> str:
    """Return the name of a window for people; of a repeating one with the day."""
    window = project.windows[one.window]
    if len(window.occurrences) < 2:
        return window.name
    return f"{window.name}, {day_text(local_time(one.opens, project.timezone))}"


def event_id(project: Project, one: LastSafe) -> str:
    """Return the id of the calendar event of a last safe moment."""
    many = len(project.windows[one.window].occurrences) > 1
    return f"last-safe:{one.window}" + (f".{one.occurrence + 1}" if many else "")


def last_safe_text(project: Project, one: LastSafe) -> str:
    """Return one sentence: until when a No-Go is safe, and from when there is no way back."""
    if one.latest is None:
        text = "no moment is safe"
    else:
        text = f"last safe moment {latest_text(project, one)}"
        if one.latest < one.opens:
            text += ", before it opens"
    if one.no_return is None or one.no_return > one.ends:
        return text
    moment = moment_text(one.no_return, project.timezone)
    return f"{text}; point of no return {moment}, `{one.irreversible}`"


def safe_lines(project: Project, one: LastSafe) -> Iterator[str]:
    """Yield what people in the room have to know of the last safe moment, a line each."""
    if one.latest is None:
        return
    finish = max((step.finish for step in one.steps), default=one.latest)
    back, ends = (end_text(moment, project.timezone) for moment in (finish, one.ends))
    yield f"A No-Go said now has undone all that has begun in {elapsed_text(finish - one.latest)}, by {back}"
    if one.latest != one.no_return:
        late = "does not end" if one.proved else "may not end"
        yield f"Said later it {late} before the window does, {ends}"
    if one.no_return is not None and one.no_return <= one.ends:
        moment = moment_text(one.no_return, project.timezone)
        yield f"Point of no return: {moment}, {_node_name(project, one.irreversible)}"
    otherwise = project.gates[one.gate].else_ if one.gate in project.gates else None
    if otherwise is not None:
        yield f"On No-Go: {_node_name(project, otherwise)}"
    undo = [step for step in one.drivers if step.kind is StepKind.UNDO]
    if undo:
        yield f"Takes longest: {', '.join(_node_name(project, step.id) for step in undo[:3])}"


def _node_name(project: Project, id_: str) -> str:
    node = project.activities.get(id_) or project.groups.get(id_)
    return id_ if node is None else " ".join(node.name.split())


def driver_text(driver: RollbackDriver) -> str:
    """Return why a step that drives a rollback does not begin earlier."""
    after = f"after `{driver.by}`" if driver.by else "when No-Go is said"
    if driver.holding is Holding.RESOURCE:
        return f"waits for `{driver.resource}`, busy with `{driver.by}`"
    if driver.holding is Holding.CALENDAR:
        return f"{after}, waits for {driver.waits or 'its working time'}"
    if driver.holding is Holding.DATE:
        return "waits for a date of its own"
    return after


# -- warnings ------------------------------------------------------------------------------------


def rollback_problems(schedule: Schedule, *, strict: bool = False) -> Iterator[Diagnostic]:
    """Yield a warning for each gate at which a No-Go comes too late; ``strict``: an error."""
    severity = Severity.ERROR if strict else Severity.WARNING
    project = schedule.project
    for id_, back in told(schedule).items():
        span = project.sources.get(f"gate:{id_}")
        decides = f"decides {moment_text(back.decided, project.timezone)}"
        if back.verdict is Verdict.PAST:
            began = ", ".join(f"`{one}`" for one in back.irreversible)
            yield Diagnostic(
                PAST,
                severity,
                f"the gate `{id_}` is past the point of no return: {began} cannot be undone",
                span,
                label=decides,
                help="let what cannot be undone come `after` the gate",
            )
        elif back.verdict in (Verdict.TOO_LATE, Verdict.OPEN):
            yield Diagnostic(
                LATE,
                severity,
                _late(schedule, back),
                span,
                label=decides,
                help=_remedy(schedule, back),
            )


def _late(schedule: Schedule, back: Rollback) -> str:
    zone = schedule.project.timezone
    takes = f"a No-Go takes {length_text(back)}"
    ends = "" if back.ends is None else f"`{back.window}` ends {end_text(back.ends, zone)}"
    if back.verdict is Verdict.OPEN:
        return f"the gate `{back.gate}` is not proved to leave time to go back: {takes}, {ends}"
    return f"the gate `{back.gate}` decides too late to go back: {takes}, {ends}"


def _remedy(schedule: Schedule, back: Rollback) -> str:
    if back.verdict is Verdict.OPEN:
        return "raise `--effort`, or decide earlier"
    ways = []
    if back.latest is not None and back.latest >= schedule.project.start:
        ways.append(f"decide {elapsed_text(back.decided - back.latest)} earlier")
    if back.finish is not None and back.ends is not None:
        ways.append(f"let `{back.window}` last {elapsed_text(back.finish - back.ends)} longer")
    drives = [f"`{one.id}`" for one in back.drivers if one.kind is StepKind.UNDO][:3]
    if drives:
        ways.append(f"undo {', '.join(drives)} faster")
    *others, last = ways or ["shorten what is done on No-Go"]
    return f"{', '.join(others)}, or {last}" if others else last
