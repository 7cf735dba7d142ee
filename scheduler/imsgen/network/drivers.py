"""Why each activity does not start earlier, and the chain that leads to the last finish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from imsgen.calendars import CalendarExhaustedError
from imsgen.model import (
    ALWAYS,
    Activity,
    ConstraintType,
    Driver,
    DriverKind,
    Instant,
    Placement,
    to_datetime,
)
from imsgen.network.bounds import earliest_event
from imsgen.network.place import Placer, StartBound, Together
from imsgen.network.rests import length_text, waited_for
from imsgen.network.rollup import describe
from imsgen.network.standing import Stretch
from imsgen.network.terms import Terms, binds_finish
from imsgen.network.ties import Tie, Ties

_RANK = (
    DriverKind.LINK,
    DriverKind.RESOURCE,
    DriverKind.CONSTRAINT,
    DriverKind.STATUS_DATE,
    DriverKind.PROJECT_START,
)


@dataclass(frozen=True, slots=True)
class _Reason:
    """Something that bounds an activity from below."""

    bound: StartBound
    driver: Driver

    @property
    def instant(self) -> Instant:
        """Return the bound itself."""
        return self.bound.start if self.bound.finish is None else self.bound.finish


class Drivers:
    """Finds what drives the activities of a schedule."""

    def __init__(
        self,
        placer: Placer,
        placements: Mapping[str, Placement],
        standing: Mapping[str, Stretch],
        ties: Ties,
        shared: Mapping[Together, int],
    ) -> None:
        self.placer = placer
        self.project = placer.project
        self.placements = placements
        self.standing = standing
        self.ties = ties
        self.shared = shared
        self.zone = ZoneInfo(self.project.timezone)

    def driver(self, id_: str) -> Driver:
        """Return what an activity's start follows from.

        Of several that give the same start, a link comes before a resource, a resource before a
        date, and the later bound before the earlier. Hours that it then waits for are told too.
        """
        terms = self.placer.terms(id_, self.placements[id_].mode)
        if terms.settled is not None or terms.started:
            return Driver(DriverKind.ACTUAL, text="actual start")
        begin = self.standing[id_].begin
        origin = terms.calendar.origin
        start, finish = origin, origin
        reached: list[tuple[int, int, int, _Reason]] = []
        for i, reason in enumerate(self._reasons(id_, terms)):
            if reason.bound.finish is None:
                start = max(start, reason.bound.start)
            else:
                finish = max(finish, reason.bound.finish)
            alone = self.placer.fit(id_, terms.mode, reason.bound, windows=False)
            if alone is None or alone.start >= begin:
                rank = _RANK.index(reason.driver.kind)
                reached.append((rank, -reason.instant, i, reason))
        if reached:
            return self._waiting(min(reached, key=lambda one: one[:3])[3], terms, begin)
        bound = StartBound(start, finish if finish > origin else None)
        return self._window(id_, terms, bound) or self._choice(terms.activity)

    def chain(self, drivers: Mapping[str, Driver]) -> tuple[str, ...]:
        """Return the ids from the first driver to the activity that finishes last."""
        if not self.placements:
            return ()
        places = self.placements
        at: str | None = max(places, key=lambda id_: (places[id_].finish, places[id_].start))
        chain: list[str] = []
        while at is not None and at not in chain:
            chain.append(at)
            driver = drivers.get(at)
            follow = driver is not None and driver.kind in {DriverKind.LINK, DriverKind.RESOURCE}
            at = driver.id if driver is not None and follow and driver.id in drivers else None
        return tuple(reversed(chain))

    # -- reasons -----------------------------------------------------------------------------

    def _reasons(self, id_: str, terms: Terms) -> Iterator[_Reason]:
        project = self.project
        yield _at_start(project.start, Driver(DriverKind.PROJECT_START, text="plan start"))
        if project.status_date is not None:
            yield _at_start(
                project.status_date, Driver(DriverKind.STATUS_DATE, text="status date")
            )
        for constraint in project.constraints_on(id_):
            if constraint.earliest is None:
                continue
            text = f"{constraint.type} {self._local(constraint.earliest)}"
            driver = Driver(DriverKind.CONSTRAINT, text=text)
            if binds_finish(constraint):
                yield _at_finish(constraint.earliest, driver)
            else:
                yield _at_start(constraint.earliest, driver)
        yield from self._ties(id_)
        yield from self._limits(id_)
        yield from self._followers(id_)

    def _ties(self, id_: str) -> Iterator[_Reason]:
        for tie in self.ties.incoming[id_]:
            handover = tie.handover
            if handover is not None:
                if not handover.giver:
                    continue
                giver, resource = handover.giver, handover.resource
                text = f"`{resource}` from `{giver}`"
                driver = Driver(DriverKind.RESOURCE, giver, resource, text)
                bound = tie.bound(handover.until)
            else:
                place = self.placements[tie.source]
                bound = tie.bound(place.finish if tie.from_finish else place.start)
                driver = Driver(DriverKind.LINK, tie.source, text=_link_text(tie))
            yield (_at_finish if tie.to_finish else _at_start)(bound, driver)

    def _limits(self, id_: str) -> Iterator[_Reason]:
        for limit in self.ties.limits.get(id_, ()):
            if not limit.after:
                continue
            text = f"`{limit.resource}` from {self._local(limit.instant)}"
            driver = Driver(DriverKind.CONSTRAINT, resource=limit.resource, text=text)
            bound = limit.axis.last_finish(limit.instant)
            yield (_at_finish if limit.carrier[1] else _at_start)(bound, driver)

    def _followers(self, id_: str) -> Iterator[_Reason]:
        """Yield the successors that follow so closely that the activity waits for them."""
        for successor in self.ties.followers.get(id_, ()):
            terms = self.placer.terms(successor, self.placements[successor].mode)
            for join in self.ties.following[successor]:
                if id_ not in join.predecessors or join.max_lag is None:
                    continue
                stretch = self.standing[successor]
                found = stretch.finish if join.to_finish else stretch.begin
                own = self.placer.terms(id_, self.placements[id_].mode).calendar
                try:
                    event = earliest_event(
                        join.calendar or own, terms.calendar.last_finish(found), join.max_lag
                    )
                except CalendarExhaustedError:
                    continue
                end = "finish" if join.to_finish else "start"
                text = f"`{successor}` {end} at most {length_text(join.max_lag)} after"
                driver = Driver(DriverKind.LINK, successor, text=text)
                yield (_at_finish if join.from_finish else _at_start)(event, driver)

    def _waiting(self, reason: _Reason, terms: Terms, begin: Instant) -> Driver:
        """Return the driver of a reason, with the hours waited for after it."""
        driver = reason.driver
        if reason.bound.finish is not None:
            return driver
        if driver.id in self.placements:
            expected = self.placer.terms(driver.id, self.placements[driver.id].mode).calendar
        else:
            expected = self.placer.book.calendar(self.project.calendar)
        waits = waited_for(self.placer.book, terms, reason.bound.start, begin, expected)
        if not waits:
            return driver
        return replace(driver, waits=waits, text=f"{driver.text}, then waits for {waits}")

    def _window(self, id_: str, terms: Terms, bound: StartBound) -> Driver | None:
        """Return the window that keeps an activity from standing where all else lets it."""
        activity = terms.activity
        if not activity.forbidden and not activity.within:
            return None
        free = self.placer.fit(id_, terms.mode, bound, windows=False)
        kept = self.placer.fit(id_, terms.mode, bound, self.shared)
        if free is None or kept is None or kept.start < self.standing[id_].begin:
            return None
        for window in activity.forbidden:
            if self.placer.occurrences(window).in_the_way(free.start, free.finish):
                return Driver(DriverKind.WINDOW, window, text=f"window `{window}`")
        for within in activity.within:
            found = self.placer.occurrences(within.window)
            index = self.shared.get((within.together or "", within.window))
            lies = (
                found.holding(free.start, free.finish) is not None
                if index is None
                else free.start >= found[index][0]
            )
            if not lies:
                return Driver(DriverKind.WINDOW, within.window, text=f"window `{within.window}`")
        return Driver(
            DriverKind.WINDOW,
            (*activity.forbidden, *(within.window for within in activity.within))[0],
            text="windows",
        )

    @staticmethod
    def _choice(activity: Activity) -> Driver:
        late = any(one.type is ConstraintType.ALAP for one in activity.constraints)
        return Driver(
            DriverKind.CHOICE, text="as late as possible" if late else "the solver's choice"
        )

    def _local(self, instant: Instant) -> str:
        return f"{to_datetime(instant).astimezone(self.zone):%Y-%m-%d %H:%M}"


def hammock_driver(activity: Activity) -> Driver:
    """Return what a hammock's dates follow from."""
    if activity.spans is None:
        return Driver(DriverKind.SPAN)
    first, last = activity.spans
    return Driver(DriverKind.SPAN, first.id, text=f"{describe(first)} to {describe(last)}")


def _at_start(instant: int, driver: Driver) -> _Reason:
    return _Reason(StartBound(Instant(instant)), driver)


def _at_finish(instant: int, driver: Driver) -> _Reason:
    return _Reason(StartBound(Instant(0), Instant(instant)), driver)


def _link_text(tie: Tie) -> str:
    text = f"`{tie.source}` {'finish' if tie.from_finish else 'start'}"
    if tie.join is None or not tie.lag:
        return text
    link = tie.join.link
    length = link.lag_text.strip().lstrip("+-").strip() or length_text(
        abs(tie.lag), link.lag_calendar == ALWAYS
    )
    return f"{text} {'+' if tie.lag > 0 else '-'} {length}"
