"""The same instances by imsgen, PyJobShop and TaskJuggler, one after the other on one core.

Run ``python benchmarks/peers.py DIR --bounds FILE --seconds S --pyjobshop PYTHON``. ``PYTHON`` is an
interpreter that has ``pyjobshop``, best of an environment of its own; TaskJuggler is ``tj3`` on
the path. Who is missing is left out, with a note. Every solver of optimal schedules gets the same
seconds; TaskJuggler makes one schedule and takes the time that takes. The verifier of imsgen
checks the schedules of PyJobShop too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psplib
from imsgen.model import Instant, Placement
from imsgen.verifier import verify
from patterson import START, Instance, activity_id, read
from report import header, table
from taskjuggler import makespan as by_taskjuggler

WORKER = Path(__file__).parent / "pyjobshop_worker.py"
PEER_WORKERS = (1, 8)
"""CP-SAT with one worker runs one search; with eight, on one core too, a portfolio."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one solver made of one instance."""

    makespan: int
    seconds: float
    proved: bool = False
    wrong: str = ""


def main() -> int:
    chosen = _arguments()
    known = psplib.bounds(chosen.bounds)
    paths = psplib.select(chosen.directory, chosen.only, chosen.list)
    _one_core()
    header(f"{len(paths)} instances, {chosen.seconds:g} s each, one core for each solver")
    peers = _peers(chosen.pyjobshop, chosen.tj3)
    rows: dict[str, dict[str, Cell]] = {}
    for path in paths:
        instance = read(path)
        cells = rows[instance.name] = {"imsgen": _imsgen(instance, chosen.seconds, chosen.seed)}
        for workers in PEER_WORKERS if "pyjobshop" in peers else ():
            name = f"PyJobShop {peers['pyjobshop']}, workers {workers}"
            cells[name] = _pyjobshop(instance, chosen.pyjobshop, chosen.seconds, workers)
        if "tj3" in peers:
            begin = time.monotonic()
            length = by_taskjuggler(instance, chosen.tj3)
            cells[f"TaskJuggler {peers['tj3']}"] = Cell(length, time.monotonic() - begin)
        print(instance.name, *(f"{cell.makespan}" for cell in cells.values()), flush=True)
    print()
    _show(rows, known)
    wrong = [
        f"{name}: {solver}: {cell.wrong}"
        for name, cells in rows.items()
        for solver, cell in cells.items()
        if cell.wrong
    ]
    for one in wrong:
        print("WRONG:", one)
    if chosen.json:
        _write(chosen.json, chosen, rows, known)
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path, help="where .rcp files are, at any depth")
    parser.add_argument("--bounds", type=Path, help="JSON file of the best bounds known")
    parser.add_argument("--seconds", type=float, default=10.0, help="for each solver")
    parser.add_argument("--only", default="*", metavar="GLOB", help="names to take: j60_*_1")
    parser.add_argument("--list", type=Path, metavar="FILE", help="take the names in this file")
    parser.add_argument("--pyjobshop", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--tj3", default="tj3", metavar="PROGRAM")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the results here")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def _one_core() -> None:
    """Keep this process and those it starts on one of the cores it may use, where that can be."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    else:
        print("note: this system does not keep a process on one core")


def _peers(python: str, tj3: str) -> dict[str, str]:
    """Return the version of each peer that is there; note the others."""
    found = {}
    code = "from importlib.metadata import version; print(version('pyjobshop'))"
    asked = _answer([python, "-I", "-c", code])
    if asked:
        found["pyjobshop"] = asked
    else:
        print("note: without PyJobShop; give --pyjobshop an interpreter that has it")
    asked = _answer([tj3, "--version"])
    if asked:
        found["tj3"] = asked.splitlines()[0].split()[-1]
    else:
        print("note: without TaskJuggler; install tj3")
    return found


def _answer(command: list[str]) -> str:
    """Return what a command prints; empty if it is missing or fails."""
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode else done.stdout.strip()


def _imsgen(instance: Instance, seconds: float, seed: int) -> Cell:
    found = psplib.run(instance, {}, seconds, 1, seed)
    return Cell(found.makespan, found.seconds, found.status == "optimal", found.wrong)


def _pyjobshop(instance: Instance, python: str, seconds: float, workers: int) -> Cell:
    given = {
        "durations": instance.durations,
        "demands": instance.demands,
        "capacities": instance.capacities,
        "successors": instance.successors,
        "seconds": seconds,
        "workers": workers,
    }
    # -I: this folder has a psplib.py, as the PyPI package that PyJobShop imports.
    done = subprocess.run(
        [python, "-I", str(WORKER)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    if found["makespan"] is None:
        return Cell(sum(instance.durations), found["seconds"], wrong="no schedule")
    places = {
        activity_id(number): Placement(
            Instant(START + start), Instant(START + start + instance.durations[number])
        )
        for number, start in enumerate(found["starts"])
    }
    broken = verify(instance.project(), places)
    return Cell(
        found["makespan"],
        found["seconds"],
        found["status"].lower() == "optimal",
        str(broken[0]) if broken else "",
    )


def _show(rows: dict[str, dict[str, Cell]], known: psplib.Known) -> None:
    solvers = list(next(iter(rows.values())))
    lines: list[Sequence[object]] = []
    for name, cells in rows.items():
        best = known[name][1] if name in known else ""
        shown = (f"{cell.makespan}{' proved' if cell.proved else ''}" for cell in cells.values())
        lines.append((name, best, *shown))
    if all(name in known for name in rows):
        over = [
            psplib.percent(
                [cells[solver].makespan / known[name][1] - 1 for name, cells in rows.items()]
            )
            for solver in solvers
        ]
        lines.append(("mean over best known", "", *over))
    seconds = [sum(cells[one].seconds for cells in rows.values()) / len(rows) for one in solvers]
    lines.append(("mean seconds", "", *(f"{one:.1f}" for one in seconds)))
    table(("instance", "best known", *solvers), lines)


def _write(
    path: Path,
    chosen: argparse.Namespace,
    rows: dict[str, dict[str, Cell]],
    known: psplib.Known,
) -> None:
    found = {
        "seconds": chosen.seconds,
        "seed": chosen.seed,
        "instances": {
            name: {
                "best": known.get(name),
                **{
                    solver: {
                        "makespan": cell.makespan,
                        "seconds": round(cell.seconds, 3),
                        "proved": cell.proved,
                    }
                    for solver, cell in cells.items()
                },
            }
            for name, cells in rows.items()
        },
    }
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
