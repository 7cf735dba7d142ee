"""Patterson files solved as plans, against the best makespans known.

Run ``python benchmarks/psplib.py DIR --bounds FILE --seconds S``. ``FILE`` is JSON, ``{"bounds":
{NAME: [LOWER, UPPER], ...}}``, with the best bounds known of each instance. Every schedule is
verified; a makespan outside the bounds known would mean that something is wrong, and ends in 1.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from pathlib import Path

from imsgen.solver import Settings, solve
from imsgen.verifier import verify_schedule
from patterson import START, Instance, read
from report import header, table

UNLIMITED = 1e9
"""Effort enough that only the seconds end a search."""

NAMED = 24
"""How many instances are named in a summary at most."""

Known = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one instance; lengths in periods, ``best`` the best bounds known."""

    name: str
    makespan: int
    bound: int
    critical_path: int
    best: tuple[int, int] | None
    seconds: float
    status: str
    violations: tuple[str, ...]

    @property
    def excess(self) -> float | None:
        """Length over the best known, as a fraction of it."""
        return None if self.best is None else self.makespan / self.best[1] - 1

    @property
    def wrong(self) -> str:
        """What cannot be: a rule broken, or a contradiction to what is known; empty if fine."""
        if self.violations:
            return self.violations[0]
        if self.best is None:
            return ""
        if self.makespan < self.best[0]:
            return f"shorter than the bound {self.best[0]}"
        if self.bound > self.best[1]:
            return f"bound above a known schedule of {self.best[1]}"
        return ""


def main() -> int:
    chosen = _arguments()
    known = bounds(chosen.bounds)
    paths = select(chosen.directory, chosen.only, chosen.list)
    header(f"{len(paths)} instances, {chosen.seconds:g} s each, {chosen.workers} worker(s)")
    outcomes = []
    for path in paths:
        outcome = run(read(path), known, chosen.seconds, chosen.workers, chosen.seed)
        outcomes.append(outcome)
        if not chosen.quiet:
            print(line(outcome), flush=True)
    print()
    table(("", ""), summary(outcomes))
    wrong = [outcome for outcome in outcomes if outcome.wrong]
    for outcome in wrong:
        print(f"WRONG: {outcome.name}: {outcome.wrong}")
    if chosen.json:
        write_json(chosen.json, chosen, outcomes)
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path, help="where .rcp files are, at any depth")
    parser.add_argument("--bounds", type=Path, help="JSON file of the best bounds known")
    parser.add_argument("--seconds", type=float, default=2.0, help="for each instance")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--only", default="*", metavar="GLOB", help="names to take: j120_*_1")
    parser.add_argument("--list", type=Path, metavar="FILE", help="take the names in this file")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the results here")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quiet", action="store_true", help="print the summary only")
    return parser.parse_args()


def bounds(path: Path | None) -> Known:
    """Return the bounds known by instance; none without a file."""
    if path is None:
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))["bounds"]
    return {name: (low, high) for name, (low, high) in found.items()}


def select(directory: Path, only: str, names: Path | None) -> list[Path]:
    """Return the files to solve, in the order of their numbers.

    Raises
    ------
    SystemExit
        If there are none, or a name of the list has no file.
    """
    found = {path.stem: path for path in directory.rglob("*.rcp") if fnmatch(path.stem, only)}
    if names is not None:
        wanted = names.read_text(encoding="utf-8").split()
        missing = [name for name in wanted if name not in found]
        if missing:
            raise SystemExit(f"no file for {', '.join(missing)}")
        found = {name: found[name] for name in wanted}
    if not found:
        raise SystemExit(f"no .rcp files named {only} in {directory}")
    return sorted(found.values(), key=lambda path: _numbers(path.stem))


def _numbers(name: str) -> list[tuple[int, str]]:
    """Return a key that sorts ``j30_9_1`` before ``j30_10_1``."""
    return [(int(part) if part.isdecimal() else 0, part) for part in re.split(r"(\d+)", name)]


def run(instance: Instance, known: Known, seconds: float, workers: int, seed: int) -> Outcome:
    """Solve one instance through the same function as a plan, and verify the schedule."""
    project = instance.project()
    settings = Settings(effort=UNLIMITED, time_limit=seconds, workers=workers, seed=seed, levels=2)
    begin = time.monotonic()
    schedule = solve(project, settings)
    spent = time.monotonic() - begin
    path = schedule.run.bounds["critical_path"] - START
    violations = [str(one) for one in verify_schedule(schedule)]
    if path != instance.critical_path:
        violations.append(f"critical path {path}, not {instance.critical_path}")
    return Outcome(
        name=instance.name,
        makespan=schedule.finish - START,
        bound=schedule.bound - START,
        critical_path=instance.critical_path,
        best=known.get(instance.name),
        seconds=round(spent, 3),
        status=schedule.status.value,
        violations=tuple(violations),
    )


def line(outcome: Outcome) -> str:
    """Return one instance as a line."""
    best = "" if outcome.best is None else f"best known {outcome.best[1]}"
    excess = "" if outcome.excess is None else f"{100 * outcome.excess:+.2f} %"
    return (
        f"{outcome.name:<12}{outcome.makespan:>5}  bound {outcome.bound:>4}  {best}"
        f"  {excess:>8}  {outcome.seconds:6.2f} s  {outcome.status}"
    )


def summary(outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    """Return what is said of all instances together."""
    rated = [outcome for outcome in outcomes if outcome.excess is not None]
    over = [outcome.excess or 0.0 for outcome in rated]
    path = [one.makespan / one.critical_path - 1 for one in outcomes if one.critical_path]
    reached = sum(excess <= 0 for excess in over)
    proved = sum(outcome.status == "optimal" for outcome in outcomes)
    rows = [("instances", str(len(outcomes)))]
    if rated:
        rows.append(("mean over best known", percent(over)))
        rows.append(("best known reached", f"{reached} of {len(rated)}"))
    rows.append(("mean over critical path", percent(path)))
    rows.append(("proved optimal", f"{proved} of {len(outcomes)}"))
    rows.append(("mean seconds", f"{sum(one.seconds for one in outcomes) / len(outcomes):.2f}"))
    rows.append(("most seconds", f"{max(one.seconds for one in outcomes):.2f}"))
    rows.append(("verified", f"{sum(not one.wrong for one in outcomes)} of {len(outcomes)}"))
    missed = [one.name for one in rated if one.excess and one.excess > 0]
    rows += _named("best known missed", missed)
    rows += _named("not proved", [one.name for one in outcomes if one.status != "optimal"])
    return rows


def _named(title: str, names: Sequence[str]) -> list[tuple[str, str]]:
    """Return the names as a row while they are few."""
    return [(title, " ".join(names))] if 0 < len(names) <= NAMED else []


def percent(fractions: Sequence[float]) -> str:
    """Return the mean of fractions as a percentage."""
    return f"{100 * sum(fractions) / max(1, len(fractions)):.2f} %"


def write_json(path: Path, chosen: argparse.Namespace, outcomes: Sequence[Outcome]) -> None:
    """Write settings, summary and every outcome."""
    found = {
        "seconds": chosen.seconds,
        "workers": chosen.workers,
        "seed": chosen.seed,
        "cores": os.cpu_count(),
        "summary": dict(summary(outcomes)),
        "instances": [asdict(outcome) for outcome in outcomes],
    }
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
