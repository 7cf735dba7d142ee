"""Floats, drivers and roll-ups of a solved schedule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from imsgen.calendars import CalendarBook
from imsgen.model import Driver, Instant, Placement, ScheduledActivity
from imsgen.network.bounds import latest_same_work
from imsgen.network.drivers import Drivers, hammock_driver
from imsgen.network.early import early_pass
from imsgen.network.graph import Graph
from imsgen.network.handover import ResourceOrder
from imsgen.network.late import Ceiling, LateFit, LatePass
from imsgen.network.place import Placer, Together
from imsgen.network.rollup import Rollup
from imsgen.network.standing import Stretch, shared_occurrences, standing
from imsgen.network.ties import Ties, ties_of


@dataclass(frozen=True, slots=True)
class Analysis:
    """What follows from where everything stands."""

    activities: Mapping[str, ScheduledActivity]
    """Every activity on the plan of record in outline order, hammocks too."""
    groups: Mapping[str, tuple[Instant, Instant]]
    """Start and finish of every group with something scheduled inside, in outline order."""
    driving_chain: tuple[str, ...]
    """Ids from the first driver to the activity that finishes last."""
    finish: Instant
    """The latest finish; the plan's start when nothing is scheduled."""


def analyse(graph: Graph, book: CalendarBook, placements: Mapping[str, Placement]) -> Analysis:
    """Return floats, drivers, groups and hammocks of a schedule that obeys the plan.

    Parameters
    ----------
    placements
        Where every activity of the graph stands; hammocks are derived.

    Notes
    -----
    Free float is what lies between an activity and everything else as it stands, total float
    what lies between it and everything else as late as it may be; so free is at most total.
    """
    return _Analyst(Placer(graph, book), placements).analysis()


def late_dates(
    graph: Graph,
    book: CalendarBook,
    placements: Mapping[str, Placement],
    finish: int | None = None,
    resources: bool = True,
) -> dict[str, Placement]:
    """Return how late everything may stand without the plan finishing after ``finish``.

    Parameters
    ----------
    placements
        Where every activity stands: its modes, its resource order and what has happened.
    finish
        Instant; the latest finish in ``placements`` unless given.
    resources
        Whether the resource order counts, or links alone.
    """
    placer = Placer(graph, book)
    placed = {id_: placements[id_] for id_ in graph.order}
    order = ResourceOrder(placer, placed) if resources else None
    ties = (
        ties_of(placer, placed, order.handovers, order.limits)
        if order
        else ties_of(placer, placed)
    )
    by = Rollup(graph.project, placed).finish if finish is None else Instant(finish)
    fit = LateFit(placer, shared_occurrences(placer, placed))
    late = LatePass(fit, placed, ties, _until(placer, placed, ties, by)).run()
    return {id_: _late_placement(placer, placed[id_], id_, late.get(id_)) for id_ in graph.order}


def _until(
    placer: Placer, placements: Mapping[str, Placement], ties: Ties, finish: Instant
) -> Callable[[str], Ceiling]:
    """Return the ceilings of a plan that finishes by ``finish``, hard upper bounds included."""

    def own(id_: str) -> Ceiling:
        terms = placer.terms(id_, placements[id_].mode)
        ceiling = Ceiling(terms.latest_start, finish).and_finish(terms.latest_finish)
        for limit in ties.limits.get(id_, ()):
            if limit.after:
                continue
            most = latest_same_work(limit.axis, limit.instant)
            ceiling = ceiling.and_finish(most) if limit.carrier[1] else ceiling.and_start(most)
        return ceiling

    return own


def _late_placement(placer: Placer, place: Placement, id_: str, late: Stretch | None) -> Placement:
    if late is None:
        return place
    started = placer.terms(id_, place.mode).started
    return Placement(place.start if started else late.begin, late.finish, place.mode)


class _Analyst:
    def __init__(self, placer: Placer, placements: Mapping[str, Placement]) -> None:
        self.placer = placer
        self.project = placer.project
        self.order: Sequence[str] = placer.graph.order
        self.placed = {id_: placements[id_] for id_ in self.order}
        self.standing = standing(placer, self.placed)
        self.shared = shared_occurrences(placer, self.placed)
        self.rollup = Rollup(self.project, self.placed)
        resources = ResourceOrder(placer, self.placed)
        self.ties = ties_of(placer, self.placed, resources.handovers, resources.limits)

    def analysis(self) -> Analysis:
        early = early_pass(self.placer, {id_: self.placed[id_].mode for id_ in self.order})
        total = self._total()
        late = total.run()
        free = self._free(total)
        logic = self._logic(early)
        deadline = self._pass(self.placed, self.ties, self.shared, self._deadlines()).run()
        drivers = Drivers(self.placer, self.placed, self.standing, self.ties, self.shared)
        found: dict[str, ScheduledActivity] = {}
        driven = {id_: drivers.driver(id_) for id_ in self.order}
        for id_ in self.order:
            found[id_] = self._scheduled(
                id_,
                early=early,
                late=late,
                free=free,
                logic=logic,
                deadline=deadline,
                driver=driven[id_],
            )
        for id_, place in self.rollup.hammocks().items():
            driver = hammock_driver(self.project.activities[id_])
            driven[id_] = driver
            found[id_] = ScheduledActivity(id_, place.start, place.finish, driver=driver)
        return Analysis(
            activities={id_: found[id_] for id_ in self.project.outline if id_ in found},
            groups=self.rollup.groups(),
            driving_chain=drivers.chain(driven),
            finish=self.rollup.finish,
        )

    # -- passes ------------------------------------------------------------------------------

    def _pass(
        self,
        placements: Mapping[str, Placement],
        ties: Ties,
        shared: Mapping[Together, int],
        own: Callable[[str], Ceiling],
    ) -> LatePass:
        return LatePass(LateFit(self.placer, shared), placements, ties, own)

    def _total(self) -> LatePass:
        own = _until(self.placer, self.placed, self.ties, self.rollup.finish)
        return self._pass(self.placed, self.ties, self.shared, own)

    def _free(self, total: LatePass) -> dict[str, Stretch]:
        """Return how late each may be while all the others stay where they are."""
        return {
            id_: total.fit.latest(total.terms[id_], total.ceiling(id_, self.standing))
            for id_ in self.order
            if self.placer.settled(id_) is None
        }

    def _logic(self, early: Mapping[str, Placement]) -> dict[str, int]:
        """Return the float of the early dates by links alone."""
        ties = ties_of(self.placer, early)
        finish = max((place.finish for place in early.values()), default=self.project.start)
        own = _until(self.placer, early, ties, finish)
        shared = shared_occurrences(self.placer, early)
        late = self._pass(early, ties, shared, own).run()
        return {
            id_: self._between(id_, early[id_].finish, stretch.finish)
            for id_, stretch in late.items()
        }

    def _deadlines(self) -> Callable[[str], Ceiling]:
        project = self.project

        def own(id_: str) -> Ceiling:
            ceiling = Ceiling(finish=project.deadline)
            ceiling = ceiling.and_finish(project.activities[id_].deadline)
            for group in project.ancestors(id_):
                ceiling = ceiling.and_finish(group.deadline)
            return ceiling

        return own

    # -- results -----------------------------------------------------------------------------

    def _between(self, id_: str, first: Instant, last: Instant) -> int:
        calendar = self.placer.terms(id_, self.placed[id_].mode).calendar
        return calendar.work_between(first, last)

    def _scheduled(
        self,
        id_: str,
        *,
        early: Mapping[str, Placement],
        late: Mapping[str, Stretch],
        free: Mapping[str, Stretch],
        logic: Mapping[str, int],
        deadline: Mapping[str, Stretch],
        driver: Driver,
    ) -> ScheduledActivity:
        place = self.placed[id_]
        latest = _late_placement(self.placer, place, id_, late.get(id_))

        def float_to(stretches: Mapping[str, Stretch]) -> int | None:
            stretch = stretches.get(id_)
            return None if stretch is None else self._between(id_, place.finish, stretch.finish)

        total_float = float_to(late)
        return ScheduledActivity(
            id=id_,
            start=place.start,
            finish=place.finish,
            mode=place.mode,
            early_start=early[id_].start,
            early_finish=early[id_].finish,
            late_start=latest.start,
            late_finish=latest.finish,
            total_float=total_float,
            free_float=float_to(free),
            logic_float=logic.get(id_),
            deadline_float=float_to(deadline),
            critical=total_float is not None and total_float <= 0,
            driver=driver,
            occurrence=self._occurrences(id_),
        )

    def _occurrences(self, id_: str) -> dict[str, int]:
        found: dict[str, int] = {}
        place = self.placed[id_]
        for within in self.project.activities[id_].within:
            index = self.shared.get((within.together or "", within.window))
            if index is None:
                begun = self.placer.terms(id_, place.mode).started
                index = self.placer.occurrences(within.window).holding(
                    place.finish if begun else place.start, place.finish
                )
            if index is not None:
                found[within.window] = index
        return found
