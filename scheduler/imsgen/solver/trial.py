"""Short, quiet solves of changed plans: whether a repair works is tried, not guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from imsgen.calendars import CalendarBook
from imsgen.errors import Infeasible, Interrupted, NoSolution
from imsgen.model import Placement, Project
from imsgen.network import UnplaceableError, early_dates
from imsgen.network.graph import build_graph
from imsgen.solver.clock import Clock
from imsgen.solver.occurrences import chosen_occurrences
from imsgen.solver.problem import Problem, compile_problem
from imsgen.solver.replay import replayed
from imsgen.solver.serial import Failure, Guidance, Serial
from imsgen.solver.settings import Progress, Settings
from imsgen.solver.tight import part_of, tight_seeds

EFFORT = 2.5
"""Units all trials together may take, about five seconds of one core."""
ONE_EFFORT = 0.4
"""Units one trial may take."""
_DATES_PER_UNIT = 20_000
"""Dates by links alone that count as one unit."""
SECONDS = 10.0
"""Wall-clock safety net of all trials together."""


@dataclass(frozen=True, slots=True)
class _Quiet:
    """Watches a trial: shows nothing, ends it when the whole search ends."""

    clock: Clock

    def on_progress(self, progress: Progress) -> None:
        """Do nothing with the progress."""

    def stop(self) -> bool:
        return self.clock.stopped()


class Trials:
    """Solves changed plans within a budget of their own."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.spent = 0.0
        self._ends = clock.elapsed + SECONDS

    def over(self) -> bool:
        """Whether there is no budget for another trial."""
        return self.spent >= EFFORT or self.clock.elapsed >= self._ends or self.clock.stopped()

    def schedule(self, project: Project, due: tuple[str, ...] = ()) -> dict[str, Placement] | None:
        """Return dates that keep every rule of a plan; None: none found.

        Parameters
        ----------
        due
            Activities whose deadline is to be missed as little as possible.
        """
        if self.over():
            return None
        problem = compiled(project)
        part = part_of(problem, [*tight_seeds(problem), *(problem.number[id_] for id_ in due)])
        places = self._solve(part)
        if places is None:
            return None
        return self._complete(problem, part, places)

    def possible(self, project: Project) -> bool:
        """Whether links, dates and windows leave a place for everything, resources apart."""
        self.spent += len(project.activities) / _DATES_PER_UNIT
        try:
            early_dates(build_graph(project), CalendarBook(project))
        except UnplaceableError:
            return False
        return True

    def keeps(self, project: Project, places: Mapping[str, Placement]) -> bool:
        """Whether dates keep every rule of a plan."""
        return not isinstance(replayed(compiled(project), places), str)

    def verified(
        self, project: Project, places: dict[str, Placement]
    ) -> dict[str, Placement] | None:
        """Return dates that keep every rule of a plan: the given ones, or others found."""
        return places if self.keeps(project, places) else self.schedule(project)

    def _solve(self, part: Problem) -> list[Placement] | None:
        from imsgen.solver.search import Search

        settings = Settings(
            effort=min(ONE_EFFORT, EFFORT - self.spent),
            time_limit=max(0.0, self._ends - self.clock.elapsed),
            seed=self.clock.settings.seed,
            gap=1.0,
            levels=1,
            explain=False,
        )
        clock = Clock(settings, _Quiet(self.clock))
        try:
            return Search(part, clock).run().places
        except (Infeasible, NoSolution, Interrupted):
            return None
        finally:
            self.spent += max(clock.spent, 0.01)

    def _complete(
        self, problem: Problem, part: Problem, places: list[Placement]
    ) -> dict[str, Placement] | None:
        """Return dates of the whole plan around those of a part, if they keep every rule."""
        found = {job.id: place for job, place in zip(part.jobs, places, strict=True)}
        if len(part.jobs) < len(problem.jobs):
            early = early_dates(problem.graph, problem.book)
            pinned = {problem.number[id_]: place for id_, place in found.items()}
            guide = Guidance(chosen=chosen_occurrences(part, places), pinned=pinned)
            keys = [float(early[job.id].start) for job in problem.jobs]
            outcome = Serial(problem).build(keys, guide)
            if isinstance(outcome, Failure):
                return None
            found = {job.id: place for job, place in zip(problem.jobs, outcome, strict=True)}
        return None if isinstance(replayed(problem, found), str) else found


def compiled(project: Project) -> Problem:
    """Return the problem of a plan."""
    return compile_problem(build_graph(project), CalendarBook(project))
