"""What is left of the resources for a window: their capacity less what stands takes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from imsgen.model import Instant, Placement, Resource
from imsgen.solver.dates import begin_of, way_of
from imsgen.solver.hammocks import event_instant
from imsgen.solver.problem import Problem
from imsgen.solver.profile import NEVER, Profile
from imsgen.solver.windows.neighbours import Neighbours
from imsgen.solver.windows.part import Part


class Rest:
    """Takes from resources what stands at some places, within a span of time.

    Parameters
    ----------
    span
        The instants between which the free jobs lie.
    """

    def __init__(
        self,
        problem: Problem,
        neighbours: Neighbours,
        places: Sequence[Placement],
        span: tuple[int, int],
    ) -> None:
        self.problem = problem
        self.neighbours = neighbours
        self.places = places
        self.first, self.last = span

    def resources(self, part: Part) -> Mapping[str, Resource] | None:
        """Return the resources the part may use; None: what stands takes more than is there."""
        project, free = self.problem.project, dict.fromkeys(part.free)
        used = {
            id_: None
            for number in part.free
            for way in self.problem.jobs[number].ways
            for id_, _ in way.needs
        }
        for id_ in part.problem.graph.hammocks:
            used.update(
                dict.fromkeys(one.resource for one in project.activities[id_].modes[0].needs)
            )
        found: dict[str, Resource] = {}
        for id_ in used:
            resource = project.resources[id_]
            profile = self._profile(resource, free)
            for hammock in part.standing:
                self._hammock(profile, id_, hammock.id)
            capacity = self._steps(profile)
            if any(units < 0 for _, units in capacity):
                return None
            found[id_] = replace(resource, capacity=capacity)
        return found

    def _profile(self, resource: Resource, free: Mapping[int, None]) -> Profile:
        id_, whole = resource.id, resource.holds or self.neighbours.alone.get(resource.id, True)
        steps = [
            (-NEVER if since is None else int(since), units) for since, units in resource.capacity
        ]
        if not steps or steps[0][0] > -NEVER:
            steps.insert(0, (-NEVER, 0))
        profile = Profile(steps)
        for number in self.neighbours.users.get(id_, ()):
            place = self.places[number]
            if number in free or place.finish <= self.first:
                continue
            job = self.problem.jobs[number]
            way = way_of(job, place.mode)
            begin = begin_of(job, way, place)
            if begin >= self.last:
                continue
            units = sum(amount for one, amount in way.needs if one == id_)
            if not units:
                continue
            begin, finish = max(begin, self.first), min(place.finish, self.last)
            if whole:
                profile.take(begin, finish, units)
            else:
                for since, until in way.calendar.intervals(begin, finish):
                    profile.take(since, until, units)
        return profile

    def _hammock(self, profile: Profile, resource: str, id_: str) -> None:
        activity = self.problem.project.activities[id_]
        if activity.spans is None or not self.problem.project.resources[resource].holds:
            return
        for need in activity.modes[0].needs:
            if need.resource == resource:
                begin, end = (
                    event_instant(self.problem, one, self.places) for one in activity.spans
                )
                begin = max(begin or 0, self.problem.project.status_date or begin or 0, self.first)
                profile.take(begin, min(end or 0, self.last), need.units)

    def _steps(self, profile: Profile) -> tuple[tuple[Instant | None, int], ...]:
        """Return what is free within the span; the first step reaches back for ever."""
        found: list[tuple[Instant | None, int]] = []
        for position, units in zip(profile.positions, profile.free, strict=True):
            if position <= self.first or not found:
                found = [(None, units)]
            elif position < self.last and found[-1][1] != units:
                found.append((Instant(position), units))
        return tuple(found)
