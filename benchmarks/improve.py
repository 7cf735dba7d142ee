"""How far a search shortens large plans: against the latest-finish-time serial schedule.

Run ``python benchmarks/improve.py [SEED ...] --shape mixed|tight --activities N --seconds S``.
``mixed`` is a plan of 12 months with up to five calendars and three types of links; ``tight`` has
phases of work packages whose resources really bind. The serial schedule is made in the same run
and places activities by their latest finish, each as early as it can; improvement is how much
less time the schedule of the search takes, of the time the serial one takes.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from generate import SEEDS, mixed, programme
from imsgen.calendars import CalendarBook
from imsgen.model import Project
from imsgen.network import build_graph, early_dates
from imsgen.solver import Settings, solve
from imsgen.solver.passes import late_places
from imsgen.solver.problem import compile_problem
from imsgen.solver.serial import Failure, Serial
from imsgen.verifier import verify_schedule
from psplib import UNLIMITED, percent
from report import header, table

MONTHS = 12
RESOURCES = {1_000: 10, 5_000: 40, 10_000: 80, 50_000: 150}
"""How many resources a tight plan of so many activities has."""
COLUMNS = (
    "seed",
    "serial, days",
    "first, s",
    "first, days",
    "best, days",
    "improvement",
    "floor, days",
    "over floor",
    "seconds",
    "status",
    "peak MB",
    "verified",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One plan; times from its start, in minutes."""

    seed: int
    serial: int
    first: int
    first_seconds: float
    best: int
    floor: int
    seconds: float
    status: str
    peak_megabytes: int
    violations: tuple[str, ...]

    @property
    def improvement(self) -> float:
        """Part of the serial schedule's time that the search saves."""
        return 1 - self.best / self.serial

    @property
    def excess(self) -> float:
        """Time over the later of critical path and energy, as a fraction of it."""
        return self.best / self.floor - 1


def main() -> int:
    chosen = _arguments()
    header(
        f"{chosen.shape}, {chosen.activities} activities, {chosen.calendars} calendar(s),"
        f" {chosen.seconds:g} s"
    )
    outcomes = []
    for seed in chosen.seeds or SEEDS:
        project = _plan(chosen, seed)
        outcomes.append(run(project, seed, chosen.seconds, chosen.first))
        print(*_row(outcomes[-1]), flush=True)
    print()
    table(COLUMNS, [_row(outcome) for outcome in outcomes])
    print()
    print("mean improvement:", percent([outcome.improvement for outcome in outcomes]))
    print("mean over max(critical path, energy):", percent([one.excess for one in outcomes]))
    if chosen.json:
        found = {
            "shape": chosen.shape,
            "activities": chosen.activities,
            "calendars": chosen.calendars,
            "seconds": chosen.seconds,
            "plans": [asdict(outcome) for outcome in outcomes],
        }
        chosen.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 1 if any(outcome.violations for outcome in outcomes) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", type=int, nargs="*", metavar="SEED")
    parser.add_argument("--shape", choices=("mixed", "tight"), default="mixed")
    parser.add_argument("--activities", type=int, default=1000)
    parser.add_argument("--calendars", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--no-first", dest="first", action="store_false", help="skip effort 0")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the results here")
    return parser.parse_args()


def _plan(chosen: argparse.Namespace, seed: int) -> Project:
    if chosen.shape == "mixed":
        return mixed(chosen.activities, MONTHS, seed, calendars=chosen.calendars)
    resources = RESOURCES.get(chosen.activities, max(6, chosen.activities // 125))
    return programme(chosen.activities, resources, seed, calendars=chosen.calendars)


def latest_finish_first(project: Project) -> int:
    """Return when the latest-finish-time serial schedule ends, in minutes from the start."""
    book = CalendarBook(project)
    problem = compile_problem(build_graph(project), book)
    dates = early_dates(problem.graph, book)
    late = late_places(problem, max(place.finish for place in dates.values()))
    places = Serial(problem).build([float(one) for one in late.finishes])
    if isinstance(places, Failure):
        raise SystemExit(f"{project.name}: no serial schedule")
    return max(place.finish for place in places) - project.start


def run(project: Project, seed: int, seconds: float, with_first: bool) -> Outcome:
    """Make the serial schedule, a first one and the best in ``seconds``; verify the last two."""
    serial = latest_finish_first(project)
    broken: list[str] = []
    first, first_seconds = 0, 0.0
    if with_first:
        begin = time.monotonic()
        soon = solve(project, Settings(effort=0, levels=2))
        first, first_seconds = soon.finish - project.start, time.monotonic() - begin
        broken += [str(one) for one in verify_schedule(soon)]
    begin = time.monotonic()
    best = solve(project, Settings(effort=UNLIMITED, time_limit=seconds, levels=2))
    spent = time.monotonic() - begin
    broken += [str(one) for one in verify_schedule(best)]
    floor = max(best.run.bounds["critical_path"], best.run.bounds["energy"])
    return Outcome(
        seed=seed,
        serial=serial,
        first=first,
        first_seconds=round(first_seconds, 2),
        best=best.finish - project.start,
        floor=floor - project.start,
        seconds=round(spent, 1),
        status=best.status.value,
        peak_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        violations=tuple(broken),
    )


def _row(one: Outcome) -> Sequence[object]:
    return (
        one.seed,
        _days(one.serial),
        f"{one.first_seconds:.2f}" if one.first else "",
        _days(one.first) if one.first else "",
        _days(one.best),
        f"{100 * one.improvement:.1f} %",
        _days(one.floor),
        f"{100 * one.excess:.1f} %",
        f"{one.seconds:.1f}",
        one.status,
        one.peak_megabytes,
        f"NO: {one.violations[0]}" if one.violations else "yes",
    )


def _days(minutes: int) -> str:
    return f"{minutes / 1440:.1f}"


if __name__ == "__main__":
    sys.exit(main())
