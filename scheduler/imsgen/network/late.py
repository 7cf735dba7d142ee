"""The backward pass: how late everything may stand, exact in every calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import Instant, Placement
from imsgen.network.bounds import latest_same_work
from imsgen.network.joins import Join
from imsgen.network.place import Placer, Together
from imsgen.network.standing import Stretch
from imsgen.network.terms import Terms
from imsgen.network.ties import Ties

_MOST_VISITS = 2000


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Start and finish are at or before these; None: no matter when."""

    start: Instant | None = None
    finish: Instant | None = None

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.start is not None or self.finish is not None

    def and_start(self, instant: Instant | None) -> Ceiling:
        """Return this and a ceiling on the start."""
        if instant is None or (self.start is not None and self.start <= instant):
            return self
        return Ceiling(instant, self.finish)

    def and_finish(self, instant: Instant | None) -> Ceiling:
        """Return this and a ceiling on the finish."""
        if instant is None or (self.finish is not None and self.finish <= instant):
            return self
        return Ceiling(self.start, instant)


class LateFit:
    """Places activities as late as ceilings allow."""

    def __init__(self, placer: Placer, shared: Mapping[Together, int]) -> None:
        self.placer = placer
        self.shared = shared

    def latest(self, terms: Terms, ceiling: Ceiling) -> Stretch:
        """Return the latest place under a ceiling that is not empty.

        Where windows leave none so early, they are overlooked: the float is negative anyway.
        """
        search = self._latest_point if terms.point else self._latest_stretch
        found = search(terms, ceiling, windows=True)
        return found or search(terms, ceiling, windows=False) or _origin(terms)

    def _latest_stretch(self, terms: Terms, ceiling: Ceiling, windows: bool) -> Stretch | None:
        calendar, duration = terms.calendar, terms.duration
        options = []
        if ceiling.finish is not None:
            options.append(calendar.work_at(ceiling.finish) - duration)
        if ceiling.start is not None:
            options.append(calendar.work_at(ceiling.start + 1) - 1)
        work = min(options)
        while work >= 0:
            try:
                start, finish = calendar.start_of(work), calendar.finish_of(work + duration)
            except CalendarExhaustedError:
                work = min(work - 1, calendar.work_at(calendar.horizon) - duration)
                continue
            by = self._blocked_from(terms, start, finish, windows)
            if by is None:
                return None
            if by == finish:
                return Stretch(start, finish)
            work = calendar.work_at(by) - duration
        return None

    def _latest_point(self, terms: Terms, ceiling: Ceiling, windows: bool) -> Stretch | None:
        calendar = terms.calendar
        instant: int | None = min(_given(ceiling))
        while instant is not None and instant > calendar.origin:
            if not calendar.touches(instant):
                instant = calendar.last_finish(instant)
            by = self._blocked_from(terms, Instant(instant), Instant(instant), windows)
            if by == instant:
                return Stretch(by, by)
            instant = by
        return None

    def _blocked_from(
        self, terms: Terms, start: Instant, finish: Instant, windows: bool
    ) -> Instant | None:
        """Return ``finish`` where it may stand so, else until when to finish; None: never."""
        activity = terms.activity
        if activity.unbroken and finish - start > terms.duration:
            _, end = next(terms.calendar.intervals(start, finish))
            return end
        if not windows:
            return finish
        for id_ in activity.forbidden:
            span = self.placer.occurrences(id_).in_the_way(start, finish)
            if span is not None:
                return span[0]
        for within in activity.within:
            window = self.placer.occurrences(within.window)
            index = None
            if within.together is not None:
                index = self.shared.get((within.together, within.window))
            by: Instant | None
            if index is not None:
                begin, end = window[index]
                by = min(finish, end) if begin <= start or terms.started else None
            elif terms.started:
                reach = window.last_reach()
                by = None if reach is None else min(finish, reach)
            else:
                by = window.not_after(start, finish)
            if by != finish:
                return by
        return finish


def _given(ceiling: Ceiling) -> Iterator[int]:
    if ceiling.start is not None:
        yield ceiling.start
    if ceiling.finish is not None:
        yield ceiling.finish


def _origin(terms: Terms) -> Stretch:
    calendar = terms.calendar
    if terms.point:
        return Stretch(calendar.origin, calendar.origin)
    return Stretch(calendar.start_of(0), calendar.finish_of(terms.duration))


class LatePass:
    """Late places of everything that something bounds from above.

    Parameters
    ----------
    placements
        The schedule; late places are for its modes, its windows shared by groups, and what is
        settled in it.
    ties
        What holds in it.
    own
        The ceiling of each activity by itself.
    """

    def __init__(
        self,
        fit: LateFit,
        placements: Mapping[str, Placement],
        ties: Ties,
        own: Callable[[str], Ceiling],
    ) -> None:
        self.fit = fit
        self.placer = fit.placer
        self.placements = placements
        self.ties = ties
        self.own = own
        self.late: dict[str, Stretch] = {}
        self.terms = {
            id_: self.placer.terms(id_, placements[id_].mode) for id_ in self.placer.graph.order
        }

    def run(self) -> dict[str, Stretch]:
        """Return the late places; those that nothing bounds are left out."""
        order = sorted(
            (id_ for id_ in self.placer.graph.order if self.placer.settled(id_) is None),
            key=lambda id_: (self.placements[id_].finish, self.placements[id_].start),
        )
        order.reverse()
        rank = {id_: i for i, id_ in enumerate(order)}
        queue = list(range(len(order)))
        queued = [True] * len(order)
        visits = [0] * len(order)
        while queue:
            i = heappop(queue)
            queued[i] = False
            id_ = order[i]
            visits[i] += 1
            if visits[i] > _MOST_VISITS or not self._visit(id_):
                continue
            for other in self._affected(id_):
                j = rank.get(other)
                if j is not None and not queued[j]:
                    queued[j] = True
                    heappush(queue, j)
        return self.late

    def _visit(self, id_: str) -> bool:
        ceiling = self.ceiling(id_, self.late)
        if not ceiling:
            return False
        late = self.fit.latest(self.terms[id_], ceiling)
        if self.late.get(id_) == late:
            return False
        self.late[id_] = late
        return True

    def _affected(self, id_: str) -> Iterator[str]:
        for tie in self.ties.incoming[id_]:
            yield tie.source
        yield from self.ties.followers.get(id_, ())

    def ceiling(self, id_: str, others: Mapping[str, Stretch]) -> Ceiling:
        """Return the ceiling of an activity when the others stand at ``others``."""
        terms = self.terms[id_]
        ceiling = self.own(id_)
        for tie in self.ties.outgoing[id_]:
            if terms.started and not tie.from_finish:
                continue  # its start is history
            target = others.get(tie.target)
            if target is not None:
                other = self.terms[tie.target]
                latest = tie.latest(target, other.calendar, other.point)
                if tie.from_finish:
                    ceiling = ceiling.and_finish(latest)
                else:
                    ceiling = ceiling.and_start(latest)
        for join in self.ties.following.get(id_, ()):
            events = list(self._events(join, others))
            if join.max_lag is None or None in events:
                continue
            places = {
                one: Placement(event, event, self.placements[one].mode)
                for one, event in zip(join.predecessors, events, strict=True)
                if event is not None
            }
            most = latest_same_work(terms.calendar, self.placer.reach(join, join.max_lag, places))
            ceiling = ceiling.and_finish(most) if join.to_finish else ceiling.and_start(most)
        return ceiling

    def _events(self, join: Join, others: Mapping[str, Stretch]) -> Iterator[Instant | None]:
        """Yield the event of each predecessor; None while it is not bounded."""
        for one in join.predecessors:
            place = self.placements[one]
            if self.placer.settled(one) is not None or (
                not join.from_finish and self.terms[one].started
            ):
                yield place.finish if join.from_finish else place.start
                continue
            other = others.get(one)
            if other is None:
                yield None
            else:
                yield other.finish if join.from_finish else other.begin
