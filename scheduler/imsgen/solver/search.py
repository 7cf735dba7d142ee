"""The search: serial schedules, a population of orders, then the exact model, level by level."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from imsgen.errors import Interrupted, NoSolution
from imsgen.model import Instant, ObjectiveLevel, Placement, Status
from imsgen.network import UnplaceableError, early_dates
from imsgen.solver.alap import as_late_as_possible
from imsgen.solver.bounds import critical_path, energy, least_tardiness
from imsgen.solver.breed import bred
from imsgen.solver.clock import PLACES_PER_UNIT, Clock
from imsgen.solver.due import due_horizon, due_part
from imsgen.solver.improve import Incumbent, disturb, first_schedules, left_shifted
from imsgen.solver.objective import LEVELS, Score, measure
from imsgen.solver.problem import Problem
from imsgen.solver.profile import NEVER
from imsgen.solver.serial import Failure, Serial
from imsgen.solver.solution import Bounds, Solution
from imsgen.solver.tables import obstacle

_SERIAL_SHARE = 0.6
"""Part of the effort spent on disturbed orders before the exact model, from 1,000 activities on;
smaller plans take less in proportion: the exact model proves them."""
_ACTIVITIES_PER_UNIT = 200
"""An upper bound on that: so many activities to a unit."""
_GLANCE = 0.05
"""Part of the effort the population takes to begin with."""
_BRED_SHARE = 0.97
"""Part of the rest it takes where a proof is not to be expected."""
_EXACT_SHARE = 0.5
"""Part of the rest the exact model takes where it is, and then the population again."""
_PROBE_SHARE = 0.3
"""Part of the rest it takes in other plans on several calendars, before the population goes on:
where calendars leave few orders a choice, a proof may be near however wide the gap is."""
_SMALL, _MEDIUM, _NEAR = 60, 1000, 0.03
"""A proof is to be expected for so many activities, or for more if the gap is so small; above
``_MEDIUM`` the exact model would take longer to write than to search for anything better."""
_STARTS_EFFORT = 0.5
"""Most units spent on proving early starts: the serial schedule is near, a proof is rare."""

GIVEN = "given"
"""The method of a schedule that the search began from and found nothing better than."""


class Search:
    """Looks for the best schedule of one problem within the clock.

    Parameters
    ----------
    start
        A schedule to go on from: what comes out is never worse.
    """

    def __init__(
        self, problem: Problem, clock: Clock, start: Sequence[Placement] | None = None
    ) -> None:
        self.problem = problem
        self.clock = clock
        self.serial = Serial(problem)
        self.early: Sequence[Placement] = ()
        self.bounds = Bounds(0, problem.project.start)
        self.best: Incumbent | None = None
        self.method = "serial"
        self._bred = obstacle(problem) is None
        """Whether a population of orders can look for schedules."""
        self._share = 1.0
        """Part of the effort left that an exact model may take."""
        self._settled = False
        """Whether the exact model found no less tardiness as far as it looked."""
        if start is not None:
            self._begin_from(list(start))

    def run(self) -> Solution:
        """Return the best schedule found.

        Raises
        ------
        Infeasible
            If it is proved that there is none.
        NoSolution
            If the limit ran out first.
        Interrupted
            If the user did not wait for a first schedule.
        """
        self._bound()
        self._first()
        self._improve()
        self._prove()
        return self._finish()

    # -- stages ------------------------------------------------------------------------------

    def _bound(self) -> None:
        """Prove what needs no search."""
        try:
            dates = early_dates(self.problem.graph, self.problem.book)
        except UnplaceableError as error:
            from imsgen.solver.infeasible import explain_dates

            raise explain_dates(self.problem, error) from None
        self.early = early = [dates[job.id] for job in self.problem.jobs]
        path, work = critical_path(self.problem, early), energy(self.problem, early)
        self.bounds.tardiness = least_tardiness(self.problem, early)
        self.bounds.finish = max(path, work)
        self.bounds.named["critical_path"] = Instant(path)
        self.bounds.named["energy"] = Instant(work)
        self._show("bounds")

    def _first(self) -> None:
        """Find a first schedule: by the serial rules, else by the exact model."""
        if self.best is not None and self.clock.stopped():
            return
        outcome = first_schedules(self.problem, self.serial, self.early, self.clock, self._goal())
        if isinstance(outcome, Failure):
            if self.best is not None:
                return
            from imsgen.solver.rescue import rescue

            rescued = rescue(self.problem, self.serial, self.clock)
            if rescued is None:
                if self.clock.interrupted:
                    raise Interrupted("stopped before a first schedule")
                raise NoSolution("no schedule found within the limit")
            self.method = "cp-sat"
            outcome = rescued
        self._take(outcome)
        self._show("serial schedule")

    def _improve(self) -> None:
        """Look for better orders a while: a tighter finish helps the proof, too."""
        count = len(self.problem.jobs)
        if not self._bred:
            share = _SERIAL_SHARE * self.clock.settings.effort * min(1.0, count / 1000)
            self._disturb(min(share, count / _ACTIVITIES_PER_UNIT))
            return
        if any(len(job.ways) > 1 for job in self.problem.jobs):
            self._disturb(min(self.clock.effort_left / 4, count / _ACTIVITIES_PER_UNIT))
        self._breed(_GLANCE)
        if self._provable():
            self._ask(_EXACT_SHARE)
            self._breed(_EXACT_SHARE)
            return
        if count <= _MEDIUM and self._on_several_calendars():
            self._ask(_PROBE_SHARE)
        self._breed(_BRED_SHARE if count <= _MEDIUM else 1.0)

    def _on_several_calendars(self) -> bool:
        return len({id(way.calendar) for job in self.problem.jobs for way in job.ways}) > 1

    def _provable(self) -> bool:
        """Whether the exact model is likely to prove the best there is."""
        found, count = self._found().score, len(self.problem.jobs)
        gap = (found.finish - self.bounds.finish) / max(1, found.finish - self.problem.release)
        return count <= _SMALL or (gap <= _NEAR and count <= _MEDIUM)

    def _breed(self, share: float) -> None:
        """Let a population of orders evolve for a share of what is left."""
        if self._reached() or self._settled_enough() or self.clock.stopped():
            return
        self._show("population")
        with self.clock.stage(share):
            found = bred(
                self.problem,
                self.early,
                self._found(),
                self.clock,
                effort=share * self.clock.effort_left,
                goal=self._aim(),
            )
        if found is not None:
            self._take(found)
        self._show("population")

    def _disturb(self, effort: float) -> None:
        if self._reached() or self.clock.stopped():
            return
        before = self.serial.spent
        self._take(
            disturb(
                self.problem,
                self.serial,
                self._found(),
                self.clock,
                effort=effort,
                goal=self._goal(),
            )
        )
        self.clock.spent += (self.serial.spent - before) / PLACES_PER_UNIT
        self._show("disturbed orders")

    def _prove(self) -> None:
        """Ask the exact model level by level; where it is too large, go on disturbing."""
        from imsgen.solver.cpsat.moments import TooLargeError

        if self._bred and len(self.problem.jobs) > _MEDIUM:
            return
        if not self._ask(1.0) and not self._bred:
            self._disturb(self.clock.effort_left)
        self._take(left_shifted(self.problem, self.serial, self._found()))
        if self.clock.settings.levels > 2 and self._reached():
            try:
                self._exact(2)
            except TooLargeError:
                return

    def _ask(self, share: float) -> bool:
        """Ask the exact model for tardiness and finish; False: the plan is too large for it."""
        from imsgen.solver.cpsat.moments import TooLargeError

        self._share = share
        try:
            with self.clock.stage(share):
                if not self._tardiness_proved():
                    self._bound_tardiness()
                if not self._tardiness_proved():
                    self._exact(0)
                if self.clock.settings.levels > 1 and not self._reached():
                    self._exact(1)
        except TooLargeError:
            return False
        return True

    def _bound_tardiness(self) -> None:
        """Prove how little tardy a plan can be, on the part of it that deadlines concern."""
        if self.clock.stopped() or self.clock.effort_left <= 0:
            return
        from imsgen.solver.cpsat.levels import least_tardiness as exact_least

        self._show(f"exact: {LEVELS[0]}")
        part = due_part(self.problem)
        early = [self.early[self.problem.number[job.id]] for job in part.jobs]
        first = max((place.finish for place in early), default=self.problem.project.start)
        until = due_horizon(part, self._found().score.tardiness, first)
        effort = self._share * self.clock.effort_left / 4
        bound = exact_least(part, early, until, self.clock, effort)
        if bound is not None:
            least = min(bound, self._found().score.tardiness)
            self.bounds.tardiness = max(self.bounds.tardiness, least)

    def _exact(self, level: int) -> None:
        """Solve one level with the exact model and keep what it finds and proves."""
        if self.clock.stopped() or self.clock.effort_left <= 0 or not self.problem.jobs:
            return
        from imsgen.solver.cpsat.levels import solve_level

        effort = self.clock.effort_left
        if level == 2:
            effort = min(effort, _STARTS_EFFORT)
        else:
            effort *= self._share
        self._show(f"exact: {LEVELS[level]}")
        found = solve_level(
            self.problem,
            self.early,
            self._found(),
            level,
            clock=self.clock,
            effort=effort,
            finish_low=self.bounds.finish if level else self.bounds.named["energy"],
            finish_high=self._horizon(level),
            note=self._note(level),
        )
        if found.places is not None:
            self._take(self._scored(found.places), exact=True)
        if level:
            self._prove_level(level, found.bound)
        elif found.bound is not None:
            self._settled = self._found().score.tardiness <= found.bound
        self._show(f"exact: {LEVELS[level]}")

    def _prove_level(self, level: int, bound: int | None) -> None:
        if bound is None:
            return
        if level == 1:
            self.bounds.finish = max(self.bounds.finish, bound)
            self.bounds.named["solver"] = Instant(bound)
        else:
            self.bounds.starts = max(self.bounds.starts, bound)

    def _finish(self) -> Solution:
        """Move what should be late, and say what is proved."""
        best = self._found()
        places = as_late_as_possible(self.problem, best.places)
        score = measure(self.problem, places)
        proved = self._tardiness_proved() and self._finish_proved()
        status = Status.OPTIMAL if proved else Status.FEASIBLE
        if self.clock.interrupted and not proved:
            status = Status.INTERRUPTED
        bound = min(self.bounds.finish, score.finish)
        starts_bound = min(self.bounds.starts, score.starts)
        levels = (
            ObjectiveLevel(
                LEVELS[0], score.tardiness, self.bounds.tardiness, self._tardiness_proved()
            ),
            ObjectiveLevel(LEVELS[1], score.finish, bound, self._finish_proved()),
            ObjectiveLevel(
                LEVELS[2], score.starts, starts_bound, proved and starts_bound >= score.starts
            ),
        )
        return Solution(
            places=places,
            score=score,
            status=status,
            bound=Instant(bound),
            levels=levels,
            bounds=self.bounds.named,
            method=self.method,
            reproducible=not (self.clock.cut or self.clock.hurried),
        )

    # -- state -------------------------------------------------------------------------------

    def _found(self) -> Incumbent:
        if self.best is None:
            raise AssertionError("no schedule yet")
        return self.best

    def _begin_from(self, places: list[Placement]) -> None:
        keys = [float(one.start) for one in places]
        self.best = Incumbent(places, measure(self.problem, places), keys)
        self.method = GIVEN

    def _take(self, other: Incumbent, *, exact: bool = False) -> None:
        if self.best is None or other.score < self.best.score:
            self.best = other
            if exact:
                self.method = "cp-sat"
            elif self.method == GIVEN:
                self.method = "serial"

    def _scored(self, places: list[Placement]) -> Incumbent:
        found = Incumbent(
            places, measure(self.problem, places), [float(one.start) for one in places]
        )
        return left_shifted(self.problem, self.serial, found)

    def _goal(self) -> Score:
        return Score(self.bounds.tardiness, self.bounds.finish, 0)

    def _aim(self) -> tuple[int, int]:
        """Return the tardiness and finish at which a search for better ones ends."""
        start, gap = self.problem.project.start, self.clock.settings.gap
        if gap >= 1 or self.clock.settings.levels < 2:
            return self.bounds.tardiness, NEVER
        return self.bounds.tardiness, int((self.bounds.finish - gap * start) / (1 - gap))

    def _settled_enough(self) -> bool:
        """Whether nothing is left to look for: the tardiness will not get less."""
        return self._settled and self._found().score.finish <= self._aim()[1]

    def _tardiness_proved(self) -> bool:
        return self._found().score.tardiness <= self.bounds.tardiness

    def _finish_proved(self) -> bool:
        return self._found().score.finish <= self.bounds.finish

    def _reached(self) -> bool:
        """Whether finish is proved, or near enough."""
        score = self._found().score
        if not self._tardiness_proved():
            return False
        gap = self.clock.settings.gap * (score.finish - self.problem.project.start)
        return score.finish - self.bounds.finish <= gap

    def _horizon(self, level: int) -> int:
        """Return until when schedules that improve on a level reach.

        Less tardiness may cost a later finish: twice the length of the incumbent leaves room. The
        proof does not rest on it, see :mod:`imsgen.solver.due`.
        """
        score = self._found().score
        if level:
            return score.finish
        return score.finish + max(1440, score.finish - self.problem.release)

    def _note(self, level: int) -> Callable[[float, float], None]:
        origin = self.problem.book.always.origin

        def note(value: float, bound: float) -> None:
            if level == 1:
                finish, low = int(value) + origin, int(bound) + origin
                self.clock.show("exact: finish", finish, low, self.problem.project.start)

        return note

    def _show(self, phase: str) -> None:
        finish = None if self.best is None else self.best.score.finish
        self.clock.show(phase, finish, self.bounds.finish, self.problem.project.start)
