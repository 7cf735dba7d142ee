"""Which plans a benchmark runs: those of a directory, or generated ones by seed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generate import SEEDS
from imsgen.model import Project
from imsgen.plan import load
from programme import LINKS, programme, resources_of


@dataclass(frozen=True, slots=True)
class Case:
    """A plan that can be made anew in another process: a file, or what the generator takes."""

    name: str
    path: Path | None = None
    activities: int = 0
    calendars: int = 1
    links: str = "mixed"
    seed: int = 0

    def project(self) -> Project:
        """Return the plan."""
        if self.path is not None:
            return load(self.path).project
        return programme(
            self.activities,
            resources_of(self.activities),
            self.seed,
            calendars=self.calendars,
            links=self.links,
        )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what chooses plans, seconds, cores and where results go."""
    parser.add_argument("plans", type=Path, nargs="?", help="a directory of plans to run instead")
    parser.add_argument("--activities", type=int, nargs="+", default=[1000], metavar="N")
    parser.add_argument("--calendars", type=int, default=5, choices=range(1, 6))
    parser.add_argument("--links", choices=LINKS, default="mixed")
    parser.add_argument("--plan-seeds", type=int, nargs="+", default=list(SEEDS), metavar="SEED")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--cores", type=int, default=1, help="how many processes search")
    parser.add_argument("--seed", type=int, default=0, help="of the search")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the results here")


def cases(chosen: argparse.Namespace) -> Iterator[Case]:
    """Yield the plans that were asked for."""
    if chosen.plans is not None:
        for path in sorted(chosen.plans.glob("*.y*ml")):
            yield Case(path.stem, path)
        return
    for activities in chosen.activities:
        for seed in chosen.plan_seeds:
            yield Case(
                f"{activities}/{chosen.calendars}/{seed}",
                activities=activities,
                calendars=chosen.calendars,
                links=chosen.links,
                seed=seed,
            )
