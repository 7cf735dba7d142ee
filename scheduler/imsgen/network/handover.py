"""Who hands a resource to whom in a schedule: its resource order as arcs.

Each percent of a resource remembers its last user; the next user takes what a predecessor of its
own gives back, else what has been free for longest. That is one of many orders that fit the same
dates: it is the same every time. Where capacity is lower for a time, nobody holds the rest.
As long as the order is kept, capacity is, wherever activities are put off to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from imsgen.calendars import WorkCalendar
from imsgen.model import End, Event, Instant, Placement, Resource
from imsgen.network.axes import Axes
from imsgen.network.place import Placer
from imsgen.network.rollup import Rollup

Carrier = tuple[str, bool]
"""An activity, and whether its finish (else its start) is meant."""


@dataclass(frozen=True, slots=True)
class Handover:
    """A resource passes to ``taker``: on ``axis``, ``target`` comes after ``source``.

    In figures ``C(target) >= C(source)``. ``source`` is whose turn was before. It may have done
    nothing on this axis: ``giver`` is who last did, until ``until``, empty when nobody. Giver and
    taker may be hammocks.
    """

    resource: str
    giver: str
    until: Instant
    taker: str
    source: Carrier
    target: Carrier
    axis: WorkCalendar


@dataclass(frozen=True, slots=True)
class Limit:
    """Capacity that comes or goes at ``instant``: the event lies after it, or before it."""

    resource: str
    carrier: Carrier
    instant: Instant
    axis: WorkCalendar
    after: bool


@dataclass(slots=True)
class _User:
    """Somebody who holds units on an axis; without id, it is capacity that is not there."""

    id: str
    first: Instant
    last: Instant
    units: int
    begin: Carrier | None = None
    ends: Sequence[Carrier] = ()
    friends: frozenset[str] = frozenset()
    """Whose units it takes first."""


@dataclass(slots=True)
class _Free:
    """Units that nobody holds since position ``since`` of the axis."""

    since: int
    order: int
    units: int
    user: _User | None = None
    """Whose turn it was."""
    worked: _User | None = None
    """Who last did anything with them on this axis."""


class ResourceOrder:
    """The handovers and limits of placed activities."""

    def __init__(self, placer: Placer, placements: Mapping[str, Placement]) -> None:
        self.handovers: list[Handover] = []
        self.limits: list[Limit] = []
        self._placer = placer
        self._placements = placements
        users = self._users()
        everyone = [user for found in users.values() for user, _ in found]
        if not everyone:
            return
        finishes = [place.finish for place in placements.values()]
        axes = Axes(
            min(placer.project.start, *(user.first for user in everyone)),
            max(*finishes, *(user.last for user in everyone)),
        )
        resources = placer.project.resources
        for id_, found in users.items():
            for calendars, axis in self._axes(axes, resources[id_], found):
                on_axis = [user for user, calendar in found if id(calendar) in calendars]
                self._chain(resources[id_], axis, on_axis, axes)

    def _axes(
        self, axes: Axes, resource: Resource, users: list[tuple[_User, WorkCalendar]]
    ) -> Iterator[tuple[frozenset[int], WorkCalendar]]:
        distinct = {id(calendar): calendar for _, calendar in users}
        if resource.holds:
            yield frozenset(distinct), self._placer.book.always
            return
        calendars = list(distinct.values())
        for members, axis in axes.cut(calendars):
            yield frozenset(id(calendars[i]) for i in members), axis

    # -- users -------------------------------------------------------------------------------

    def _users(self) -> dict[str, list[tuple[_User, WorkCalendar]]]:
        """Return the users of each resource, in outline order, with what they work on."""
        found: dict[str, list[tuple[_User, WorkCalendar]]] = {}
        project = self._placer.project
        for id_, place in self._placements.items():
            needs = project.activities[id_].modes[place.mode].needs
            stretch = self._placer.stretch(id_, place) if needs else None
            if stretch is None:
                continue
            calendar = self._placer.terms(id_, place.mode).calendar
            friends = frozenset(arc.predecessor for arc in self._placer.graph.incoming[id_])
            for need in needs:
                user = _User(id_, *stretch, need.units, (id_, False), ((id_, True),), friends)
                found.setdefault(need.resource, []).append((user, calendar))
        for user, resource in self._hammock_users():
            found.setdefault(resource, []).append((user, self._placer.book.always))
        return found

    def _hammock_users(self) -> Iterator[tuple[_User, str]]:
        project = self._placer.project
        rollup = Rollup(project, self._placements)
        for id_, place in rollup.hammocks().items():
            activity = project.activities[id_]
            if activity.spans is None or place.start == place.finish:
                continue
            first, last = activity.spans
            carrier = rollup.carrier(first)
            begin = None if carrier is None else (carrier, first.end is not End.START)
            for need in activity.modes[0].needs:
                if project.resources[need.resource].holds:
                    ends = _ends(rollup, last)
                    user = _User(id_, place.start, place.finish, need.units, begin, ends)
                    yield user, need.resource

    # -- chains ------------------------------------------------------------------------------

    def _chain(
        self, resource: Resource, axis: WorkCalendar, users: list[_User], axes: Axes
    ) -> None:
        """Hand the units of an axis from user to user.

        Those who do nothing on it take their turn all the same: put off, they might.
        """
        most, absent = _absences(resource, axes.first, axes.last)
        turns = []
        for order, user in enumerate([*absent, *users]):
            begin, end = axis.work_at(user.first), axis.work_at(user.last)
            if user.id or begin < end:
                turns.append((begin, begin < end, user.first, order, end, user))
        turns.sort(key=lambda turn: turn[:4])
        free = [_Free(-1, -1, most)]
        for begin, works, _, order, end, user in turns:
            wanted = user.units
            given = []
            for block in _ready(free, begin, user):
                taken = min(wanted, block.units)
                self._hand(resource.id, axis, block, user)
                block.units -= taken
                wanted -= taken
                given.append(_Free(end, order, taken, user, user if works else block.worked))
                if not wanted:
                    break
            free = [block for block in free if block.units]
            if works and given:
                given = [_Free(end, order, user.units - wanted, user, user)]
            free.extend(given)
            if wanted and not works:
                # It uses a pause of those who hold the units here, and must stay in it.
                self.limits.extend(
                    Limit(resource.id, carrier, user.last, axis, after=False)
                    for carrier in user.ends
                )

    def _hand(self, resource: str, axis: WorkCalendar, block: _Free, taker: _User) -> None:
        giver = block.user
        if giver is None:
            return
        if not taker.id:
            self.limits.extend(
                Limit(resource, end, taker.first, axis, after=False) for end in giver.ends
            )
        elif taker.begin is None:
            return
        elif not giver.id:
            self.limits.append(Limit(resource, taker.begin, giver.last, axis, after=True))
        else:
            worked = block.worked or _User("", giver.last, giver.last, 0)
            for end in giver.ends:
                if end[0] != taker.begin[0]:
                    self.handovers.append(
                        Handover(
                            resource, worked.id, worked.last, taker.id, end, taker.begin, axis
                        )
                    )


def _ready(free: list[_Free], begin: int, user: _User) -> list[_Free]:
    """Return the units free at ``begin``, those first that ``user`` would rather take."""
    ready = [block for block in free if block.since <= begin]
    ready.sort(
        key=lambda block: (
            block.user is None or block.user.id not in user.friends,
            block.since,
            block.order,
        )
    )
    return ready


def _ends(rollup: Rollup, event: Event) -> tuple[Carrier, ...]:
    """Return what must come before the end of a hammock for it to end there."""
    if event.end is End.START:
        carrier = rollup.carrier(event)
        return () if carrier is None else ((carrier, False),)
    return tuple((id_, True) for id_ in rollup.inside(event.id))


def _absences(resource: Resource, first: int, last: int) -> tuple[int, list[_User]]:
    """Return the most units there are in ``[first, last)`` and when some of them are not."""
    level = 0
    steps: list[tuple[int, int]] = []
    for since, units in resource.capacity:
        if since is None or since <= first:
            level = units
        elif since < last:
            steps.append((since, units))
    most = max([level, *(units for _, units in steps)])
    gone = [[first, most - level]] if most > level else []
    found: list[_User] = []
    for at, units in steps:
        if units < level:
            gone.append([at, level - units])
        while level < units:
            back = min(gone[-1][1], units - level)
            found.append(_User("", Instant(gone[-1][0]), Instant(at), back))
            level += back
            gone[-1][1] -= back
            if not gone[-1][1]:
                gone.pop()
        level = units
    found.extend(_User("", Instant(at), Instant(last), units) for at, units in gone)
    found.sort(key=lambda user: (user.first, user.last))
    return most, found
