"""How soon a plan in progress has a new schedule and all its files, and how little of it moves.

Run ``python benchmarks/replan.py``. Each plan is solved and published; a third of the way through
everything under way needs longer than planned, and ``imsgen solve`` replans and writes all files.
The cutover is a night of steps of 10 to 60 minutes by twenty people, with gates, an outage and a
bridge call; the programme is that of :mod:`programme`.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import programme
from generate import plan_text
from imsgen.calendars import CalendarBook
from imsgen.model import Kind, Schedule, to_datetime
from imsgen.schedule import read_schedule
from report import header, table

COLUMNS = ("plan", "seed", "late", "seconds", "moved", "told", "bound", "shift", "bound", "proved")
PEOPLE = 20
STREAM = 15
"""Steps of a stream of the cutover; each stream has its own three people and one of all."""


def night(steps: int, seed: int) -> str:
    """Return the text of a cutover of so many steps."""
    dice = random.Random(seed)
    lines = [
        "imsgen: 1",
        "name: Cutover",
        "start: 2026-12-04 18:00",
        "timezone: Europe/London",
        "calendar: 24x7",
        "windows:",
        "  outage: {from: 2026-12-04 20:00, to: 2026-12-07 04:00}",
        "resources:",
        *(f"  p{i}: {{name: Person {i}, email: p{i}@example.org}}" for i in range(PEOPLE)),
        "activities:",
    ]
    streams = max(1, steps // STREAM)
    for stream in range(streams):
        lines.append(f"  s{stream}:\n    within: outage\n    activities:")
        team = [stream * 3 % PEOPLE, (stream * 3 + 1) % PEOPLE, dice.randrange(PEOPLE)]
        for step in range(STREAM):
            after = [] if not step else [f"t{step - dice.choice([1, 1, 2]) if step > 1 else 0}"]
            if not step:
                after = (
                    ["go"] if stream < streams // 2 else [f"s{dice.randrange(streams // 2)}.t7"]
                )
            who = dice.choice(team)
            lines.append(
                f"      t{step}: {{duration: {dice.randrange(10, 61, 5)}m, after: [{', '.join(after)}],"
                f" needs: p{who}, owner: p{who}, undo: {dice.randrange(5, 31, 5)}m}}"
            )
    lines += [
        "gates:",
        "  go: {name: Go, at: 2026-12-04 19:30, duration: 30m, decides: p0}",
        "  open: {name: Open, duration: 30m, decides: p0, deadline: 2026-12-06 20:00, after: ["
        + ", ".join(f"s{stream}" for stream in range(streams))
        + "]}",
        "checkpoints:",
        "  bridge: {every: 4h, from: go.start, until: open.finish, who: [p0, p1]}",
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--activities", type=int, default=1000)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    header("replans: from the text to all files")
    rows = []
    for seed in chosen.seeds:
        plans = (
            (f"cutover {chosen.steps}", night(chosen.steps, seed), 40),
            (f"programme {chosen.activities}", large(chosen.activities, seed), 960),
        )
        for name, text, late in plans:
            for most in (1, 1000):
                said = f"{'one' if most == 1 else 'all'} by {late} min"
                rows.append((name, seed, said, *run(text, late, most)))
                print(*rows[-1], flush=True)
    print()
    table(COLUMNS, rows)
    if chosen.json:
        content = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        chosen.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


def large(activities: int, seed: int) -> str:
    """Return the text of a programme on five calendars."""
    resources = programme.resources_of(activities)
    return plan_text(programme.programme(activities, resources, seed, calendars=5))


def run(text: str, late: int, most: int) -> Sequence[object]:
    """Publish a plan, let some of what is under way be late a third of the way, and replan."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.yaml"
        plan.write_text(text, encoding="utf-8")
        _imsgen(plan, "--effort", "1", "-f", "none")
        before = read_schedule(plan.with_suffix(".schedule.json"))
        status, progress = _happened(before, late, most)
        plan.write_text(f"{text}status_date: {status}\ninclude: [progress.yaml]\n", "utf-8")
        (plan.parent / "progress.yaml").write_text(progress, encoding="utf-8")
        begin = time.monotonic()
        _imsgen(plan)
        seconds = time.monotonic() - begin
        after = read_schedule(plan.with_suffix(".schedule.json"))
        levels = {one.name: one for one in after.objective}
        told, shift = levels["people told"], levels["shift"]
        moved = sum(
            (old.start, old.finish) != (after.activities[id_].start, after.activities[id_].finish)
            for id_, old in after.published.items()
        )
        return (
            f"{seconds:.1f}",
            moved,
            told.value,
            told.bound,
            shift.value,
            shift.bound,
            "yes" if shift.proved else "no",
        )


def _happened(schedule: Schedule, late: int, most: int) -> tuple[str, str]:
    """Return status date and progress: as planned, but some of what is under way needs longer."""
    project = schedule.project
    starts = sorted(one.start for one in schedule.activities.values())
    status = starts[len(starts) // 3] + 7
    book = CalendarBook(project)
    lines = ["progress:"]

    def told(instant: int) -> str:
        return to_datetime(instant).strftime("%Y-%m-%d %H:%MZ")

    for id_, dates in schedule.activities.items():
        activity = project.activities[id_]
        if activity.kind is Kind.HAMMOCK or dates.start >= status:
            continue
        said = f"actual_start: {told(dates.start)}"
        if dates.finish <= status:
            said += f", actual_finish: {told(dates.finish)}"
        else:
            left = book.effective(activity, dates.mode).work_between(status, dates.finish)
            said += f", remaining: {left + (late if most > 0 else 0)}m"
            most -= 1
        lines.append(f"  {id_}: {{{said}}}")
    return told(status), "\n".join(lines) + "\n"


def _imsgen(plan: Path, *more: str) -> None:
    command = [sys.executable, "-m", "imsgen", "solve", str(plan), "-q", *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-2000:])


if __name__ == "__main__":
    sys.exit(main())
