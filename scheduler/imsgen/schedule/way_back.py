"""The way back from a gate in words, the same in every output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imsgen.diagnostics import Diagnostic, Severity
from imsgen.model import (
    Holding,
    LastSafe,
    Rollback,
    RollbackDriver,
    Schedule,
    StepKind,
    Verdict,
)
from imsgen.schedule.views import elapsed_text, end_text, moment_text

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
    """Return the rollbacks worth a word: not those of gates at which nothing is at stake."""
    gates = schedule.project.gates
    return {
        id_: back
        for id_, back in schedule.rollbacks.items()
        if back.window or back.steps or gates[id_].else_ is not None
    }


def rollback_text(schedule: Schedule, back: Rollback) -> str:
    """Return one sentence: whether No-Go is safe, how long it takes, how late it may be said."""
    if back.verdict is Verdict.PAST:
        began = ", ".join(f"`{id_}`" for id_ in back.irreversible)
        return f"PAST THE POINT OF NO RETURN: {began} cannot be undone"
    takes = length_text(back)
    if back.verdict is Verdict.NO_WINDOW:
        return f"No-Go takes {takes}; no window ends it"
    until = latest_text(schedule, back)
    if back.verdict is Verdict.SAFE:
        spare = f"{elapsed_text(back.margin or 0)} to spare"
        return f"safe: No-Go takes {takes} and may be said until {until}, {spare}"
    if back.latest is None or back.latest < schedule.project.start:
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


def latest_text(schedule: Schedule, back: Rollback | LastSafe) -> str:
    """Return the latest safe decision time, and where it is open, what is proved of it."""
    zone = schedule.project.timezone
    if back.latest is None:
        return "never"
    text = end_text(back.latest, zone)
    if back.latest_bound is not None and back.latest_bound > back.latest:
        return f"{text} (proved: not after {end_text(back.latest_bound, zone)})"
    return text


# -- windows -------------------------------------------------------------------------------------


def window_name(schedule: Schedule, one: LastSafe) -> str:
    """Return the name of a window for people."""
    return schedule.project.windows[one.window].name


def last_safe_text(schedule: Schedule, one: LastSafe) -> str:
    """Return one sentence: until when a No-Go is safe, and from when there is no way back."""
    if one.latest is None:
        text = "no moment is safe"
    else:
        text = f"last safe moment {latest_text(schedule, one)}"
        if one.latest < one.opens:
            text += ", before it opens"
    if one.no_return is None or one.no_return > one.ends:
        return text
    moment = moment_text(one.no_return, schedule.project.timezone)
    return f"{text}; point of no return {moment}, `{one.irreversible}`"


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
