"""What a new schedule takes over from the published one: revision and calendar identities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from imsgen.model import Change, Instant, Meeting, MeetingKind, Schedule
from imsgen.schedule.codec import encode
from imsgen.schedule.diary.wording import Wording
from imsgen.schedule.digest import digest_of
from imsgen.schedule.meetings import stamp_of

KEPT: Final = 3
"""Revisions for which a cancelled event stays in the file, so that every calendar learns it."""
_WORK = frozenset({MeetingKind.TASK, MeetingKind.SHIFT})
"""What people work on rather than meet for."""
_BOOKKEEPING = ("sequence", "last_modified", "change", "changed_in", "was", "left")


def carry(schedule: Schedule, previous: Schedule | None) -> Schedule:
    """Return the schedule as the next revision of the previous one.

    The revision rises by one if anything a reader sees has changed. An event keeps its UID;
    its ``sequence`` rises and ``last_modified`` moves when its digest changed or it was cancelled
    or revived. What became of it, and the time it had before, is noted in ``change`` and ``was``.
    A cancelled event is kept for three revisions, and so is who no longer is of its audience. The
    schedule of another plan, one with another ``id``, hands nothing on.
    """
    if previous is None or previous.project.id != schedule.project.id:
        stamp = stamp_of(schedule.project, 1)
        fresh = [replace(one, last_modified=stamp, changed_in=1) for one in _live(schedule)]
        return _with(replace(schedule, revision=1), fresh)
    if _published(schedule) == _published(previous):
        kept = replace(schedule, revision=previous.revision, readers=previous.readers)
        return replace(kept, meetings=previous.meetings, tasks=previous.tasks)
    return _Next(schedule, previous).schedule()


class _Next:
    """The events of the revision after the previous one."""

    def __init__(self, schedule: Schedule, previous: Schedule) -> None:
        self._revision = previous.revision + 1
        self._schedule = schedule
        self._previous = previous
        self._before, self._now = Wording.of(previous), Wording.of(schedule)
        self._stamp = _stamp(schedule, previous, self._revision)

    def schedule(self) -> Schedule:
        before = _by_uid((*self._previous.meetings, *self._previous.tasks))
        found: list[Meeting] = []
        for uid, several in _by_uid(_live(self._schedule)).items():
            found += self._follow(several, before.pop(uid, None))
        for gone in before.values():
            found += self._gone(gone)
        kept = replace(self._schedule, readers=self._previous.readers)
        return _with(replace(kept, revision=self._revision), found)

    def _follow(self, now: Sequence[Meeting], before: Sequence[Meeting] | None) -> list[Meeting]:
        """Return an event with its history; all its occurrences have the same."""
        if before is None:
            return self._changed(now, -1, Change.NEW)
        old = before[0]
        left = _left(now[0], old)
        if old.cancelled:
            return self._changed(now, old.sequence, Change.RESTORED, left=left)
        if old.digest == now[0].digest:
            kept: dict[str, Any] = {
                "sequence": old.sequence,
                "last_modified": old.last_modified,
                "change": old.change,
                "changed_in": old.changed_in,
                "was": old.was,
                "left": left,
            }
            return [replace(one, **kept) for one in now]
        if _spans(now) == _spans(before):
            alike = self._now.gist(now) == self._before.gist(before)
            change = Change.RECOUNTED if alike else Change.REWORDED
            return self._changed(now, old.sequence, change, left=left)
        was = self._before.time(before)
        return self._changed(now, old.sequence, Change.MOVED, was=was, left=left)

    def _gone(self, gone: Sequence[Meeting]) -> list[Meeting]:
        """Return an event that is no longer in the schedule, while it is still told of."""
        first = gone[0]
        digest = digest_of([self._schedule.project.name, first.name])[:16]
        if not first.cancelled:
            off = [replace(one, cancelled=True, cancelled_for=1, digest=digest) for one in gone]
            return self._changed(off, first.sequence, Change.CANCELLED)
        if first.cancelled_for >= KEPT:
            return []
        still = [replace(one, cancelled_for=one.cancelled_for + 1, digest=digest) for one in gone]
        if first.digest == digest:
            return still
        sequence = first.sequence + 1  # the plan has another name, which its subject shows
        return [replace(one, sequence=sequence, last_modified=self._stamp) for one in still]

    def _changed(
        self, several: Sequence[Meeting], sequence: int, change: Change, **more: Any
    ) -> list[Meeting]:
        history = {
            "sequence": sequence + 1,
            "last_modified": self._stamp,
            "change": change,
            "changed_in": self._revision,
            **more,
        }
        return [replace(one, **history) for one in several]


def _left(now: Meeting, before: Meeting) -> dict[str, int]:
    """Return who is no longer of the audience, with the revisions since, the latest first."""
    gone = {one: 1 for one in before.audience if one not in now.audience}
    for one, revisions in before.left.items():
        if one not in now.audience and one not in gone and revisions < KEPT:
            gone[one] = revisions + 1
    return gone


def _by_uid(meetings: Iterable[Meeting]) -> dict[str, list[Meeting]]:
    found: dict[str, list[Meeting]] = {}
    for one in meetings:
        found.setdefault(one.uid, []).append(one)
    return found


def _spans(meetings: Sequence[Meeting]) -> list[tuple[Instant, Instant, str]]:
    return sorted((one.start, one.finish, one.timezone) for one in meetings)


def _live(schedule: Schedule) -> tuple[Meeting, ...]:
    return tuple(one for one in (*schedule.meetings, *schedule.tasks) if not one.cancelled)


def _with(schedule: Schedule, events: Iterable[Meeting]) -> Schedule:
    """Return the schedule with its events, by start, then id."""
    found = sorted(events, key=lambda one: (one.start, one.id))
    named = {token for one in found for token in one.audience if ":" in token}
    return replace(
        schedule,
        readers=tuple(sorted(named.union(schedule.readers))),
        meetings=tuple(one for one in found if one.kind not in _WORK),
        tasks=tuple(one for one in found if one.kind in _WORK),
    )


def _stamp(schedule: Schedule, previous: Schedule, revision: int) -> Instant:
    """Return the revision's LAST-MODIFIED, later than any before even if the base moved back."""
    events = (*previous.meetings, *previous.tasks)
    latest = max((one.last_modified or 0 for one in events), default=0)
    return Instant(max(stamp_of(schedule.project, revision), latest + 1))


def _published(schedule: Schedule) -> dict[str, Any]:
    """Return what readers see: not how the search went, nor the events' bookkeeping."""
    content: dict[str, Any] = encode(_with(schedule, _live(schedule)))
    for key in ("run", "revision", "project", "readers"):
        content.pop(key, None)
    for meeting in (*content.get("meetings", ()), *content.get("tasks", ())):
        for key in _BOOKKEEPING:
            meeting.pop(key, None)
    return content
