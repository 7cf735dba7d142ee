"""How far a search shortens large plans: against the latest-finish-time serial schedule.

Run ``python benchmarks/improve.py [DIRECTORY] --activities N ... --seconds S --cores C``; without
a directory the plans are drawn by :mod:`programme`. The serial schedule is made in the same run
and places activities by their latest finish, each as early as it can; *improvement* is how much
less time the schedule of the search takes, of the time the serial one takes. *First* is when the
search has its first schedule, *verified* when a solve of no effort is done and checked.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass

from cases import Case, add_arguments, cases
from imsgen.calendars import CalendarBook
from imsgen.model import Project
from imsgen.network import build_graph, early_dates
from imsgen.solver import Progress, Settings, solve
from imsgen.solver.passes import late_places
from imsgen.solver.problem import compile_problem
from imsgen.solver.serial import Failure, Serial
from imsgen.verifier import verify_schedule
from psplib import UNLIMITED, percent
from report import header, table

COLUMNS = (
    "plan",
    "serial, days",
    "first, s",
    "first, days",
    "verified, s",
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
    """One plan; dates from its start, in minutes."""

    plan: str
    serial: int
    first: int
    first_seconds: float
    verified_seconds: float
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


class FirstSeen:
    """Notes when the first schedule of a search is there."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.seconds: float | None = None
        self.finish = 0

    def on_progress(self, progress: Progress) -> None:
        """Take note of the first finish."""
        if self.seconds is None and progress.finish is not None:
            self.seconds = time.monotonic() - self.began
            self.finish = progress.finish

    def stop(self) -> bool:
        """Let the search run."""
        return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    chosen = parser.parse_args()
    header(f"against the serial schedule, {chosen.seconds:g} s, {chosen.cores} core(s)")
    outcomes = []
    for case in cases(chosen):
        outcomes.append(_alone(case, chosen))
        print(*_row(outcomes[-1]), flush=True)
    if not outcomes:
        parser.error("no plans")
    print()
    table(COLUMNS, [_row(outcome) for outcome in outcomes])
    print()
    print("mean improvement:", percent([outcome.improvement for outcome in outcomes]))
    print("mean over max(critical path, energy):", percent([one.excess for one in outcomes]))
    if chosen.json:
        found = {
            "seconds": chosen.seconds,
            "cores": chosen.cores,
            "seed": chosen.seed,
            "links": chosen.links,
            "plans": [asdict(outcome) for outcome in outcomes],
        }
        chosen.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 1 if any(outcome.violations for outcome in outcomes) else 0


def _alone(case: Case, chosen: argparse.Namespace) -> Outcome:
    """Run a plan in a process of its own, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(run, case, chosen.seconds, chosen.cores, chosen.seed).result()


def run(case: Case, seconds: float, cores: int, seed: int) -> Outcome:
    """Make the serial schedule, a first one and the best in ``seconds``; verify the last two."""
    project = case.project()
    begin = time.monotonic()
    soon = solve(project, Settings(effort=0, levels=2))
    broken = [str(one) for one in verify_schedule(soon)]
    verified = time.monotonic() - begin
    serial = latest_finish_first(project)
    watch = FirstSeen()
    settings = Settings(effort=UNLIMITED, time_limit=seconds, levels=2, workers=cores, seed=seed)
    best = solve(project, settings, watch)
    spent = time.monotonic() - watch.began
    broken += [str(one) for one in verify_schedule(best)]
    bounds = best.run.bounds
    return Outcome(
        plan=case.name,
        serial=serial,
        first=watch.finish - project.start,
        first_seconds=round(watch.seconds or 0.0, 2),
        verified_seconds=round(verified, 2),
        best=best.finish - project.start,
        floor=max(bounds["critical_path"], bounds["energy"]) - project.start,
        seconds=round(spent, 1),
        status=best.status.value,
        peak_megabytes=_peak(),
        violations=tuple(broken),
    )


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


def _peak() -> int:
    """Return the most memory this process and the largest of its children had, in MB."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


def _row(one: Outcome) -> Sequence[object]:
    return (
        one.plan,
        _days(one.serial),
        f"{one.first_seconds:.2f}",
        _days(one.first),
        f"{one.verified_seconds:.2f}",
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
