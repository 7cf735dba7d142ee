"""The roster as numbers: slots of time, who is wanted in them, who can be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from imsgen.calendars import CalendarBook
from imsgen.model import Instant, Person, Project, RosterRules, Schedule, to_datetime
from imsgen.schedule.load import merged
from imsgen.solver.roster.demand import Piece, demand_by_role

PAUSE = 60
"""Minutes: a pause of a person's calendar of at most so long, a meal, does not end a shift."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """One step of time, ``[start, finish)``, cut to the window; ``span`` counts occurrences."""

    start: Instant
    finish: Instant
    span: int

    @property
    def minutes(self) -> int:
        """Return its length."""
        return self.finish - self.start


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who can be on shift.

    By slot: ``there``: all of it can be worked. ``pausing``: at a meal within a shift, where
    nothing is covered. ``unwanted``: minutes outside the hours the person prefers.
    """

    id: str
    roles: tuple[str, ...]
    there: tuple[bool, ...]
    pausing: tuple[bool, ...]
    unwanted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """Roles that share people, directly or through others, and all who play them."""

    slots: tuple[Slot, ...]
    roles: tuple[str, ...]
    members: tuple[Member, ...]
    demand: Mapping[str, tuple[int, ...]]
    """People wanted by slot: the most in any minute of it."""
    rules: RosterRules


def covered_spans(schedule: Schedule, rules: RosterRules) -> tuple[Span, ...]:
    """Return the occurrences of the window in which roles of the roster are wanted."""
    window = schedule.project.windows[rules.window]
    found = merged(window.occurrences)
    if not window.repeating:
        return tuple(found)
    wanted = demand_by_role(schedule, found)
    pieces = [one for role in _roles(wanted, rules) for one in wanted.get(role, ())]
    return tuple(
        span for span in found if any(one[0] < span[1] and span[0] < one[1] for one in pieces)
    )


def teams_of(schedule: Schedule, rules: RosterRules, spans: Sequence[Span]) -> list[Team]:
    """Return the roster as teams that have nobody in common, in plan order of their roles."""
    project = schedule.project
    slots = tuple(_slots(project, rules.step, spans))
    wanted = demand_by_role(schedule, spans)
    roles = [role for role in _roles(wanted, rules) if role in wanted]
    demand = {role: _by_slot(slots, wanted[role]) for role in roles}
    members = [
        _member(person, tuple(role for role in person.roles if role in demand), slots, project)
        for person in project.people.values()
        if any(role in demand for role in person.roles)
    ]
    return [
        Team(
            slots,
            together,
            tuple(one for one in members if one.roles[0] in together),
            {role: demand[role] for role in together},
            rules,
        )
        for together in _connected(roles, members)
    ]


def _roles(wanted: Iterable[str], rules: RosterRules) -> tuple[str, ...]:
    return rules.roles or tuple(wanted)


def grid_start(instant: Instant, step: int, timezone: str) -> Instant:
    """Return the last multiple of the step since local midnight that is not after an instant."""
    offset = to_datetime(instant).astimezone(ZoneInfo(timezone)).utcoffset()
    shift = 0 if offset is None else int(offset.total_seconds() // 60)
    return Instant((instant + shift) // step * step - shift)


def _slots(project: Project, step: int, spans: Sequence[Span]) -> Iterator[Slot]:
    if not spans:
        return
    origin = grid_start(Instant(spans[0][0]), step, project.timezone)
    for i, (first, last) in enumerate(spans):
        begin = origin + (first - origin) // step * step
        for at in range(begin, last, step):
            yield Slot(Instant(max(at, first)), Instant(min(at + step, last)), i)


def _by_slot(slots: Sequence[Slot], pieces: Sequence[Piece]) -> tuple[int, ...]:
    found, at = [], 0
    for slot in slots:
        while at < len(pieces) and pieces[at][1] <= slot.start:
            at += 1
        most = 0
        for begin, _, people in pieces[at:]:
            if begin >= slot.finish:
                break
            most = max(most, people)
        found.append(most)
    return tuple(found)


def _member(
    person: Person, roles: tuple[str, ...], slots: Sequence[Slot], project: Project
) -> Member:
    book = CalendarBook(project)
    first, last = slots[0].start, slots[-1].finish
    hours: list[Span] = [(first, last)]
    if person.calendar is not None:
        # A pause at the edge of the window is one too: look a little beyond.
        around = book.calendar(person.calendar).intervals(first - PAUSE - 1, last + PAUSE + 1)
        hours = list(around)
    bridged = _bridged(hours)
    free = [_inside(slot, hours) and not _away(slot, person.leave) for slot in slots]
    meal = [_inside(slot, bridged) and not _away(slot, person.leave) for slot in slots]
    unwanted = [0] * len(slots)
    if person.prefers is not None:
        liked = book.calendar(person.prefers)
        unwanted = [slot.minutes - liked.work_between(slot.start, slot.finish) for slot in slots]
    pausing = [b and not a for a, b in zip(free, meal, strict=True)]
    return Member(person.id, roles, tuple(free), tuple(pausing), tuple(unwanted))


def _bridged(hours: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for begin, end in hours:
        if found and begin - found[-1][1] <= PAUSE:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found


def _inside(slot: Slot, hours: Sequence[Span]) -> bool:
    return any(begin <= slot.start and slot.finish <= end for begin, end in hours)


def _away(slot: Slot, leave: Sequence[Span]) -> bool:
    return any(begin < slot.finish and slot.start < end for begin, end in leave)


def _connected(roles: Sequence[str], members: Sequence[Member]) -> list[tuple[str, ...]]:
    """Return the roles in groups that share people, each in plan order."""
    group = {role: role for role in roles}
    for member in members:
        names = {group[role] for role in member.roles}
        first = next(role for role in roles if group[role] in names)
        for role in roles:
            if group[role] in names:
                group[role] = first
    found: dict[str, list[str]] = {}
    for role in roles:
        found.setdefault(group[role], []).append(role)
    return [tuple(one) for one in found.values()]
