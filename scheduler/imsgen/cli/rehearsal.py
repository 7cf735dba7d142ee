"""What rehearsals teach, for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from imsgen.analysis.rehearsal import Step, Sums, sums
from imsgen.cli.tables import table
from imsgen.formats.notation import duration_text
from imsgen.formats.rehearsal import estimate_text
from imsgen.model import Instant, Schedule, Verdict
from imsgen.schedule.views import counted, elapsed_text, moment_text

_NO_DAYS = 10**9
_NAMED = 8
"""So many steps that were not timed are named."""


@dataclass(frozen=True, slots=True)
class Night:
    """A solved plan; None: no schedule exists or was found."""

    label: str
    schedule: Schedule | None


def steps_table(steps: Sequence[Step]) -> str:
    """Return a row for each step: planned, each rehearsal, the ratio, what is proposed."""
    count = len(steps[0].actual) if steps else 0
    names = [f">rehearsal {i}" if count > 1 else ">rehearsed" for i in range(1, count + 1)]
    rows = [
        (
            one.id,
            _minutes(one.planned),
            *("" if took is None else _minutes(took) for took in one.actual),
            "" if one.ratio is None else f"{one.ratio:.0%}",
            _proposal(one),
            "drives" if one.driving else "",
        )
        for one in steps
    ]
    return table(("id", ">planned", *names, ">of planned", "proposed", ""), rows)


def _proposal(one: Step) -> str:
    if one.proposed is not None:
        return estimate_text(one.proposed)
    return f"({one.why})" if one.why else "as planned"


def _minutes(minutes: int) -> str:
    return duration_text(minutes, _NO_DAYS)


def sums_text(found: Sums) -> str:
    """Return what all steps took together, and those of the driving chain."""
    lines = [f"All timed steps  {_both(found.planned, found.taken)}"]
    if found.driving_planned:
        lines.append(f"Driving chain    {_both(found.driving_planned, found.driving_taken)}")
    return "\n".join(lines)


def _both(planned: int, taken: int) -> str:
    ratio = f", {taken / planned:.0%} of planned" if planned else ""
    return f"planned {_minutes(planned)}, taken {_minutes(taken)}{ratio}"


def nights_table(nights: Sequence[Night]) -> str:
    """Return finish, gates and ends of windows of each way to plan the night."""
    first = next((one.schedule for one in nights if one.schedule is not None), None)
    if first is None:
        return ""
    zone = first.project.timezone
    rows = [("finish", *(_finish(one) for one in nights))]
    rows += [
        (f"gate {id_}", *(_at(one, id_) for one in nights))
        for id_ in first.project.gates
        if id_ in first.activities
    ]
    rows += [
        (f"No-Go at {id_}", *(_margin(one, id_) for one in nights))
        for id_, back in first.rollbacks.items()
        if back.ends is not None
    ]
    for id_, window in first.project.windows.items():
        spare = [_spare(one, id_) for one in nights]
        if not window.repeating and any(one is not None for one in spare):
            texts = ("" if one is None else f"{elapsed_text(one)} spare" for one in spare)
            rows.append((f"window {id_}", *texts))
    return table((f"times are {zone}", *(one.label for one in nights)), rows)


def _finish(night: Night) -> str:
    if night.schedule is None:
        return "does not fit"
    return moment_text(night.schedule.finish, night.schedule.project.timezone)


def _at(night: Night, id_: str) -> str:
    if night.schedule is None or id_ not in night.schedule.activities:
        return ""
    return moment_text(night.schedule.activities[id_].start, night.schedule.project.timezone)


def _margin(night: Night, gate: str) -> str:
    """Return how long before its latest safe time a gate decides; else what its verdict is."""
    back = None if night.schedule is None else night.schedule.rollbacks.get(gate)
    if back is None:
        return ""
    if back.verdict is Verdict.SAFE and back.margin is not None:
        return f"safe, {elapsed_text(back.margin)} to spare"
    return back.verdict.value


def _spare(night: Night, window: str) -> int | None:
    """Return minutes between the last work in a window and its end; None: there is none."""
    if night.schedule is None:
        return None
    project = night.schedule.project
    ends = [
        dates.finish
        for id_, dates in night.schedule.activities.items()
        if any(one.window == window for one in project.activities[id_].within)
    ]
    if not ends:
        return None
    last: Instant = project.windows[window].occurrences[-1][1]
    return last - max(ends)


def untimed_text(ids: Sequence[str]) -> str:
    """Return which steps no rehearsal timed."""
    if not ids:
        return ""
    listed = ", ".join(ids[:_NAMED]) + (" and more" if len(ids) > _NAMED else "")
    return f"Not timed: {counted(len(ids), 'step')} of the same windows ({listed})"


def records(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return the steps as JSON, minutes."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "planned": one.planned,
            "actual": list(one.actual),
            "ratio": None if one.ratio is None else round(one.ratio, 4),
            "driving": one.driving,
            "proposed": None
            if one.proposed is None
            else [one.proposed.least, one.proposed.likely, one.proposed.most],
            "why": one.why,
        }
        for one in steps
    ]


def sums_record(steps: Sequence[Step]) -> dict[str, int]:
    """Return the sums as JSON, minutes."""
    found = sums(steps)
    return {
        "planned": found.planned,
        "taken": found.taken,
        "driving_planned": found.driving_planned,
        "driving_taken": found.driving_taken,
    }
