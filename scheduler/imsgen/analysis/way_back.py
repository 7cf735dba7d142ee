"""The shortest way back from one state of the work, at any moment it may be begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from imsgen.analysis.purse import Purse, Quiet
from imsgen.analysis.steady import Ties
from imsgen.calendars import CalendarBook
from imsgen.errors import Infeasible, Interrupted, NoSolution
from imsgen.model import Instant, Placement, RollbackStep, StepKind
from imsgen.network import RollbackPlan
from imsgen.solver import Settings, earliest_finish

_EACH = 2.0
"""Most units of effort for one rollback; nearly all are proved with a fraction of one."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The rollback from one moment.

    ``finish`` is that of the best known, None: none is known. None finishes before ``bound``,
    proved; a ``bound`` of None says that there is no rollback at all.
    """

    finish: Instant | None
    bound: Instant | None
    places: Mapping[str, Placement] = field(default_factory=dict)
    """By step of the plan of the way back."""

    def by(self, ends: int) -> bool:
        """Whether a rollback is known that ends in time."""
        return self.finish is not None and self.finish <= ends

    def never_by(self, ends: int) -> bool:
        """Whether it is proved that none ends in time."""
        return self.bound is None or self.bound > ends

    def later(self, minutes: int) -> Reached:
        """Return the same rollback begun so many minutes later, or earlier."""
        if self.finish is None or self.bound is None:
            raise AssertionError("no rollback to move")
        places = {
            id_: replace(
                one, start=Instant(one.start + minutes), finish=Instant(one.finish + minutes)
            )
            for id_, one in self.places.items()
        }
        return Reached(Instant(self.finish + minutes), Instant(self.bound + minutes), places)


class WayBack:
    """Rollbacks of one plan of the way back, from one moment or another, each solved once."""

    def __init__(self, plan: RollbackPlan, book: CalendarBook, purse: Purse) -> None:
        self.plan = plan
        self.book = book
        self.purse = purse
        self.ties = Ties(plan, book)
        self._known: dict[Instant, Reached] = {}
        self._solved: dict[Instant, Reached] = {}

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to undo and no contingency."""
        return not self.plan.steps

    @property
    def first(self) -> Instant:
        """The first moment there is."""
        return self.plan.project.horizon[0]

    def at(self, moment: Instant, floor: int | None = None) -> Reached:
        """Return the rollback from a moment on.

        Parameters
        ----------
        floor
            An instant before which no rollback from that moment is known to end.
        """
        found = self._known.get(moment)
        if found is None:
            found = self._moved(moment) or self._solve(moment, floor)
            self._known[moment] = found
        return found

    def known(self, moment: Instant) -> bool:
        """Whether the rollback from a moment on is known without another search."""
        return moment in self._known or self._moved(moment) is not None

    def steps(self, reached: Reached) -> tuple[RollbackStep, ...]:
        """Return the steps of a rollback in order of time."""
        found = []
        for id_, (kind, concerned) in self.plan.steps.items():
            if id_ in reached.places:
                one = reached.places[id_]
                found.append(RollbackStep(concerned, kind, one.start, one.finish, one.mode))
        return tuple(sorted(found, key=lambda one: (one.start, one.finish)))

    def _moved(self, moment: Instant) -> Reached | None:
        """Return a rollback known from another moment where nothing ties it to the clock."""
        for other, reached in self._solved.items():
            if reached.finish is None or reached.bound is None:
                continue
            by = moment - other
            first, last = min(other, moment), max(reached.finish, reached.finish + by)
            if self.ties.steady(first, last):
                return reached.later(by)
        return None

    def _solve(self, moment: Instant, floor: int | None) -> Reached:
        if self.nothing:
            return Reached(moment, moment)
        purse = self.purse
        settings = Settings(
            effort=max(0.0, min(_EACH, purse.left)), time_limit=purse.seconds, seed=purse.seed
        )
        try:
            found = earliest_finish(
                self.plan.at(moment), settings, Quiet(purse.observer), book=self.book, floor=floor
            )
        except Infeasible:
            reached = Reached(None, None)
            purse.pay(len(self.plan.steps), 0.0)
        except (NoSolution, Interrupted):
            purse.pay(len(self.plan.steps), settings.effort)
            purse.stopped()
            reached = Reached(None, Instant(moment if floor is None else floor))
        else:
            purse.pay(len(self.plan.steps), found.spent)
            purse.reproducible &= found.reproducible
            reached = Reached(found.finish, found.bound, found.places)
        self._solved[moment] = reached
        return reached


class WaysBack:
    """The ways back of a schedule, so that what is the same for two moments is solved once."""

    def __init__(self, book: CalendarBook, purse: Purse) -> None:
        self.book = book
        self.purse = purse
        self._known: dict[tuple[object, ...], WayBack] = {}

    def of(self, plan: RollbackPlan) -> WayBack:
        """Return the way back of a plan, with what is already known of it."""
        rests = tuple(
            plan.project.activities[id_].modes
            for id_, (kind, _) in plan.steps.items()
            if kind is StepKind.FINISH
        )
        key = (tuple(plan.project.activities), plan.project.dependencies, rests)
        if key not in self._known:
            self._known[key] = WayBack(plan, self.book, self.purse)
        return self._known[key]
