"""The rules once more, hour by hour, and every schedule there is: the slowest solver of all.

For plans on a grid of whole hours in UTC, without progress. It shares nothing with the program
but the model: working time is a list of hours, arithmetic is counting along it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from imsgen.model import (
    ALWAYS,
    Activity,
    Constraint,
    ConstraintType,
    Dependency,
    End,
    Event,
    Kind,
    LinkType,
    Placement,
    Project,
    to_datetime,
)

BACK = 72
"""Hours before the plan's start that leads may reach into."""
AHEAD = 96
"""Hours after the plan's start that are looked at."""
_ON_START = (ConstraintType.SNET, ConstraintType.SNLT, ConstraintType.MSO)


@dataclass(frozen=True, eq=False)
class Hours:
    """Working hours between ``-BACK`` and ``AHEAD`` of the plan's start."""

    worked: tuple[bool, ...]

    def at(self, hour: int) -> bool:
        return self.worked[hour + BACK]

    @cache  # noqa: B019 - one instance a calendar, short-lived
    def before(self, hour: int) -> int:
        return sum(self.worked[: hour + BACK])

    @cache  # noqa: B019
    def shift(self, hour: int, lag: int) -> int:
        """Walk ``lag`` working hours on, or back."""
        while lag > 0:
            lag -= self.at(hour)
            hour += 1
        while lag < 0:
            hour -= 1
            lag += self.at(hour)
        return hour

    def touches(self, hour: int) -> bool:
        return self.at(hour) or self.at(hour - 1)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an activity may stand, in hours after the plan's start."""

    id: str
    mode: int
    start: int
    finish: int
    hours: Hours


@dataclass
class BruteForce:
    """All schedules of a plan, by trying."""

    project: Project
    best: tuple[int, int] | None = None
    """Tardiness and finish (hours) of the best schedule so far."""
    schedule: dict[str, Spot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        plan = self.project
        self.ids = [
            id_
            for id_ in plan.activities
            if plan.activities[id_].scheduled and plan.activities[id_].kind is not Kind.HAMMOCK
        ]
        self._named: dict[str, Hours] = {}

    # -- time --------------------------------------------------------------------------------

    def hour(self, instant: int) -> int:
        hours, rest = divmod(instant - self.project.start, 60)
        assert rest == 0
        return hours

    def named(self, id_: str) -> Hours:
        if id_ not in self._named:
            self._named[id_] = Hours(
                tuple(id_ == ALWAYS or self._worked(id_, hour) for hour in range(-BACK, AHEAD))
            )
        return self._named[id_]

    def _worked(self, id_: str, hour: int) -> bool:
        week = self.project.calendars[id_].week
        moment = to_datetime(self.project.start + hour * 60)  # type: ignore[arg-type]
        minute, weekday = moment.hour * 60 + moment.minute, moment.weekday()
        return any(first <= minute < last for first, last in week[weekday]) or any(
            first <= minute + 1440 < last for first, last in week[weekday - 1]
        )

    def hours(self, activity: Activity, mode: int) -> Hours:
        chosen = activity.modes[mode]
        if chosen.elapsed:
            return self.named(ALWAYS)
        worked = list(self.named(chosen.calendar).worked)
        for need in chosen.needs:
            resource = self.project.resources[need.resource]
            for i in range(len(worked)):
                hour = i - BACK
                if resource.calendar is not None and not activity.ignore_resource_calendars:
                    worked[i] = worked[i] and self.named(resource.calendar).at(hour)
                for first, last in resource.leave:
                    worked[i] = worked[i] and not self.hour(first) <= hour < self.hour(last)
        return Hours(tuple(worked))

    # -- single activities -------------------------------------------------------------------

    def places(self, id_: str, until: int) -> Iterator[Spot]:
        """Yield every stretch of an activity's work, or touching instant, up to hour ``until``."""
        activity = self.project.activities[id_]
        for i, mode in enumerate(activity.modes):
            hours = self.hours(activity, i)
            duration = mode.duration // 60
            for start in range(until):
                if not (hours.at(start) if duration else hours.touches(start)):
                    continue
                if hours.before(until) - hours.before(start) >= duration:
                    yield Spot(id_, i, start, hours.shift(start, duration), hours)

    def fits(self, spot: Spot) -> bool:
        """Whether an activity's own dates and windows allow a place."""
        activity = self.project.activities[spot.id]
        duration = activity.modes[spot.mode].duration // 60
        if activity.unbroken and spot.finish - spot.start != duration:
            return False
        return self._dates(activity, spot) and self._windows(activity, spot)

    def _dates(self, activity: Activity, spot: Spot) -> bool:
        return all(
            self._date(constraint, spot, point=activity.modes[spot.mode].duration == 0)
            for constraint in self.project.constraints_on(activity.id)
        )

    def _date(self, constraint: Constraint, spot: Spot, point: bool) -> bool:
        on_start = constraint.type in _ON_START
        found = spot.start if on_start else spot.finish
        if constraint.earliest is not None:
            wanted = self.hour(constraint.earliest)
            lenient = not on_start and not point
            if found < wanted and not (lenient and not self._work(spot, found, wanted)):
                return False
        if constraint.latest is not None:
            wanted = self.hour(constraint.latest)
            if found > wanted and (on_start or self._work(spot, wanted, found)):
                return False
        return True

    @staticmethod
    def _work(spot: Spot, first: int, last: int) -> bool:
        """Whether any hour between two instants is worked."""
        return any(spot.hours.at(hour) for hour in range(first, last))

    def _occurrences(self, window: str) -> list[tuple[int, int]]:
        spans = self.project.windows[window].occurrences
        return [(self.hour(first), self.hour(last)) for first, last in spans]

    def _windows(self, activity: Activity, spot: Spot) -> bool:
        return all(
            any(
                first <= spot.start and spot.finish <= last
                for first, last in self._occurrences(within.window)
            )
            for within in activity.within
        ) and all(
            spot.finish <= first or spot.start >= last
            for window in activity.forbidden
            for first, last in self._occurrences(window)
        )

    # -- several activities ------------------------------------------------------------------

    def inside(self, id_: str) -> list[str]:
        return [one for one in self.ids if one == id_ or one.startswith(id_ + ".")]

    def linked(self, spots: Mapping[str, Spot]) -> bool:
        """Whether every link holds whose ends all stand."""
        for link in self.project.dependencies:
            sources = self.inside(link.predecessor)
            targets = self.inside(link.successor)
            if sources and all(one in spots for one in sources):
                for one in targets:
                    if one in spots and not self._link(
                        link, [spots[other] for other in sources], spots[one]
                    ):
                        return False
        return True

    def _link(self, link: Dependency, sources: list[Spot], target: Spot) -> bool:
        to_start = link.type in (LinkType.FS, LinkType.SS)
        found = target.start if to_start else target.finish
        bound = self._after(link, sources, target, link.lag // 60)
        if found < bound:
            point = target.start == target.finish
            if to_start or point or self._work(target, found, bound):
                return False
        if link.max_lag is None:
            return True
        bound = self._after(link, sources, target, link.max_lag // 60)
        return found <= bound or not self._work(target, bound, found)

    def _after(self, link: Dependency, sources: list[Spot], target: Spot, lag: int) -> int:
        from_start = link.type in (LinkType.SS, LinkType.SF)
        if from_start:
            event = min(sources, key=lambda spot: spot.start)
        else:
            event = max(sources, key=lambda spot: spot.finish)
        if link.lag_calendar == "predecessor":
            hours = event.hours
        elif link.lag_calendar == "successor":
            hours = target.hours
        else:
            hours = self.named(link.lag_calendar)
        return hours.shift(event.start if from_start else event.finish, lag)

    def supplied(self, spots: Mapping[str, Spot]) -> bool:
        """Whether at every hour what is held is there; hammocks count when all stand."""
        held: dict[tuple[str, int], int] = {}
        for id_, spot in spots.items():
            for need in self.project.activities[id_].modes[spot.mode].needs:
                holds = self.project.resources[need.resource].holds
                for hour in range(spot.start, spot.finish):
                    if holds or spot.hours.at(hour):
                        key = need.resource, hour
                        held[key] = held.get(key, 0) + need.units
        if len(spots) == len(self.ids):
            self._hold_hammocks(spots, held)
        return all(units <= self._there(id_, hour) for (id_, hour), units in held.items())

    def _hold_hammocks(self, spots: Mapping[str, Spot], held: dict[tuple[str, int], int]) -> None:
        for activity in self.project.activities.values():
            if activity.kind is not Kind.HAMMOCK or activity.spans is None:
                continue
            first, last = (self._event(event, spots) for event in activity.spans)
            for need in activity.modes[0].needs:
                if self.project.resources[need.resource].holds:
                    for hour in range(first, last):
                        key = need.resource, hour
                        held[key] = held.get(key, 0) + need.units

    def _event(self, event: Event, spots: Mapping[str, Spot]) -> int:
        ids = self.ids if event.id == "project" else self.inside(event.id)
        if event.end is End.START:
            return min(spots[one].start for one in ids)
        return max(spots[one].finish for one in ids)

    def _there(self, resource: str, hour: int) -> int:
        there = 0
        for since, units in self.project.resources[resource].capacity:
            if since is None or self.hour(since) <= hour:
                there = units
        return there

    def together(self, spots: Mapping[str, Spot]) -> bool:
        """Whether groups that go together share one occurrence."""
        shared: dict[tuple[str, str], list[Spot]] = {}
        for id_, spot in spots.items():
            for within in self.project.activities[id_].within:
                if within.together is not None:
                    shared.setdefault((within.window, within.together), []).append(spot)
        return all(
            any(
                all(first <= spot.start and spot.finish <= last for spot in members)
                for first, last in self._occurrences(window)
            )
            for (window, _), members in shared.items()
        )

    def allowed(self, spots: Mapping[str, Spot]) -> bool:
        """Whether what stands so far breaks no rule."""
        return self.linked(spots) and self.supplied(spots) and self.together(spots)

    # -- all there is ------------------------------------------------------------------------

    def late(self, spots: Mapping[str, Spot]) -> int:
        """Return the weighted minutes of tardiness of what stands, groups and plan included."""
        late = 0
        for id_, spot in spots.items():
            activity = self.project.activities[id_]
            if activity.deadline is not None:
                due = self.hour(activity.deadline)
                hours = sum(spot.hours.at(hour) for hour in range(due, spot.finish))
                late += activity.priority * 60 * hours
        for group in self.project.groups.values():
            inside = [spots[one].finish for one in self.inside(group.id) if one in spots]
            if group.deadline is not None and inside:
                late += group.priority * 60 * max(0, max(inside) - self.hour(group.deadline))
        if self.project.deadline is not None and spots:
            finish = max(spot.finish for spot in spots.values())
            late += 500 * 60 * max(0, finish - self.hour(self.project.deadline))
        return late

    def search(self, until: int) -> tuple[int, int] | None:
        """Return tardiness and finish of the best schedule; None when there is none."""
        choices = [
            [spot for spot in self.places(id_, until) if self.fits(spot)] for id_ in self.ids
        ]
        if all(choices):
            self._descend(choices, {})
        return self.best

    def _descend(self, choices: list[list[Spot]], spots: dict[str, Spot]) -> None:
        depth = len(spots)
        score = (self.late(spots), max((spot.finish for spot in spots.values()), default=0))
        if self.best is not None and score >= self.best:
            return
        if depth == len(choices):
            self.best, self.schedule = score, dict(spots)
            return
        for spot in choices[depth]:
            spots[spot.id] = spot
            if self.allowed(spots):
                self._descend(choices, spots)
            del spots[spot.id]

    def placements(self, spots: Mapping[str, Spot]) -> dict[str, Placement]:
        """Return spots as the program has them."""
        origin = self.project.start
        return {
            id_: Placement(
                origin + spot.start * 60,  # type: ignore[arg-type]
                origin + spot.finish * 60,  # type: ignore[arg-type]
                spot.mode,
            )
            for id_, spot in spots.items()
        }
