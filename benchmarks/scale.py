"""Large plans: how soon there is a schedule, how good it is after 20 seconds, what files cost.

Run ``python benchmarks/scale.py [SEED ...]``. The goals: 1,000 activities verified within 2 seconds
of loading; 5,000 activities from text to all four files within 30 seconds and 1 GB.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import SEEDS, plan_text, programme
from imsgen.model import Project, Schedule
from imsgen.solver import Settings, solve
from imsgen.verifier import verify
from report import header, table

SECONDS = 20.0


def days(project: Project, instant: int) -> str:
    return f"{(instant - project.start) / 1440:.1f}"


def row(activities: int, calendars: int, seed: int) -> tuple[object, ...]:
    """Solve one plan twice: for a first schedule, and for 20 seconds."""
    project = programme(activities, activities // 100, seed, calendars=calendars)
    begin = time.monotonic()
    first = solve(project, Settings(effort=0))
    broken = verify(project, first.activities)
    soon = time.monotonic() - begin
    best: Schedule = solve(project, Settings(effort=100, time_limit=SECONDS))
    broken += verify(project, best.activities)
    floor = max(best.run.bounds["critical_path"], best.run.bounds["energy"])
    over = (best.finish - project.start) / (floor - project.start) - 1
    return (
        activities,
        calendars,
        seed,
        f"{soon:.2f}",
        days(project, first.finish),
        days(project, best.finish),
        days(project, floor),
        f"{100 * over:.1f} %",
        best.status.value,
        "no" if broken else "yes",
    )


def files(seed: int) -> tuple[object, ...]:
    """Run the command line on a plan of 5,000 activities; returns seconds, memory and files."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.yaml"
        plan.write_text(plan_text(programme(5000, 40, seed, calendars=5)), encoding="utf-8")
        command = [sys.executable, "-c", "from imsgen.cli.main import main; main()"]
        command += ["solve", str(plan), "--effort", "0", "-q"]
        begin = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - begin
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        written = sorted(one.suffix for one in Path(folder).iterdir() if one != plan)
        if done.returncode:
            print(done.stderr[-2000:])
        return 5000, seed, f"{seconds:.1f}", f"{memory:.0f}", done.returncode, " ".join(written)


def main() -> None:
    seeds = [int(one) for one in sys.argv[1:]] or list(SEEDS)
    header("1,000 activities, one calendar and five; 5,000 activities to files")
    rows = []
    for calendars in (1, 5):
        for seed in seeds:
            rows.append(row(1000, calendars, seed))
            print(*rows[-1], flush=True)
    print()
    table(
        (
            "activities",
            "calendars",
            "seed",
            "first verified, s",
            "first, days",
            "at 20 s, days",
            "max(path, energy), days",
            "over it",
            "status",
            "verified",
        ),
        rows,
    )
    print()
    table(
        ("activities", "seed", "seconds", "peak MB", "exit", "files"),
        [files(seed) for seed in seeds[:2]],
    )


if __name__ == "__main__":
    main()
