"""The exact model asked level by level for safe schedules, learning from each unsafe one.

Every cut holds for all safe schedules, so what the model proves holds for them too; each excludes
the schedule it came from, so a schedule comes at last that is safe, or none does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Placement
from imsgen.network import UnplaceableError, early_dates
from imsgen.solver.clock import Clock
from imsgen.solver.due import due_horizon
from imsgen.solver.latest import Latest
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem
from imsgen.solver.protect.judge import Cut, Judge
from imsgen.solver.protect.values import Worth, by_id, in_order, irreversible

if TYPE_CHECKING:
    from imsgen.solver.cpsat.guarded import GuardedModel

NAME = "cp-sat"
_MEDIUM = 1000
"""Activities above which the model would take longer to write than there is to gain."""
_ROUNDING = 1e-6
_ROUNDS = 400
"""How many unsafe schedules are learnt from at one level at most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is held while a level is asked for.

    ``finish`` are instants between which the plan's finish lies; ``point`` and ``margin`` are the
    least of them wanted, ``tardiness`` the most; None: it is open.
    """

    level: str
    finish: tuple[int, int]
    tardiness: int | None = None
    point: int | None = None
    margin: int = 0
    most: int | None = None
    """No schedule has more margin; None: it is not asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A safe schedule in the order of the problem asked for, and what is proved.

    ``bound``: none is better, None: nothing is known; ``impossible``: there is none at all.
    """

    places: list[Placement] | None
    bound: int | None = None
    impossible: bool = False


class Exact:
    """Asks for one level after the other.

    Parameters
    ----------
    problem
        The plan with what is sure.
    """

    def __init__(self, problem: Problem, judge: Judge, clock: Clock) -> None:
        self.problem = problem
        self.judge = judge
        self.clock = clock
        self.cuts: dict[Cut, None] = {}
        self.too_large = len(problem.jobs) > _MEDIUM
        self._early: list[Placement] | None = None

    def learn(self, places: Sequence[Placement]) -> None:
        """Keep what the gates of a schedule, in the order of the judge's problem, teach."""
        for one in self.judge.judged(places):
            if one.margin is None:
                self.cuts[self.judge.reduced(one, places)] = None

    def horizons(self) -> list[tuple[int, bool]]:
        """Return until when schedules are looked for in turn, and whether none ends later."""
        last = self.problem.project.horizon[1]
        by = Latest(self.problem).horizon()
        if by is not None:
            return [(by, True)]
        first = max((place.finish for place in self.early()), default=self.problem.release)
        generous = int(first + 2 * (first - self.problem.release) + 14 * 1440)
        return [(generous, False), (last, True)] if generous < last else [(last, True)]

    def tardy_until(self, worth: Worth) -> tuple[int, bool]:
        """Return until when less tardy schedules are looked for, and whether none ends later."""
        finish = worth.finish
        if self.problem.project.deadline is not None:
            last = due_horizon(self.problem, worth.tardiness, finish)
            return max(finish, last), True
        return finish + max(1440, finish - self.problem.release), False

    def early(self) -> list[Placement]:
        """Return the early dates of all jobs."""
        if self._early is None:
            dates = early_dates(self.problem.graph, self.problem.book)
            self._early = [dates[job.id] for job in self.problem.jobs]
        return self._early

    def latest_point(self, worth: Worth) -> int:
        """Return when the first irreversible step starts at the latest, people apart."""
        late = late_places(self.problem, worth.finish, deadlines=worth.tardiness == 0)
        starts = (late.starts[self.problem.number[id_]] for id_ in irreversible(self.problem))
        return min(starts, default=0)

    def ask(self, asked: Asked, effort: float, hint: Sequence[Placement] | None = None) -> Answer:
        """Return the best schedule of a level whose gates are safe, with a proof if there is one."""
        from imsgen.solver.cpsat.moments import TooLargeError

        if self.too_large or self.clock.stopped() or effort <= 0:
            return Answer(None)
        try:
            return self._asked(asked, effort, hint)
        except UnplaceableError:
            return Answer(None, impossible=True)
        except (TooLargeError, CalendarExhaustedError):
            self.too_large = True
            return Answer(None)

    def _asked(self, asked: Asked, effort: float, hint: Sequence[Placement] | None) -> Answer:
        from imsgen.solver.cpsat.domains import Room
        from imsgen.solver.cpsat.guarded import GuardedModel
        from imsgen.solver.cpsat.run import Outcome, run

        in_time = asked.tardiness == 0
        room = Room(self.early(), late_places(self.problem, asked.finish[1], deadlines=in_time))
        model = GuardedModel(
            self.problem,
            room,
            asked.finish,
            hint,
            guards=self.judge.guards,
            margin=asked.margin,
            most=asked.most,
            over=self.clock.stopped,
        )
        more = _pose(model, asked)
        for cut in self.cuts:
            model.add_cut(cut)
        end, bound = self.clock.spent + effort, None
        self.clock.show(f"safe gates: {asked.level}", None, None, self.problem.project.start)
        for _ in range(_ROUNDS):
            result = run(model.model, self.clock, end - self.clock.spent, _quiet)
            if result.outcome is Outcome.INFEASIBLE:
                return Answer(None, bound, impossible=True)
            known = result.outcome is not Outcome.UNKNOWN or (not more and result.bound > 0)
            if known:
                least = floor(result.bound + _ROUNDING) if more else ceil(result.bound - _ROUNDING)
                bound = _tighter(bound, least, more=more)
            if result.outcome is Outcome.UNKNOWN:
                return Answer(None, bound)
            places = model.places(result.solver.value)
            fresh = self._fresh(places, int(result.solver.value(model.margin.expr)))
            if not fresh:
                return Answer(places, bound)
            for cut in fresh:
                self.cuts[cut] = None
                model.add_cut(cut)
        return Answer(None, bound)

    def _fresh(self, places: list[Placement], margin: int) -> list[Cut]:
        """Return the cuts that exclude a schedule with a gate of less margin."""
        own = in_order(self.judge.problem, by_id(self.problem, places))
        found = []
        for one in self.judge.judged(own):
            cut = one.cut
            if cut.latest is None or one.decided + margin > cut.latest:
                found.append(self.judge.reduced(one, own))
        return [cut for cut in found if cut not in self.cuts]


def _pose(model: GuardedModel, asked: Asked) -> bool:
    """Hold what is held and ask for the level; whether more of it is better."""
    cp, problem = model.model, model.problem
    origin = problem.book.always.origin
    tardiness = model.objective.tardiness(model.finish) if problem.has_tardiness else 0
    if asked.tardiness is not None and problem.has_tardiness:
        cp.add(tardiness <= asked.tardiness)
    steps = irreversible(problem)
    if asked.point is not None and steps:
        for id_ in steps:
            for start, track in model.starts(id_):
                late = cp.add(start.expr >= asked.point - origin)
                if track.literals:
                    late.only_enforce_if(track.literals)
    match asked.level:
        case "deadlines":
            cp.minimize(tardiness)
        case "finish":
            cp.minimize(model.finish.expr)
        case "point":
            cp.maximize(model.point(steps).expr)
        case _:
            cp.maximize(model.margin.expr)
    return asked.level in ("point", "margin")


def _quiet(_value: float, _bound: float) -> None:
    """Tell nobody: a schedule of the model may not be safe."""


def _tighter(bound: int | None, found: int, *, more: bool) -> int:
    if bound is None:
        return found
    return min(bound, found) if more else max(bound, found)
