"""Proofs on plans with five calendars: 200 activities, 12 months, grain of 15 minutes and of 1.

Run ``python benchmarks/calendars.py [SEED ...]``. The goal: four of five proved optimal within 20
seconds, and no more order literals at the grain of one minute.
"""

from __future__ import annotations

import sys
import time

from generate import SEEDS, mixed
from imsgen.calendars import CalendarBook
from imsgen.model import Project
from imsgen.network import build_graph, early_dates
from imsgen.solver import Settings, solve
from imsgen.solver.cpsat.domains import Room
from imsgen.solver.cpsat.model import ExactModel
from imsgen.solver.passes import late_places
from imsgen.solver.problem import compile_problem
from imsgen.verifier import verify
from report import header, table

LIMIT = 20.0
GRAINS = (15, 1)


def literals(project: Project, finish: int) -> int:
    """Return the order literals of the exact model with a horizon."""
    book = CalendarBook(project)
    problem = compile_problem(build_graph(project), book)
    dates = early_dates(problem.graph, book)
    early = [dates[job.id] for job in problem.jobs]
    room = Room(early, late_places(problem, finish))
    return ExactModel(problem, room, project.start, finish).literals


def main() -> None:
    seeds = [int(one) for one in sys.argv[1:]] or list(SEEDS)
    header("200 activities, 12 months, 5 calendars")
    rows = []
    for grain in GRAINS:
        for seed in seeds:
            project = mixed(200, 12, seed, grain=grain)
            begin = time.monotonic()
            schedule = solve(project, Settings(time_limit=LIMIT, effort=1000, levels=2))
            seconds = time.monotonic() - begin
            broken = verify(project, schedule.activities)
            days = (schedule.finish - project.start) / 1440
            bound = (schedule.bound - project.start) / 1440
            rows.append(
                (
                    f"{grain} min",
                    seed,
                    literals(project, schedule.finish),
                    f"{seconds:.1f}",
                    schedule.status.value,
                    f"{days:.2f}",
                    f"{bound:.2f}",
                    "yes" if not broken else f"NO: {broken[0]}",
                )
            )
            print(*rows[-1], flush=True)
    print()
    table(("grain", "seed", "literals", "seconds", "status", "days", "bound", "verified"), rows)


if __name__ == "__main__":
    main()
