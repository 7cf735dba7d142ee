"""Where a single activity may stand, given where its predecessors stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from imsgen.calendars import CalendarBook, CalendarExhaustedError
from imsgen.model import Instant, Placement
from imsgen.network.bounds import latest_same_work, shift
from imsgen.network.graph import Graph
from imsgen.network.joins import Join, joins_of
from imsgen.network.occurrences import Occurrences
from imsgen.network.terms import Terms, terms_of

Together = tuple[str, str]
"""A group and the window all its activities share one occurrence of."""
_FREE: Mapping[Together, int] = {}
ANY_MODE = -1
"""Mode of a placement that stands for every mode at once, in lower bounds."""


@dataclass(frozen=True, slots=True)
class StartBound:
    """What links, constraints and the status date ask of an activity.

    ``start`` bounds the start from below (of a started activity: of its remaining work),
    ``finish`` the finish, in working time; ``latest_start`` and ``latest_finish`` from above.
    """

    start: Instant
    finish: Instant | None = None
    latest_start: Instant | None = None
    latest_finish: Instant | None = None

    def after(self, instant: int) -> StartBound:
        """Return the same bound, with no start before ``instant``."""
        return replace(self, start=Instant(instant)) if instant > self.start else self

    def finishing(self, instant: int) -> StartBound:
        """Return the same bound, with no working time between the finish and ``instant``."""
        if self.finish is not None and self.finish >= instant:
            return self
        return replace(self, finish=Instant(instant))


class Placer:
    """Answers where activities may stand, one at a time; capacity is the caller's business.

    A search for capacity goes ``bound = placer.bound(...)``, ``place = placer.fit(id, mode,
    bound)`` and, where the resources are taken, ``placer.fit(id, mode, bound.after(later))``.
    """

    def __init__(self, graph: Graph, book: CalendarBook) -> None:
        self.graph = graph
        self.book = book
        self.project = graph.project
        self._terms: dict[tuple[str, int], Terms] = {}
        self._joins: dict[tuple[str, int], tuple[Join, ...]] = {}
        self._windows: dict[str, Occurrences] = {}

    # -- what is asked -----------------------------------------------------------------------

    def terms(self, id_: str, mode: int) -> Terms:
        """Return what a mode of an activity asks for by itself."""
        found = self._terms.get((id_, mode))
        if found is None:
            found = self._terms[id_, mode] = terms_of(self.project, self.book, id_, mode)
        return found

    def joins(self, id_: str, mode: int) -> tuple[Join, ...]:
        """Return the links that bind a mode of an activity."""
        found = self._joins.get((id_, mode))
        if found is None:
            found = joins_of(self.graph, self.book, self.terms(id_, mode))
            self._joins[id_, mode] = found
        return found

    def settled(self, id_: str) -> Placement | None:
        """Return where an activity stands for good; None while there is work to place."""
        return self.terms(id_, 0).settled

    def together(self, id_: str) -> tuple[Together, ...]:
        """Return the occurrences an activity shares with all of a group."""
        return tuple(
            (within.together, within.window)
            for within in self.project.activities[id_].within
            if within.together is not None
        )

    def occurrences(self, window: str) -> Occurrences:
        """Return the occurrences of a window."""
        found = self._windows.get(window)
        if found is None:
            found = self._windows[window] = Occurrences(self.project.windows[window])
        return found

    # -- placing -----------------------------------------------------------------------------

    def bound(self, id_: str, mode: int, placed: Mapping[str, Placement]) -> StartBound:
        """Return the bounds on an activity from its links and its own dates.

        ``placed`` holds every predecessor, those that are finished too. An upper bound below a
        lower one is possible: then :meth:`fit` finds nothing.
        """
        terms = self.terms(id_, mode)
        start: int = terms.floor
        finish = terms.finish_floor
        latest_start, latest_finish = terms.latest_start, terms.latest_finish
        for join in self.joins(id_, mode):
            if join.lag is not None:
                least = self.reach(join, join.lag, placed)
                if not join.to_finish:
                    start = max(start, least)
                elif finish is None or least > finish:
                    finish = least
            if join.max_lag is not None:
                most = latest_same_work(terms.calendar, self.reach(join, join.max_lag, placed))
                if not join.to_finish:
                    latest_start = _least(latest_start, most)
                else:
                    latest_finish = _least(latest_finish, most)
        return StartBound(Instant(start), finish, latest_start, latest_finish)

    def reach(self, join: Join, lag: int, placed: Mapping[str, Placement]) -> Instant:
        """Return the instant ``lag`` after the event of a link."""
        if join.calendar is not None and len(join.predecessors) == 1:
            place = placed[join.predecessors[0]]
            return shift(join.calendar, place.finish if join.from_finish else place.start, lag)
        return join.choose(self._reaches(join, lag, placed))

    def _reaches(self, join: Join, lag: int, placed: Mapping[str, Placement]) -> Iterator[Instant]:
        for predecessor in join.predecessors:
            place = placed[predecessor]
            event = place.finish if join.from_finish else place.start
            if join.calendar is not None:
                yield shift(join.calendar, event, lag)
                continue
            modes = [place.mode]
            if place.mode == ANY_MODE:
                modes = list(range(len(self.project.activities[predecessor].modes)))
            yield min(shift(self.terms(predecessor, mode).calendar, event, lag) for mode in modes)

    def fit(
        self,
        id_: str,
        mode: int,
        bound: StartBound,
        shared: Mapping[Together, int] = _FREE,
        windows: bool = True,
    ) -> Placement | None:
        """Return the earliest placement within the bounds; None when there is none.

        Parameters
        ----------
        bound
            From :meth:`bound`, perhaps put off by :meth:`StartBound.after`.
        shared
            Index of the occurrence that a group goes together in, where it is decided.
        windows
            Whether windows count.
        """
        terms = self.terms(id_, mode)
        if terms.settled is not None:
            return terms.settled
        search = shared if windows else None
        try:
            if terms.point:
                return self._fit_point(terms, bound, search)
            return self._fit_stretch(terms, bound, search)
        except CalendarExhaustedError:
            return None

    def stretch(self, id_: str, place: Placement) -> tuple[Instant, Instant] | None:
        """Return ``[first, last)`` of the work still to be done; None when there is none.

        That is where it holds resources: for a started activity not from its start on.
        """
        terms = self.terms(id_, place.mode)
        if terms.settled is not None or terms.point:
            return None
        if not terms.started:
            return place.start, place.finish
        calendar = terms.calendar
        return calendar.start_of(calendar.work_at(place.finish) - terms.duration), place.finish

    # -- the search --------------------------------------------------------------------------

    def _fit_point(
        self, terms: Terms, bound: StartBound, shared: Mapping[Together, int] | None
    ) -> Placement | None:
        ceiling = _least(bound.latest_start, bound.latest_finish)
        wanted: int | None = bound.start
        if bound.finish is not None:
            wanted = max(bound.start, bound.finish)
        while wanted is not None:
            instant = terms.calendar.next_touch(wanted)
            if ceiling is not None and instant > ceiling:
                return None
            wanted = self._blocked_until(terms, instant, instant, shared)
            if wanted == instant:
                return Placement(instant, instant, terms.mode)
        return None

    def _fit_stretch(
        self, terms: Terms, bound: StartBound, shared: Mapping[Together, int] | None
    ) -> Placement | None:
        calendar, duration = terms.calendar, terms.duration
        work: int = calendar.work_at(bound.start)
        if bound.finish is not None:
            work = max(work, calendar.work_at(bound.finish) - duration)
        while True:
            start, finish = calendar.start_of(work), calendar.finish_of(work + duration)
            if bound.latest_start is not None and start > bound.latest_start:
                return None
            if bound.latest_finish is not None and finish > bound.latest_finish:
                return None
            wanted = self._blocked_until(terms, start, finish, shared)
            if wanted is None:
                return None
            if wanted == start:
                break
            work = calendar.work_at(wanted)
        begun = terms.actual_start
        return Placement(start if begun is None else begun, finish, terms.mode)

    def _blocked_until(
        self, terms: Terms, start: Instant, finish: Instant, shared: Mapping[Together, int] | None
    ) -> int | None:
        """Return ``start`` where it may stand so, else from when to try again; None: never.

        ``shared`` is None where windows do not count.
        """
        activity = terms.activity
        if activity.unbroken and finish - start > terms.duration:
            _, end = next(terms.calendar.intervals(start, finish))
            return end
        if shared is None:
            return start
        for id_ in activity.forbidden:
            span = self.occurrences(id_).in_the_way(start, finish)
            if span is not None:
                return span[1]
        for within in activity.within:
            window = self.occurrences(within.window)
            index = None
            if within.together is not None:
                index = shared.get((within.together, within.window))
            wanted = self._into(window, terms, start, finish, index)
            if wanted != start:
                return wanted
        return start

    def _into(
        self, window: Occurrences, terms: Terms, start: Instant, finish: Instant, index: int | None
    ) -> Instant | None:
        if index is not None:
            begin, end = window[index]
            if finish > end:
                return None
            return start if terms.started else max(start, begin)
        if terms.started:
            reach = window.last_reach()
            return start if reach is not None and finish <= reach else None
        return window.not_before(start, finish)


def _least(one: Instant | None, two: Instant | None) -> Instant | None:
    if one is None or two is None:
        return two if one is None else one
    return min(one, two)
