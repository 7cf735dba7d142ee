"""The shortest way back from one state of the work, at any moment it may be begun."""

from __future__ import annotations

import time
from dataclasses import dataclass

from imsgen.errors import Infeasible, Interrupted, NoSolution
from imsgen.model import Instant, RollbackStep, Schedule
from imsgen.network import RollbackPlan
from imsgen.solver import Observer, Progress, Settings, solve

_EACH = 2.0
"""Most units of effort for one rollback; nearly all are proved with a fraction of one."""


@dataclass(slots=True)
class Purse:
    """What the rollbacks of a schedule may cost.

    ``left`` is units of effort. ``until`` is a safety net, an instant of the monotonic clock.
    """

    left: float
    until: float
    seed: int = 0
    observer: Observer | None = None
    reproducible: bool = True
    """False once the wall clock or the user ended a search."""

    @property
    def empty(self) -> bool:
        """Whether nothing is left for another search."""
        return self.left <= 0 or self.stopped()

    @property
    def seconds(self) -> float:
        """Return the seconds left."""
        return max(0.0, self.until - time.monotonic())

    def stopped(self) -> bool:
        """Whether the user or the wall clock ends it; then another run may find more."""
        asked = self.observer is not None and self.observer.stop()
        if asked or self.seconds == 0:
            self.reproducible = False
        return not self.reproducible


class _Quiet:
    """Passes on that the user ends a search, and shows nothing of it."""

    def __init__(self, observer: Observer | None) -> None:
        self._observer = observer

    def on_progress(self, progress: Progress) -> None:
        """Keep the progress: it is that of a small plan nobody asked for."""

    def stop(self) -> bool:
        """Whether the user ends the search."""
        return self._observer is not None and self._observer.stop()


@dataclass(frozen=True, slots=True)
class Reached:
    """The rollback from one moment.

    ``finish`` is that of the best known, None: none is known. None finishes before ``bound``,
    proved; a ``bound`` of None says that there is no rollback at all.
    """

    finish: Instant | None
    bound: Instant | None
    steps: tuple[RollbackStep, ...] = ()
    drivers: tuple[str, ...] = ()

    def by(self, ends: int) -> bool:
        """Whether a rollback is known that ends in time."""
        return self.finish is not None and self.finish <= ends

    def never_by(self, ends: int) -> bool:
        """Whether it is proved that none ends in time."""
        return self.bound is None or self.bound > ends


class WayBack:
    """Rollbacks of one plan of the way back, from one moment or another, each solved once."""

    def __init__(self, plan: RollbackPlan, purse: Purse) -> None:
        self.plan = plan
        self.purse = purse
        self._known: dict[Instant, Reached] = {}

    def at(self, moment: Instant) -> Reached:
        """Return the rollback from a moment on."""
        found = self._known.get(moment)
        if found is None:
            found = self._known[moment] = self._solved(moment)
        return found

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to undo and no contingency."""
        return not self.plan.steps

    def _solved(self, moment: Instant) -> Reached:
        if self.nothing:
            return Reached(moment, moment)
        settings = Settings(
            effort=max(0.0, min(_EACH, self.purse.left)),
            time_limit=self.purse.seconds,
            seed=self.purse.seed,
            levels=2,
            explain=False,
        )
        try:
            schedule = solve(self.plan.at(moment), settings, _Quiet(self.purse.observer))
        except Infeasible:
            return Reached(None, None)
        except (NoSolution, Interrupted):
            self.purse.left -= settings.effort
            self.purse.stopped()
            return Reached(None, moment)
        self.purse.left -= schedule.run.spent
        self.purse.reproducible &= schedule.run.reproducible
        return Reached(
            schedule.finish, schedule.bound, self._steps(schedule), self._drivers(schedule)
        )

    def _steps(self, schedule: Schedule) -> tuple[RollbackStep, ...]:
        found = []
        for id_, (kind, concerned) in self.plan.steps.items():
            dates = schedule.activities[id_]
            found.append(RollbackStep(concerned, kind, dates.start, dates.finish, dates.mode))
        return tuple(sorted(found, key=lambda one: (one.start, one.finish)))

    def _drivers(self, schedule: Schedule) -> tuple[str, ...]:
        steps = self.plan.steps
        return tuple(steps[id_][1] for id_ in schedule.driving_chain if id_ in steps)
