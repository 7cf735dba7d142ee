"""Resources: one cumulative constraint per axis that their use can be counted on.

Released resources: time is cut into *atoms*, sets of minutes in which the same of the calendars
work. On an atom's own axis every use is one stretch. Held resources: one axis that contains all the
calendars and the minute of every change of capacity; two uses overlap there exactly when they do
in wall-clock time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import gcd

from ortools.sat.python import cp_model

from imsgen.calendars import WorkCalendar, of_intervals, union
from imsgen.model import End, Event, Resource
from imsgen.solver.cpsat.moments import Axes, Value
from imsgen.solver.cpsat.tracks import Choice, Track, Tracks
from imsgen.solver.hammocks import concerned
from imsgen.solver.problem import Problem
from imsgen.solver.profile import NEVER


@dataclass(frozen=True, slots=True)
class Use:
    """A job's use of a resource in one way."""

    track: Track
    choice: Choice
    units: int


@dataclass(frozen=True, slots=True)
class Demand:
    """A stretch on an axis with the units it takes."""

    interval: cp_model.IntervalVar
    units: int
    solid: bool = True
    """Whether it is never empty: an empty stretch may lie inside another."""


class Capacity:
    """Adds what resources allow."""

    def __init__(
        self,
        problem: Problem,
        model: cp_model.CpModel,
        axes: Axes,
        tracks: Tracks,
        span: tuple[int, int],
    ) -> None:
        self.problem = problem
        self.model = model
        self.axes = axes
        self.tracks = tracks
        self.first, self.last = span
        self._atoms: dict[tuple[int, ...], list[tuple[frozenset[int], WorkCalendar]]] = {}
        self._known: dict[tuple[tuple[int, int], ...], WorkCalendar] = {}
        self.assumed: dict[str, cp_model.IntVar] = {}

    def add_all(self) -> None:
        """Add every resource that can bind."""
        for id_, resource in self.problem.project.resources.items():
            uses = self.uses(id_)
            hammocks = self.hammocks(id_) if resource.holds else []
            if resource.holds:
                self._held(resource, uses, hammocks)
            elif uses:
                self._released(resource, uses)

    def _released(self, resource: Resource, uses: list[Use]) -> None:
        """Units in use never exceed the capacity, counted in each job's working time.

        For each atom k: cumulative of ``[C_k(start), C_k(finish))`` with the capacity at k.
        Plan key: ``needs``.
        """
        calendars: dict[int, WorkCalendar] = {}
        for use in uses:
            calendars[id(use.track.calendar)] = use.track.calendar
        for members, axis in self._cut(tuple(calendars.values())):
            inside = [use for use in uses if id(use.track.calendar) in members]
            if self._binds(resource, inside):
                demands = [self._stretch(use, axis, least=0) for use in inside]
                self._cumulative(resource, axis, demands)

    def _held(
        self, resource: Resource, uses: list[Use], hammocks: list[tuple[Event, Event, int]]
    ) -> None:
        """Units stay taken from start to finish: one cumulative on the union axis.

        Plan key: ``holds``.
        """
        if not hammocks and not self._binds(resource, uses):
            return
        axis = self._union(resource, uses, whole=bool(hammocks))
        demands = [self._stretch(use, axis, least=1) for use in uses]
        demands += [self._hammock(*hammock, axis) for hammock in hammocks]
        self._cumulative(resource, axis, demands)

    def _hammock(self, start: Event, finish: Event, units: int, axis: WorkCalendar) -> Demand:
        """Take a held resource for a hammock between the two events it spans.

        ``begin = min of starts`` or ``max of finishes`` inside, ``end >= begin``. Plan key:
        ``spans``.
        """
        begin, stop = self.span(start, finish, axis)
        size = self.model.new_int_var(0, stop.high - stop.low, "")
        interval = self.model.new_interval_var(begin.expr, size, stop.expr, "")
        return Demand(interval, units, solid=False)

    def span(self, start: Event, finish: Event, axis: WorkCalendar) -> tuple[Value, Value]:
        """Return from when to when a hammock holds something, on an axis."""
        begin, end = self._event(start, axis), self._event(finish, axis)
        begin = self._not_before_status(begin, axis)
        low, high = min(begin.low, end.low), max(begin.high, end.high)
        stop = self.model.new_int_var(low, high, "")
        self.model.add_max_equality(stop, [begin.expr, end.expr])
        return begin, Value(stop, low, high)

    def parts(self, resource: str) -> Iterator[list[Demand]]:
        """Yield the uses of a resource that is released, on the axis of each atom of time."""
        uses = self.uses(resource)
        calendars = {id(use.track.calendar): use.track.calendar for use in uses}
        for members, axis in self._cut(tuple(calendars.values())) if uses else ():
            inside = [use for use in uses if id(use.track.calendar) in members]
            yield [self._stretch(use, axis, least=0) for use in inside]

    def _not_before_status(self, begin: Value, axis: WorkCalendar) -> Value:
        """Return the begin of what a hammock still holds: what it held is history."""
        status = self.problem.project.status_date
        if status is None or begin.low >= axis.work_at(status):
            return begin
        least = axis.work_at(status)
        if begin.high <= least:
            return Value(least, least, least, least)
        later = self.model.new_int_var(least, begin.high, "")
        self.model.add_max_equality(later, [begin.expr, least])
        return Value(later, least, begin.high)

    def _event(self, event: Event, axis: WorkCalendar) -> Value:
        values = []
        for number in concerned(self.problem, event):
            for track in self.tracks.of[number]:
                moment = self.tracks.start(track) if event.end is End.START else track.finish
                values.append((self.axes.image(moment, axis), track))
        low = min(value.low for value, _ in values)
        high = max(value.high for value, _ in values)
        if len(values) == 1:
            return values[0][0]
        result = self.model.new_int_var(low, high, "")
        exprs = [self._present(value, track, event.end, low, high) for value, track in values]
        if event.end is End.START:
            self.model.add_min_equality(result, exprs)
        else:
            self.model.add_max_equality(result, exprs)
        return Value(result, low, high)

    def _present(
        self, value: Value, track: Track, end: End, low: int, high: int
    ) -> cp_model.LinearExprT:
        """Return the value where its track is taken, else one that does not count."""
        if not track.literals:
            return value.expr
        literal = track.literals[0]
        shown = self.model.new_int_var(low, high, "")
        self.model.add(shown == value.expr).only_enforce_if(literal)
        aside = high if end is End.START else low
        self.model.add(shown == aside).only_enforce_if(~literal)
        return shown

    # -- who uses what -----------------------------------------------------------------------

    def uses(self, resource: str) -> list[Use]:
        """Return every way of a job that needs a resource."""
        found = []
        for tracks in self.tracks.of:
            for track in tracks:
                for choice in track.choices:
                    units = sum(one for id_, one in choice.way.needs if id_ == resource)
                    if units and choice.way.duration:
                        found.append(Use(track, choice, units))
        return found

    def hammocks(self, resource: str) -> list[tuple[Event, Event, int]]:
        """Return events and units of every hammock that needs a resource."""
        found: list[tuple[Event, Event, int]] = []
        for id_ in self.problem.graph.hammocks:
            activity = self.problem.project.activities[id_]
            if activity.spans is None or any(
                event.end is End.NO_GO or not concerned(self.problem, event)
                for event in activity.spans
            ):
                continue
            found.extend(
                (*activity.spans, need.units)
                for need in activity.modes[0].needs
                if need.resource == resource
            )
        return found

    def _binds(self, resource: Resource, uses: list[Use]) -> bool:
        """Whether all jobs together could ask for more than the least capacity."""
        least = min(units for _, units in _steps(resource, self.first, self.last))
        most: dict[int, int] = {}
        for use in uses:
            number = use.track.job.number
            most[number] = max(most.get(number, 0), use.units)
        return sum(most.values()) > least

    # -- axes --------------------------------------------------------------------------------

    def _cut(self, calendars: Sequence[WorkCalendar]) -> list[tuple[frozenset[int], WorkCalendar]]:
        """Return the atoms of some calendars: which of them work in each, and its axis."""
        key = tuple(sorted(id(calendar) for calendar in calendars))
        found = self._atoms.get(key)
        if found is None:
            found = self._atoms[key] = self._sweep(calendars)
        return found

    def _sweep(
        self, calendars: Sequence[WorkCalendar]
    ) -> list[tuple[frozenset[int], WorkCalendar]]:
        if len(calendars) == 1:
            return [(frozenset({id(calendars[0])}), calendars[0])]
        changes: list[tuple[int, int, int]] = []
        for index, calendar in enumerate(calendars):
            for begin, end in calendar.intervals(self.first, self.last):
                changes.append((begin, 1, index))
                changes.append((end, 0, index))
        changes.sort()
        spans: dict[int, list[tuple[int, int]]] = {}
        mask, since = 0, self.first
        for instant, opens, index in changes:
            if mask and instant > since:
                known = spans.setdefault(mask, [])
                if known and known[-1][1] == since:
                    known[-1] = (known[-1][0], instant)
                else:
                    known.append((since, instant))
            mask = mask | (1 << index) if opens else mask & ~(1 << index)
            since = instant
        return [
            (
                frozenset(id(one) for i, one in enumerate(calendars) if mask >> i & 1),
                self._axis(calendars, mask, spans),
            )
            for mask in sorted(spans)
        ]

    def _axis(
        self,
        calendars: Sequence[WorkCalendar],
        mask: int,
        spans: dict[int, list[tuple[int, int]]],
    ) -> WorkCalendar:
        """Return the axis of an atom: a calendar itself if it works in no other atom."""
        for i, calendar in enumerate(calendars):
            if mask >> i & 1 and all(other == mask or not other >> i & 1 for other in spans):
                return calendar
        key = tuple(spans[mask])
        found = self._known.get(key)
        if found is None:
            always = self.problem.book.always
            found = of_intervals(spans[mask], always.origin, always.horizon, "atom")
            self._known[key] = found
        return found

    def _union(self, resource: Resource, uses: list[Use], *, whole: bool) -> WorkCalendar:
        always = self.problem.book.always
        calendars: dict[int, WorkCalendar] = {}
        for use in uses:
            calendars[id(use.track.calendar)] = use.track.calendar
        if whole or id(always) in calendars:
            return always
        changes = [
            (since, since + 1)
            for since, _ in _steps(resource, self.first, self.last)
            if since > self.first
        ]
        if len(calendars) == 1 and not changes:
            return next(iter(calendars.values()))
        if changes:
            marks = of_intervals(changes, always.origin, always.horizon, "changes")
            calendars[id(marks)] = marks
        return union(list(calendars.values()))

    # -- intervals ---------------------------------------------------------------------------

    def _stretch(self, use: Use, axis: WorkCalendar, least: int) -> Demand:
        """Return a use as an interval on an axis, of fixed size where the axis is its own."""
        literal, track = use.choice.literal, use.track
        start = self.axes.image(track.start, axis)
        if axis is track.axis:
            size = use.choice.way.duration
            if literal is None:
                interval = self.model.new_fixed_size_interval_var(start.expr, size, "")
            else:
                interval = self.model.new_optional_fixed_size_interval_var(
                    start.expr, size, literal, ""
                )
            return Demand(interval, use.units)
        end = self.axes.image(track.finish, axis)
        size_low = max(least, end.low - start.high)
        length = self.model.new_int_var(size_low, max(size_low, end.high - start.low), "")
        if start.hint is not None and end.hint is not None:
            self.model.add_hint(length, end.hint - start.hint)
        if literal is None:
            interval = self.model.new_interval_var(start.expr, length, end.expr, "")
        else:
            interval = self.model.new_optional_interval_var(
                start.expr, length, end.expr, literal, ""
            )
        return Demand(interval, use.units, solid=size_low > 0)

    def _cumulative(self, resource: Resource, axis: WorkCalendar, demands: list[Demand]) -> None:
        """Add the demands against the capacity; what is missing of the most is taken by blocks."""
        steps = _steps(resource, self.first, self.last)
        most = max(units for _, units in steps)
        positions: list[int] = [axis.work_at(max(since, self.first)) for since, _ in steps]
        positions.append(axis.work_at(self.last) + 1)
        missing: list[list[int]] = []
        for (_, units), begin, end in zip(steps, positions, positions[1:], strict=False):
            if begin >= end:
                continue
            if missing and missing[-1][1:] == [begin, most - units]:
                missing[-1][1] = end
            else:
                missing.append([begin, end, most - units])
        for begin, end, units in missing:
            if units:
                block = self.model.new_fixed_size_interval_var(begin, end - begin, "")
                demands.append(Demand(block, units))
        assumption = self.assumed.get(resource.id)
        if all(demand.solid and most < 2 * demand.units <= 2 * most for demand in demands):
            constraint = self.model.add_no_overlap([demand.interval for demand in demands])
        else:
            scale = gcd(most, *(demand.units for demand in demands)) or 1
            constraint = self.model.add_cumulative(
                [demand.interval for demand in demands],
                [demand.units // scale for demand in demands],
                most // scale,
            )
        if assumption is not None:
            constraint.only_enforce_if(assumption)


def _steps(resource: Resource, first: int, last: int) -> list[tuple[int, int]]:
    """Return the capacity in ``[first, last)`` as ``(since, units)``, the first at ``first``."""
    found: list[tuple[int, int]] = []
    steps = [
        (-NEVER if since is None else int(since), units) for since, units in resource.capacity
    ]
    if not steps or steps[0][0] > first:
        found.append((first, 0))
    for i, (since, units) in enumerate(steps):
        until = steps[i + 1][0] if i + 1 < len(steps) else NEVER
        if until > first and since < last:
            found.append((max(since, first), units))
    return found or [(first, 0)]
