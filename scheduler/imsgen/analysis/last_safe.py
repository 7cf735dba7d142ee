"""Until when a window leaves time to go back, whatever has begun by then."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush
from itertools import groupby, pairwise

from imsgen.analysis.driving import driving_steps
from imsgen.analysis.latest import Latest, latest_safe
from imsgen.analysis.purse import Purse
from imsgen.analysis.stretches import Stretch, Timeline
from imsgen.analysis.way_back import Reached, WayBack, WaysBack
from imsgen.model import CurvePoint, Instant, LastSafe, StepKind

_LEAPS = 300
"""Most moments looked at between those at which something begins."""
_NARROW = 60
"""Minutes between two moments from which a rollback takes as long, and so it does between."""


class LastSafeSearch:
    """Looks for the last safe moment of a window, and then for the curve that leads to it.

    Parameters
    ----------
    occurrence
        Which occurrence of the window.
    """

    def __init__(self, timeline: Timeline, ways: WaysBack, window: str, occurrence: int) -> None:
        self.timeline = timeline
        opens, ends = timeline.project.windows[window].occurrences[occurrence]
        self.survey = _Survey(timeline, ways, ends)
        self.found = LastSafe(
            window=window,
            occurrence=occurrence,
            opens=opens,
            ends=ends,
            gates=tuple(timeline.gates),
            no_return=timeline.no_return,
            irreversible=timeline.irreversible or "",
        )

    def moment(self) -> None:
        """Find the last safe moment, as far as the effort goes."""
        at, latest = self.survey.latest()
        self.found = replace(self.found, latest=latest.moment, latest_bound=latest.bound)
        if at is None or latest.moment is None or latest.reached is None:
            return
        way = self.survey.way(at, latest.moment)
        self.found = replace(
            self.found,
            gate=self.timeline.deciding(latest.moment),
            steps=way.steps(latest.reached),
            drivers=driving_steps(way, latest.moment, latest.reached),
        )

    def curve(self) -> None:
        """Find how long going back takes all along the window, as far as the effort goes.

        With little effort the curve may find a safe moment later than the last one that has been
        found with its rollback: such a point is left out, like those the effort did not reach.
        """
        latest, ends = self.found.latest, self.found.ends
        points = tuple(
            one
            for one in self.survey.curve(self.found.opens)
            if one.finish is None or one.finish > ends or (latest is not None and one.at <= latest)
        )
        self.found = replace(self.found, curve=points)


class _Survey:
    """The rollbacks from the first and last moments of stretches, as far as they were looked at.

    The end of a rollback never falls from one moment to a later one with the same contingency.
    """

    def __init__(self, timeline: Timeline, ways: WaysBack, ends: Instant) -> None:
        self.timeline = timeline
        self.ways = ways
        self.ends = ends
        self.stretches: Sequence[Stretch] = timeline.stretches(ends)
        self._ways: dict[tuple[int, Instant], WayBack] = {}
        self._firsts: dict[int, Reached] = {}

    def way(self, i: int, moment: Instant) -> WayBack:
        """Return the way back from a moment of the stretch."""
        stretch = self.stretches[i]
        # What is finished first has less left later on; all else is as at the first moment.
        at = moment if stretch.finishing else stretch.first
        if (i, at) not in self._ways:
            self._ways[i, at] = self.ways.of(self.timeline.plan(stretch, at))
        return self._ways[i, at]

    def at_first(self, i: int) -> Reached:
        """Return the rollback from the first moment of a stretch."""
        if i not in self._firsts:
            first = self.stretches[i].first
            self._firsts[i] = self.way(i, first).at(first, self._floor(i))
        return self._firsts[i]

    def _floor(self, i: int) -> Instant | None:
        """Return an instant before which no rollback ends, from what is known of the time before."""
        j = max((j for j in self._firsts if j < i), default=None)
        if j is None or not self._grows(i):
            return None
        here, before, bound = self.stretches[i], self.stretches[j], self._firsts[j].bound
        if before.contingency != here.contingency or bound is None:
            return None
        later = Instant(bound + here.first - before.first)
        # What is finished first has less left by now, so going back may take less time than then.
        longer = not before.finishing and self._steady(i, before.first, later)
        return later if longer else bound

    def _grows(self, i: int) -> bool:
        """Whether what has to be done is no less than at any time before.

        A group that is undone as a whole can turn the order of what is around it.
        """
        steps = self.way(i, self.stretches[i].first).plan.steps.values()
        groups = self.timeline.project.groups
        return not any(kind is StepKind.UNDO and id_ in groups for kind, id_ in steps)

    def _steady(self, i: int, first: int, last: int) -> bool:
        return self.way(i, self.stretches[i].first).ties.steady(first, last)

    # -- the last safe moment --------------------------------------------------------------------

    def latest(self) -> tuple[int | None, Latest]:
        """Return the last safe moment and the stretch it lies in; None: no moment is safe."""
        bound: Instant | None = None
        for run in reversed(self._runs()):
            at, latest = self._latest_in(run)
            if at is not None:
                return at, latest if bound is None else replace(latest, bound=bound)
            open_ = latest.bound is not None and latest.bound >= self.stretches[run[0]].first
            if bound is None and open_:
                bound = latest.bound
        return None, Latest(None, bound)

    def _runs(self) -> list[list[int]]:
        """Return the stretches taken together that have one contingency."""
        numbers = range(len(self.stretches))
        by = groupby(numbers, key=lambda i: self.stretches[i].contingency)
        return [list(run) for _, run in by]

    def _latest_in(self, run: Sequence[int]) -> tuple[int | None, Latest]:
        low, high = run[0] - 1, run[-1] + 1
        while low + 1 < high:
            middle = high - 1 if high > run[-1] else (low + high) // 2
            if self.at_first(middle).by(self.ends):
                low = middle
            else:
                high = middle
        proved = self._proved(high, run[-1])
        if low < run[0]:
            return None, Latest(None, proved)
        stretch = self.stretches[low]
        found = latest_safe(_Along(self, low), self.ends, stretch.first, stretch.last)
        after = None if low == run[-1] or found.bound != stretch.last else proved
        return low, found if after is None else replace(found, bound=after)

    def _proved(self, low: int, last: int) -> Instant | None:
        """Return the last moment not proved unsafe; the first of ``low`` is not known to be safe."""
        high = last + 1
        while low < high and not self.ways.purse.empty:
            middle = (low + high) // 2
            if self.at_first(middle).never_by(self.ends):
                high = middle
            else:
                low = middle + 1
        if high == 0:
            return None
        return self.stretches[high - 1].last

    # -- the curve -------------------------------------------------------------------------------

    def curve(self, opens: Instant) -> tuple[CurvePoint, ...]:
        """Return how long going back takes over the window, as far as the effort goes."""
        for run in self._runs():
            inside = [i for i in run if self.stretches[i].last >= opens]
            if inside:
                self._refine(inside[0], inside[-1])
        known: dict[int, dict[Instant, Reached]] = {}
        for i in sorted(self._firsts):
            stretch = self.stretches[i]
            if stretch.last >= opens:
                ends = (max(stretch.first, opens), stretch.last)
                found = {moment: self._at(i, moment) for moment in ends}
                known[i] = {at: one for at, one in found.items() if one is not None}
        self._bend(known)
        points = [
            CurvePoint(moment, one.finish, one.bound)
            for found in known.values()
            for moment, one in sorted(found.items())
            if one.bound is not None
        ]
        return tuple(_bends(points))

    def _bend(self, known: dict[int, dict[Instant, Reached]]) -> None:
        """Look between two moments of a stretch where going back takes a leap, the widest first."""
        queue = [
            (first - last, i, first, last)
            for i, found in known.items()
            for first, last in pairwise(sorted(found))
        ]
        heapify(queue)
        left = _LEAPS
        while queue and left and not self.ways.purse.empty:
            _, i, first, last = heappop(queue)
            found = known[i]
            if not self._leaps(i, (first, found[first]), (last, found[last])):
                continue
            middle = Instant((first + last) // 2)
            between = self._at(i, middle)
            if between is not None:
                found[middle] = between
                heappush(queue, (first - middle, i, first, middle))
                heappush(queue, (middle - last, i, middle, last))
                left -= 1

    def _leaps(self, i: int, one: tuple[Instant, Reached], other: tuple[Instant, Reached]) -> bool:
        """Whether going back may take another time between than at, or in line with, both."""
        (first, before), (last, after) = one, other
        if before.finish is None or after.finish is None or last - first < 2:
            return False
        if after.finish - before.finish == last - first:
            tied = self.stretches[i].finishing or not self._steady(i, first, after.finish)
            return tied and last - first > _NARROW
        return after.finish != before.finish

    def _at(self, i: int, moment: Instant) -> Reached | None:
        """Return the rollback from a moment of a stretch unless it would cost what there is not."""
        if moment == self.stretches[i].first:
            return self._firsts[i]
        way = self.way(i, moment)
        return way.at(moment) if not self.ways.purse.empty or way.known(moment) else None

    def _refine(self, first: int, last: int) -> None:
        """Look at the stretches between two, the middle first, where they are not all alike."""
        queue = deque([(first, last)])
        for end in (first, last):
            self.at_first(end)
        while queue and not self.ways.purse.empty:
            low, high = queue.popleft()
            if high - low < 2 or self._alike(low, high):
                continue
            middle = (low + high) // 2
            self.at_first(middle)
            queue += [(low, middle), (middle, high)]

    def _alike(self, low: int, high: int) -> bool:
        """Take over what is known for all between two where it takes as long at both."""
        one, other = self.at_first(low), self.at_first(high)
        if one.bound is None or other.finish is None or not self._grows(high):
            return False
        if any(self.stretches[i].finishing for i in range(low, high)):
            # What is finished first has less and less left: between it may take less time.
            return False
        begin, end = self.stretches[low].first, self.stretches[high].first
        length = other.finish - end
        if one.bound - begin != length or not self._steady(high, begin, other.finish):
            return False
        for i in range(low + 1, high):
            finish = Instant(self.stretches[i].first + length)
            self._firsts.setdefault(i, Reached(finish, finish))
        return True


def _bends(points: Sequence[CurvePoint]) -> Iterator[CurvePoint]:
    """Yield the points without those that lie on a line between their neighbours."""
    kept: list[CurvePoint] = []
    for i, point in enumerate(points):
        if kept and i + 1 < len(points) and _on_a_line(kept[-1], point, points[i + 1]):
            continue
        kept.append(point)
        yield point


def _on_a_line(*points: CurvePoint) -> bool:
    if any(one.finish != one.bound for one in points):
        return False
    return len({one.length for one in points}) == 1 or len({one.finish for one in points}) == 1


class _Along:
    """The way back from any moment of a stretch: what is finished first has less left later on."""

    def __init__(self, survey: _Survey, stretch: int) -> None:
        self._survey = survey
        self._stretch = stretch

    @property
    def purse(self) -> Purse:
        """What the search may cost."""
        return self._survey.ways.purse

    @property
    def first(self) -> Instant:
        """The first moment there is."""
        return self._survey.stretches[self._stretch].first

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to do on No-Go."""
        return self._survey.way(self._stretch, self.first).nothing

    def at(self, moment: Instant) -> Reached:
        """Return the rollback from a moment on."""
        return self._survey.way(self._stretch, moment).at(moment)
