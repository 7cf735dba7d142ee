"""The way back from gates for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from imsgen.cli.curve import curve_lines
from imsgen.cli.layout import filled
from imsgen.cli.tables import table
from imsgen.model import LastSafe, RollbackDriver, RollbackStep, Schedule, Verdict
from imsgen.schedule import encode
from imsgen.schedule.views import elapsed_text, end_text, fitted, moment_text
from imsgen.schedule.way_back import (
    STEPS,
    driver_text,
    last_safe_text,
    latest_text,
    length_text,
    rollback_text,
    told,
    told_windows,
    window_name,
)


def rollback_lines(schedule: Schedule, width: int) -> Iterator[str]:
    """Yield the part of the summary that says until when each gate may say No-Go."""
    shown = told(schedule)
    if not shown:
        return
    yield "Way back on No-Go"
    for id_, back in shown.items():
        name = fitted(schedule.project.activities[id_].name, 40)
        yield from filled(
            [f"  {name}:", *rollback_text(schedule.project, back).split(" ")], width, 4
        )
    for one in told_windows(schedule):
        name = fitted(window_name(schedule.project, one), 40)
        yield from filled(
            [f"  {name}:", *last_safe_text(schedule.project, one).split(" ")], width, 4
        )


def gates(schedule: Schedule) -> str:
    """Return a row for each gate: when it decides, how long No-Go takes, until when it is safe."""
    zone = schedule.project.timezone
    rows = []
    for id_, back in schedule.rollbacks.items():
        margin = back.margin
        windowless = back.verdict is Verdict.NO_WINDOW or back.irreversible
        rows.append(
            (
                id_,
                moment_text(back.decided, zone, aligned=True),
                "" if back.irreversible else length_text(back),
                back.window,
                "" if windowless else latest_text(schedule.project, back),
                "" if margin is None else elapsed_text(margin),
                back.verdict.value,
            )
        )
    return table(
        ("gate", "decides", ">No-Go takes", "window", "latest safe", ">margin", "verdict"), rows
    )


def gate_parts(schedule: Schedule, width: int) -> Iterator[str]:
    """Yield what there is to say in detail: of each window, and the rollback of each gate."""
    for one in schedule.last_safe:
        zone = schedule.project.timezone
        lines = [
            f"Window `{one.window}`: {moment_text(one.opens, zone)} - {end_text(one.ends, zone)}",
            *filled([" ", *last_safe_text(schedule.project, one).split(" ")], width, 4),
            *curve_lines(schedule, one, width),
        ]
        if one.steps:
            lines += ["", f"No-Go at the last safe moment of `{one.window}`"]
            lines.append(_steps(schedule, one.steps, one.drivers))
        yield "\n".join(lines)
    for id_, back in schedule.rollbacks.items():
        if back.steps:
            yield f"No-Go of `{id_}`\n{_steps(schedule, back.steps, back.drivers)}"


def _steps(
    schedule: Schedule, steps: Sequence[RollbackStep], drivers: Sequence[RollbackDriver]
) -> str:
    """Return a rollback schedule as a table; what drives its length says why it is not earlier."""
    zone, project = schedule.project.timezone, schedule.project
    driving = {(one.kind, one.id): one for one in drivers}
    rows = []
    for one in steps:
        node = project.activities.get(one.id) or project.groups[one.id]
        driver = driving.get((one.kind, one.id))
        rows.append(
            (
                moment_text(one.start, zone, aligned=True, year=False),
                end_text(one.finish, zone, year=False),
                STEPS[one.kind],
                one.id,
                node.name,
                "" if driver is None else driver_text(driver),
            )
        )
    return table(("start", "finish", "what", "id", "name", "drives the length"), rows)


def way_back_records(schedule: Schedule) -> dict[str, Any]:
    """Return the way back of gates and windows as JSON, with lengths and margins in minutes."""
    return {
        "rollbacks": {
            id_: {"length": back.length, "margin": back.margin, "proved": back.proved}
            | encode(back)
            for id_, back in schedule.rollbacks.items()
        },
        "last_safe": [_window_record(one) for one in schedule.last_safe],
    }


def _window_record(one: LastSafe) -> dict[str, Any]:
    points = [{"length": point.length} | encode(point) for point in one.curve]
    return {"proved": one.proved, **encode(one), "curve": points}
