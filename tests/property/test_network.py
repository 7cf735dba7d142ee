"""What must be true of the analysis of any schedule."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, reject
from hypothesis import strategies as st
from tests.support.levelled import level
from tests.support.profiles import examples
from tests.support.strategies import EVERYTHING, Feature, projects

from imsgen.calendars import CalendarBook
from imsgen.model import DAY, Instant, Placement, Project, Status
from imsgen.network import Analysis, Placer, StartBound, analyse, build_graph, early_dates
from imsgen.network.handover import ResourceOrder
from imsgen.network.joins import Join
from imsgen.network.standing import shared_occurrences
from imsgen.network.ties import Ties, ties_of
from imsgen.schedule import assemble
from imsgen.verifier import verify, verify_schedule

# A group's finish can be put off by any activity inside: who moves for a maximal lag is open.
PLANS = st.one_of(
    projects(EVERYTHING - {Feature.MAX_LAGS, Feature.PROGRESS}),
    projects(EVERYTHING - {Feature.MAX_LAGS}),
    projects(EVERYTHING - {Feature.GROUPS, Feature.TOGETHER}),
    projects(frozenset({Feature.RESOURCES, Feature.CALENDARS, Feature.STEPS, Feature.HOLDS})),
)


class Solved:
    """A plan with a schedule that keeps every rule, and the analysis of it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.graph = build_graph(project)
        self.book = CalendarBook(project)
        self.placer = Placer(self.graph, self.book)
        placed = level(self.graph, self.book)
        if placed is None or verify(project, placed):
            reject()
        self.placed: dict[str, Placement] = placed
        self.analysis: Analysis = analyse(self.graph, self.book, placed)
        order = ResourceOrder(self.placer, placed)
        self.ties: Ties = ties_of(self.placer, placed, order.handovers, order.limits)
        self.shared = shared_occurrences(self.placer, placed)

    def put_off(self, id_: str, begin: int) -> dict[str, Placement] | None:
        """Return the schedule in which work on ``id_`` begins no earlier than ``begin``.

        Everything else gives way, along links and the resource order, and moves no earlier than
        it stands. None: a hard bound breaks.
        """
        least = {
            one: (self.placer.stretch(one, place) or (place.start, place.finish))[0]
            for one, place in self.placed.items()
        }
        least[id_] = Instant(max(begin, least[id_]))
        places = dict(self.placed)
        changed = True
        rounds = 0
        while changed:
            changed = False
            rounds += 1
            if rounds > 300:
                return None
            for one in self.graph.order:
                place = self._fit(one, least[one], places)
                if place is None:
                    return None
                if place != places[one]:
                    places[one] = place
                    changed = True
            if self._put_off(least, places):
                changed = True
        return places

    def _fit(self, id_: str, least: int, places: dict[str, Placement]) -> Placement | None:
        mode = self.placed[id_].mode
        terms = self.placer.terms(id_, mode)
        bound = StartBound(Instant(least), None, terms.latest_start, terms.latest_finish)
        for tie in self.ties.incoming[id_]:
            place = places[tie.source]
            reached = tie.bound(place.finish if tie.from_finish else place.start)
            bound = bound.finishing(reached) if tie.to_finish else bound.after(reached)
        found = self.placer.fit(id_, mode, bound, self.shared)
        if found is None:
            return None
        for limit in self.ties.limits.get(id_, ()):
            event = found.finish if limit.carrier[1] else found.start
            if not limit.after and limit.axis.work_at(event) > limit.axis.work_at(limit.instant):
                return None
        return found

    def _put_off(self, least: dict[str, Instant], places: dict[str, Placement]) -> bool:
        """Move predecessors that a maximal lag forbids to stay behind, as far as they must."""
        moved = False
        for id_, joins in self.ties.following.items():
            for join in joins:
                for one in join.predecessors:
                    if self._close(id_, join, places):
                        continue
                    least[one] = self._following(one, id_, join, places)
                    moved = True
        return moved

    def _close(self, id_: str, join: Join, places: Mapping[str, Placement]) -> bool:
        """Whether an activity follows as closely as a link says."""
        assert join.max_lag is not None
        place = places[id_]
        begin, finish = self.placer.stretch(id_, place) or (place.start, place.finish)
        until = self.placer.reach(join, join.max_lag, places)
        calendar = self.placer.terms(id_, place.mode).calendar
        return calendar.work_between(until, finish if join.to_finish else begin) <= 0

    def _following(
        self, one: str, id_: str, join: Join, places: Mapping[str, Placement]
    ) -> Instant:
        """Return when a predecessor must begin at the earliest for ``id_`` to be close to it."""
        own = self.placer.terms(one, places[one].mode)
        if own.settled is not None or (own.started and not join.from_finish):
            return own.calendar.horizon

        def late_enough(begin: int) -> bool:
            moved = self.placer.fit(one, own.mode, StartBound(Instant(begin)), self.shared)
            return moved is None or self._close(id_, join, {**places, one: moved})

        first = places[one].start
        days = range(first, first + 40 * DAY)
        return Instant(days[bisect_left(days, True, key=late_enough)])


@examples(150)
@given(PLANS)
def test_an_analysed_schedule_passes_the_verifier(project: Project) -> None:
    """Dates, floats, groups, hammocks, drivers and occurrences are what the verifier finds."""
    solved = Solved(project)
    schedule = assemble(
        project, solved.analysis, status=Status.FEASIBLE, bound=solved.analysis.finish
    )
    assert verify_schedule(schedule) == []


@examples(150)
@given(PLANS)
def test_floats_are_in_order(project: Project) -> None:
    """Free float is never more than total float; in a schedule within the rules none is negative."""
    solved = Solved(project)
    for id_, one in solved.analysis.activities.items():
        if one.total_float is None:
            assert solved.placer.project.activities[id_].kind == "hammock" or (
                solved.placer.settled(id_) is not None
            )
            continue
        assert one.free_float is not None
        assert 0 <= one.free_float <= one.total_float
        assert one.logic_float is not None
        assert one.logic_float >= 0


@examples(100)
@given(PLANS)
def test_total_float_is_exactly_what_the_plan_can_bear(project: Project) -> None:
    """Late by its total float, an activity keeps the plan's finish; a minute more breaks it."""
    solved = Solved(project)
    before = solved.analysis.finish
    for id_, one in solved.analysis.activities.items():
        if one.total_float is None or one.late_finish is None or one.late_start is None:
            continue
        terms = solved.placer.terms(id_, one.mode)
        late = Placement(one.late_start, one.late_finish, one.mode)
        begin, _ = solved.placer.stretch(id_, late) or (late.start, late.finish)
        late_plan = solved.put_off(id_, begin)
        assert late_plan is not None, f"{id_} cannot be so late"
        assert max(place.finish for place in late_plan.values()) == before
        assert verify(project, late_plan) == []
        if terms.point:
            more = begin + 1
        else:
            more = terms.calendar.start_of(terms.calendar.work_at(begin) + 1)
        too_late = solved.put_off(id_, more)
        assert too_late is None or (max(place.finish for place in too_late.values()) > before), (
            f"{id_} can be later"
        )


@examples(100)
@given(PLANS)
def test_free_float_moves_nothing_else(project: Project) -> None:
    """Late by its free float, an activity leaves every other where the rules allow it to be."""
    solved = Solved(project)
    for id_, one in solved.analysis.activities.items():
        terms = solved.placer.terms(id_, one.mode)
        if one.free_float is None or terms.point or not one.free_float:
            continue
        stretch = solved.placer.stretch(id_, solved.placed[id_])
        assert stretch is not None
        begin = terms.calendar.start_of(terms.calendar.work_at(stretch[0]) + one.free_float)
        moved = solved.placer.fit(id_, one.mode, StartBound(begin), solved.shared)
        assert moved is not None
        assert verify(project, {**solved.placed, id_: moved}) == []


@examples(100)
@given(projects(EVERYTHING - {Feature.PROGRESS}))
def test_early_dates_are_never_after_any_schedule(project: Project) -> None:
    """With all modes open, early dates bound every schedule from below."""
    solved = Solved(project)
    for id_, place in early_dates(solved.graph, solved.book).items():
        assert place.start <= solved.placed[id_].start
        assert place.finish <= solved.placed[id_].finish


@examples(100)
@given(PLANS)
def test_a_chain_of_drivers_is_tight(project: Project) -> None:
    """The chain ends with the plan, and each of its activities is driven by the one before."""
    solved = Solved(project)
    chain = solved.analysis.driving_chain
    if not chain:
        assert not solved.placed
        return
    assert solved.analysis.activities[chain[-1]].finish == solved.analysis.finish
    for before, id_ in pairwise(chain):
        driver = solved.analysis.activities[id_].driver
        assert driver is not None
        assert driver.id == before


@examples(60)
@given(PLANS)
def test_the_analysis_is_the_same_every_time(project: Project) -> None:
    """Nothing depends on the order of sets or on what was asked before."""
    solved = Solved(project)
    again = analyse(
        build_graph(replace(project)), CalendarBook(project), dict(reversed(solved.placed.items()))
    )
    assert again == solved.analysis
