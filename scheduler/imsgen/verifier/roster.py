"""Rosters on the wall clock: everyone by the rules, every role covered, in every minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

from imsgen.model import (
    DAY,
    FULL,
    Instant,
    Kind,
    Person,
    Roster,
    RosterRules,
    RosterStatus,
    Schedule,
    Shift,
    to_datetime,
)
from imsgen.verifier.scene import Scene
from imsgen.verifier.violation import Rule, Violation, local

_MEAL = 60
"""Minutes: so long a pause of a person's calendar may lie inside a shift."""
_FILLED = (RosterStatus.OPTIMAL, RosterStatus.FEASIBLE)


def check_roster(scene: Scene, schedule: Schedule) -> Iterator[Violation]:
    """Check a roster against the rules of its plan and the dates of the schedule."""
    roster, rules = schedule.roster, scene.project.roster
    if roster is None:
        return
    if rules is None or roster.window != rules.window:
        yield Violation(Rule.ROSTER, (roster.window,), "the plan asks for no such roster")
        return
    if roster.status not in _FILLED:
        if roster.shifts or roster.standbys:
            yield Violation(Rule.ROSTER, (roster.window,), "a roster not filled has shifts")
        return
    occurrences = scene.project.windows[rules.window].occurrences
    begins, ends = {one[0] for one in occurrences}, {one[1] for one in occurrences}
    if not all(first in begins and last in ends for first, last in roster.spans):
        yield Violation(Rule.ROSTER, (roster.window,), "it covers no occurrence of the window")
        return
    sheet = _Sheet(scene, schedule, roster, rules)
    for ids, text in (*sheet.people(), *sheet.roles(), *sheet.figures()):
        yield Violation(Rule.ROSTER, ids, text)


Problem = tuple[tuple[str, ...], str]


class _Sheet:
    """One roster under examination."""

    def __init__(
        self, scene: Scene, schedule: Schedule, roster: Roster, rules: RosterRules
    ) -> None:
        self._scene = scene
        self._schedule = schedule
        self._roster = roster
        self._rules = rules
        self._people = scene.project.people

    # -- people ------------------------------------------------------------------------------

    def people(self) -> Iterator[Problem]:
        """Yield what is wrong with the shifts of each person."""
        known: dict[str, list[Shift]] = {}
        for one in (*self._roster.shifts, *self._roster.standbys):
            person = self._people.get(one.person)
            if person is None or one.role not in person.roles:
                yield (one.person, one.role), f"`{one.person}` does not play `{one.role}`"
                return
            if not any(a <= one.start < one.finish <= b for a, b in self._roster.spans):
                yield (one.person,), f"the shift of `{one.person}` lies outside the window"
            if any(a < one.finish and one.start < b for a, b in person.leave):
                yield (one.person,), f"`{one.person}` is on leave"
        for one in self._roster.shifts:
            known.setdefault(one.person, []).append(one)
            yield from self._shift(one)
        for id_, shifts in known.items():
            for before, after in pairwise(sorted(shifts, key=lambda one: one.start)):
                rest = after.start - before.finish
                same = before.role == after.role or rest < 0
                if rest < self._rules.least_rest or (same and rest <= 0):
                    yield (id_,), f"`{id_}` rests {rest} minutes before {self._at(after.start)}"
        for one in self._roster.standbys:
            if (
                self._there(self._people[one.person], one.start, one.finish)
                < one.finish - one.start
            ):
                yield (one.person,), f"`{one.person}` stands by outside the own hours"
            for other in known.get(one.person, ()):
                if other.start < one.finish and one.start < other.finish:
                    yield (one.person,), f"`{one.person}` is on shift and backup at once"

    def _shift(self, one: Shift) -> Iterator[Problem]:
        length, rules = one.finish - one.start, self._rules
        if not max(rules.shortest_shift, rules.handover) <= length <= rules.longest_shift:
            yield (one.person,), f"a shift of `{one.person}` lasts {length} minutes"
        edges = [edge for span in self._roster.spans for edge in span]
        for instant in (one.start, one.finish):
            if instant not in edges and self._off_grid(instant):
                yield (one.person,), f"a shift changes at {self._at(instant)}, between two steps"
        person = self._people[one.person]
        for begin, end in self._absent(person, one.start, one.finish):
            if end - begin > _MEAL or begin == one.start or end == one.finish:
                yield (one.person,), f"`{one.person}` is not there at {self._at(begin)}"

    def _off_grid(self, instant: int) -> bool:
        """Whether an instant is no multiple of the step since 00:00 where the roster begins."""
        first = to_datetime(self._roster.spans[0][0])
        offset = first.astimezone(ZoneInfo(self._scene.project.timezone)).utcoffset()
        shift = 0 if offset is None else int(offset.total_seconds()) // 60
        return (instant + shift) % DAY % self._rules.step != 0

    def _absent(self, person: Person, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the pauses of a person's calendar in a stretch of time."""
        if person.calendar is None:
            return
        at = first
        hours = self._scene.times.named(person.calendar).intervals(first, last)
        for begin, end in (*hours, (last, last)):
            if at < begin:
                yield at, begin
            at = max(at, end)

    def _there(self, person: Person, first: int, last: int) -> int:
        away = sum(end - begin for begin, end in self._absent(person, first, last))
        return last - first - away

    # -- roles -------------------------------------------------------------------------------

    def roles(self) -> Iterator[Problem]:
        """Yield where a role is not covered, not handed over or has no backup."""
        wanted = self._wanted()
        for role in self._rules.roles or tuple(wanted):
            pieces = wanted.get(role, [])
            shifts = [one for one in self._roster.shifts if one.role == role]
            covering = [piece for one in shifts for piece in self._covering(one)]
            for begin, end, people in pieces:
                if any(_at(covering, t) < people for t in _changes(covering, begin, end)):
                    yield (role,), f"`{role}` is not covered from {self._at(begin)}"
            standing = [
                (one.start, one.finish) for one in self._roster.standbys if one.role == role
            ]
            for begin, end, _ in pieces:
                if any(
                    _at(standing, t) < self._rules.backups for t in _changes(standing, begin, end)
                ):
                    yield (role,), f"`{role}` has no backup from {self._at(begin)}"
            yield from self._handed_over(role, pieces, shifts)

    def _covering(self, one: Shift) -> Iterator[tuple[int, int]]:
        person = self._people[one.person]
        if person.calendar is None:
            yield one.start, one.finish
        else:
            yield from self._scene.times.named(person.calendar).intervals(one.start, one.finish)

    def _handed_over(
        self, role: str, pieces: Sequence[tuple[int, int, int]], shifts: Sequence[Shift]
    ) -> Iterator[Problem]:
        """Check every stretch as long as a hand-over in which the role is wanted throughout."""
        length = self._rules.handover
        edges: set[int] = {edge for one in shifts for edge in (one.start, one.finish)}
        edges |= {edge for begin, end, _ in pieces for edge in (begin, end)}
        for t in sorted(edges | {edge + length for edge in edges}):
            since = t - length
            if not length or not any(a <= since and t < b for a, b in self._roster.spans):
                continue
            people = min(
                _at([(b, e) for b, e, n in pieces for _ in range(n)], moment)
                for moment in (since, *(edge for edge in edges if since < edge <= t))
            )
            through = sum(one.start <= since and t < one.finish for one in shifts)
            if through < people:
                yield (role,), f"`{role}` is not handed over at {self._at(t)}"
                return

    def _wanted(self) -> dict[str, list[tuple[int, int, int]]]:
        """Return by role the stretches in which so many people are wanted, in all of the window."""
        project = self._scene.project
        held: dict[str, list[tuple[int, int, int, bool]]] = {}
        for id_, dates in self._schedule.activities.items():
            activity = project.activities[id_]
            working = self._scene.times.of(activity, dates.mode)
            for need in activity.modes[dates.mode].needs:
                if project.resources[need.resource].holds:
                    continue
                on_duty = activity.kind is Kind.HAMMOCK
                for first, last in project.windows[self._rules.window].occurrences:
                    span = max(first, dates.start), min(last, dates.finish)
                    held.setdefault(need.resource, []).extend(
                        (a, b, need.units, on_duty) for a, b in working.intervals(*span)
                    )
        return {role: list(_people(found)) for role, found in held.items() if found}

    # -- figures -----------------------------------------------------------------------------

    def figures(self) -> Iterator[Problem]:
        """Yield levels of the objective that are not what the shifts come to."""
        shifts = self._roster.shifts
        minutes: dict[str, int] = {}
        unwanted = 0
        for one in shifts:
            minutes[one.person] = minutes.get(one.person, 0) + one.finish - one.start
            liked = self._people[one.person].prefers
            if liked is not None:
                worked = self._scene.times.named(liked).work_between(one.start, one.finish)
                unwanted += one.finish - one.start - worked
        counted = {
            "shifts": len(shifts),
            "minutes": sum(minutes.values()),
            "longest": max(minutes.values(), default=0),
            "unwanted": unwanted,
        }
        for level in self._roster.objective:
            if counted.get(level.name) != level.value:
                yield (self._roster.window,), f"`{level.name}` is {counted.get(level.name)}"
            if level.bound > level.value:
                yield (self._roster.window,), f"the bound of `{level.name}` is above its value"
        proved = all(level.proved for level in self._roster.objective)
        if proved != (self._roster.status is RosterStatus.OPTIMAL):
            yield (self._roster.window,), "its status is not what its bounds say"

    def _at(self, instant: int) -> str:
        return local(Instant(instant), self._scene.project.timezone)


def _people(held: Iterable[tuple[int, int, int, bool]]) -> Iterator[tuple[int, int, int]]:
    """Yield stretches with the people wanted: work or duty, whichever asks for more."""
    known = list(held)
    edges = sorted({edge for begin, end, _, _ in known for edge in (begin, end)})
    for here, there in pairwise(edges):
        most = max(
            sum(units for a, b, units, duty in known if duty is kind and a <= here < b)
            for kind in (False, True)
        )
        if most:
            yield here, there, -(-most // FULL)


def _at(spans: Sequence[tuple[int, int]], moment: int) -> int:
    return sum(begin <= moment < end for begin, end in spans)


def _changes(spans: Sequence[tuple[int, int]], begin: int, end: int) -> list[int]:
    """Return the moments in ``[begin, end)`` at which somebody comes or goes, and the first."""
    return [begin, *(edge for span in spans for edge in span if begin < edge < end)]
