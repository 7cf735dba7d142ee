"""Objectives after the finish on plans so small that every schedule can be tried.

The values are counted hour by hour, apart from the program: what is in use at each hour, who is
told, which hours lie between two dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from hypothesis import event, given, reject
from hypothesis import strategies as st
from tests.support.brute_force import BruteForce, Spot
from tests.support.hourly_plans import hourly_plans
from tests.support.profiles import examples

from imsgen.errors import Infeasible
from imsgen.model import Kind, Placement, Project
from imsgen.solver import Settings, solve
from imsgen.verifier import verify_schedule

UNTIL = 46
"""Hours: a day more than the plans' latest finish, for milestones the next morning."""
RATES = st.sampled_from([None, "10", "0.5", "99.99"])
PEOPLE = st.sampled_from([None, None, "r0", "ann", "bob"])


class EverySchedule(BruteForce):
    """Finds all schedules that are as good as the best in deadlines and finish."""

    def ties(self, until: int) -> Iterator[dict[str, Spot]]:
        """Yield every schedule with the best tardiness and finish."""
        best = self.search(until)
        if best is None:
            return
        choices = [
            [spot for spot in self.places(id_, best[1] + 1) if self.fits(spot)] for id_ in self.ids
        ]
        yield from self._every(choices, {}, best)

    def _every(
        self, choices: list[list[Spot]], spots: dict[str, Spot], best: tuple[int, int]
    ) -> Iterator[dict[str, Spot]]:
        score = (self.late(spots), max((spot.finish for spot in spots.values()), default=0))
        if score > best or not self.allowed(spots):
            return
        if len(spots) == len(choices):
            yield dict(spots)
            return
        for spot in choices[len(spots)]:
            yield from self._every(choices, {**spots, spot.id: spot}, best)

    def use(self, spots: Mapping[str, Spot]) -> dict[tuple[str, int], int]:
        """Return percent in use by resource and hour."""
        held: dict[tuple[str, int], int] = {}
        for id_, spot in spots.items():
            for need in self.project.activities[id_].modes[spot.mode].needs:
                for hour in range(spot.start, spot.finish):
                    if self.project.resources[need.resource].holds or spot.hours.at(hour):
                        key = need.resource, hour
                        held[key] = held.get(key, 0) + need.units
        self._hold_hammocks(spots, held)
        return held

    def smooth(self, spots: Mapping[str, Spot]) -> tuple[int, ...]:
        """Return the squared use."""
        return (sum(60 * units**2 for units in self.use(spots).values()),)

    def fewest_people(self, spots: Mapping[str, Spot]) -> tuple[int, ...]:
        """Return the sum of the peaks of people."""
        peaks: dict[str, int] = {}
        for (id_, _), units in self.use(spots).items():
            if not self.project.resources[id_].holds:
                peaks[id_] = max(peaks.get(id_, 0), units)
        return (sum(peaks.values()),)

    def least_cost(self, spots: Mapping[str, Spot]) -> tuple[int, ...]:
        """Return the cost in hundredths, rounded half up."""
        total = Fraction(0)
        for (id_, _), units in self.use(spots).items():
            total += Fraction(self.project.resources[id_].rate or 0) * Fraction(units, 100)
        return (int(total * 100 + Fraction(1, 2)),)

    def least_change(
        self, spots: Mapping[str, Spot], published: Mapping[str, Spot]
    ) -> tuple[int, ...]:
        """Return people told and minutes of shift."""
        told: dict[str, None] = {}
        minutes = 0
        for id_, old in published.items():
            new = spots[id_]
            if (old.start, old.finish, old.mode) == (new.start, new.finish, new.mode):
                continue
            activity = self.project.activities[id_]
            people = [activity.owner] if activity.owner else []
            for mode in (old.mode, new.mode):
                people += [
                    need.resource
                    for need in activity.modes[mode].needs
                    if not self.project.resources[need.resource].holds
                ]
            named = {
                mode: any(
                    not self.project.resources[need.resource].holds
                    for need in activity.modes[mode].needs
                )
                for mode in (old.mode, new.mode)
            }
            if activity.owner is None and not all(named.values()):
                people.append(f"somebody of {id_}")
            told.update(dict.fromkeys(people))
            minutes += 60 * max(
                abs(new.hours.before(new.start) - new.hours.before(old.start)),
                abs(new.hours.before(new.finish) - new.hours.before(old.finish)),
            )
        return len(told), minutes


def asking(project: Project, objective: str) -> Project:
    """Return the plan with another objective."""
    return replace(project, options=replace(project.options, objective=objective))


def plain(project: Project) -> Project:
    """Refuse plans whose best dates need not be whole hours."""
    if any(link.max_lag is not None for link in project.dependencies):
        reject()
    return project


@examples(250)
@given(
    st.data(),
    hourly_plans(until=16, max_activities=3),
    st.sampled_from(["smooth", "fewest_people", "least_cost"]),
)
def test_nothing_beats_the_objective(
    data: st.DataObject, project: Project, objective: str
) -> None:
    """Of all schedules as good in deadlines and finish none is better, and that is proved."""
    resources = {
        id_: replace(one, rate=data.draw(RATES)) for id_, one in project.resources.items()
    }
    project = asking(replace(plain(project), resources=resources), objective)
    brute = EverySchedule(project)
    measure = getattr(brute, objective)
    least = min((measure(spots) for spots in brute.ties(UNTIL)), default=None)
    try:
        schedule = solve(project, Settings(effort=5.0))
    except Infeasible:
        assert least is None
        return
    assert verify_schedule(schedule) == []
    level = schedule.objective[2]
    assert least is not None
    assert (level.value,) == least
    assert level.bound <= level.value
    event(f"{objective} {'proved' if level.proved else 'open'}")


@examples(150)
@given(st.data(), hourly_plans(until=16, max_activities=3))
def test_nothing_changes_less(data: st.DataObject, project: Project) -> None:
    """Of all schedules as good in deadlines and finish none tells fewer people, or shifts less."""
    activities = {
        id_: one if one.kind is Kind.HAMMOCK else replace(one, owner=data.draw(PEOPLE))
        for id_, one in project.activities.items()
    }
    project = asking(replace(plain(project), activities=activities), "least_change")
    brute = EverySchedule(project)
    published: dict[str, Spot] = {}
    for id_ in brute.ids:
        places = list(brute.places(id_, 16))
        told: int = data.draw(st.integers(0, 5))
        if places and told:
            published[id_] = data.draw(st.sampled_from(places))
    if not published:
        reject()
    least = min(
        (brute.least_change(spots, published) for spots in brute.ties(UNTIL)), default=None
    )
    dates = {
        id_: Placement(
            project.start + 60 * spot.start,  # type: ignore[arg-type]
            project.start + 60 * spot.finish,  # type: ignore[arg-type]
            spot.mode,
        )
        for id_, spot in published.items()
    }
    try:
        schedule = solve(project, Settings(effort=5.0), published=dates)
    except Infeasible:
        assert least is None
        return
    assert verify_schedule(schedule) == []
    found = tuple(level.value for level in schedule.objective[2:4])
    event("proved" if schedule.objective[3].proved else "open")
    assert found == least
