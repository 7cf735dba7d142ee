"""How a schedule stands against its baseline, for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from imsgen.analysis.forecast import Forecast, Measure, Variance, forecast
from imsgen.cli.baselines import baselines_of
from imsgen.cli.console import Console
from imsgen.cli.layout import filled, screen_width
from imsgen.cli.tables import table
from imsgen.errors import UsageError
from imsgen.model import Schedule, to_text
from imsgen.schedule.views import counted, moment_text, work_text

_NAMED = 8
"""So many tasks are named that speak against a measure; JSON has all."""


def show_forecast(
    console: Console, schedule: Schedule, folder: Path, wanted: str | None
) -> dict[str, Any]:
    """Write how a schedule stands against a baseline and return it as JSON.

    Parameters
    ----------
    folder
        What the paths of baselines start from.
    wanted
        Name of the baseline; None: the first the plan names.

    Raises
    ------
    UsageError
        If the plan does not name that baseline, or its file is missing.
    """
    name, baseline = _chosen(baselines_of(console, schedule.project, folder), schedule, wanted)
    found = forecast(schedule, baseline)
    console.data(text(schedule, found, name, screen_width()))
    return record(found, name)


def _chosen(
    known: Mapping[str, Schedule], schedule: Schedule, wanted: str | None
) -> tuple[str, Schedule | None]:
    if wanted is None:
        return next(iter(known.items()), ("", None))
    if wanted in known:
        return wanted, known[wanted]
    if wanted in schedule.project.baselines:
        raise UsageError(f"the file of baseline `{wanted}` is missing")
    names = ", ".join(f"`{one}`" for one in schedule.project.baselines) or "none"
    raise UsageError(f"the plan names no baseline `{wanted}`, it names {names}")


def text(schedule: Schedule, found: Forecast, name: str, width: int) -> str:
    """Return the measures, then every date that differs from the baseline."""
    return "\n".join(_lines(schedule, found, name, width))


def _lines(schedule: Schedule, found: Forecast, name: str, width: int) -> Iterator[str]:
    project = schedule.project
    status = project.status_date
    at = "no status date" if status is None else moment_text(status, project.timezone)
    yield f"Baseline  {name or 'none'}, status date: {at}"
    for measure in (found.missed, found.bei, found.cpli):
        words = _measure(measure, found, project.day).split(" ")
        yield from filled([f"  {measure.name:<14}{measure.finding.value:<16}", *words], width, 32)
        if measure.offenders:
            listed = ", ".join(measure.offenders[:_NAMED])
            more = len(measure.offenders) - _NAMED
            also = f" and {more} more" if more > 0 else ""
            yield from filled([" " * 31, *f"{listed}{also}".split(" ")], width, 32)
    moved = [one for one in found.variances if one.agreed != one.now]
    yield ""
    if moved:
        yield table(
            ("id", "agreed finish", "finish", ">start var.", ">finish var."),
            [_row(schedule, one) for one in moved],
        )
    elif name:
        yield f"{counted(len(found.variances), 'activity')} as agreed"
    for label, ids in (("Not in the baseline", found.added), ("Dropped since", found.dropped)):
        if ids:
            yield from filled([f"{label}:", *", ".join(ids).split(" ")], width, 2)


def _measure(measure: Measure, found: Forecast, day: int) -> str:
    """Return a measure in words, with its numbers."""
    if measure.value is None:
        return measure.reason
    share = f"{float(measure.value):.2f}"
    if measure.name == "CPLI":
        spare = work_text(measure.numerator - measure.denominator, day)
        to = work_text(measure.denominator, day)
        return f"{share} ({to} to the finish, {spare} to the {found.against})"
    if measure.at_most:
        due = counted(measure.denominator, "task")
        return f"{float(measure.value):.0%} ({due} due, {found.hit} hit)"
    return f"{share} ({measure.numerator} done of {measure.denominator} wanted)"


def _row(schedule: Schedule, one: Variance) -> tuple[str, ...]:
    zone, day = schedule.project.timezone, schedule.project.day
    return (
        one.id,
        moment_text(one.agreed[1], zone, aligned=True),
        moment_text(one.now[1], zone, aligned=True),
        _signed(one.start, day),
        _signed(one.finish, day),
    )


def _signed(minutes: int, day: int) -> str:
    return f"+{work_text(minutes, day)}" if minutes > 0 else work_text(minutes, day)


def record(found: Forecast, name: str) -> dict[str, Any]:
    """Return the forecast as JSON: variances in working minutes, measures with their fraction."""
    return {
        "baseline": name or None,
        "measures": {
            measure.name.lower().replace(" ", "_"): _measure_record(measure)
            for measure in (found.missed, found.bei, found.cpli)
        },
        "hit_tasks": found.hit,
        "cpli_against": found.against or None,
        "variances": [
            {
                "id": one.id,
                "baseline_id": one.was,
                "baseline_start": to_text(one.agreed[0]),
                "baseline_finish": to_text(one.agreed[1]),
                "start": to_text(one.now[0]),
                "finish": to_text(one.now[1]),
                "start_variance": one.start,
                "finish_variance": one.finish,
                "done": one.done,
            }
            for one in found.variances
        ],
        "added": list(found.added),
        "dropped": list(found.dropped),
    }


def _measure_record(measure: Measure) -> dict[str, Any]:
    value = measure.value
    return {
        "finding": measure.finding.value,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "value": None if value is None else round(float(value), 6),
        "target": float(measure.target),
        "tasks": list(measure.offenders),
        "reason": measure.reason,
    }
