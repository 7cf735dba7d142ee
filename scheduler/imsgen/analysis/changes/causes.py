"""Why dates moved: what was reported, what was edited, what moved before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from imsgen.analysis.changes.model import Cause, CauseKind, Edit, Moved, Shift
from imsgen.analysis.changes.moves import Pair, Shifts
from imsgen.analysis.changes.own import Own, by
from imsgen.analysis.changes.sides import Side, sides
from imsgen.model import Driver, DriverKind, End, Kind

_OTHERS = {
    DriverKind.LINK: CauseKind.PREDECESSOR,
    DriverKind.RESOURCE: CauseKind.RESOURCE,
}


class Causes:
    """Finds what moved each activity.

    A slip is told by what drives the date in the new schedule, a gain by what drove it in the
    old one: that is what gave way.
    """

    def __init__(self, pair: Pair, edits: Sequence[Edit]) -> None:
        self._pair = pair
        self._old, self._new = sides(pair)
        self._own = Own(pair, edits)

    def of(self, id_: str) -> tuple[Cause, ...]:
        """Return why an activity starts otherwise, then why it lasts otherwise; one at least."""
        shifts = self._pair.shifts[id_]
        if self._pair.new.project.activities[id_].kind is Kind.HAMMOCK:
            return self._spans(id_, shifts)
        found = []
        if shifts.start.clock:
            found.append(self._begun(id_, shifts.start) or self._start(id_, shifts.start))
        if shifts.finish.work != shifts.start.work or not found:
            found.append(self._own.length(id_, shifts.finish))
        return tuple(dict.fromkeys(found))

    def _begun(self, id_: str, moved: Shift) -> Cause | None:
        """Return why an activity was begun at another time than planned, if that is news.

        What it follows was done only after the planned time, or it was its own.
        """
        cause = self._own.begun(id_, moved)
        if cause is None or moved.clock < 0:
            return cause
        planned = self._pair.old.activities[self._pair.was[id_]].start
        placed = self._pair.new.activities
        if any(placed[one].finish > planned for one in self._new.before(id_) if one in placed):
            return self._behind(id_, None, self._new) or cause
        return cause

    def _start(self, id_: str, moved: Shift) -> Cause:
        later = moved.clock > 0
        told, other = (self._new, self._old) if later else (self._old, self._new)
        own = id_ if later else self._pair.was[id_]
        driver = told.driver(own)
        cause = None
        if driver is not None and driver.kind in _OTHERS:
            cause = self._by_other(own, driver, told, other)
        elif driver is not None:
            cause = self._own.dated(driver, later)
        cause = cause or self._own.edited(id_) or self._behind(own, driver, told)
        return cause or self._own.last(id_, driver)

    def _by_other(self, own: str, driver: Driver, told: Side, other: Side) -> Cause | None:
        """Return that what drives an activity moved, or drives it in one schedule only."""
        kind, later, new_id = _OTHERS[driver.kind], told.is_new, told.new_id(driver.id)
        if driver.id not in told.twins:
            text = f"`{driver.id}` is {'new' if later else 'gone'}"
            return Cause(kind, text, driver.id, driver.resource)
        at_start = driver.text.startswith(f"`{driver.id}` start")
        moved = self._shift(new_id, at_start=at_start)
        if moved is not None and moved.clock and (moved.clock > 0) == later:
            text = f"`{new_id}` {self._verb(new_id, at_start=at_start)} {by(moved)}"
            if driver.kind is DriverKind.RESOURCE:
                text = f"`{driver.resource}` comes from `{new_id}` {by(moved)}"
            if later and driver.waits:
                text = f"{text}, then it waits for {driver.waits}"
            return Cause(kind, text, new_id, driver.resource, moved)
        return self._another_order(own, driver, told, other)

    @staticmethod
    def _another_order(own: str, driver: Driver, told: Side, other: Side) -> Cause | None:
        """Return that what drives an activity, and did not move, drives it in one schedule only."""
        new_id, again = told.new_id(driver.id), "now" if told.is_new else "no longer"
        twin = told.twins.get(own, own)
        if driver.kind is DriverKind.RESOURCE:
            before = other.driver(twin)
            same = (driver.kind, driver.resource, told.twins[driver.id])
            if before is not None and (before.kind, before.resource, before.id) == same:
                return None
            text = f"it {again} waits for `{driver.resource}` from `{new_id}`"
            return Cause(CauseKind.RESOURCE, text, resource=driver.resource)
        here = told.between(driver.id, own)
        there = other.between(told.twins[driver.id], twin)
        if here and not there:
            return Cause(CauseKind.LINK, f"it {again} follows `{new_id}`")
        if {(one.type, one.lag) for one in here} != {(one.type, one.lag) for one in there}:
            return Cause(CauseKind.LINK, f"its link from `{new_id}` was changed")
        return None

    def _shift(self, new_id: str, *, at_start: bool) -> Shift | None:
        shifts = self._pair.shifts.get(new_id)
        return None if shifts is None else shifts.start if at_start else shifts.finish

    def _verb(self, new_id: str, *, at_start: bool) -> str:
        """Return what an activity does, or did, at one of its ends."""
        activity = self._pair.new.project.activities.get(new_id)
        progress = None if activity is None else activity.progress
        if at_start:
            begun = progress is not None and progress.actual_start is not None
            return "started" if begun else "starts"
        done = progress is not None and progress.actual_finish is not None
        return "finished" if done else "finishes"

    def _behind(self, own: str, driver: Driver | None, told: Side) -> Cause | None:
        """Return that something an activity follows moved the same way, the furthest first."""
        later = told.is_new
        best: tuple[Shift, str] | None = None
        for other in told.before(own):
            new_id = told.new_id(other)
            moved = self._shift(new_id, at_start=False)
            if moved is None or not moved.clock or (moved.clock > 0) != later:
                continue
            if best is None or abs(moved.clock) > abs(best[0].clock):
                best = moved, new_id
        if best is None:
            return None
        moved, new_id = best
        text = f"`{new_id}` {self._verb(new_id, at_start=False)} {by(moved)}"
        if later and driver is not None and driver.kind is DriverKind.WINDOW:
            text = f"{text}, then it waits for window `{driver.id}`"
            return Cause(CauseKind.WINDOW, text, new_id, shift=moved)
        return Cause(CauseKind.PREDECESSOR, text, new_id, shift=moved)

    def _spans(self, id_: str, shifts: Shifts) -> tuple[Cause, ...]:
        """Return which ends of a hammock's span moved."""
        spans = self._pair.new.project.activities[id_].spans
        found = []
        for i, moved in enumerate((shifts.start, shifts.finish)):
            if not moved.clock:
                continue
            if spans is None:
                found.append(Cause(CauseKind.SPAN, "what it spans moved"))
                continue
            event = spans[i]
            known = self._shift(event.id, at_start=event.end is End.START)
            text = f"`{event.id}.{event.end}` is {by(moved)}"
            id_ = event.id if known is not None and known.clock else ""
            found.append(Cause(CauseKind.SPAN, text, id_, shift=moved))
        return tuple(dict.fromkeys(found))


def rooted(moved: Iterable[Moved]) -> tuple[Moved, ...]:
    """Return the moves, each with the activity where the chain of its causes begins."""
    found = {one.id: one for one in moved}
    roots: dict[str, str] = {}
    for id_ in found:
        _root(id_, found, roots)
    return tuple(replace(one, root=roots[one.id]) for one in found.values())


def _root(id_: str, found: Mapping[str, Moved], roots: dict[str, str]) -> None:
    """Follow causes until an activity that moved of itself, and note it for all on the way."""
    path = [id_]
    while path[-1] not in roots:
        follows = _follows(found[path[-1]], found)
        if follows is None or follows in path:
            roots[path[-1]] = path[-1]
            break
        path.append(follows)
    for one in path:
        roots.setdefault(one, roots[path[-1]])


def _follows(one: Moved, found: Mapping[str, Moved]) -> str | None:
    """Return what moved an activity; None when it moved itself by more than it was moved."""
    cause = one.causes[0] if one.causes else None
    if cause is None or cause.id not in found:
        return None
    itself = one.finish.work - one.start.work
    pushed = abs(one.start.work) > abs(itself) or cause.kind is CauseKind.SPAN or not itself
    return cause.id if pushed else None
