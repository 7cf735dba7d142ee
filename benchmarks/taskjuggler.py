"""An instance as a TaskJuggler project, and how long TaskJuggler makes it.

A period is an hour of a calendar that never rests. A resource of capacity k becomes k people; a
demand of q becomes q allocations, each of which may take any of them and keeps who it took, all
needed at once. TaskJuggler may interrupt a task, which no other solver here may.
"""

from __future__ import annotations

import csv
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from patterson import Instance, activity_id

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def makespan(instance: Instance, program: str) -> int:
    """Return the periods until the last task ends, by one run of ``tj3``.

    Raises
    ------
    RuntimeError
        If TaskJuggler wrote no dates.
    """
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.tjp"
        plan.write_text(text(instance), encoding="utf-8")
        done = subprocess.run(
            [program, "--no-color", "--silent", "--output-dir", folder, str(plan)],
            capture_output=True,
            text=True,
            check=False,
        )
        found = Path(folder) / "tasks.csv"
        if not found.exists():
            raise RuntimeError(f"{instance.name}: {done.stderr.strip()[-400:]}")
        with found.open(encoding="utf-8", newline="") as lines:
            ends = [row["End"] for row in csv.DictReader(lines, delimiter=";")]
    last = max(datetime.strptime(one, "%Y-%m-%d-%H-%M").replace(tzinfo=UTC) for one in ends)
    return round((last - BEGIN) / timedelta(hours=1))


def text(instance: Instance) -> str:
    """Return the instance in TaskJuggler's language."""
    hours = sum(instance.durations) + 24
    lines = [
        f'project p "p" 2026-01-01 +{hours}h {{',
        '  timezone "UTC"',
        "  timingresolution 60min",
        "  dailyworkinghours 24",
        "  yearlyworkingdays 365",
        "  workinghours mon - sun 0:00 - 24:00",
        "}",
    ]
    for k, capacity in enumerate(instance.capacities):
        lines += [f'resource {person} "{person}"' for person in _people(k, capacity)]
    before: list[list[int]] = [[] for _ in instance.durations]
    for number, followers in enumerate(instance.successors):
        for follower in followers:
            before[follower].append(number)
    for number in range(len(instance.durations)):
        lines += _task(instance, number, before[number])
    lines += [
        'taskreport tasks "tasks" {',
        "  formats csv",
        "  columns id, end",
        '  timeformat "%Y-%m-%d-%H-%M"',
        "}",
    ]
    return "\n".join(lines) + "\n"


def _people(k: int, count: int) -> list[str]:
    return [f"r{k + 1}_{person + 1}" for person in range(count)]


def _task(instance: Instance, number: int, before: list[int]) -> list[str]:
    id_, duration = activity_id(number), instance.durations[number]
    lines = [f'task {id_} "{id_}" {{']
    if before:
        lines.append("  depends " + ", ".join(f"!{activity_id(one)}" for one in before))
    else:
        lines.append("  start 2026-01-01")
    demands = [(k, units) for k, units in enumerate(instance.demands[number]) if units]
    if not duration:
        lines.append("  milestone")
    elif not demands:
        lines.append(f"  duration {duration}h")
    else:
        lines.append(f"  effort {duration * sum(units for _, units in demands)}h")
        for k, units in demands:
            lines += _allocations(_people(k, instance.capacities[k]), units)
    return [*lines, "}"]


def _allocations(people: list[str], units: int) -> list[str]:
    """Return one allocation a unit: each names another person first, the rest may stand in."""
    found = []
    for unit in range(units):
        others = [person for person in people if person != people[unit]]
        instead = f"alternative {', '.join(others)} " if others else ""
        found.append(f"  allocate {people[unit]} {{ {instead}persistent mandatory }}")
    return found
