"""The population as a member that goes on where it stopped, in as many processes as there are."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from imsgen.model import DAY
from imsgen.solver.archipelago import Archipelago
from imsgen.solver.improve import Incumbent, rules
from imsgen.solver.islands import Outset
from imsgen.solver.objective import measure
from imsgen.solver.population import SECONDS_PER_UNIT, Found, places_per_unit
from imsgen.solver.state import State
from imsgen.solver.tables import Tables, tables_of

NAME = "population"
_ISLANDS = 4
"""The most islands; a power of two, so that two processes and four share them evenly."""
_UNITS, _SCHEDULES = 1.0, 200
"""Units of effort each of them has at least, and schedules for every activity, else there are
fewer: a small population of its own finds less than a part of a larger one (measured)."""
_STRETCHES = 20
"""Into how many stretches the work there is time for is cut."""
_SCHEDULES_PER_STRETCH = 10
"""The least an island makes in one."""
_WORTH_A_PROCESS = 1.0
"""Units of effort below which a process would hardly have started when all is done."""


class Settlement:
    """The islands of one search: settled when they are first needed, gone when it ends."""

    def __init__(self) -> None:
        self._tables: Tables | None = None
        self._islands: Archipelago | None = None
        self._unit = 1.0
        self._own: Incumbent | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the islands; no process is left behind."""
        if self._islands is not None:
            self._islands.close()
        self._islands = None

    def run(self, state: State, effort: float) -> None:
        """Let the islands go on for so many units; better schedules of others take part."""
        if self._islands is None:
            self._settle(state)
        elif state.best is not self._own and self._tables is not None:
            arrived = self._tables.in_modes(_modes(state))
            self._islands.welcome(arrived.order(_starts(state)))
        if self._islands is None:
            return
        before = self._islands.spent
        self._islands.advance(
            int(effort * self._unit),
            state.aim(),
            state.clock,
            lambda found: self._note(state, found),
        )
        state.clock.spent += (self._islands.spent - before) / self._unit

    def _settle(self, state: State) -> None:
        """Begin anew from the rules, and from the schedule that the search was given.

        The best one so far does not take part: what is far better than all others soon leaves
        nothing but its own children, and the population settles before its time (measured).
        """
        finish = state.found().score.finish
        span = max(1, finish - state.problem.release)
        self._tables = tables_of(state.problem, finish + span + 14 * DAY, _modes(state))
        if self._tables is None:
            return
        self._unit = places_per_unit(self._tables.arrays)
        clock, jobs = state.clock, max(1, len(self._tables.jobs))
        affordable = min(clock.effort_left, clock.settings.time_limit / SECONDS_PER_UNIT)
        schedules = int(affordable * self._unit / jobs)
        count = _ISLANDS
        while count > 1 and (affordable < count * _UNITS or schedules < count * _SCHEDULES * jobs):
            count //= 2
        outset = Outset(
            self._tables.chart(),
            list(rules(state.problem, state.early)),
            reserve=_starts(state),
            seed=clock.settings.seed,
            goal=state.aim(),
            span=span,
            schedules=schedules // count,
        )
        stretch = max(_SCHEDULES_PER_STRETCH, schedules // count // _STRETCHES) * jobs
        busy = min(clock.effort_left, clock.time_left / SECONDS_PER_UNIT) >= _WORTH_A_PROCESS
        processes = clock.settings.workers if busy else 1
        state.searchers = count
        self._islands = Archipelago(outset, count, stretch, processes)
        if state.given is not None:
            self._islands.welcome(self._tables.order(state.given))

    def _note(self, state: State, found: Found) -> None:
        if self._tables is None:
            return
        places = self._tables.placements(found.places)
        keys = [float(place.start) for place in places]
        state.take(Incumbent(places, measure(state.problem, places), keys), NAME)
        self._own = state.best
        state.show(NAME)


def _starts(state: State) -> Sequence[float]:
    return [float(place.start) for place in state.found().places]


def _modes(state: State) -> list[int]:
    return [place.mode for place in state.found().places]
