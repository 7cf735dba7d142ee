"""Short, quiet solves of changed plans: whether a repair works is tried, not guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from imsgen.calendars import CalendarBook
from imsgen.errors import Infeasible, Interrupted, NoSolution
from imsgen.model import DAY, Placement, Project
from imsgen.network import UnplaceableError, early_dates
from imsgen.network.graph import build_graph
from imsgen.solver.alap import as_late_as_possible
from imsgen.solver.bounds import least_tardiness
from imsgen.solver.clock import PLACES_PER_UNIT, Clock, Quiet
from imsgen.solver.cpsat.levels import solve_level
from imsgen.solver.cpsat.moments import TooLargeError
from imsgen.solver.edits import without_deadlines
from imsgen.solver.improve import Incumbent, disturb, first_schedules
from imsgen.solver.objective import Score, measure
from imsgen.solver.occurrences import chosen_occurrences
from imsgen.solver.problem import Problem, compiled
from imsgen.solver.profile import NEVER
from imsgen.solver.reason import Explained
from imsgen.solver.replay import replayed
from imsgen.solver.rescue import rescue
from imsgen.solver.search import Search, bound, first
from imsgen.solver.serial import Failure, Guidance, Serial
from imsgen.solver.settings import Settings
from imsgen.solver.tight import part_of, tight_seeds

EFFORT = 4.0
"""Units all trials of one plan may take together, about eight seconds of one core."""
ONE_EFFORT = 0.4
"""Units one trial may take."""
_SMALL = 60
"""Up to so many activities the exact model gets there by itself, and quickly."""
_DISTURBED = 0.1
"""Units of it that go to disturbed orders."""
_DATES_PER_UNIT = 20_000
"""Dates by links alone that count as one unit."""
_PROBE = 4
"""How many times as long as dates by links alone it takes to see what a plan fails on."""
SECONDS = 24.0
"""Wall-clock safety net of all trials together."""


class Trials:
    """Solves changed plans within a budget of their own.

    Parameters
    ----------
    share
        What of the budget of all trials of one plan these have.
    """

    def __init__(self, clock: Clock, share: float = 1.0) -> None:
        self.clock = clock
        self.spent = 0.0
        self._effort = share * EFFORT
        self._ends = clock.elapsed + share * SECONDS
        self._quiet = Quiet(clock)

    def over(self) -> bool:
        """Whether there is no budget for another trial."""
        return (
            self.spent >= self._effort or self.clock.elapsed >= self._ends or self.clock.stopped()
        )

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

    def conflict(self, project: Project) -> Explained | None:
        """Return what a plan fails on; None: it has a schedule, or that is not known."""
        if self.over():
            return None
        clock = Clock(
            replace(self._settings(self._effort - self.spent), explain=True), self._quiet
        )
        try:
            state = Search(compiled(without_deadlines(project)), clock).state
            bound(state)
            first(state)
        except Explained as error:
            return error
        except (Infeasible, NoSolution, Interrupted, UnplaceableError):
            return None
        finally:
            self.spent += max(clock.spent, _PROBE * len(project.activities) / _DATES_PER_UNIT)
        return None

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
        clock = Clock(self._settings(min(ONE_EFFORT, self._effort - self.spent)), self._quiet)
        try:
            if len(part.jobs) > _SMALL:
                return Search(part, clock).run().places
            found = _least_late(part, clock)
        except (Infeasible, NoSolution, Interrupted, UnplaceableError):
            return None
        finally:
            self.spent += max(clock.spent, 0.01)
        return None if found is None else as_late_as_possible(part, found.places)

    def _settings(self, effort: float) -> Settings:
        """Return the settings of one trial: what keeps every rule is all it looks for."""
        return Settings(
            effort=effort,
            time_limit=max(0.0, self._ends - self.clock.elapsed),
            seed=self.clock.settings.seed,
            gap=1.0,
            levels=1,
            explain=False,
        )

    def _complete(
        self, problem: Problem, part: Problem, places: list[Placement]
    ) -> dict[str, Placement] | None:
        """Return dates of the whole plan around those of a part, if they keep every rule."""
        found = {job.id: place for job, place in zip(part.jobs, places, strict=True)}
        if len(part.jobs) < len(problem.jobs):
            try:
                early = early_dates(problem.graph, problem.book)
            except UnplaceableError:
                return None  # something else in the plan has no place
            pinned = {problem.number[id_]: place for id_, place in found.items()}
            guide = Guidance(chosen=chosen_occurrences(part, places), pinned=pinned)
            keys = [float(early[job.id].start) for job in problem.jobs]
            outcome = Serial(problem).build(keys, guide)
            if isinstance(outcome, Failure):
                return None
            found = {job.id: place for job, place in zip(problem.jobs, outcome, strict=True)}
        return None if isinstance(replayed(problem, found), str) else found


def _least_late(part: Problem, clock: Clock) -> Incumbent | None:
    """Return a schedule of a part with as little tardiness as the clock allows.

    The rules, a few disturbed orders, and the exact model: what always takes about as long.
    """
    dates = early_dates(part.graph, part.book)
    early = [dates[job.id] for job in part.jobs]
    goal = Score(least_tardiness(part, early), NEVER, 0)
    serial = Serial(part)
    outcome = first_schedules(part, serial, early, clock, goal)
    best = rescue(part, serial, clock) if isinstance(outcome, Failure) else outcome
    if best is not None and best.score.tardiness > goal.tardiness and not clock.stopped():
        best = disturb(part, serial, best, clock, effort=_DISTURBED, goal=goal)
    clock.spent += serial.spent / PLACES_PER_UNIT
    if best is None or best.score.tardiness <= goal.tardiness or clock.stopped():
        return best
    return _exactly(part, early, best, clock)


def _exactly(
    part: Problem, early: list[Placement], best: Incumbent, clock: Clock
) -> Incumbent | None:
    """Return what the exact model makes of a schedule within what is left of the clock."""
    finish = best.score.finish
    try:
        found = solve_level(
            part,
            early,
            best,
            0,
            clock=clock,
            effort=clock.effort_left,
            finish_low=part.project.start,
            finish_high=finish + max(DAY, finish - part.release),
            note=lambda _value, _bound: None,
        )
    except TooLargeError:
        return best
    if found.places is None:
        return best
    score = measure(part, found.places)
    return Incumbent(found.places, score, best.keys) if score < best.score else best
