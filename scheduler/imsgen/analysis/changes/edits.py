"""What the text of a plan says otherwise than before.

Which baselines it names is no part of that: a plan names one because it was published. The status
date is told with what was reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from imsgen.analysis.changes.model import Edit, EditKind
from imsgen.analysis.changes.wording import Words
from imsgen.model import (
    Activity,
    Calendar,
    CalendarException,
    Dependency,
    Project,
    to_datetime,
)
from imsgen.schedule.notation import link_text

_PLAN = (
    "name", "start", "deadline", "timezone", "calendar", "day", "week", "month",
    "currency", "notes",
)  # fmt: skip
_OWN = frozenset(
    {"id", "group", "kind", "progress", "modes", "duration_text", "assumed", "uid", "estimate"}
)
"""Fields of an activity or group that say who it is, or are told in another way."""
_KEYS = {"constraints": "constraint", "forbidden": "windows", "else_": "else", "from_": "from"}
"""Where the plan's key is not the name of the field."""
_PARTS = (
    ("resources", "resource"),
    ("calendars", "calendar"),
    ("windows", "window"),
    ("parties", "party"),
    ("gates", "gate"),
    ("checkpoints", "checkpoint"),
    ("communications", "communication"),
)


def edits(old: Project, new: Project, was: Mapping[str, str]) -> tuple[Edit, ...]:
    """Return every difference of two plans but progress: the plan's own, then part by part.

    Parameters
    ----------
    was
        Old id by new id, of activities and groups.
    """
    return tuple(_Edits(old, new, was).all())


def news(old: Project, new: Project, was: Mapping[str, str]) -> tuple[Edit, ...]:
    """Return what was reported since: progress that the old plan did not have, or had otherwise."""
    words = Words(new)
    found = []
    for id_, activity in new.activities.items():
        before = old.activities[was[id_]].progress if id_ in was else None
        if activity.progress == before:
            continue
        texts = ("" if one is None else words.progress(one) for one in (before, activity.progress))
        found.append(Edit("activity", id_, EditKind.CHANGED, "progress", *texts))
    return tuple(found)


class _Edits:
    def __init__(self, old: Project, new: Project, was: Mapping[str, str]) -> None:
        self._old, self._new, self._was = old, new, was
        self._now = {before: id_ for id_, before in was.items()}
        self._words = Words(new)

    def all(self) -> Iterator[Edit]:
        yield from self._plan()
        yield from self._nodes("group", self._old.groups, self._new.groups)
        yield from self._nodes("activity", self._old.activities, self._new.activities)
        yield from self._links()
        for field, part in _PARTS:
            yield from self._part(part, getattr(self._old, field), getattr(self._new, field))

    def _plan(self) -> Iterator[Edit]:
        for field in _PLAN:
            yield from self._field("plan", "", field, self._old, self._new)
        for one in fields(self._new.options):
            yield from self._field("plan", "", one.name, self._old.options, self._new.options)
        if self._old.expect != self._new.expect:
            yield Edit("plan", "", EditKind.CHANGED, "expect")

    def _nodes(self, part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
        for id_, one in new.items():
            if id_ not in self._was:
                yield Edit(part, id_, EditKind.ADDED)
                continue
            before = old[self._was[id_]]
            if before.id != id_:
                yield Edit(part, id_, EditKind.RENAMED, "id", before.id, id_)
            for field in fields(one):
                if field.name not in _OWN:
                    yield from self._field(part, id_, field.name, before, one)
            if isinstance(one, Activity):
                yield from self._ways(before, one)
        for id_ in old:
            if id_ not in self._now:
                yield Edit(part, id_, EditKind.REMOVED)

    def _ways(self, before: Activity, after: Activity) -> Iterator[Edit]:
        """Yield what changed of duration, calendar and needs, the likely estimate included."""
        id_ = after.id
        if before.kind is not after.kind:
            yield Edit(
                "activity", id_, EditKind.CHANGED, "kind", before.kind.value, after.kind.value
            )
        first, then = before.modes[0], after.modes[0]
        if len(before.modes) > 1 or len(after.modes) > 1:
            if before.modes != after.modes:
                texts = (self._words.value("modes", one.modes) for one in (before, after))
                yield Edit("activity", id_, EditKind.CHANGED, "alternatives", *texts)
            return
        if _length(before) != _length(after):
            texts = (
                one.duration_text or self._words.mode(replace(one.modes[0], needs=()))
                for one in (before, after)
            )
            yield Edit("activity", id_, EditKind.CHANGED, "duration", *texts)
        yield from self._field("activity", id_, "calendar", first, then)
        yield from self._field("activity", id_, "needs", first, then)

    def _links(self) -> Iterator[Edit]:
        before = {self._key(link, self._now): link for link in self._old.dependencies}
        after = {self._key(link, {}): link for link in self._new.dependencies}
        for key, link in after.items():
            known = before.get(key)
            if known is None:
                yield self._link(link, EditKind.ADDED, after=self._text(link, self._new))
            elif self._bare(known) != self._bare(link):
                texts = (self._text(known, self._old), self._text(link, self._new))
                yield self._link(link, EditKind.CHANGED, *texts)
        for key, link in before.items():
            if key not in after:
                yield self._link(link, EditKind.REMOVED, before=self._text(link, self._old))

    def _link(self, link: Dependency, kind: EditKind, before: str = "", after: str = "") -> Edit:
        id_ = (
            self._now.get(link.successor, link.successor)
            if before and not after
            else link.successor
        )
        return Edit("link", id_, kind, "after", before, after)

    @staticmethod
    def _key(link: Dependency, now: Mapping[str, str]) -> tuple[str, str, str]:
        ends = (
            now.get(link.predecessor, link.predecessor),
            now.get(link.successor, link.successor),
        )
        return (*ends, link.type.value)

    @staticmethod
    def _bare(link: Dependency) -> tuple[object, ...]:
        return link.lag, link.lag_calendar, link.max_lag, link.reason

    @staticmethod
    def _text(link: Dependency, project: Project) -> str:
        text = link_text(link, link.predecessor, project)
        return f"{text} ({link.reason})" if link.reason else text

    def _part(self, part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
        for id_, one in new.items():
            before = old.get(id_)
            if before is None:
                yield Edit(part, id_, EditKind.ADDED)
                continue
            for field in fields(one):
                yield from self._field(part, id_, field.name, before, one)
        for id_ in old:
            if id_ not in new:
                yield Edit(part, id_, EditKind.REMOVED)

    def _both_know(self, spans: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return the exceptions or occurrences that lie where both plans know their calendars.

        They are resolved for the time a plan needs, which a longer plan has more of.
        """
        horizons = (self._old.horizon, self._new.horizon)
        first, last = max(one[0] for one in horizons), min(one[1] for one in horizons)
        days = (to_datetime(first).date(), to_datetime(last).date())
        return tuple(
            one
            for one in spans
            if (
                days[0] < one.first and one.last < days[1]
                if isinstance(one, CalendarException)
                else first <= one[0] and one[1] <= last
            )
        )

    def _field(self, part: str, id_: str, field: str, old: Any, new: Any) -> Iterator[Edit]:
        before, after = getattr(old, field), getattr(new, field)
        if before == after or not is_dataclass(new):
            return
        if isinstance(new, Calendar) and field == "week":
            texts = (self._words.hours(old), self._words.hours(new))
        elif field in {"exceptions", "occurrences"}:
            ours, theirs = self._both_know(before), self._both_know(after)
            if ours == theirs:
                return
            gone = tuple(one for one in ours if one not in theirs)
            come = tuple(one for one in theirs if one not in ours)
            texts = (self._words.value(field, gone), self._words.value(field, come))
        else:
            texts = (self._words.value(field, before), self._words.value(field, after))
        yield Edit(part, id_, EditKind.CHANGED, _KEYS.get(field, field), *texts)


def _length(activity: Activity) -> tuple[object, ...]:
    """Return what the plan says of an activity's length."""
    mode = activity.modes[0]
    return mode.duration, mode.elapsed, activity.estimate, activity.assumed
