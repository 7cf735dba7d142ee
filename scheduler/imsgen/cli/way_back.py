"""The way back from gates for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imsgen.cli.layout import filled
from imsgen.cli.tables import table
from imsgen.model import Rollback, Schedule, StepKind
from imsgen.schedule import encode
from imsgen.schedule.views import elapsed_text, end_text, fitted, moment_text
from imsgen.schedule.way_back import latest_text, length_text, rollback_text

_WORDS = {
    StepKind.FINISH: "finish",
    StepKind.UNDO: "undo",
    StepKind.CONTINGENCY: "then",
}


def rollback_lines(schedule: Schedule, width: int) -> Iterator[str]:
    """Yield the part of the summary that says until when each gate may say No-Go."""
    if not schedule.rollbacks:
        return
    yield "Way back on No-Go"
    for id_, back in schedule.rollbacks.items():
        name = fitted(schedule.project.activities[id_].name, 40)
        yield from filled([f"  {name}:", *rollback_text(schedule, back).split(" ")], width, 4)


def gates(schedule: Schedule) -> str:
    """Return a row for each gate: when it decides, how long No-Go takes, until when it is safe."""
    zone = schedule.project.timezone
    rows = []
    for id_, back in schedule.rollbacks.items():
        margin = back.margin
        rows.append(
            (
                id_,
                moment_text(back.decided, zone, aligned=True),
                "" if back.irreversible else length_text(back),
                back.window,
                "" if back.latest is None else latest_text(schedule, back),
                "" if margin is None else elapsed_text(margin),
                back.verdict.value,
            )
        )
    return table(
        ("gate", "decides", ">No-Go takes", "window", "latest safe", ">margin", "verdict"), rows
    )


def steps(schedule: Schedule, back: Rollback) -> str:
    """Return the rollback schedule of one gate as a table."""
    zone, project = schedule.project.timezone, schedule.project
    driving = {one.id for one in back.drivers}
    rows = []
    for one in back.steps:
        node = project.activities.get(one.id) or project.groups[one.id]
        rows.append(
            (
                moment_text(one.start, zone, aligned=True),
                end_text(one.finish, zone),
                _WORDS[one.kind],
                one.id,
                node.name,
                "drives" if one.id in driving else "",
            )
        )
    return table(("start", "finish", "what", "id", "name", ""), rows)


def records(schedule: Schedule) -> dict[str, dict[str, Any]]:
    """Return the way back of each gate as JSON, with length and margin in minutes."""
    return {
        id_: {"length": back.length, "margin": back.margin, "proved": back.proved} | encode(back)
        for id_, back in schedule.rollbacks.items()
    }
