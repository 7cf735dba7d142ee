"""The forward pass: how early everything may stand when resources never run out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from imsgen.calendars import CalendarBook, CalendarExhaustedError, WorkCalendar
from imsgen.model import Instant, Placement
from imsgen.network.bounds import earliest_event
from imsgen.network.graph import Graph
from imsgen.network.joins import Join
from imsgen.network.place import ANY_MODE, Placer, StartBound, Together

_MOST_VISITS = 50_000
"""How often one activity is put off before maximal lags stop pulling others along: links of a
circle that cannot hold together push each other on for ever. The dates stay lower bounds."""


class UnplaceableError(ValueError):
    """Links, dates and windows leave no place for an activity, resources apart.

    ``earliest`` is where it would stand if nothing bounded it from above, when that exists;
    ``placed`` what had been placed by then.
    """

    def __init__(
        self, id_: str, earliest: Placement | None, placed: Mapping[str, Placement]
    ) -> None:
        self.id = id_
        self.earliest = earliest
        self.placed = dict(placed)
        super().__init__(id_)


def early_dates(
    graph: Graph,
    book: CalendarBook,
    modes: Mapping[str, int] | None = None,
    *,
    pulling: bool = True,
) -> dict[str, Placement]:
    """Return the early dates of every activity, in the graph's order.

    Every schedule that obeys links, dates and windows has each start and each finish at or after
    these. Of an activity that ``modes`` does not name and that has several, the start is the
    earliest in any mode, the finish the earliest in any, and ``mode`` the one that gives it.

    Maximal lags that chase each other in small steps are followed so far and no further: then
    the dates are lower bounds still, only not the greatest. Without ``pulling`` no maximal lag
    makes its predecessor wait.

    Raises
    ------
    UnplaceableError
        If an activity has no place: a proof that there is no schedule.
    """
    return early_pass(Placer(graph, book), modes, pulling=pulling)


def early_pass(
    placer: Placer, modes: Mapping[str, int] | None = None, *, pulling: bool = True
) -> dict[str, Placement]:
    """Return the early dates, see :func:`early_dates`."""
    return _EarlyPass(placer, modes or {}, pulling=pulling).run()


@dataclass(frozen=True, slots=True)
class _Option:
    """Where one mode of an activity may stand, and whom it needs to come later for that."""

    place: Placement
    pulls: tuple[tuple[Join, Instant], ...]
    """Links whose event must be at or after an instant, for their ``max_lag``."""


class _EarlyPass:
    def __init__(self, placer: Placer, modes: Mapping[str, int], *, pulling: bool) -> None:
        self.placer = placer
        self.graph = placer.graph
        self.rank = {id_: i for i, id_ in enumerate(self.graph.order)}
        self.modes = {
            id_: (modes[id_],)
            if id_ in modes
            else tuple(range(len(placer.project.activities[id_].modes)))
            for id_ in self.graph.order
        }
        self.placed: dict[str, Placement] = {}
        self.best: dict[str, int] = {}
        self.pulled_start: dict[str, Instant] = {}
        self.pulled_finish: dict[str, Instant] = {}
        self.shared: dict[Together, int] = {}
        self.members: dict[Together, list[str]] = {}
        for id_ in self.graph.order:
            if placer.settled(id_) is not None:
                continue
            for key in placer.together(id_):
                self.members.setdefault(key, []).append(id_)
                self.shared[key] = 0
        self.queue: list[int] = list(range(len(self.graph.order)))
        self.queued = [True] * len(self.queue)
        self.pulling = pulling

    def run(self) -> dict[str, Placement]:
        visits = [0] * len(self.graph.order)
        while self.queue:
            index = heappop(self.queue)
            self.queued[index] = False
            id_ = self.graph.order[index]
            visits[index] += 1
            self.pulling = self.pulling and visits[index] <= _MOST_VISITS
            self._visit(id_)
        return {id_: replace(self.placed[id_], mode=self.best[id_]) for id_ in self.graph.order}

    def _push(self, id_: str) -> None:
        index = self.rank[id_]
        if not self.queued[index]:
            self.queued[index] = True
            heappush(self.queue, index)

    def _visit(self, id_: str) -> None:
        options = [option for mode in self.modes[id_] if (option := self._option(id_, mode))]
        if not options:
            options = self._next_occurrences(id_)
        place = options[0].place
        self.best[id_] = place.mode
        if len(options) > 1:
            best = min(options, key=lambda option: option.place.finish).place
            self.best[id_] = best.mode
            start = min(option.place.start for option in options)
            place = Placement(start, best.finish, ANY_MODE)
        if self.placed.get(id_) != place:
            self.placed[id_] = place
            for arc in self.graph.outgoing[id_]:
                self._push(arc.successor)
            for early in self.graph.earliest_outgoing[id_]:
                self._push(early.successor)
        if self.pulling and all(option.pulls for option in options):
            self._pull(id_, options)

    def _option(self, id_: str, mode: int) -> _Option | None:
        terms = self.placer.terms(id_, mode)
        asked = self._bound(id_, mode)
        # How late links allow it to be is met by moving their other end.
        bound = replace(asked, latest_start=terms.latest_start, latest_finish=terms.latest_finish)
        place = self.placer.fit(id_, mode, bound, self.shared)
        if place is None:
            return None
        late = (asked.latest_start is not None and place.start > asked.latest_start) or (
            asked.latest_finish is not None and place.finish > asked.latest_finish
        )
        return _Option(place, tuple(self._pulls(id_, place)) if late else ())

    def _bound(self, id_: str, mode: int) -> StartBound:
        bound = self.placer.bound(id_, mode, self.placed)
        start = self.pulled_start.get(id_)
        finish = self.pulled_finish.get(id_)
        if start is not None:
            bound = bound.after(start)
        if finish is not None:
            terms = self.placer.terms(id_, mode)
            if terms.point:
                return bound.after(finish)
            bound = bound.finishing(_first_finish(terms.calendar, finish))
        return bound

    def _pulls(self, id_: str, place: Placement) -> Iterator[tuple[Join, Instant]]:
        """Yield the events that must come later for ``max_lag`` to hold."""
        calendar = self.placer.terms(id_, place.mode).calendar
        for join in self.placer.joins(id_, place.mode):
            if join.max_lag is None or (len(join.predecessors) > 1 and not join.earliest):
                continue  # which activity of a group moves is open: no bound on any
            found = place.finish if join.to_finish else place.start
            wanted = calendar.last_finish(found)
            event = min(
                _earliest_event(calendar, wanted, join.max_lag)
                for calendar in self._lag_calendars(join)
            )
            yield join, event

    def _lag_calendars(self, join: Join) -> list[WorkCalendar]:
        """Return what the lag may run on: of a predecessor with several modes, any of theirs."""
        if join.calendar is not None:
            return [join.calendar]
        first = join.predecessors[0]
        mode = self.placed[first].mode
        modes = self.modes[first] if mode == ANY_MODE else (mode,)
        return [self.placer.terms(first, mode).calendar for mode in modes]

    def _pull(self, id_: str, options: list[_Option]) -> None:
        """Put off predecessors; with several modes only as far as every mode needs."""
        needed = [_events(option) for option in options]
        for key in needed[0]:
            if not all(key in events for events in needed):
                continue
            event = min(events[key] for events in needed)
            predecessor, from_finish = key
            place = self.placed[predecessor]
            if (place.finish if from_finish else place.start) >= event:
                continue
            terms = self.placer.terms(predecessor, 0)
            if terms.settled is not None or (terms.started and not from_finish):
                raise UnplaceableError(id_, options[0].place, self.placed)
            pulled = self.pulled_finish if from_finish else self.pulled_start
            pulled[predecessor] = max(event, pulled.get(predecessor, event))
            self._push(predecessor)

    def _next_occurrences(self, id_: str) -> list[_Option]:
        """Move the group that ``id_`` goes together with on to the next occurrence it fits in."""
        for key in self.placer.together(id_):
            before = self.shared[key]
            for index in range(before + 1, len(self.placer.occurrences(key[1]))):
                self.shared[key] = index
                options = [
                    option for mode in self.modes[id_] if (option := self._option(id_, mode))
                ]
                if options:
                    for member in self.members[key]:
                        if member in self.placed:
                            self._push(member)
                    return options
            self.shared[key] = before
        raise UnplaceableError(id_, self._unbounded(id_), self.placed)

    def _unbounded(self, id_: str) -> Placement | None:
        """Return where an activity would stand if nothing bounded it from above."""
        for windows in (True, False):
            found: list[Placement] = []
            for mode in self.modes[id_]:
                bound = self._bound(id_, mode)
                bound = replace(bound, latest_start=None, latest_finish=None)
                place = self.placer.fit(id_, mode, bound, windows=windows)
                if place is not None:
                    found.append(place)
            if found:
                return min(found, key=lambda place: place.finish)
        return None


def _earliest_event(calendar: WorkCalendar, bound: int, lag: int) -> Instant:
    try:
        return earliest_event(calendar, bound, lag)
    except CalendarExhaustedError:
        return calendar.horizon


def _events(option: _Option) -> dict[tuple[str, bool], Instant]:
    """Return from when on the event of each predecessor must be, for one mode."""
    found: dict[tuple[str, bool], Instant] = {}
    for join, event in option.pulls:
        for predecessor in join.predecessors:
            key = (predecessor, join.from_finish)
            found[key] = max(event, found.get(key, event))
    return found


def _first_finish(calendar: WorkCalendar, instant: int) -> Instant:
    """Return the first end of a worked minute at or after ``instant``."""
    try:
        return calendar.finish_of(calendar.work_at(instant - 1) + 1)
    except CalendarExhaustedError:
        return calendar.horizon
